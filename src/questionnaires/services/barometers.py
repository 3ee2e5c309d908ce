"""A barometer: begun from a questionnaire, its next edition opened, its questions followed, earlier figures typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.foundations import clock, journal
from src.participation.enums import PhaseVerb
from src.participation.models import Space
from src.participation.services import plan_phase

from .. import between_editions, comparing
from ..document import of
from ..models import Barometer, Edition, Finding, PastFigure, Question, Questionnaire, TrackedQuestion
from .building import create_questionnaire

MOST_TRACKED, MOST_EDITIONS = 20, 60
LEAST_DAYS, MOST_DAYS = 1, 366


@transaction.atomic
def begin_barometer(
    *, actor=None, questionnaire: Questionnaire, title: str, introduction: str = "", number: int = 1
) -> Barometer:
    """Make of a published questionnaire the edition ``number`` of a barometer; its space and its axes become those of
    every edition. Safe twice.

    Refuses a questionnaire that isn't published, a space that already has a barometer, and a closed questionnaire
    that nearly everybody asked answered: beside the next edition, its figures would tell what a few said.
    """
    # Held: of two organisers at once, the second finds what the first began.
    Space.objects.select_for_update().get(pk=questionnaire.space_id)
    known = Edition.objects.filter(questionnaire=questionnaire).select_related("barometer").first()
    if known is not None:
        return known.barometer
    if questionnaire.revision is None:
        raise ValidationError(_("Publish its questions first: a barometer asks them again."))
    if Barometer.objects.filter(space=questionnaire.space_id).exists():
        raise ValidationError(
            _("This space already has a barometer: a questionnaire of another space begins another one.")
        )
    asked = _refuse_known_by_all(questionnaire)
    made = Barometer.objects.create(
        space=questionnaire.space,
        title=title,
        introduction=introduction,
        first_axis=questionnaire.first_axis,
        second_axis=questionnaire.second_axis,
        created_at=clock.now(),
    )
    Edition.objects.create(barometer=made, number=number, questionnaire=questionnaire, asked=asked)
    _record("questionnaires.barometer_begun", made, actor, {"edition": number, "from": questionnaire.reference})
    return made


def _refuse_known_by_all(questionnaire: Questionnaire) -> int | None:
    """How many people a closed questionnaire was asked of; None of one that isn't closed."""
    release = getattr(questionnaire, "release", None)
    answers = release.content["answers"] if release else None
    if answers is None:
        return None
    asked = between_editions.people_asked(questionnaire)
    strictest = max((one["k"] for one in release.content["questions"]), default=between_editions.smallest())
    if asked is not None and asked - answers < strictest:
        raise ValidationError(
            _(
                "Fewer than %(k)d of the people asked didn't answer it: beside another edition, its figures would "
                "tell what a few said. Begin the barometer with the next questionnaire."
            )
            % {"k": strictest}
        )
    return asked


@transaction.atomic
def describe_barometer(*, actor=None, barometer: Barometer, title: str, introduction: str) -> Barometer:
    """Change its words."""
    barometer.title, barometer.introduction = title, introduction
    barometer.save(update_fields=["title", "introduction"])
    _record("questionnaires.barometer_described", barometer, actor)
    return barometer


# Questions followed


@transaction.atomic
def follow_question(
    *, actor=None, barometer: Barometer, key: str, counted: list[str], is_core: bool = True
) -> TrackedQuestion:
    """Follow a question of the last edition: the share of these answers is told, edition after edition.

    Refuses a question that isn't asked, that has no list of answers, that is followed already, and answers that are
    none or all of those offered.
    """
    hold(barometer)
    question = next((one for one in last_questions(barometer) if one.key == key), None)
    if question is None or not comparing.can_be_followed(question):
        raise ValidationError(_("Choose a question with one answer of a list, or a scale."))
    if barometer.tracked.filter(key=key).exists():
        raise ValidationError(_("This question is followed already."))
    if barometer.tracked.count() >= MOST_TRACKED:
        raise ValidationError(_("Follow %(n)d questions at most.") % {"n": MOST_TRACKED})
    offered = dict(comparing.answers_of(question))
    chosen = [one for one in offered if one in counted]
    if not chosen or len(chosen) == len(offered) or set(counted) - set(offered):
        raise ValidationError({"counted": _("Tick the answers whose share is told: one at least, never all.")})
    made = TrackedQuestion.objects.create(
        barometer=barometer,
        key=key,
        position=barometer.tracked.count() + 1,
        is_core=is_core,
        counted=chosen,
        counted_words=_together([offered[one] for one in chosen]),
    )
    _record("questionnaires.question_followed", barometer, actor, {"key": key})
    return made


def hold(barometer: Barometer) -> Barometer:
    """The barometer, kept from other organisers until the end of the transaction."""
    return Barometer.objects.select_for_update().get(pk=barometer.pk)


def _together(labels: list[str]) -> str:
    return pgettext("answers told together", " / ").join(labels)[:400]


@transaction.atomic
def set_core(*, actor=None, tracked: TrackedQuestion, is_core: bool) -> TrackedQuestion:
    """Put a followed question in the core, or in the optional block. Safe twice."""
    if TrackedQuestion.objects.filter(pk=tracked.pk).exclude(is_core=is_core).update(is_core=is_core):
        _record("questionnaires.core_changed", tracked.barometer, actor, {"key": tracked.key, "core": is_core})
    tracked.is_core = is_core
    return tracked


@transaction.atomic
def unfollow_question(*, actor=None, tracked: TrackedQuestion) -> None:
    """Follow a question no longer. Refuses while earlier figures or findings speak of it."""
    if tracked.past.exists() or tracked.findings.exists():
        raise ValidationError(_("Earlier figures or findings speak of this question: remove them first."))
    _record("questionnaires.question_left", tracked.barometer, actor, {"key": tracked.key})
    tracked.delete()


def last_questions(barometer: Barometer) -> list[Question]:
    """The questions of the last edition asked here, published or being written."""
    edition = _last_asked(barometer)
    if edition is None:
        return []
    revision = edition.questionnaire.draft or edition.questionnaire.revision
    return [one for one in revision.ordered if one.is_asked]


def _last_asked(barometer: Barometer) -> Edition | None:
    return (
        barometer.editions.filter(questionnaire__isnull=False)
        .select_related("questionnaire__space")
        .prefetch_related("questionnaire__revisions__questions")
        .order_by("-number")
        .first()
    )


# The next edition


@transaction.atomic
def open_next_edition(
    *,
    actor=None,
    barometer: Barometer,
    title: str,
    starts_on: date,
    ends_on: date,
    answer_mode: str,
    keep_optional: bool = True,
) -> Edition:
    """Begin the next edition from the last one: its questions under the same keys, its own days, nothing published.

    The optional block comes along with ``keep_optional``; questions nobody follows do. Plans the period of answers in
    the space. Refuses while the last edition isn't closed, days gone by or in the wrong order, and another period of
    answers of the space at the same time.
    """
    held = hold(barometer)
    last = _last_asked(held)
    if last is None or last.questionnaire.closed_at is None:
        raise ValidationError(_("The last edition isn't closed: the next one begins once it is."))
    if last.number >= MOST_EDITIONS:
        raise ValidationError(_("Keep %(n)d editions at most.") % {"n": MOST_EDITIONS})
    opens, closes = _period(held, starts_on, ends_on)
    source = last.questionnaire
    made = create_questionnaire(
        actor=actor,
        space=held.space,
        title=title,
        introduction=source.introduction,
        minutes=source.minutes,
        answer_mode=answer_mode,
        first_axis=held.first_axis,
        second_axis=held.second_axis,
    )
    draft = made.revisions.get()
    left = set() if keep_optional else set(held.tracked.filter(is_core=False).values_list("key", flat=True))
    columns = [one for one in of(source, source.revision).questions if one["key"] not in left]
    columns = [one for one in columns if not one["condition"] or one["condition"]["question"] not in left]
    Question.objects.bulk_create(
        Question(revision=draft, position=position, **one) for position, one in enumerate(columns, start=1)
    )
    edition = Edition.objects.create(barometer=held, number=last.number + 1, questionnaire=made)
    plan_phase(
        space=held.space,
        name=edition.words[:80],
        verbs=[PhaseVerb.ANSWER.value],
        starts_at=opens,
        ends_at=closes,
        actor=actor,
    )
    _record("questionnaires.edition_begun", held, actor, {"edition": edition.number, "questionnaire": made.reference})
    return edition


def _period(barometer: Barometer, starts_on: date, ends_on: date):
    if starts_on <= clock.today():
        raise ValidationError({"starts_on": _("Choose a day to come.")})
    days = (ends_on - starts_on).days + 1
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise ValidationError({"ends_on": _("Choose a last day after the first one, within a year.")})
    opens, closes = clock.start_of_day(starts_on), clock.start_of_day(ends_on + timedelta(days=1))
    for phase in barometer.space.phases.all():
        over = phase.ends_at is not None and phase.ends_at <= opens
        if PhaseVerb.ANSWER in phase.verbs and phase.starts_at < closes and not over:
            raise ValidationError({"starts_on": _("The calendar of the space already has a period of answers then.")})
    return opens, closes


# Editions held before Terrain


@dataclass(frozen=True)
class Typed:
    """A share typed: in percent, of how many people, and how it was asked when it was in other words."""

    share: Decimal
    number: int
    wording: str = ""


@transaction.atomic
def save_past_edition(
    *,
    actor=None,
    barometer: Barometer,
    number: int,
    ended_on: date,
    answered: int,
    source: str,
    figures: Mapping[TrackedQuestion, Typed],
    asked: int | None = None,
    edition: Edition | None = None,
) -> Edition:
    """Type the figures of an edition held elsewhere, or write them again.

    Refuses, field by field: a number taken or after an edition asked here, a day to come, figures of fewer than k
    people on one side (20 of a sensitive question), or of more people than answered.
    """
    hold(barometer)
    _check_past(barometer, number, ended_on, answered, asked, figures, edition)
    fields = {"ended_on": ended_on, "answered": answered, "asked": asked, "source": source}
    if edition is None:
        edition = Edition.objects.create(barometer=barometer, number=number, **fields)
        verb = "questionnaires.past_edition_typed"
    else:
        Edition.objects.filter(pk=edition.pk).update(**fields)
        PastFigure.objects.filter(edition=edition).delete()
        verb = "questionnaires.past_edition_changed"
    PastFigure.objects.bulk_create(
        PastFigure(edition=edition, tracked=tracked, share=one.share, number=one.number, wording=one.wording)
        for tracked, one in figures.items()
    )
    _record(verb, barometer, actor, {"edition": number, "figures": len(figures)})
    return edition


def _check_past(barometer, number, ended_on, answered, asked, figures, edition) -> None:
    errors: dict[str, str] = {}
    first = barometer.editions.filter(questionnaire__isnull=False).order_by("number").first()
    taken = barometer.editions.filter(number=number).exclude(pk=edition.pk if edition else None)
    if taken.exists():
        errors["number"] = _("This edition is there already.")
    elif first is not None and first.number == 1:
        errors["number"] = _("This barometer begins with edition 1, asked here: nothing comes before it.")
    elif first is not None and number > first.number:
        errors["number"] = _("Editions held elsewhere come before those asked here: number %(n)d at most.") % {
            "n": first.number - 1
        }
    if ended_on > clock.today():
        errors["ended_on"] = _("Choose a day gone by.")
    k = between_editions.smallest()
    if answered < k:
        errors["answered"] = _("A count is told from %(k)d answers up.") % {"k": k}
    if asked is not None and asked < answered:
        errors["asked"] = _("More people answered than were asked.")
    elif asked is not None and asked - answered < k:
        errors["asked"] = _(
            "Fewer than %(k)d people didn't answer: beside another edition, it would tell of a few."
        ) % {"k": k}
    if not figures:
        errors["source"] = _("Type one figure at least.")
    sensitive = _sensitive_keys(barometer)
    for tracked, one in figures.items():
        least = max(k, settings.TERRAIN_K_SENSITIVE) if tracked.key in sensitive else k
        refusal = why_not_told(one, answered, least)
        if refusal:
            errors[f"share_{tracked.key}"] = refusal
    if errors:
        raise ValidationError(errors)


def _sensitive_keys(barometer: Barometer) -> set[str]:
    """Keys that were said to be sensitive in one edition: they ask for more from then on."""
    rows = Question.objects.filter(revision__questionnaire__edition__barometer=barometer, is_sensitive=True)
    return set(rows.values_list("key", flat=True))


def why_not_told(one: Typed, answered: int, k: int) -> str:
    """Why a typed share isn't taken; empty when it is."""
    if one.number > answered:
        return _("More people answered this question than answered at all.")
    if not 0 < one.share < 100:
        return _("Write a share between 0 and 100, without either.")
    counted = one.share * one.number / 100
    # What a share rounded to its decimals may stand for.
    if min(counted, one.number - counted) < k:
        return _("Not told: fewer than %(k)d people on one side.") % {"k": k}
    return ""


@transaction.atomic
def remove_past_edition(*, actor=None, edition: Edition) -> None:
    """Take away an edition held elsewhere, with its figures. Refuses one asked here, or that findings speak of."""
    if not edition.is_typed:
        raise ValidationError(_("An edition asked here stays."))
    if Finding.objects.filter(edition=edition).exists():
        raise ValidationError(_("Findings speak of this edition: remove them first."))
    _record("questionnaires.past_edition_removed", edition.barometer, actor, {"edition": edition.number})
    edition.delete()


def _record(verb: str, barometer: Barometer, actor, payload: dict | None = None) -> None:
    journal.record(verb, actor=actor, object_ref=f"barometer:{barometer.reference}", payload=payload or {})
