"""Closing: no more answers, and the figures that may be told, computed once."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal, outbox
from src.participation.enums import Channel

from .. import asking, between_editions, breakdowns, channels, figures, people_tree, representativeness, rules
from ..models import Answer, AnswerSet, Questionnaire, ResultRelease
from ..partitions import OTHERS
from .open_link import look_at_days, unusual_days

OPEN_TOPIC = "questionnaires.open_answers"


@transaction.atomic
def close_questionnaire(
    *, actor=None, questionnaire: Questionnaire, at: datetime | None = None
) -> ResultRelease | None:
    """Close for good and tell the results. Safe twice: what was told the first time stays.

    Waits for the answers being sent: each one acknowledged is counted. Secret answers are opened by the relay some
    moments later, which then tells the results: None until it has. Refuses a questionnaire that was never published.
    """
    held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if held.closed_at is not None:
        return held.release if held.is_told else None
    if held.revision is None:
        raise ValidationError(_("Its questions were never published: there is nothing to close."))
    moment = at or clock.now()
    held.closed_at = questionnaire.closed_at = moment
    held.save(update_fields=["closed_at"])
    journal.record("questionnaires.closed", actor=actor, object_ref=f"questionnaire:{held.reference}")
    if held.is_secret:
        outbox.emit(OPEN_TOPIC, {"reference": held.reference}, key=f"{OPEN_TOPIC}:{held.reference}")
        return None
    content = results_of(held)
    if held.is_open_link:
        look_at_days(moment)
        content["unusual_days"] = unusual_days(held)
    return ResultRelease.objects.create(questionnaire=held, released_at=moment, content=content)


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
    """The figures that may be told of every answer sent, beside those of other editions; seven statements, whatever
    the number of answers, two more for an edition."""
    return between_editions.safe_beside_editions(_results_alone(questionnaire), questionnaire)


def _results_alone(questionnaire: Questionnaire) -> dict:
    revisions = list(
        questionnaire.revisions.filter(published_at__isnull=False).prefetch_related("questions").order_by("number")
    )
    sets, segments = _sets(questionnaire, revisions)
    counts = figures.count(revisions, sets.values())
    content = figures.release(counts, len(sets)) | channels.told(questionnaire)
    filed = set(
        AnswerSet.objects.filter(questionnaire=questionnaire, channel=Channel.IMPORT).values_list("pk", flat=True)
    )
    if filed:
        # Nothing by category beside a file: its holder could take it off the category of the others.
        others = [one for pk, one in sets.items() if pk not in filed]
        return _safe_beside(content, revisions, others) if others else content
    if questionnaire.axes and content["answers"] is not None:
        _add_axes(content, questionnaire, counts, revisions, sets, segments)
        if not all(segments.values()):
            # Sheets say no category: told apart, they could be taken off the category of the others.
            content.pop("channels", None)
    return content


def _safe_beside(content: dict, revisions, sets: list) -> dict:
    """The results of all answers, when some came from a file: whoever holds the file can take it off the totals.

    What is left are the other ``sets``: a question is told only when it would be told whole of them too.
    """
    others = figures.release(figures.count(revisions, sets), len(sets))
    if others["answers"] is None:
        return others
    questions = []
    for one, other in zip(content["questions"], others["questions"], strict=True):
        if not one["withheld"] and not (figures.is_whole(one) and figures.is_whole(other)):
            one = one | {"withheld": figures.LINKED, "asked": None, "tables": [], "options": [], "hidden": []}
        questions.append(one)
    return content | {"questions": questions}


def _add_axes(content: dict, questionnaire, counts, revisions, sets, segments) -> None:
    """What is told by category, and who answered beside who was asked."""
    codes, frame = questionnaire.axes, getattr(questionnaire, "frame", None)
    k = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    people = representativeness.frame_atoms(frame.cells) if frame else {}
    of_atom: dict[tuple[str, str], list] = {}
    for pk, segment in segments.items():
        of_atom.setdefault(representativeness.atom_of(codes, segment, OTHERS), []).append(sets[pk])
    answered = {atom: len(found) for atom, found in of_atom.items()}
    groups = people_tree.tree(answered, people, k)
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
