"""Letters printed by place, calls made one after the other: what people without e-mail are told by somebody."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from src.foundations import clock

from ..enums import CallOutcome, ErrandState, Means
from ..models import Errand, LetterBatch, Reach
from ..models.errand import PHONE
from ..services.sending import send

# People in one batch: what a mailroom folds in an hour.
BATCH = 200
# Calls nobody answered, after which everything waits on Terrain.
CALLS = 3
CHANGED = "notices.reach"


def number_for(means: str, phone: str) -> str:
    """The number this way needs, its digits alone; empty when it needs none. Refuses none where one is needed."""
    if means not in (Means.CALL, Means.SMS):
        return ""
    number = "".join(phone.split())
    if not number:
        raise ValidationError({"phone": _("Give the number to call.")})
    try:
        PHONE(number)
    except ValidationError as refusal:
        raise ValidationError({"phone": refusal.messages}) from refusal
    return number


def why_not_without_mail(user) -> str:
    """Why somebody isn't told without e-mail: a sentence, empty when they may be."""
    return _("An e-mail address is known here: what arrives is chosen in “What I receive”.") if user.email else ""


@transaction.atomic
def set_reach(user, means: str, phone: str = "") -> bool:
    """Say how somebody without e-mail is told; True when that changed.

    Refuses a call or a text message without a number, and a way that doesn't exist. What waited to be carried the
    former way isn't any more: it can be read on Terrain.
    """
    if means not in Means.values:
        raise ValidationError({"means": _("Choose how you want to be told.")})
    wanted = {"means": means, "phone": number_for(means, phone)}
    if Reach.objects.filter(user=user, **wanted).exists():
        return False
    Reach.objects.update_or_create(user=user, defaults=wanted)
    waiting = Errand.objects.filter(user=user, state=ErrandState.WAITING).exclude(means=means)
    waiting.update(state=ErrandState.GIVEN_UP, done_at=clock.now())
    return True


@transaction.atomic
def choose_reach(user, means: str, phone: str = "") -> None:
    """What somebody asks by themselves, on a screen or on a sheet: the choice, and a message by the way they chose.

    Refuses as ``set_reach`` does, and whoever has an e-mail address. Asking the same again tells nothing more.
    """
    refusal = why_not_without_mail(user)
    if refusal:
        raise ValidationError(refusal)
    if set_reach(user, means, phone):
        send(CHANGED, recipients=[user.pk], context={"means": str(means)}, key=f"{user.pk}:{clock.now().isoformat()}")


@transaction.atomic
def draw_letters(*, actor, unit) -> LetterBatch | None:
    """Put the letters that wait for people of a branch in one batch, two hundred people at most; None without any."""
    waiting = Errand.objects.letters_to_print(unit.path)
    people = list(waiting.order_by("user_id").values_list("user_id", flat=True).distinct()[:BATCH])
    if not people:
        return None
    batch = LetterBatch.objects.create(unit=unit, drawn_at=clock.now(), drawn_by=actor)
    rows = Errand.objects.filter(user_id__in=people, means=Means.LETTER, state=ErrandState.WAITING)
    # Of two who draw at once, each letter goes to one; whoever finds nothing left has no batch.
    if not rows.update(batch=batch, state=ErrandState.PRINTED):
        batch.delete()
        return None
    return batch


@transaction.atomic
def post_letters(*, actor, batch: LetterBatch, on=None) -> bool:
    """Tick that a batch was handed to the post; False when it was before. Refuses a day that hasn't come."""
    day = on or clock.today()
    if day > clock.today():
        raise ValidationError({"on": _("This day hasn't come yet.")})
    posted = LetterBatch.objects.filter(pk=batch.pk, posted_on=None).update(posted_on=day, posted_by=actor)
    if posted:
        batch.errands.filter(state=ErrandState.PRINTED).update(state=ErrandState.DONE, done_at=clock.now())
    return bool(posted)


@transaction.atomic
def note_call(person, outcome: str) -> int:
    """Write what came of one call, for all that waited to be told; how many messages it closed.

    Nobody answered: again the next working day, three times in all. A wrong number, or somebody who asks not to be
    called: everything waits on Terrain, and nothing more is carried to them.
    """
    waiting = Errand.objects.filter(user=person, means=Means.CALL, state=ErrandState.WAITING)
    now = clock.now()
    if outcome == CallOutcome.NO_ANSWER:
        tomorrow = clock.start_of_day(clock.add_working_days(clock.today(), 1))
        waiting.update(attempts=F("attempts") + 1, outcome=outcome, not_before=tomorrow)
        return waiting.filter(attempts__gte=CALLS).update(state=ErrandState.GIVEN_UP, done_at=now)
    if outcome == CallOutcome.TOLD:
        return waiting.update(state=ErrandState.DONE, outcome=outcome, done_at=now)
    if outcome not in CallOutcome.values:
        raise ValidationError({"outcome": _("Say what came of the call.")})
    closed = waiting.update(state=ErrandState.GIVEN_UP, outcome=outcome, done_at=now)
    Reach.objects.filter(user=person).update(means=Means.NONE, phone="")
    return closed
