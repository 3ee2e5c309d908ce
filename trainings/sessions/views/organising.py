"""Sessions as organisers see them: prepared, opened, confirmed, changed, cancelled, and who is told each time."""

from urllib.parse import urlencode

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.foundations import exports
from src.foundations.gates import see_other

from .. import selectors, services
from ..forms.filters import DeskFilter
from ..forms.plain import NothingForm
from ..forms.planning import CancelForm, InviteForm, SessionForm
from ..services.planning import to_tell
from .gate import (
    METHODS,
    address,
    answer,
    calm,
    data_of,
    done,
    missing,
    names_opened,
    organised,
    organisers,
    page,
    paged,
)

COLUMNS = [
    gettext_lazy("Training"),
    gettext_lazy("Session"),
    gettext_lazy("Begins"),
    gettext_lazy("Place"),
    gettext_lazy("Trainer"),
    gettext_lazy("Seats"),
    gettext_lazy("Taken"),
    gettext_lazy("Waiting"),
    pgettext_lazy("column", "State"),
]


@require_safe
@organisers
def desk(request):
    """Sessions of one's branches."""
    question = selectors.Question.read(request.GET)
    found = selectors.desk_page(request.viewer, question, cursor=request.GET.get("page", ""))
    context = {
        "found": found,
        "asked": question.asked,
        "query": urlencode(question.asked),
        "filter_form": DeskFilter(selectors.organised_tracks(request.viewer), question.asked or None),
        **paged(found, question.asked),
    }
    return page(request, "desk/list", **context)


@require_safe
@organisers
def exported(request, form):
    """The same list as a file; nobody is named but trainers."""
    if form not in ("csv", "xlsx"):
        raise missing()
    calm(request, "export", 20)
    found = selectors.desk(request.viewer, selectors.Question.read(request.GET)).order_by(*selectors.LAST_FIRST)
    rows = (
        (
            one.track.title, one.title, one.starts_at, one.place, one.trainer.get_full_name() if one.trainer else "",
            one.capacity, one.seated, one.waiting, one.get_state_display(),
        )
        for one in found.iterator(chunk_size=500)
    )  # fmt: skip
    columns = [str(one) for one in COLUMNS]
    if form == "csv":
        return exports.csv_response("sessions-formations", columns, rows)
    return exports.xlsx_response("sessions-formations", columns, rows, title=_("Sessions"))


@require_http_methods(METHODS)
@organisers
def create(request):
    """Prepare a session."""
    form, made = SessionForm(data_of(request), viewer=request.viewer), []

    def act():
        track, module = form.chosen
        unit = form.units[form.cleaned_data["unit"]]
        made.append(services.create(actor=request.viewer, track=track, module=module, unit=unit, **form.written))

    if done(form, act):
        messages.success(request, _("It is prepared. Nobody knows of it until you open it."))
        return see_other(address(made[0], "organise"))
    return _form(request, form, _("Prepare a session"), pgettext("button", "Prepare"))


def _form(request, form, title, submit, session=None):
    back = address(session, "organise") if session is not None else "../"
    label = session.title if session is not None else _("Organise sessions")
    return answer(request, form, title=title, submit=submit, back=back, label=label)


@require_safe
@organisers
@organised
def session(request, session):
    """Where it stands, who has a place; the list of names is written in the journal."""
    people = selectors.people_of(session)
    if people:
        names_opened(request, session)
    context = {
        "session": session,
        "half_days": selectors.half_days(session),
        "people": people,
        "places": selectors.places_to_print(session) if session.is_confirmed else [],
    }
    return page(request, "desk/session", **context)


@require_http_methods(METHODS)
@organisers
@organised
def change(request, session):
    """Write a session again; who was convoked is told in the same event."""
    form = SessionForm(data_of(request), viewer=request.viewer, session=session)
    if done(form, lambda: services.change(actor=request.viewer, session=session, **form.written)):
        messages.success(request, _("It is changed, and those it concerns are told."))
        return see_other(address(session, "organise"))
    means = []
    if session.is_confirmed:
        means.append(_("A new day, hour, place or title is sent to everybody who was convoked."))
    return answer(
        request, form, title=_("Change the session"), submit=pgettext("button", "Save"),
        back=address(session, "organise"), label=session.title, means=means,
    )  # fmt: skip


@require_POST
@organisers
@organised
def open_bookings(request, session):
    """Show it to agents."""
    services.open_bookings(actor=request.viewer, session=session)
    messages.success(request, _("It is open: agents may take a seat."))
    return see_other(address(session, "organise"))


@require_http_methods(METHODS)
@organisers
@organised
def confirm(request, session):
    """Who is convoked, and how; then it leaves."""
    form, told = NothingForm(data_of(request)), []
    if done(form, lambda: told.append(services.confirm(actor=request.viewer, session=session))):
        sentence = ngettext("%(n)d convocation leaves.", "%(n)d convocations leave.", told[0]) % {"n": told[0]}
        messages.success(request, sentence)
        return see_other(address(session, "organise"))
    people = _people(request, session)
    means = [
        _("The session takes place: a convocation leaves for each person who has a seat."),
        *_by(people),
        _("Those who wait are told when a seat is free."),
    ]
    return answer(
        request, form, title=_("Confirm the session"), submit=_("Confirm and convoke"),
        back=address(session, "organise"), label=session.title, means=means, people=people["seated"],
    )  # fmt: skip


def _people(request, session) -> dict:
    people = to_tell(session)
    if people["seated"] or people["waiting"]:
        names_opened(request, session)
    return people


def _by(people: dict) -> list[str]:
    """How many are told by e-mail, and how many on paper."""
    mail, paper = people["by_mail"], people["on_paper"]
    return [
        ngettext("%(n)d person by e-mail.", "%(n)d people by e-mail.", mail) % {"n": mail},
        ngettext(
            "%(n)d person without e-mail: to print, place by place.",
            "%(n)d people without e-mail: to print, place by place.",
            paper,
        )
        % {"n": paper},
    ]


@require_http_methods(METHODS)
@organisers
@organised
def cancel(request, session):
    """Who is told, and why it is cancelled; it can't be undone."""
    form, told = CancelForm(data_of(request)), []
    if done(form, lambda: told.append(services.cancel(actor=request.viewer, session=session, **form.cleaned_data))):
        sentence = ngettext(
            "It is cancelled: %(n)d person is told.", "It is cancelled: %(n)d people are told.", told[0]
        )
        messages.success(request, sentence % {"n": told[0]})
        return see_other(address(session, "organise"))
    people = _people(request, session)
    means = [_("It can’t be undone. The event goes from the calendar of everybody who was convoked."), *_by(people)]
    return answer(
        request, form, title=_("Cancel the session"), submit=_("Cancel the session"), danger=True,
        back=address(session, "organise"), label=session.title, means=means,
        people=[*people["seated"], *people["waiting"]],
    )  # fmt: skip


@require_http_methods(METHODS)
@organisers
@organised
def invite(request, session):
    """Keep a seat for people."""
    form, counted = InviteForm(data_of(request)), []

    def act():
        names = form.cleaned_data["names"].splitlines()
        counted.append(services.invite(actor=request.viewer, session=session, names=names))

    if request.method == "POST":
        calm(request, "invite", 20)
    if done(form, act):
        invited, waiting = counted[0]
        told = ngettext("%(n)d person is invited", "%(n)d people are invited", invited) % {"n": invited}
        left = ngettext("%(n)d waits.", "%(n)d wait.", waiting) % {"n": waiting}
        messages.success(request, f"{told}, {left}")
        return see_other(address(session, "organise"))
    means = [_("A seat is kept for each; after the last one, they wait in the order that you write.")]
    return answer(
        request, form, title=_("Invite people"), submit=pgettext("button", "Invite"),
        back=address(session, "organise"), label=session.title, means=means,
    )  # fmt: skip
