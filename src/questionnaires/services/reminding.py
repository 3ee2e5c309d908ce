"""One reminder a questionnaire, to everybody concerned: it reveals neither who answered nor who began."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal, outbox
from src.notices.services import send
from src.participation.audience import people_of

from .. import rules
from ..models import Questionnaire

REMIND_TOPIC = "questionnaires.remind"
REMINDER = "questionnaires.reminder"


def why_not_remind(questionnaire: Questionnaire) -> str:
    """Why nobody can be reminded of it now; empty when they can."""
    if questionnaire.is_open_link:
        return _("Nobody is known here: there is nobody to remind.")
    if questionnaire.reminded_at is not None:
        return _("A reminder was already asked: there is one a questionnaire.")
    if not rules.is_open(questionnaire):
        return _("It isn't open: there is nothing to remind of.")
    return ""


@transaction.atomic
def remind(*, actor, questionnaire: Questionnaire) -> None:
    """Ask that everybody concerned be reminded, once. Refuses when it isn't open or was done.

    The relay tells them (``tell_reminder``): beyond ``TERRAIN_MASS_SENDING`` people, once an administrator has looked.
    """
    held = Questionnaire.objects.select_for_update().select_related("space").get(pk=questionnaire.pk)
    refusal = why_not_remind(held)
    if refusal:
        raise ValidationError(refusal)
    held.reminded_at = clock.now()
    held.save(update_fields=["reminded_at"])
    journal.record("questionnaires.reminded", actor=actor, object_ref=f"questionnaire:{held.reference}")
    outbox.emit(REMIND_TOPIC, {"reference": held.reference}, key=f"{REMIND_TOPIC}:{held.reference}")


def tell_reminder(reference: str) -> None:
    """Tell everybody concerned, whether they answered or not. Nothing when it closed meanwhile. Safe twice."""
    one = Questionnaire.objects.for_pages().get(reference=reference)
    if not rules.is_open(one):
        return
    last_day = rules.last_day(rules.until(one))
    context = {
        "reference": one.reference,
        "title": one.title,
        "minutes": one.minutes,
        "until": last_day.isoformat() if last_day else "",
    }
    people = people_of(one.space).order_by("pk").values_list("pk", flat=True)
    key = f"questionnaire:{reference}:reminder"
    send(REMINDER, recipients=people.iterator(chunk_size=2000), context=context, key=key)
