"""What the demo city's people chose of their messages, and two addresses no mail leaves for."""

from src.directory.models import Unit, User
from src.foundations import clock
from src.notices.enums import CallOutcome, Means, StopReason
from src.notices.models import Errand, MassSending, StoppedAddress
from src.notices.services import send, set_any_hour, set_channel, stop_address
from src.notices.without_mail.services import draw_letters, note_call, post_letters, set_reach

STOPPED = {"mentor": StopReason.BOUNCE, "jury": StopReason.COMPLAINT}


def load_notices() -> int:
    """Write these choices once; answers how many addresses are stopped."""
    if StoppedAddress.objects.exists():
        return 0
    people = {user.username: user for user in User.objects.filter(username__in=[*STOPPED, "agent2", "encadrement"])}
    set_any_hour(people["agent2"], True)
    set_channel(people["encadrement"], "followed", "digest")
    return sum(stop_address(people[name].email, reason, clock.now()) for name, reason in STOPPED.items())


# Colleagues without e-mail who asked for a letter or a call, and what they are told.
CARRIED = 6


def load_errands() -> int:
    """Letters to print, a batch to post, one posted, and calls, in the facilitators' places; how many people."""
    if Errand.objects.filter(key__contains=":demo-errand:").exists():
        return 0
    helper, place = User.objects.get(username="facilitation"), Unit.objects.get(code="PRO")
    here = User.objects.filter(email__isnull=True, current_affectation__unit__path__startswith=place.path)
    people = list(here.filter(is_active=True, username__startswith="collegue").order_by("username")[: 3 * CARRIED])
    groups = [people[:CARRIED], people[CARRIED : 2 * CARRIED], people[2 * CARRIED :]]
    for number, group in enumerate(groups):
        for position, person in enumerate(group):
            if position % 3 == 2:
                set_reach(person, Means.CALL, f"01990000{position:02d}")
            else:
                set_reach(person, Means.LETTER)
        _tell(group, f"demo-errand:{number}")
        if number < 2:
            batch = draw_letters(actor=helper, unit=place)
            if batch is not None and number == 0:
                post_letters(actor=helper, batch=batch)
            for person in group[2:3]:
                note_call(person, CallOutcome.TOLD if number == 0 else CallOutcome.NO_ANSWER)
    return len(people)


def _tell(group, key: str) -> None:
    context = {
        "reference": "7K3F9Q",
        "title": "Un banc à l’abri près du portail",
        "unit": "Propreté et ressources",
        "promised": "",
        "outcome": "accepted",
        "opening": "Oui.",
        "text": "Un banc couvert de six places est posé avant la fin du mois prochain.",
        "conditions": "",
        "signed_by": "Sophie Lantier, cheffe de service",
    }
    recipients = [person.pk for person in group]
    send("ideas.answered.followed", recipients=recipients, context=context, key=key)
    # A city loaded at night shows its calls all the same.
    Errand.objects.filter(key__startswith=f"ideas.answered.followed:{key}:").update(not_before=clock.now())


def load_mass() -> int:
    """One message for very many people, waiting for somebody to look at it; how many people."""
    people = list(User.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)[:150])
    context = {"title": "Des vestiaires chauffés au dépôt des Tanneurs", "url": "/"}
    MassSending.objects.get_or_create(
        code="publishing.outcome_published",
        key="demo-mass",
        defaults={"context": context, "people": len(people), "recipients": people, "created_at": clock.now()},
    )
    return len(people)
