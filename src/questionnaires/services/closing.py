"""Closing: no more answers, and the figures that may be told, computed once."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal

from .. import asking, breakdowns, figures, representativeness, rules
from ..models import Answer, AnswerSet, Questionnaire, ResultRelease
from ..partitions import OTHERS


@transaction.atomic
def close_questionnaire(*, actor=None, questionnaire: Questionnaire, at: datetime | None = None) -> ResultRelease:
    """Close for good and tell the results. Safe twice: what was told the first time stays.

    Waits for the answers being sent: each one acknowledged is counted. Refuses a questionnaire that was never
    published.
    """
    held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if held.closed_at is not None:
        return held.release
    if held.revision is None:
        raise ValidationError(_("Its questions were never published: there is nothing to close."))
    moment = at or clock.now()
    held.closed_at = questionnaire.closed_at = moment
    held.save(update_fields=["closed_at"])
    told = ResultRelease.objects.create(questionnaire=held, released_at=moment, content=results_of(held))
    journal.record("questionnaires.closed", actor=actor, object_ref=f"questionnaire:{held.reference}")
    return told


def close_due(now: datetime) -> int:
    """Close those whose last period of answers has ended; answers how many. Twice in a row does nothing more."""
    open_ones = (
        Questionnaire.objects.filter(closed_at__isnull=True, revisions__published_at__isnull=False)
        .select_related("space")
        .prefetch_related("space__phases")
        .distinct()
        .order_by("pk")
    )
    due = [one for one in open_ones if rules.is_over(one, now)]
    for one in due:
        close_questionnaire(questionnaire=one, at=now)
    return len(due)


def results_of(questionnaire: Questionnaire) -> dict:
    """The figures that may be told of every answer sent; three statements whatever the number of answers."""
    revisions = list(
        questionnaire.revisions.filter(published_at__isnull=False).prefetch_related("questions").order_by("number")
    )
    sets, segments = _sets(questionnaire, revisions)
    counts = figures.count(revisions, sets.values())
    content = figures.release(counts, len(sets))
    if questionnaire.axes and content["answers"] is not None:
        _add_axes(content, questionnaire, counts, revisions, sets, segments)
    return content


def _add_axes(content: dict, questionnaire, counts, revisions, sets, segments) -> None:
    """What is told by category, and who answered beside who was asked."""
    codes, frame = questionnaire.axes, getattr(questionnaire, "frame", None)
    k = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    people = representativeness.frame_atoms(frame.cells) if frame else {}
    of_atom: dict[tuple[str, str], list] = {}
    for pk, segment in segments.items():
        of_atom.setdefault(representativeness.atom_of(codes, segment, OTHERS), []).append(sets[pk])
    answered = {atom: len(found) for atom, found in of_atom.items()}
    groups = breakdowns.tree(answered, people, k)
    by_atom = {atom: figures.count(revisions, found) for atom, found in of_atom.items()}
    found = breakdowns.told(counts, by_atom, content, groups)
    content["axes"] = [{"code": code, "labels": frame.labels.get(code, {}) if frame else {}} for code in codes]
    content["who"] = representativeness.after(groups, answered, people, k) if people else []
    for one, shown in zip(counts, content["questions"], strict=True):
        broken = found.get(figures.name_of(one))
        shown["by"] = breakdowns.written(broken, one.question, shown, one.k) if broken else []


def _sets(questionnaire: Questionnaire, revisions) -> tuple[dict[int, tuple[int, dict]], dict[int, dict]]:
    """Revision and answers of each set, and its segment."""
    keys = {question.pk: question.key for revision in revisions for question in revision.ordered}
    found, segments = {}, {}
    sent = AnswerSet.objects.filter(questionnaire=questionnaire).values_list("pk", "revision_id", "segments")
    for pk, revision_id, segment in sent:
        found[pk], segments[pk] = (revision_id, {}), segment
    given = Answer.objects.filter(answer_set__questionnaire=questionnaire)
    for pk, question_id, value, declined in given.values_list("answer_set_id", "question_id", "value", "declined"):
        found[pk][1][keys[question_id]] = dict(asking.DECLINED) if declined else value
    return found, segments
