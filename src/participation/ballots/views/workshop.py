"""The organiser's side: a ballot begun, its rules, its proposals, its key holders; opened, called off, thrown away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from src.directory.enums import Role
from src.foundations.gates import add_errors, see_other
from src.participation.models import Space

from .. import closing_dates, rules, selectors, services, subjects, voting_paper, words
from ..electorate import people_by_rule
from ..enums import Method, State
from ..forms.workshop import CancelForm, CreateForm, HoldersForm, ImportForm, OptionForm, RulesForm
from ..models import Ballot
from ..selectors_keys import progress_of
from ..services.opening import faults_before_opening
from .gate import METHODS, address, organiser, screen, signed_in

MOST_LISTED = 100


def spaces_of(viewer):
    """The spaces one may ask in: those one looks after, where ballots are an activity."""
    spaces = Space.objects.filter(is_archive=False).order_by("name")
    if not viewer.has_role(Role.ADMINISTRATOR):
        spaces = spaces.filter(pk__in=sorted(viewer.role_spaces(Role.FACILITATOR)))
    # Which activities a space runs is a list in JSON: SQLite can't look inside.
    return spaces.filter(pk__in=[space.pk for space in spaces if rules.ACTIVITY in space.activities])


@require_safe
@signed_in
@screen
@organiser
def workshop(request):
    """The ballots one organises, last first."""
    found = selectors.with_own_part(Ballot.objects.organised_by(request.viewer), request.viewer)
    cards = selectors.cards(found.select_related("space")[:MOST_LISTED])
    context = {"cards": cards, "spaces": spaces_of(request.viewer).exists()}
    return render(request, "ballots/workshop.html", context)


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
def create(request):
    """Begin a ballot: two big choices, a question; the rest has a first value and is changed on its pages."""
    data = request.POST if request.method == "POST" else None
    form = CreateForm(data, spaces=spaces_of(request.viewer))
    if data is not None and form.is_valid():
        opens_at, closes_at = closing_dates.first_dates()
        try:
            made = services.create_ballot(
                actor=request.user, opens_at=opens_at, closes_at=closes_at, **form.cleaned_data
            )
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("It is begun. Nobody else sees it until you open it."))
            return see_other(address(made, "prepare"))
    return render(request, "ballots/create.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@signed_in
@screen
@organiser
def prepare(request, ballot):
    """What is written, what is missing, what is to be done now and by whom."""
    return _desk(request, ballot)


def _desk(request, ballot, status=200, errors=()):
    state = rules.state_of(ballot)
    electors = people_by_rule(ballot).count() if state == State.PREPARED else None
    context = {
        "ballot": ballot,
        "state": state,
        "tone": selectors.TONES[state],
        "icon_name": selectors.ICONS[state],
        "faults": faults_before_opening(ballot, electors) if state == State.PREPARED else [],
        "electors": electors,
        "electors_words": words.electors_words(ballot),
        "counted_how": words.method_words(ballot),
        "rules": words.rules_words(ballot),
        "opens": words.moment_words(ballot.opens_at),
        "closes": words.moment_words(ballot.closes_at),
        "takes_options": ballot.method != Method.YES_NO,
        "turnout": selectors.turnout_words(ballot),
        "progress": progress_of(ballot) if ballot.is_secret else None,
        "may_cancel": ballot.frozen_at is not None and state not in (State.COUNTED, State.CANCELLED),
        "errors": [{"text": sentence} for sentence in errors],
        "prints_papers": state in voting_paper.PRINTED_IN,
    }
    return render(request, "ballots/prepare.html", context, status=status)


def in_preparation(view):
    """Lead to the desk whoever would change what no longer changes."""

    def checked(request, ballot):
        if ballot.frozen_at is None:
            return view(request, ballot)
        if request.method == "POST":
            sentence = _("The ballot is opened: its rules, its proposals and its key holders no longer change.")
            return _desk(request, ballot, status=409, errors=[sentence])
        return see_other(address(ballot, "prepare"))

    return checked


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
@in_preparation
def edit_rules(request, ballot):
    """Its words, its dates, who votes, what it takes to be retained."""
    form = RulesForm(ballot, request.POST if request.method == "POST" else None)
    nearest = None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_ballot(actor=request.user, ballot=ballot, **form.written)
        except ValidationError as refusal:
            nearest = _nearest(form, refusal)
            _add_date_errors(form, refusal, nearest)
        else:
            messages.success(request, _("The rules are saved."))
            return see_other(address(ballot, "prepare"))
    context = {"ballot": ballot, "form": form, "nearest": nearest}
    return render(request, "ballots/rules.html", context, status=422 if form.errors else 200)


def _nearest(form, refusal):
    opens, closes = form.cleaned_data.get("opens_at"), form.cleaned_data.get("closes_at")
    is_about_closing = "closes_at" in getattr(refusal, "error_dict", {})
    return closing_dates.nearest_closing(opens, closes) if is_about_closing and opens and closes else None


def _add_date_errors(form, refusal, nearest) -> None:
    """Refusals of the service beside the day they are about, with the nearest moment that would do."""
    told = refusal.message_dict if hasattr(refusal, "error_dict") else {None: refusal.messages}
    for name, sentences in told.items():
        field = {"opens_at": "opens_day", "closes_at": "closes_day"}.get(name, name)
        for sentence in sentences:
            if field == "closes_day" and nearest is not None:
                sentence = _("%(why)s The nearest moment possible is %(moment)s.") % {
                    "why": sentence,
                    "moment": words.moment_words(nearest),
                }
            form.add_error(field if field in form.fields else None, sentence)


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
@in_preparation
def options(request, ballot):
    """The proposals, in their order: added, changed, moved, removed; taken from the ideas under study."""
    if ballot.method == Method.YES_NO:
        return see_other(address(ballot, "prepare"))
    written = _written(ballot)
    changed = _place(request.GET.get("modifier", ""), written)
    offered = _offered(request, ballot)
    form = OptionForm(ballot, initial=written[changed] if changed is not None else None)
    status, errors = 200, []
    if request.method == "POST":
        try:
            done, form = _gesture(request, ballot, written, changed, offered, form)
        except ValidationError as refusal:
            form, errors, status = OptionForm(ballot, request.POST), refusal.messages, 422
        else:
            if done:
                messages.success(request, done)
                return see_other(address(ballot, "options") + "#propositions")
            status = 422
    context = {
        "ballot": ballot,
        "options": written,
        "changed": changed,
        "form": form,
        "offered": offered,
        "errors": [{"text": sentence} for sentence in errors],
        "has_costs": ballot.method == Method.EQUAL_SHARES,
    }
    return render(request, "ballots/options.html", context, status=status)


def _written(ballot) -> list[dict]:
    names = ("label", "description", "cost", "subject_kind", "subject_reference")
    return [{name: getattr(one, name) for name in names} for one in ballot.ordered]


def _place(number: str, written: list) -> int | None:
    is_number = number.isascii() and number.isdigit() and len(number) < 4
    return int(number) if is_number and int(number) < len(written) else None


def _offered(request, ballot) -> list[ImportForm]:
    taken = {one.subject_reference for one in ballot.ordered if one.subject_reference}
    found = []
    for subject, some in subjects.candidates_of(ballot.space, request.viewer):
        left = [one for one in some if one.reference not in taken]
        if left:
            is_posted = request.method == "POST" and request.POST.get("import") == subject.kind
            form = ImportForm(subject.label, left, request.POST if is_posted else None, prefix=subject.kind)
            form.candidates = {one.reference: one for one in left}
            found.append(form)
    return found


def _gesture(request, ballot, written, changed, offered, form):
    """What was pressed; answers the sentence to tell, empty when a form was refused, and that form."""
    post = request.POST
    for name, act in (("up", _up), ("down", _down), ("remove", _remove)):
        place = _place(post.get(name, ""), written)
        if place is not None:
            _save(request, ballot, act(written, place))
            return (_("It is removed.") if name == "remove" else _("The order is changed.")), form
    for imported in offered:
        if imported.is_bound:
            if not imported.is_valid():
                return "", form
            some = [imported.candidates[one] for one in imported.cleaned_data["chosen"]]
            made = [
                {"label": one.title[:200], "subject_kind": imported.prefix, "subject_reference": one.reference}
                for one in some
            ]
            _save(request, ballot, [*written, *made])
            return ngettext("%(n)d proposal added.", "%(n)d proposals added.", len(made)) % {"n": len(made)}, form
    form = OptionForm(ballot, post)
    if not form.is_valid():
        return "", form
    given = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
    if changed is None:
        _save(request, ballot, [*written, given])
        return _("The proposal is added."), form
    kept = {name: written[changed][name] for name in ("subject_kind", "subject_reference")}
    _save(request, ballot, [*written[:changed], kept | given, *written[changed + 1 :]])
    return _("The proposal is changed."), form


def _save(request, ballot, some) -> None:
    services.set_options(actor=request.user, ballot=ballot, options=some)


def _up(written, place):
    return _down(written, place - 1) if place else written


def _down(written, place):
    return [*written[:place], *reversed(written[place : place + 2]), *written[place + 2 :]]


def _remove(written, place):
    return [*written[:place], *written[place + 1 :]]


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
@in_preparation
def holders(request, ballot):
    """The three key holders, by name."""
    if not ballot.is_secret:
        return see_other(address(ballot, "prepare"))
    held = [
        one.person
        for one in ballot.key_holders.select_related("person__current_affectation__unit").order_by("position")
        if one.person is not None
    ]
    form = HoldersForm(ballot, held, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_key_holders(actor=request.user, ballot=ballot, people=form.people)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The three key holders are named: they are told, and make their keys."))
            return see_other(address(ballot, "prepare"))
    context = {"ballot": ballot, "form": form}
    return render(request, "ballots/holders.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
@in_preparation
def open_it(request, ballot):
    """What is frozen by the opening, then the opening, for good."""
    electors = people_by_rule(ballot).count()
    faults = faults_before_opening(ballot, electors)
    if faults:
        return _desk(request, ballot, status=422 if request.method == "POST" else 200, errors=faults)
    if request.method == "POST":
        try:
            services.open_ballot(actor=request.user, ballot=ballot)
        except ValidationError as refusal:
            return _desk(request, ballot, status=422, errors=refusal.messages)
        said = _("The ballot is opened: votes come in from %(moment)s on.")
        messages.success(request, said % {"moment": words.moment_words(ballot.opens_at)})
        return see_other(address(ballot, "prepare"))
    context = {
        "ballot": ballot,
        "electors": electors,
        "opens": words.moment_words(ballot.opens_at),
        "closes": words.moment_words(ballot.closes_at),
        "electors_words": words.electors_words(ballot),
        "counted_how": words.method_words(ballot),
        "rules": words.rules_words(ballot),
    }
    return render(request, "ballots/open.html", context)


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
def cancel(request, ballot):
    """Call it off, with a reason that everybody reads."""
    if ballot.frozen_at is None or ballot.counted_at is not None or ballot.cancelled_at is not None:
        return see_other(address(ballot, "prepare"))
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_ballot(actor=request.user, ballot=ballot, **form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("The ballot is called off. Nothing of it is counted."))
            return see_other(address(ballot, "prepare"))
    confirm = {
        "title": _("Call this ballot off?"),
        "text": _("Nobody votes any more, nothing is counted, and the votes are destroyed. It can't be undone."),
        "submit": _("Call it off"),
    }
    context = {"ballot": ballot, "form": form, "confirm": confirm}
    return render(request, "ballots/confirm.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
def delete(request, ballot):
    """Throw away one that was never opened."""
    if ballot.frozen_at is not None:
        raise Http404(_("A ballot that was opened stays."))
    if request.method == "POST":
        services.delete_ballot(actor=request.user, ballot=ballot)
        messages.success(request, _("It is thrown away."))
        return see_other(reverse("ballots:workshop"))
    confirm = {
        "title": _("Throw this ballot away?"),
        "text": _("Its rules, its proposals and its key holders go. Nobody had voted."),
        "submit": _("Throw it away"),
    }
    return render(request, "ballots/confirm.html", {"ballot": ballot, "form": None, "confirm": confirm})
