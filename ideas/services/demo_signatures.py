"""Replies of the demo city that wait for the elected official's signature; run twice, nothing changes."""

from datetime import timedelta

from django.db import transaction

from src.accountability import services as accountability
from src.accountability.models import Decision, ReplySignature
from src.directory.models import User
from src.foundations import clock

from ..models import Idea
from .answering import prepare_decision, prepared_of

OFFICIAL = "elu"
# An answer of the demo city that is already prepared, and one that is prepared here.
KNOWN = ("Une seule signature pour les petits achats", "finances")
NEW = (
    "Arroser la nuit plutôt qu'en fin de matinée",
    "jury",
    {
        "outcome": "pilot",
        "text": "Oui, nous essayons. D'avril à septembre, deux jardins seront arrosés de quatre à six heures par des "
        "minuteries déjà en stock. Personne ne vient plus tôt : les équipes vérifient à la prise de poste. Nous "
        "comparerons l'eau utilisée avec celle de l'an dernier, puis nous le dirons ici.",
        "measure_owner": "Service Jardins",
        "first_milestone": "Poser les minuteries dans deux jardins",
    },
)


def load_signatures() -> int:
    """Ask for what isn't asked yet; answers how many replies wait."""
    if ReplySignature.objects.exists():
        return 0
    official = User.objects.get(username=OFFICIAL)
    asked = 0
    with transaction.atomic():
        title, decider = KNOWN
        asked += _ask(prepared_of(Idea.objects.get(title=title)), decider, official)
        title, decider, answer = NEW
        idea = Idea.objects.select_related("unit").get(title=title)
        prepared = prepare_decision(
            idea=idea,
            actor=User.objects.get(username=decider),
            first_milestone_on=clock.today() + timedelta(days=120),
            **answer,
        )
        asked += _ask(prepared, decider, official)
    return asked


def _ask(decision: Decision | None, decider: str, official: User) -> int:
    if decision is None:
        return 0
    accountability.ask_signature(decision, actor=User.objects.get(username=decider), official=official)
    return 1
