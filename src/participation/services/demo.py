"""Who can help in the demo city, and its pre-electoral periods; run twice, nothing changes."""

from datetime import timedelta

from src.foundations import clock

from ..helping import national_numbers
from ..models import HelpContact, NeutralPeriod
from ..rail_lexicon import ALERT, DANGER, DISCRIMINATION, HARASSMENT, RACISM, SELF_HARM, SEXUAL

CITY = (
    ("Cellule d'écoute de la Ville", "Discriminations, harcèlement, violences. Hors de votre direction.",
     "01 99 00 41 20", "ecoute@marvenne.example", [DISCRIMINATION, HARASSMENT, SEXUAL, RACISM, SELF_HARM]),
    ("Registre santé et sécurité", "Danger grave : signalement tracé, réponse le jour même.",
     "01 99 00 41 30", "securite-travail@marvenne.example", [DANGER]),
    ("Référente alerte, Nora Haddad", "Fraude, faux, détournement : votre identité est protégée par la loi.",
     "", "alerte@marvenne.example", [ALERT]),
    ("Médecine du travail", "Le secret médical s'applique. Votre chef n'est pas prévenu.",
     "01 99 00 41 40", "", [SELF_HARM, HARASSMENT]),
)  # fmt: skip


def load_help() -> int:
    """Load the contacts when there are none; answers how many came in."""
    if HelpContact.objects.exists():
        return 0
    city = [
        HelpContact(name=name, detail=detail, phone=phone, email=email, themes=themes, position=rank)
        for rank, (name, detail, phone, email, themes) in enumerate(CITY, start=1)
    ]
    return len(HelpContact.objects.bulk_create([*city, *national_numbers()]))


# Election, and its first and last days from today: none runs, so that the city shows everything.
ELECTIONS = (("élections municipales", -610, -430), ("élections départementales", 290, 475))


def load_periods() -> int:
    """Load the pre-electoral periods when there are none: one over, one to come; answers how many came in."""
    if NeutralPeriod.objects.exists():
        return 0
    today = clock.today()
    made = [
        NeutralPeriod(name=name, starts_on=today + timedelta(days=first), ends_on=today + timedelta(days=last))
        for name, first, last in ELECTIONS
    ]
    return len(NeutralPeriod.objects.bulk_create(made))
