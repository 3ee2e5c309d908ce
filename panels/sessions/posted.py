"""What of sessions is posted to members: agendas, documents, who is heard, one's own presence and pay."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panels import by_post
from panels.by_post import Page, Posted

from .balance import balance_of
from .enums import MET, SessionState
from .models import Document, Hearing, Session
from .money import euros

AGENDA, DOCUMENT, HEARINGS, STATEMENT = "agenda", "document", "hearings", "statement"


def register() -> None:
    """Add the kinds of this room."""
    by_post.register(AGENDA, gettext_lazy("Agenda of a session"), agendas, agenda)
    by_post.register(DOCUMENT, gettext_lazy("Document"), documents, document)
    by_post.register(HEARINGS, gettext_lazy("Who is heard"), hearings, heard)
    by_post.register(STATEMENT, gettext_lazy("Presence and half-days to pay"), statements, statement)


def _sessions(panel):
    return Session.objects.filter(panel=panel, announced_at__isnull=False).exclude(state=SessionState.CANCELLED)


def agendas(panel):
    for one in _sessions(panel).order_by("-number"):
        yield Posted(one.reference, str(one), one.changed_at)


def agenda(panel, key, _membership):
    found = _sessions(panel).filter(reference=key).first()
    if found is None:
        return None
    context = {"session": found, "agenda": found.agenda.all(), "hearings": found.hearings.all()}
    return Page("panel_sessions/post/agenda.html", context)


def documents(panel):
    for one in Document.objects.standing().filter(panel=panel):
        yield Posted(one.reference, one.title, one.added_at)


def document(panel, key, _membership):
    found = Document.objects.standing().filter(panel=panel, reference=key).first()
    return Page("panel_sessions/post/document.html", {"document": found}) if found else None


def _heard(panel):
    found = Hearing.objects.filter(session__panel=panel, session__state__in=MET)
    return list(found.select_related("session"))


def hearings(panel):
    found = _heard(panel)
    if found:
        yield Posted("all", _("Who is heard by the panel"), max(one.added_at for one in found))


def heard(panel, key, _membership):
    if key != "all":
        return None
    found = _heard(panel)
    return Page("panel_sessions/post/hearings.html", {"hearings": found, "balance": balance_of(found)})


def statements(panel):
    if _sessions(panel).filter(state=SessionState.HELD).exists():
        yield Posted("all", _("My presence, my half-days paid"))


def statement(_panel, key, membership):
    if key != "all":
        return None
    lines = list(membership.stipend_lines.select_related("session").order_by("session__number", "half_day", "rank"))
    presences = membership.attendances.select_related("session").order_by("session__number", "half_day")
    context = {
        "presences": presences,
        "lines": [{"line": one, "amount": euros(one.cents)} for one in lines],
        "total": euros(sum(one.cents for one in lines)),
    }
    return Page("panel_sessions/post/statement.html", context)
