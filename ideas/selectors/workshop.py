"""The staff side of an idea's page: who does what, the scorecards, the answer in preparation."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.accountability.enums import Outcome, Reason
from src.accountability.models import Decision
from src.directory.enums import Role
from src.directory.models import RoleGrant
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.text import plain_to_html
from src.participation.enums import RemovalReason
from src.workflow import process_cache
from src.workflow.enums import TAKEN_BACK_SLUG, Actor, StageKind
from src.workflow.returning import standing

from .. import rules
from ..enums import IdeaScale
from ..models import Assessment, Idea
from .notes import notes_count
from .rows import author_label, week_label


@dataclass(frozen=True, kw_only=True)
class JournalLine:
    """One step, as the people at work read it."""

    when_label: str
    label: str
    who: str
    text: str
    reason_label: str


@dataclass(frozen=True, kw_only=True)
class SeatView:
    """Somebody asked to assess: names of peers stay hidden until the decision."""

    label: str
    state: str
    due_on: date
    is_me: bool


@dataclass(frozen=True, kw_only=True)
class AssessmentView:
    """A scorecard, without its author's name until the decision."""

    label: str
    scores: list
    risk_flag: bool
    note: str
    is_mine: bool


@dataclass(frozen=True, kw_only=True)
class FastDraft:
    """The answer waiting for a second signature."""

    outcome_label: str
    reason_label: str
    html: str
    reopening_conditions: str
    revisit_on: date | None
    measure_owner: str
    first_milestone: str
    first_milestone_on: date | None
    drafted_by: str


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What the people who work on an idea see beside its page."""

    scale_label: str
    owner_label: str
    unit_label: str
    transfer_label: str
    journal: list[JournalLine]
    seats: list[SeatView]
    my_assessment: AssessmentView | None
    assessments: list[AssessmentView]
    medians: list
    risk_flags: int
    prepared: Decision | None
    draft: FastDraft | None
    study_text: str
    # Internal notes the viewer may read; None for who doesn't handle the idea.
    notes: int | None


def workshop(viewer, idea) -> Workshop:
    """The staff side of an idea's page; PermissionDenied for anybody else. Six statements."""
    viewer = as_viewer(viewer)
    if not rules.can(viewer, "see_workshop", idea):
        raise PermissionDenied(_("Only the people who work on this idea see this side of it."))
    journal = list(idea.journal.select_related("actor").order_by("id"))
    seats = list(idea.assessors.select_related("user", "assessment").order_by("asked_at", "pk"))
    mine = next((seat for seat in seats if seat.user_id == viewer.user_id), None)
    cards = _cards(idea, viewer, seats, mine)
    prepared = (
        Decision.objects.visible_to(viewer)
        .prepared()
        .filter(subject_kind=Idea.subject_kind, subject_reference=idea.reference)
        .select_related("batch", "decided_by", "drafted_by")
        .first()
    )
    study = next((entry for entry in reversed(standing(journal)) if entry.to_kind == StageKind.DECISION_PENDING), None)
    return Workshop(
        scale_label=IdeaScale(idea.scale).label if idea.scale else "",
        owner_label=idea.owner.short_name if idea.owner else "",
        unit_label=idea.unit.name if idea.unit else "",
        transfer_label=idea.transfer_to.name if idea.transfer_to else "",
        journal=[_line(idea, entry) for entry in journal],
        seats=[_seat(seat, viewer) for seat in seats],
        my_assessment=next((card for card in cards if card.is_mine), None),
        assessments=cards,
        medians=_medians(cards),
        risk_flags=sum(card.risk_flag for card in cards),
        prepared=prepared if prepared is not None and not prepared.is_fast_lane else None,
        draft=_draft(prepared) if prepared is not None and prepared.is_fast_lane else None,
        study_text=study.text if study else "",
        notes=notes_count(viewer, idea),
    )


def fast_draft(viewer, idea) -> FastDraft | None:
    """The drafted answer, for those who may see it; None otherwise. One statement."""
    draft = (
        Decision.objects.visible_to(viewer)
        .prepared()
        .filter(subject_kind=Idea.subject_kind, subject_reference=idea.reference, is_fast_lane=True)
        .select_related("drafted_by")
        .first()
    )
    return _draft(draft) if draft else None


def assessor_candidates(viewer, idea) -> list[tuple[int, str]]:
    """People who hold the role of assessor, the idea's direction first, then by name. One statement.

    The author of a sealed idea isn't taken out of the list: their absence would tell who they are.
    """
    viewer = as_viewer(viewer)
    today = clock.today()
    grants = (
        RoleGrant.objects.filter(role=Role.INSTRUCTOR, starts_on__lte=today, user__is_active=True)
        .exclude(ends_on__lt=today)
        .select_related("user", "unit")
    )
    near = idea.direction.path if idea.direction else "-"
    people = {}
    for grant in grants:
        if grant.user_id == viewer.user_id or grant.user_id in idea.author_ids:
            continue
        place = grant.unit.name if grant.unit else _("Whole city")
        far = not (grant.unit and grant.unit.path.startswith(near))
        key = (far, grant.user.last_name, grant.user.first_name)
        if grant.user_id not in people or key < people[grant.user_id][0]:
            people[grant.user_id] = (key, f"{grant.user.get_full_name()} ({place})")
    ordered = sorted(people.items(), key=lambda item: item[1][0])
    return [(pk, label) for pk, (_key, label) in ordered]


def _cards(idea, viewer, seats, mine) -> list[AssessmentView]:
    """Scorecards the viewer may read: all once their own is in, or when they aren't asked for one."""
    given = [seat for seat in seats if hasattr(seat, "assessment")]
    awaited = mine is not None and not mine.is_declined and not hasattr(mine, "assessment")
    if awaited and idea.stage_kind == StageKind.IN_REVIEW:
        return []
    named = idea.decision_id is not None
    return [
        AssessmentView(
            label=seat.user.short_name
            if named or seat.user_id == viewer.user_id
            else _("Assessor %(number)d") % {"number": number},
            scores=_scores(seat.assessment),
            risk_flag=seat.assessment.risk_flag,
            note=seat.assessment.note,
            is_mine=seat.user_id == viewer.user_id,
        )
        for number, seat in enumerate(given, start=1)
    ]


def _scores(card: Assessment) -> list[tuple[str, int | None]]:
    return [(str(_criterion(name)), getattr(card, name)) for name in Assessment.CRITERIA]


def _criterion(name: str):
    return Assessment._meta.get_field(name).verbose_name


def _medians(cards) -> list[tuple[str, float | None]]:
    medians = []
    for position, name in enumerate(Assessment.CRITERIA):
        scores = [card.scores[position][1] for card in cards if card.scores[position][1] is not None]
        medians.append((str(_criterion(name)), median(scores) if scores else None))
    return medians


def _seat(seat, viewer) -> SeatView:
    if seat.is_declined:
        state = "declined"
    elif hasattr(seat, "assessment"):
        state = "done"
    elif seat.is_late or seat.due_on < clock.today():
        state = "late"
    else:
        state = "asked"
    return SeatView(label=seat.user.short_name, state=state, due_on=seat.due_on, is_me=seat.user_id == viewer.user_id)


def _line(idea, entry) -> JournalLine:
    taken_back = entry.transition_slug == TAKEN_BACK_SLUG
    slug = entry.data.get("step", "") if taken_back else entry.transition_slug
    way = process_cache.graph(idea.process_id).transition(slug)
    day = timezone.localdate(entry.at)
    by_author = entry.actor_role == Actor.AUTHOR
    without_account = author_label(idea) if by_author else _("The clock")
    who = entry.actor.short_name if entry.actor is not None else without_account
    return JournalLine(
        when_label=week_label(day) if by_author and idea.is_sealed else date_format(day, "DATE_FORMAT"),
        label=_step(way, taken_back),
        who=who,
        text=entry.text,
        reason_label=_reason(entry.reason_code),
    )


def _step(way, taken_back: bool) -> str:
    if taken_back:
        return _("Taken back: “%(step)s”") % {"step": way.text} if way else _("Step taken back")
    return way.text if way else _("Moved to another version of the process")


def _reason(code: str) -> str:
    if code in RemovalReason.values:
        return str(RemovalReason(code).label)
    return str(Reason(code).label) if code in Reason.values else ""


def _draft(decision: Decision) -> FastDraft:
    return FastDraft(
        outcome_label=Outcome(decision.outcome).label,
        reason_label=Reason(decision.reason).label if decision.reason else "",
        html=plain_to_html(decision.text),
        reopening_conditions=decision.reopening_conditions,
        revisit_on=decision.revisit_on,
        measure_owner=decision.measure_owner,
        first_milestone=decision.first_milestone,
        first_milestone_on=decision.first_milestone_on,
        drafted_by=decision.drafted_by.short_name if decision.drafted_by else "",
    )
