"""What would change an answer: noted when it is announced, then said to be met, once, by somebody who says how."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules
from ..enums import KIND_OF_REASON, REFUSALS, ConditionKind, Reason
from ..models import Decision, ReopeningCondition

MET_MIN, MET_MAX = 20, 1000
# So many conditions an answer, one a line.
CONDITIONS_MAX = 5


def lines_of(text: str) -> list[str]:
    """The conditions of an answer, one a line; the dash of a list is no word of theirs."""
    lines = (line.strip().removeprefix("-").removeprefix("•").strip() for line in text.splitlines())
    return [line for line in lines if line]


def terms_of(told: str) -> list[tuple[str, date | None]]:
    """The kind and the day of each condition, as an answer keeps them: one a line, either may be empty."""
    pairs = (line.partition(" ")[::2] for line in told.splitlines())
    return [("" if kind == "-" else kind, date.fromisoformat(day) if day else None) for kind, day in pairs]


def told_terms(terms) -> str:
    """Kinds and days as an answer keeps them; empty where no condition has any of its own."""
    return "\n".join(f"{kind or '-'} {day.isoformat() if day else ''}".strip() for kind, day in terms)


def terms_hold(words: str, told: str) -> bool:
    """Whether each condition has its line, a kind of the list or none, a day to come or none."""
    try:
        terms = terms_of(told)
    except ValueError:
        return False
    today = clock.today()
    return len(terms) == len(lines_of(words)) and all(
        kind in ("", *ConditionKind.values) and (day is None or day > today) for kind, day in terms
    )


def condition_errors(answer: dict) -> dict:
    """What is wrong with the conditions of a "no" or a "later", a sentence by field."""
    errors = {}
    if not answer["reopening_conditions"]:
        errors["reopening_conditions"] = _("Say what could change the answer.")
    elif len(lines_of(answer["reopening_conditions"])) > CONDITIONS_MAX:
        errors["reopening_conditions"] = _("Keep %(most)d conditions at most, one a line.") % {"most": CONDITIONS_MAX}
    if answer["condition_kind"] and answer["condition_kind"] not in ConditionKind.values:
        errors["condition_kind"] = _("Choose from the list what has to change.")
    if answer["condition_on"] is not None and answer["condition_on"] <= clock.today():
        errors["condition_on"] = _("Choose a day to come, or leave it empty.")
    told = answer["condition_terms"]
    if told and not errors and not terms_hold(answer["reopening_conditions"], told):
        errors["reopening_conditions"] = _("Give each condition its kind and a day to come, or leave them empty.")
    return errors


def note_conditions(decision: Decision) -> None:
    """Give each condition of an announced "no" or "later" its row; safe to call twice, nothing for other answers."""
    if decision.outcome not in REFUSALS:
        return
    usual = KIND_OF_REASON.get(Reason(decision.reason), ConditionKind.OTHER)
    lines = lines_of(decision.reopening_conditions)
    terms = terms_of(decision.condition_terms) or [(decision.condition_kind, decision.condition_on)] * len(lines)
    ReopeningCondition.objects.bulk_create(
        [
            ReopeningCondition(decision=decision, position=place, kind=kind or usual, words=words, due_on=day)
            for place, (words, (kind, day)) in enumerate(zip(lines, terms, strict=True), start=1)
        ],
        ignore_conflicts=True,
    )


def check_met(text: str) -> str:
    """What has changed, trimmed; refuses with a sentence what is too short to be understood, or too long."""
    text = (text or "").replace("\r\n", "\n").strip()
    if not MET_MIN <= len(text) <= MET_MAX:
        raise ValidationError(
            _("Say what has changed, in %(min)s to %(max)s characters: those you ask decide on it.")
            % {"min": MET_MIN, "max": MET_MAX}
        )
    return text


@transaction.atomic
def meet_condition(
    condition: ReopeningCondition, *, actor, unit, text: str, subject=None, on: date | None = None
) -> ReopeningCondition:
    """Say that a condition is met, and how; it can't be taken back. What follows is the subject's room to say.

    ``unit`` holds the subject now. Refuses who doesn't answer for it, or wrote the subject (PermissionDenied), a text
    too short (ValidationError) and a condition already met, told with who and when (TransitionNotAllowed).
    """
    viewer = as_viewer(actor)
    decision = condition.decision
    if not rules.can_meet_condition(viewer, unit, decision.subject_kind, decision.subject_reference, subject=subject):
        raise PermissionDenied(_("Only those who answer for the direction say that a condition is met."))
    text = check_met(text)
    waiting = ReopeningCondition.objects.filter(pk=condition.pk, met_on__isnull=True)
    if not waiting.update(met_on=on or clock.today(), met_by=viewer.user, met_text=text):
        raise _already_met(condition)
    condition.refresh_from_db()
    return condition


def _already_met(condition: ReopeningCondition) -> TransitionNotAllowed:
    known = ReopeningCondition.objects.select_related("met_by").get(pk=condition.pk)
    return TransitionNotAllowed(
        _("%(who)s already said on %(when)s that this condition is met.")
        % {"who": known.met_by.short_name, "when": date_format(known.met_on, "DATE_FORMAT")}
    )
