"""An idea that became a measure follows it: in progress, done, confirmed, stopped."""

import logging

from src.accountability.enums import MeasureStatus
from src.accountability.models import MeasureOrigin
from src.accountability.registry import MeasureWords, OriginWords
from src.participation.enums import Circle
from src.workflow import process_cache
from src.workflow.enums import StageKind
from src.workflow.services import fire

from ..models import Idea

logger = logging.getLogger("terrain.ideas")
FORM = "measure"
STAGE_OF_STATUS = {
    MeasureStatus.STUDIES: StageKind.IN_PROGRESS,
    MeasureStatus.PROCEDURE: StageKind.IN_PROGRESS,
    MeasureStatus.WORKS: StageKind.IN_PROGRESS,
    MeasureStatus.DELIVERED: StageKind.DELIVERED,
    MeasureStatus.VERIFIED: StageKind.VERIFIED,
    MeasureStatus.STOPPED: StageKind.STOPPED,
}
# What an idea goes through on its way, when its measure went faster.
BEFORE = {
    StageKind.DELIVERED: StageKind.IN_PROGRESS,
    StageKind.VERIFIED: StageKind.DELIVERED,
}


def measure_words(reference: str) -> MeasureWords | None:
    """The title of the measure an idea becomes; for everybody at once only when it already was; None in a cohort."""
    idea = Idea.objects.filter(reference=reference).select_related("space").first()
    if idea is None or idea.space.cohort_seats is not None:
        # A seat in a cohort is no measure: what a project becomes is told by its milestones.
        return None
    for_everybody = idea.space.circle == Circle.EVERYONE and idea.is_shown and not idea.body_hidden
    return MeasureWords(title=idea.title, for_everybody=for_everybody)


def origin_words(viewer, references: list[str]) -> dict[str, OriginWords]:
    """The ideas measures come from, for who may see them: the same gate as their own page."""
    seen = Idea.objects.visible_to(viewer).filter(reference__in=references)
    return {
        reference: OriginWords(label=title, url=f"/idees/{reference}/")
        for reference, title in seen.values_list("reference", "title")
    }


def follow_measure(origin: MeasureOrigin, measure, step) -> None:
    """Bring an idea where its measure stands, by the steps of its own way. An idea whose way has none stays.

    Safe to call twice: an idea already there isn't moved.
    """
    target = STAGE_OF_STATUS.get(measure.status)
    idea = Idea.objects.filter(reference=origin.subject_reference, is_imported=False).first()
    if target is None or idea is None:
        return
    while idea.stage_kind != target:
        way = _next_way(idea, target)
        if way is None:
            logger.info("ideas.measure_not_followed", extra={"row": idea.pk})
            return
        data = {"reason_code": measure.stop_reason if target == StageKind.STOPPED else "", "text": step.text}
        fire(idea, way.slug, actor=step.actor, as_role=FORM, vouched=True, data=data, at=step.at)


def _next_way(idea, target: str):
    """The step to ``target``, else to what comes before it."""
    ways = process_cache.graph(idea.process_id).ways_out(idea.stage_id)
    ways = {way.to_stage.kind: way for way in ways if way.form == FORM}
    wanted: str | None = target
    while wanted is not None:
        if wanted in ways:
            return ways[wanted]
        wanted = BEFORE.get(wanted)
    return None
