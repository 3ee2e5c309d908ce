"""What the team does: accept a referral with its day or decline it, show the answer to members, publish it."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.services.preparing import WrongState
from src.accountability.services import owe
from src.foundations import clock
from src.questionnaires.models import Questionnaire

from .. import rules
from ..enums import ReferralState
from ..models import Change, Referral, TestSheet, Word
from ..models.form_test import CHANGE_MAX
from . import telling
from .holding import hold, move, note, words_of

LATEST = timedelta(days=366)
MOST_CHANGES = 20


@transaction.atomic
def accept_referral(*, actor, referral: Referral, reply_on) -> Referral:
    """Take it, and promise a day; members and whoever asked are told. Organisers. The day no longer changes."""
    held = hold(referral, ReferralState.ASKED)
    rules.refuse_unless(rules.may_decide(actor, held.panel))
    today = clock.today()
    if reply_on is None or not today < reply_on <= today + LATEST:
        raise ValidationError({"reply_on": _("Choose a day after today, within a year.")})
    moved = move(held, ReferralState.ACCEPTED, actor, "accepted", reply_on=reply_on, accepted_at=clock.now())
    telling.tell(telling.ACCEPTED, moved)
    telling.tell(telling.DECIDED, moved)
    return moved


@transaction.atomic
def decline_referral(*, actor, referral: Referral, because: str) -> Referral:
    """Refuse it, with a reason that the whole panel and whoever asked read. Organisers."""
    held = hold(referral, ReferralState.ASKED)
    rules.refuse_unless(rules.may_decide(actor, held.panel))
    because = words_of("because", because, _("Write why: the whole panel reads it."), 2000)
    moved = move(held, ReferralState.DECLINED, actor, "declined", because=because)
    telling.tell(telling.DECIDED, moved)
    return moved


@transaction.atomic
def choose_questionnaire(*, actor, referral: Referral, questionnaire: Questionnaire) -> Referral:
    """Say by which questionnaire of the panel's space its members answer. The team."""
    held = hold(referral, ReferralState.ACCEPTED)
    rules.refuse_unless(rules.may_run(actor, held.panel))
    if not held.is_questionnaire:
        raise WrongState(_("This referral isn’t answered by a questionnaire."), code="kind")
    if questionnaire is None or questionnaire.space_id != held.panel.space_id:
        raise ValidationError({"questionnaire": _("Choose a questionnaire of the panel’s own space.")})
    Referral.objects.filter(pk=held.pk).update(questionnaire=questionnaire)
    held.questionnaire = questionnaire
    note("asked_by_questionnaire", held, actor)
    return held


@transaction.atomic
def show_answer(
    *, actor, referral: Referral, answer: str, green_light: bool | None = None, changes: Sequence[str] = ()
) -> Referral:
    """Write the panel's answer, for members to read before it is published. The team.

    Written anew, members have another day to say that they don't agree. Of a form test, the verdict comes with its
    light and what is to change.
    """
    held = hold(referral, ReferralState.ACCEPTED)
    rules.refuse_unless(rules.may_run(actor, held.panel))
    answer = words_of("answer", answer, _("Write the panel’s answer."))
    lines = [" ".join(text.split()) for text in changes if text.strip()]
    if held.is_form_test:
        if green_light is None:
            raise ValidationError({"green_light": _("Say whether the form may be used.")})
        if not green_light and not lines:
            raise ValidationError({"changes": _("Write what is to change before the form is used.")})
        if len(lines) > MOST_CHANGES or any(len(text) > CHANGE_MAX for text in lines):
            raise ValidationError({"changes": _("Twenty lines at most, each of 400 characters at most.")})
    before = list(held.changes.values_list("text", flat=True))
    fields = {"answer": answer, "green_light": green_light if held.is_form_test else None}
    if before != lines and held.is_form_test:
        held.changes.all().delete()
        Change.objects.bulk_create(Change(referral=held, position=n, text=one) for n, one in enumerate(lines, 1))
    if before != lines or any(getattr(held, name) != value for name, value in fields.items()):
        Referral.objects.filter(pk=held.pk).update(answer_shown_on=clock.today(), **fields)
        note("answer_shown", held, actor)
    held.refresh_from_db()
    return held


@transaction.atomic
def publish_answer(*, actor, referral: Referral) -> Referral:
    """Make the answer public, with how many took part and the disagreements; the direction owes what it will do.

    Organisers, the day after members could read it at the earliest. What testers said no longer leads to them.
    Refuses an answer nobody wrote, a form nobody tried, a workshop whose notes aren't published, a questionnaire
    nobody chose.
    """
    held = hold(referral, ReferralState.ACCEPTED)
    rules.refuse_unless(rules.may_decide(actor, held.panel))
    why_not = why_not_publish(held)
    if why_not:
        raise WrongState(why_not, code="early")
    due = clock.today() + timedelta(days=held.panel.reply_days)
    count = taking_part(held)
    TestSheet.objects.filter(test__referral=held).update(membership=None)
    moved = move(
        held, ReferralState.ANSWERED, actor, "answered", answered_at=clock.now(), taking_part=count, follow_due_on=due
    )
    owe(Referral.SUBJECT, moved.reference, moved.unit, started_on=clock.today(), days=held.panel.reply_days)
    telling.tell(telling.ANSWERED, moved)
    return moved


def why_not_publish(referral: Referral) -> str:
    """What is missing before the answer is published; empty when nothing is."""
    if not referral.answer:
        return _("Write the panel’s answer first.")
    if referral.answer_shown_on >= clock.today():
        return _("Members read the answer today: it can be published tomorrow.")
    if referral.is_form_test and not taking_part(referral):
        return _("Nobody has tried the form yet.")
    if referral.is_questionnaire and referral.questionnaire_id is None:
        return _("Choose the questionnaire first.")
    workshop = getattr(referral, "workshop", None)
    if referral.is_workshop and (workshop is None or workshop.notes_at is None):
        return _("Publish the notes of the workshop first.")
    return ""


def taking_part(referral: Referral) -> int:
    """How many members took part, as far as this page knows: of a questionnaire, its own page says it."""
    if referral.is_question:
        return Word.objects.filter(referral=referral, is_given=True).count()
    if referral.is_form_test:
        return TestSheet.objects.filter(test__referral=referral).count()
    if referral.is_workshop:
        return getattr(getattr(referral, "workshop", None), "members_came", None) or 0
    return 0
