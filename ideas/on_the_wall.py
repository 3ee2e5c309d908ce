"""What ideas put on the sheets that hang in each place: only what every agent reads, never an author."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.accountability.enums import Outcome
from src.directory.viewer import AnyAgent
from src.foundations import clock
from src.participation.enums import PhaseVerb
from src.participation.models import Space
from src.participation.rules import phase_status, with_phases
from src.wall.enums import Section
from src.wall.registry import Line
from src.workflow.enums import DECIDED, StageKind
from theme.templatetags.theme import short_day

from . import rules
from .models import Idea
from .selectors.rows import stage_of

BOX = "box"
# An answer is told for five weeks: whoever was away reads it too.
FRESH = timedelta(weeks=5)
# Older answers are news of nowhere.
OLDEST = timedelta(weeks=52)
# Not read by anybody yet, or no longer to be read: paper can't be taken back.
KEPT_OFF = (
    StageKind.SUBMITTED,
    StageKind.REMOVED,
    StageKind.WITHDRAWN,
    StageKind.MERGED,
    StageKind.DORMANT,
    StageKind.STOPPED,
)
UNDER_WAY = (
    StageKind.PILOT,
    StageKind.ACCEPTED,
    StageKind.SELECTED,
    StageKind.COHORT,
    StageKind.GRADUATED,
    StageKind.IN_PROGRESS,
    StageKind.DELIVERED,
    StageKind.VERIFIED,
)
SHORT = 200


def _shown():
    """Ideas that may hang on a wall: what any agent reads, once somebody has read it."""
    return (
        Idea.objects.visible_to(AnyAgent())
        .outside_archives()
        .filter(is_imported=False, body_hidden=False)
        .exclude(stage_kind__in=KEPT_OFF)
    )


def still_shown(references: set) -> set:
    """Those any agent still reads."""
    return set(_shown().filter(reference__in=references).values_list("reference", flat=True))


def lines(week: date) -> Iterator[Line]:
    """Proposals of the week before, answers of five weeks, what is under way, what may be supported. One statement."""
    last_week = week - timedelta(weeks=1)
    since = clock.start_of_day(week - OLDEST)
    told = Q(week=last_week) | Q(decision__batch__announced_at__gte=since) | Q(owed__answered_on__isnull=True)
    found = (
        _shown()
        .filter(told)
        .select_related("owed", "decision__batch", "direction", "site__direction")
        .order_by("-week", "reference")
    )
    fresh_since = week - FRESH
    for idea in found.iterator(chunk_size=500):
        # The sheet of a past week says nothing of what came after it.
        line = _line_of(idea, last_week, fresh_since) if idea.week <= week else None
        if line is not None and line.on < week + timedelta(weeks=1):
            yield line


def _line_of(idea, last_week: date, fresh_since: date) -> Line | None:
    decision = idea.decision
    if decision is not None and decision.is_announced:
        announced = timezone.localdate(decision.batch.announced_at)
        if announced >= fresh_since:
            return _line(idea, Section.ANSWERED, announced, **_answer(decision))
        if idea.stage_kind in UNDER_WAY:
            return _line(idea, Section.UNDER_WAY, announced, status=_status(idea), next_step=_next(decision))
        return _line(idea, None, announced, **_answer(decision))
    if idea.stage_kind in DECIDED:
        return None
    if idea.week == last_week:
        return _line(idea, Section.PROPOSED, idea.week)
    if stage_of(idea).accepts_supports:
        return _line(
            idea, Section.OPEN, idea.week, status=pgettext("on the wall", "Support"), next_step=_promise(idea)
        )
    return None


def _line(idea, section, on: date, **words) -> Line:
    site = idea.site
    direction = (site.direction if site is not None else None) or idea.direction
    return Line(
        section=section,
        kind=Idea.subject_kind,
        reference=idea.reference,
        title=idea.title,
        url=idea.get_absolute_url(),
        on=on,
        sealed=idea.is_sealed,
        place_path=site.path if site is not None else "",
        place_name=site.name if site is not None else "",
        place_people=site.headcount if site is not None else 0,
        direction_id=direction.pk if direction is not None else None,
        direction_name=direction.name if direction is not None else "",
        **words,
    )


def _answer(decision) -> dict:
    return {
        "status": _("Decided: %(answer)s") % {"answer": str(Outcome(decision.outcome).label).lower()},
        "text": in_short(decision.text),
        "signed": decision.signed_as,
        "next_step": _next(decision),
    }


def _status(idea) -> str:
    return stage_of(idea).public_text


def _next(decision) -> str:
    """What follows an answer, and when."""
    if decision.first_milestone and decision.first_milestone_on:
        return _("Next: %(step)s, before %(date)s (%(who)s)") % {
            "step": decision.first_milestone,
            "date": short_day(decision.first_milestone_on),
            "who": decision.measure_owner,
        }
    if decision.revisit_on:
        return _("New answer before %(date)s") % {"date": short_day(decision.revisit_on)}
    if decision.reopening_conditions:
        return _("What could change the answer: %(condition)s") % {"condition": decision.reopening_conditions}
    return ""


def _promise(idea) -> str:
    owed = idea.owed
    if owed is None or not owed.is_open:
        return ""
    return _("Answer promised before %(date)s") % {"date": short_day(owed.promised(clock.today()))}


def in_short(text: str, limit: int = SHORT) -> str:
    """The first whole sentences of an answer; a first sentence that is too long ends by « … »."""
    text = " ".join(text.split())
    kept = ""
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if len(kept) + len(sentence) + 1 > limit:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or (text[: limit - 1].rsplit(" ", 1)[0] + "…")


def _open_boxes():
    return (
        Space.objects.visible_to(AnyAgent())
        .filter(is_archive=False, is_limited=False, process__isnull=False)
        .order_by("-on_home_page", "name")
    )


def boxes(week: date) -> Iterator[Line]:
    """The boxes every agent may send an idea to, and until when. Two statements."""
    for space in with_phases(_open_boxes()):
        status = phase_status(space)
        if rules.ACTIVITY not in space.activities or PhaseVerb.PROPOSE not in status.verbs:
            continue
        until = status.until_of(PhaseVerb.PROPOSE)
        yield Line(
            section=Section.OPEN,
            kind=BOX,
            reference=space.slug,
            title=space.name,
            url=f"/idees/?boite={space.slug}",
            on=week,
            status=pgettext("on the wall", "Propose"),
            text=space.summary,
            next_step=_("Open until %(date)s") % {"date": short_day(timezone.localdate(until))}
            if until
            else _("Open all year round"),
            for_all=True,
        )


def boxes_still_shown(references: set) -> set:
    """Boxes every agent still sees."""
    return set(_open_boxes().filter(slug__in=references).values_list("slug", flat=True))
