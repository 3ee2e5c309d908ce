"""Bringing in answers gathered elsewhere: a file is mapped, tried, brought in as a batch, and taken away whole."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal, sealing
from src.foundations.references import new_reference
from src.participation.enums import Channel, IdentityMode, Signature
from src.participation.services.contributions import anonymous_name, freeze_space

from .. import answer_file, answer_lines
from ..enums import ImportState
from ..models import Answer, AnswerImport, AnswerSet, ImportedAnswers, Questionnaire
from .answering import Closed, hold_open, rows
from .import_shapes import kept_meaning, said_before, shape_of

PURPOSE = sealing.register_purpose("answers-file")
STEP = 64 * 1024
SLICE = 500
# Waiting files of one questionnaire: somebody who uploads again and again forgets to end.
MOST_WAITING = 5


@transaction.atomic
def open_import(*, actor, questionnaire: Questionnaire, source: str, data: bytes) -> AnswerImport:
    """Keep a file, encrypted, until it is said what its columns mean.

    What was said of the last file of the same shape is proposed again (``import_shapes``).

    Raises Unreadable when nothing can be made of it. Refuses a questionnaire without published questions or closed.
    """
    _check_may_come_in(questionnaire)
    shape = shape_of(answer_file.read(data))
    before = said_before(questionnaire, shape)
    waiting = AnswerImport.objects.filter(questionnaire=questionnaire, state=ImportState.MAPPING)
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(_("Several files already wait here: end or forget one of them first."))
    made = AnswerImport.objects.create(
        questionnaire=questionnaire,
        revision=questionnaire.revision,
        source=source,
        shape=shape,
        meaning=before.meaning if before else {},
        ciphertext=sealing.encrypt(data, PURPOSE, pad_to=STEP),
        made_by=actor,
        made_at=clock.now(),
    )
    _record("questionnaires.import_opened", actor, made, {})
    return made


def table_of(waiting: AnswerImport) -> answer_file.Table:
    """The file, read again. Refuses one that was brought in or forgotten since."""
    if waiting.ciphertext is None:
        raise ValidationError(_("This file is no longer here."), code="gone")
    return answer_file.read(sealing.decrypt(bytes(waiting.ciphertext), PURPOSE))


def keep_meaning(*, waiting: AnswerImport, meaning: answer_lines.Meaning) -> None:
    """Keep what was said of the columns and their words. Refuses a file that no longer waits."""
    kept = AnswerImport.objects.filter(pk=waiting.pk, state=ImportState.MAPPING)
    if not kept.update(meaning=meaning.as_kept()):
        raise ValidationError(_("This file is no longer here."), code="gone")
    waiting.meaning = meaning.as_kept()


def try_import(waiting: AnswerImport) -> answer_lines.Reading:
    """Read everything as it would come in, and write nothing."""
    return answer_lines.read(table_of(waiting), waiting.revision, answer_lines.Meaning.of(waiting.meaning))


@transaction.atomic
def bring_in(*, actor, waiting: AnswerImport, skip_faults: bool = False) -> AnswerImport:
    """Write the answers of the lines without a fault, anonymous, and forget the file; twice changes nothing.

    Freezes the space's circle and identity modes, writes one journal line. Refuses, unless ``skip_faults``, a file
    with a fault; always, one without a good line, and with ``Closed`` a questionnaire that is closed.
    """
    held = AnswerImport.objects.select_for_update(of=("self",)).select_related("questionnaire__space", "revision")
    batch = held.get(pk=waiting.pk)
    if batch.is_in:
        return batch
    _check_may_come_in(batch.questionnaire)
    reading = try_import(batch)
    if reading.faults and not skip_faults:
        raise ValidationError(_("Some lines have a fault: correct the file, or bring in the others only."))
    if not reading.answers:
        raise ValidationError(_("No line of this file can come in."))
    hold_open(batch.questionnaire)
    for start in range(0, len(reading.answers), SLICE):
        _write(batch, reading.answers[start : start + SLICE])
    freeze_space(batch.questionnaire.space)
    # The file goes; which columns were read stays, and the words that many said.
    batch.meaning = kept_meaning(table_of(batch), batch.revision, answer_lines.Meaning.of(batch.meaning))
    batch.state, batch.ciphertext, batch.ended_at = ImportState.IN, None, clock.now()
    batch.brought_in = len(reading.answers)
    batch.left_out = len({fault.line for fault in reading.faults})
    batch.save(update_fields=["state", "ciphertext", "meaning", "ended_at", "brought_in", "left_out"])
    counts = {"brought_in": batch.brought_in, "left_out": batch.left_out}
    _record("questionnaires.import_brought_in", actor, batch, counts)
    return batch


@transaction.atomic
def take_away(*, actor, batch: AnswerImport) -> int:
    """Take away every answer of a batch, until the questionnaire closes; answers how many. Twice changes nothing."""
    batch = AnswerImport.objects.select_for_update(of=("self",)).select_related("questionnaire").get(pk=batch.pk)
    if not batch.is_in:
        return 0
    hold_open(batch.questionnaire)
    sets = AnswerSet.objects.filter(imported__answer_import=batch)
    gone = sets.count()
    sets.delete()
    batch.state, batch.ended_at = ImportState.TAKEN_AWAY, clock.now()
    batch.save(update_fields=["state", "ended_at"])
    _record("questionnaires.import_taken_away", actor, batch, {"taken_away": gone})
    return gone


@transaction.atomic
def forget(*, actor, waiting: AnswerImport) -> None:
    """Forget a file that waits. Refuses one that was brought in: it is taken away instead."""
    about = waiting.reference
    if not AnswerImport.objects.filter(pk=waiting.pk, state=ImportState.MAPPING).delete()[0]:
        raise ValidationError(_("This file is no longer here."), code="gone")
    journal.record("questionnaires.import_forgotten", actor=actor, object_ref=f"import:{about}")


def _write(batch: AnswerImport, answers: list[dict]) -> None:
    """Sets, their answers, and which file they came from: four statements a slice."""
    week = clock.week_of(clock.now())
    sets = [
        AnswerSet(
            reference=new_reference(),
            identity_mode=IdentityMode.ANONYMOUS,
            signature=Signature.PERSON,
            signed_as=anonymous_name(),
            channel=Channel.IMPORT,
            week=week,
            created_at=clock.week_start_moment(week),
            is_imported=True,
            questionnaire=batch.questionnaire,
            revision=batch.revision,
        )
        for _one in answers
    ]
    AnswerSet.objects.bulk_create(sets)
    given = [row for one, kept in zip(sets, answers, strict=True) for row in rows(one, kept)]
    Answer.objects.bulk_create(given, batch_size=SLICE)
    ImportedAnswers.objects.bulk_create(ImportedAnswers(answer_import=batch, answer_set=one) for one in sets)


def why_nothing_comes_in(questionnaire: Questionnaire) -> str:
    """Why no file is taken here now; empty when one is."""
    if questionnaire.closed_at is not None:
        return _("This questionnaire is closed: its results are told, nothing more comes in.")
    if questionnaire.revision is None:
        return _("Publish the questions first: answers are to published questions.")
    if questionnaire.is_secret:
        return _("Answers are secret here: those gathered elsewhere, which somebody could read, don't join them.")
    return ""


def _check_may_come_in(questionnaire: Questionnaire) -> None:
    refusal = why_nothing_comes_in(questionnaire)
    if refusal:
        raise (Closed if questionnaire.closed_at is not None else ValidationError)(refusal)


def _record(verb: str, actor, batch: AnswerImport, payload: dict) -> None:
    about = f"questionnaire:{batch.questionnaire.reference}"
    journal.record(verb, actor=actor, object_ref=about, payload={"import": batch.reference, **payload})
