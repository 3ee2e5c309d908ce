"""The team prepares sessions: written, announced, moved, held, cancelled; agenda and documents."""

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panels.views.confirming import confirm, data_of, done
from src.foundations.gates import see_other

from .. import selectors
from ..forms.matter import DocumentForm
from ..forms.planning import CancelForm, ItemForm, SessionForm
from ..services import documents as matter
from ..services import planning as services
from .gate import METHODS, address, answer, of_document, of_session, page, preparer


@require_safe
@preparer
def sessions(request, panel):
    """Every session, those in preparation included."""
    return page(request, "desk/sessions", panel, sessions=list(selectors.sessions_of(request.viewer, panel)))


@require_http_methods(METHODS)
@preparer
def create(request, panel):
    """Begin to prepare a session."""
    form, made = SessionForm(data_of(request)), []
    if done(form, lambda: made.append(services.prepare_session(actor=request.viewer, panel=panel, **form.written))):
        messages.success(request, _("It is begun: members know nothing of it yet. Write its agenda."))
        return see_other(address(panel, "prepare", session=made[0].reference))
    return answer(
        request, panel, form, title=_("Prepare a session"), submit=pgettext("button", "Begin"),
        back=address(panel, "desk_sessions"),
    )  # fmt: skip


@require_safe
@preparer
@of_session
def prepare(request, panel, session):
    """One session for the team: its agenda, its documents, who is heard, presence, and what is done next."""
    return page(
        request,
        "desk/session",
        panel,
        session=session,
        agenda=list(session.agenda.all()),
        documents=list(matter.of_session(session)),
        hearings=list(session.hearings.all()),
        accepted=selectors.accepted_of(panel),
        counts=selectors.counts_of(session),
        is_open=session.is_prepared or session.is_announced,
        counts_presence=session.is_announced or session.is_held,
    )


@require_http_methods(METHODS)
@preparer
@of_session
def change(request, panel, session):
    """Write a session again; announced, its members are told."""
    form, back = SessionForm(data_of(request), session=session), address(panel, "prepare", session=session.reference)
    if done(form, lambda: services.change_session(actor=request.viewer, session=session, **form.written)):
        messages.success(request, _("It is saved."))
        return see_other(back)
    means = []
    if session.is_announced:
        means = [
            _("Members know this session: another day, hour or place is told to them, and their calendar follows.")
        ]
    return answer(
        request, panel, form, title=_("Change session %(n)d") % {"n": session.number},
        submit=pgettext("button", "Save"), back=back, means=means,
    )  # fmt: skip


@require_http_methods(METHODS)
@preparer
@of_session
def announce(request, panel, session):
    """Tell members; what it means first."""
    back = address(panel, "prepare", session=session.reference)
    if request.method == "POST":
        services.announce(actor=request.viewer, session=session)
        messages.success(request, _("It is announced: members receive a message and find it in their space."))
        return see_other(back)
    faults = [] if session.agenda.exists() else [_("Write the agenda first: members read it with the day.")]
    means = [
        _("Each member who has an account is told, with an entry for their calendar."),
        _("Its day and its place are read by everybody on the page of the panel."),
        _("Who asked for paper gets the agenda by post: print it from the letters to members."),
    ]
    return confirm(
        request, panel, _("Announce session %(n)d") % {"n": session.number}, means, pgettext("button", "Announce"),
        back=back, faults=faults,
    )  # fmt: skip


@require_http_methods(METHODS)
@preparer
@of_session
def held(request, panel, session):
    """Say that a session took place."""
    back = address(panel, "prepare", session=session.reference)
    if request.method == "POST":
        services.mark_held(actor=request.viewer, session=session)
        messages.success(request, _("It is written as held. Its half-days may be validated."))
        return see_other(back)
    means = [
        _("Its day, its half-days and who was heard no longer change."),
        _("Presence may still be written and corrected, with a reason."),
        _("Its half-days to pay may be validated, by two people."),
    ]
    return confirm(
        request, panel, _("Session %(n)d took place") % {"n": session.number}, means,
        pgettext("button", "It took place"), back=back,
    )  # fmt: skip


@require_http_methods(METHODS)
@preparer
@of_session
def cancel(request, panel, session):
    """Cancel a session, and say why."""
    form, back = CancelForm(data_of(request)), address(panel, "prepare", session=session.reference)
    if done(form, lambda: services.cancel(actor=request.viewer, session=session, **form.cleaned_data)):
        messages.success(request, _("It is cancelled."))
        return see_other(back)
    means = [_("It can’t be brought back: prepare another one.")]
    if session.is_announced:
        means.insert(0, _("Each member who has an account is told, and their calendar takes it away."))
    return answer(
        request, panel, form, title=_("Cancel session %(n)d") % {"n": session.number},
        submit=pgettext("button", "Cancel this session"), back=back, means=means, danger=True,
    )  # fmt: skip


@require_http_methods(METHODS)
@preparer
@of_session
def add_item(request, panel, session):
    """A moment of the agenda."""
    form, back = ItemForm(data_of(request)), address(panel, "prepare", session=session.reference)
    if done(form, lambda: services.add_item(actor=request.viewer, session=session, **form.cleaned_data)):
        messages.success(request, _("It is added to the agenda."))
        return see_other(f"{back}#programme")
    return answer(request, panel, form, title=_("A moment of the agenda"), submit=pgettext("button", "Add"), back=back)


@require_http_methods(METHODS)
@preparer
@of_session
def change_item(request, panel, session, position):
    """Write a moment again, or take it away."""
    item = _item(session, position)
    back = address(panel, "prepare", session=session.reference)
    written = {name: getattr(item, name) for name in ("at", "title", "kind", "words")}
    form = ItemForm(data_of(request), initial=written)
    if done(form, lambda: services.change_item(actor=request.viewer, item=item, **form.cleaned_data)):
        messages.success(request, _("It is saved."))
        return see_other(f"{back}#programme")
    return answer(
        request, panel, form, title=_("A moment of the agenda"), submit=pgettext("button", "Save"), back=back
    )


@require_POST
@preparer
@of_session
def remove_item(request, panel, session, position):
    """Take a moment away."""
    services.remove_item(actor=request.viewer, item=_item(session, position))
    messages.success(request, _("It is taken from the agenda."))
    return see_other(f"{address(panel, 'prepare', session=session.reference)}#programme")


def _item(session, position):
    found = session.agenda.filter(position=position).first()
    if found is None:
        raise Http404(_("The agenda has no such moment any more."))
    return found


@require_safe
@preparer
def documents(request, panel):
    """Every document, withdrawn ones included."""
    found = list(selectors.documents_of(request.viewer, panel))
    return page(
        request,
        "desk/documents",
        panel,
        documents=[one for one in found if one.withdrawn_at is None],
        withdrawn=[one for one in found if one.withdrawn_at is not None],
    )


@require_http_methods(METHODS)
@preparer
def add_document(request, panel):
    """Add a document: a file, a link, or its words alone."""
    form = DocumentForm(data_of(request), request.FILES or None, sessions=selectors.sessions_of(request.viewer, panel))

    def act():
        said = dict(form.cleaned_data)
        matter.add_document(actor=request.viewer, panel=panel, upload=said.pop("file", None), **said)

    if done(form, act):
        messages.success(request, _("It is added: its readers find it."))
        return see_other(address(panel, "desk_documents"))
    return answer(
        request, panel, form, title=_("Add a document"), submit=pgettext("button", "Add"),
        back=address(panel, "desk_documents"),
    )  # fmt: skip


@require_http_methods(METHODS)
@preparer
@of_document
def change_document(request, panel, document):
    """Write a document again."""
    sessions = selectors.sessions_of(request.viewer, panel)
    form = DocumentForm(data_of(request), sessions=sessions, document=document)
    if done(form, lambda: matter.change_document(actor=request.viewer, document=document, **form.cleaned_data)):
        messages.success(request, _("It is saved."))
        return see_other(address(panel, "desk_documents"))
    return answer(
        request, panel, form, title=_("Change a document"), submit=pgettext("button", "Save"),
        back=address(panel, "desk_documents"),
        means=[_("Its file stays: for another file, add another document and withdraw this one.")],
    )  # fmt: skip


@require_POST
@preparer
@of_document
def withdraw_document(request, panel, document):
    """Take a document away from its readers, or bring it back."""
    if "back" in request.POST:
        matter.bring_back(actor=request.viewer, document=document)
        messages.success(request, _("It is shown again."))
    else:
        matter.withdraw_document(actor=request.viewer, document=document)
        messages.success(request, _("It is withdrawn. You may show it again from this page."))
    return see_other(address(panel, "desk_documents"))
