"""What members read: sessions, one of them, documents; what everybody reads of documents that are open."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations import uploads
from src.meetings import ical

from .. import rules, seating, selectors
from ..calendar import context_of, event_of
from ..services.documents import of_session as documents_of_session
from .gate import calm, inside, missing, of_document, of_session, page, screen


@require_safe
@inside
def sessions(request, panel):
    """Sessions to come, then those held; the team goes from here to what it prepares."""
    found = list(selectors.sessions_of(request.viewer, panel).exclude(announced_at=None))
    return page(
        request,
        "sessions",
        panel,
        coming=[one for one in found if one.is_announced],
        held=[one for one in found if one.is_held],
        cancelled=[one for one in found if one.is_cancelled],
        prepares=rules.prepares(request.viewer, panel),
        sits=rules.is_member(request.viewer, panel),
    )


@require_safe
@inside
@of_session
def session(request, panel, session):
    """One session: agenda, documents, who is heard; my presence, my table."""
    mine = rules.membership_id(request.viewer, panel)
    presence = list(selectors.my_presence(mine, session)) if mine else []
    return page(
        request,
        "session",
        panel,
        session=session,
        agenda=session.agenda.all(),
        documents=documents_of_session(session),
        hearings=session.hearings.all(),
        sits=bool(mine),
        presence=presence,
        my_tables=seating.tables_of(request.viewer, session, mine) if mine else [],
        prepares=rules.prepares(request.viewer, panel),
    )


@require_safe
@inside
@of_session
def calendar(request, panel, session):
    """One session as a file that any calendar application opens; cancelled, it says so."""
    calm(request, "session-file", 60)
    if session.announced_at is None:
        raise missing()
    text = ical.published([event_of(context_of(session))], name=panel.title)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="seance-{session.number}.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@inside
def documents(request, panel):
    """What members read, last first."""
    found = list(selectors.documents_of(request.viewer, panel).standing())
    return page(request, "documents", panel, documents=found, prepares=rules.prepares(request.viewer, panel))


@require_safe
@screen
@of_document
def document(request, panel, document):
    """One document: its summary in plain words, its file or its link; open ones are read by everybody."""
    return page(
        request,
        "document",
        panel,
        document=document,
        enters=rules.may_enter_workspace(request.viewer, panel),
        prepares=rules.prepares(request.viewer, panel),
    )


@require_safe
@screen
@of_document
def file(request, panel, document):
    """The file of a document, to whoever may read it."""
    return uploads.private_response(document.file, allowed=True, filename=_file_name(document))


def _file_name(document) -> str:
    ending = document.extension.lower()
    name = "".join(sign if sign.isalnum() else "-" for sign in document.title)[:60]
    return f"{name or _('document')}.{ending}"
