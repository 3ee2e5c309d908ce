"""Trying a form: what one tester says of each task, on a screen or on a sheet that the team types."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.models import Membership
from panels.services.preparing import WrongState

from ..enums import ReferralState, TaskResult
from ..models import Referral, TaskAnswer, TestSheet
from ..models.form_test import LONGEST_MINUTES
from .holding import hold, refuse_too_late, speaker

STUCK_MAX = 1000


@dataclass(frozen=True)
class Said:
    """Of one task: how it went, where somebody got stuck, how long it took."""

    result: str
    stuck: str = ""
    minutes: int | None = None


@transaction.atomic
def fill_sheet(
    *, actor, referral: Referral, said: Mapping[int, Said], membership: Membership | None = None
) -> TestSheet:
    """Keep a tester's sheet, in the place of their former one; ``said`` by the position of each task, all of them.

    ``membership``: the team types a sheet of paper. Refuses a task left out, who doesn't sit, and after the day
    promised (a paper may still be typed until the answer is published).
    """
    held = hold(referral, ReferralState.ACCEPTED)
    one = speaker(actor, held, membership)
    if not held.is_form_test:
        raise WrongState(_("There is no form to try here."), code="kind")
    refuse_too_late(held, membership)
    tasks, errors = list(held.form_test.tasks.all()), {}
    for task in tasks:
        told = said.get(task.position)
        if told is None or told.result not in TaskResult.values:
            errors[f"result_{task.position}"] = _("Say how this task went.")
        elif told.minutes is not None and not 0 <= told.minutes <= LONGEST_MINUTES:
            errors[f"minutes_{task.position}"] = _("Write a number of minutes, 240 at most.")
        elif len(told.stuck) > STUCK_MAX:
            errors[f"stuck_{task.position}"] = _("Shorten it to %(n)d characters.") % {"n": STUCK_MAX}
    if errors:
        raise ValidationError(errors)
    sheet, _made = TestSheet.objects.update_or_create(
        test=held.form_test, membership=one, defaults={"on_paper": membership is not None}
    )
    sheet.answers.all().delete()
    TaskAnswer.objects.bulk_create(
        TaskAnswer(
            sheet=sheet,
            task=task,
            result=said[task.position].result,
            stuck=said[task.position].stuck.strip(),
            minutes=said[task.position].minutes,
        )
        for task in tasks
    )
    return sheet
