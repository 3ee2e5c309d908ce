"""What pages of the site show of ideas: a live card, who follows, a few figures. All through the gate."""

from statistics import median

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.accountability.models import ResponseOwed
from src.accountability.registry import ReplyWords
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import Visibility
from src.publishing.cards import Card, Figure, Followers

from .enums import PublicStep
from .models import Idea
from .selectors.lists import live_idea
from .services import telling

TONES = {
    PublicStep.RECEIVED: "neutral",
    PublicStep.STUDY: "info",
    PublicStep.DECIDED: "success",
}


def card(reference: str, viewer) -> Card | None:
    """An idea on a page, as its own address would show it; None when the viewer doesn't see it."""
    try:
        row = live_idea(viewer, reference)
    except Idea.DoesNotExist:
        return None
    meta = ngettext("%(count)d support", "%(count)d supports", row.supports) % {"count": row.supports}
    if row.promised_on is not None:
        meta = _("%(supports)s. Answer promised before %(date)s.") % {
            "supports": meta,
            "date": date_format(row.promised_on, "DATE_FORMAT"),
        }
    return Card(
        title=row.title,
        url=row.url,
        text=row.excerpt,
        kind="idea",
        badge_label=row.step_label,
        badge_tone=TONES.get(row.step, "neutral"),
        meta=meta,
    )


def links(references, viewer) -> dict[str, tuple[str, str]]:
    """Title and address of the ideas the viewer may see, by reference. One statement."""
    seen = Idea.objects.visible_to(as_viewer(viewer)).filter(reference__in=list(references))
    return {reference: (title, f"/idees/{reference}/") for reference, title in seen.values_list("reference", "title")}


def reply_words(references) -> dict[str, ReplyWords]:
    """Title and text of ideas, for who signs the reply to them: nothing of their authors. One statement."""
    found = Idea.objects.filter(reference__in=list(references), visibility=Visibility.SHOWN)
    return {
        reference: ReplyWords(title, body)
        for reference, title, body in found.values_list("reference", "title", "body")
    }


def followers(reference: str) -> Followers:
    """Who supports, follows or commented an idea, and its author: told when a page about it comes out."""
    idea = Idea.objects.filter(reference=reference, is_imported=False).first()
    if idea is None:
        return Followers()
    people, handles = telling.followers_of(idea)
    if idea.author_ids:
        people = sorted({*people, *idea.author_ids})
    elif idea.is_sealed:
        handles = [*handles, idea.handle]
    return Followers(user_ids=people, handles=handles)


def figures(viewer) -> list[Figure]:
    """How many ideas the viewer sees were answered this year, in how many days, and how many wait."""
    seen = Idea.objects.visible_to(as_viewer(viewer)).outside_archives()
    owed = ResponseOwed.objects.filter(idea__in=seen)
    since = clock.today().replace(month=1, day=1)
    answered = list(owed.filter(answered_on__gte=since).values_list("started_on", "answered_on"))
    waiting = owed.open().count()
    late = owed.late(clock.today()).count()
    shown = [
        Figure(
            value=str(len(answered)),
            label=ngettext("idea answered this year", "ideas answered this year", len(answered)),
            url="/idees/?etape=decidee",
        ),
        Figure(
            value=str(waiting),
            label=ngettext("idea waits for its answer", "ideas wait for their answer", waiting),
            detail=ngettext("%(count)d is late", "%(count)d are late", late) % {"count": late} if late else "",
            url="/idees/",
        ),
    ]
    if answered:
        days = round(median((end - start).days for start, end in answered))
        shown.insert(
            1,
            Figure(
                value=str(days), label=ngettext("day to answer, at the median", "days to answer, at the median", days)
            ),
        )
    return shown
