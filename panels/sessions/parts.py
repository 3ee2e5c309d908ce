"""What sessions add to the members' space, to the desk of the team, and to the page that everybody reads."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panels.desk import Part
from panels.public_parts import PublicPart
from panels.workspace import Tab
from src.foundations import clock
from theme.templatetags.theme import short_day

from . import rules, selectors
from .balance import balance_of
from .enums import RequestState, StipendState
from .models import Document, HearingRequest, Posting, StipendLine
from .places import address


def sessions_tab(viewer, panel) -> Tab:
    """Sessions: the next one, or how many were held."""
    coming = selectors.next_session(viewer, panel)
    if coming is not None:
        said = _("Next: %(day)s, %(title)s") % {"day": short_day(coming.day), "title": coming.title}
    else:
        held = selectors.sessions_of(viewer, panel).filter(state="held").count()
        said = ngettext("%(n)d session held.", "%(n)d sessions held.", held) % {"n": held}
        said = said if held else _("No session is announced yet.")
    # On the day itself, one says that one is there.
    is_next = coming is not None and coming.day == clock.today()
    return Tab("sessions", _("Sessions"), address(panel, "sessions"), said, "calendar", is_next)


def documents_tab(viewer, panel) -> Tab:
    """Documents: how many."""
    count = selectors.documents_of(viewer, panel).standing().count()
    said = ngettext("%(n)d document to read.", "%(n)d documents to read.", count) % {"n": count}
    return Tab(
        "documents", _("Documents"), address(panel, "documents"), said if count else _("No document yet."), "file-text"
    )


def hearings_tab(viewer, panel) -> Tab:
    """Who is heard: the balance in a sentence."""
    found = list(selectors.hearings_of(viewer, panel).counted())
    return Tab("hearings", _("Hearings"), address(panel, "hearings"), balance_of(found).sentence, "message-circle")


def stipends_tab(viewer, panel) -> Tab | None:
    """One's own presence and pay."""
    member = rules.membership_id(viewer, panel)
    if member is None:
        return None
    count = StipendLine.objects.filter(membership_id=member, rank=1).count()
    said = ngettext("%(n)d half-day counted.", "%(n)d half-days counted.", count) % {"n": count}
    title = _("My presence and my pay")
    return Tab(
        "mine", title, address(panel, "mine"), said if count else _("Nothing is counted yet."), "user-round-check"
    )


def sessions_part(viewer, panel) -> Part | None:
    """Preparing sessions."""
    if not rules.prepares(viewer, panel):
        return None
    found = list(selectors.sessions_of(viewer, panel))
    coming = next((one for one in found if one.is_announced), None)
    over = [one for one in found if one.is_announced and one.ends_at < clock.now()]
    waiting = [one for one in found if one.is_prepared]
    said = _("Prepare the first session.")
    if over:
        said = _("Session %(n)d is over: say that it took place.") % {"n": over[0].number}
    elif coming:
        said = _("Next: %(day)s, %(title)s") % {"day": short_day(coming.day), "title": coming.title}
    elif waiting:
        said = _("Session %(n)d is in preparation: announce it.") % {"n": waiting[0].number}
    elif found:
        said = ngettext("%(n)d session.", "%(n)d sessions.", len(found)) % {"n": len(found)}
    is_next = bool(over) or not found or (not coming and bool(waiting))
    return Part(_("Sessions"), address(panel, "desk_sessions"), said, "calendar", len(found), is_next)


def documents_part(viewer, panel) -> Part | None:
    """Documents for members."""
    if not rules.prepares(viewer, panel):
        return None
    count = Document.objects.standing().filter(panel=panel).count()
    said = ngettext("%(n)d document shown.", "%(n)d documents shown.", count) % {"n": count}
    said = said if count else _("Add what members read before a session.")
    return Part(_("Documents"), address(panel, "desk_documents"), said, "file-text", count)


def requests_part(viewer, panel) -> Part | None:
    """Whom members ask to hear."""
    if not rules.prepares(viewer, panel):
        return None
    count = HearingRequest.objects.filter(panel=panel, state=RequestState.OPEN).count()
    told = ngettext("%(n)d request of members waits.", "%(n)d requests of members wait.", count)
    said = told % {"n": count} if count else _("No request waits.")
    return Part(_("Hearings"), address(panel, "hearings"), said, "message-circle", count, bool(count))


def stipends_part(viewer, panel) -> Part | None:
    """Half-days to sign, to send, to pay."""
    if not rules.prepares(viewer, panel):
        return None
    counts = StipendLine.objects.filter(session__panel=panel).aggregate(
        due=Count("pk", filter=Q(state=StipendState.DUE, session__state="held")),
        ready=Count("pk", filter=Q(state=StipendState.VALIDATED)),
    )
    said = _("Nothing waits.")
    if counts["due"]:
        told = ngettext(
            "%(n)d half-day waits for a signature.", "%(n)d half-days wait for a signature.", counts["due"]
        )
        said = told % {"n": counts["due"]}
    elif counts["ready"]:
        told = ngettext(
            "%(n)d half-day is ready to be sent.", "%(n)d half-days are ready to be sent.", counts["ready"]
        )
        said = told % {"n": counts["ready"]}
    is_next = bool(counts["due"]) or bool(counts["ready"]) and rules.may_organise(viewer, panel)
    return Part(_("Half-days to pay"), address(panel, "stipends"), said, "clipboard-list", counts["due"], is_next)


def posting_part(viewer, panel) -> Part | None:
    """Letters to members."""
    if not (rules.prepares(viewer, panel) and rules.may_organise(viewer, panel)):
        return None
    count = Posting.objects.filter(panel=panel, posted_on__isnull=True).count()
    told = ngettext("%(n)d batch was printed, not posted.", "%(n)d batches were printed, not posted.", count)
    said = told % {"n": count} if count else _("Everything that members read is posted to those who asked for paper.")
    return Part(_("Letters to members"), address(panel, "posting"), said, "mail", count, bool(count))


def public_part(viewer, panel) -> PublicPart | None:
    """Days held and to come, open documents, who was heard with stance and interests, and the balance."""
    found = [one for one in selectors.sessions_of(viewer, panel) if one.announced_at is not None]
    documents = list(selectors.documents_of(viewer, panel).standing().filter(audience="everybody"))
    if not found and not documents:
        return None
    heard = list(selectors.hearings_of(viewer, panel).counted())
    context = {
        "sessions": [{"session": one, "day": timezone.localtime(one.starts_at).date()} for one in found],
        "documents": documents,
        "hearings": heard,
        "balance": balance_of(heard),
    }
    return PublicPart("panel_sessions/_public.html", context)
