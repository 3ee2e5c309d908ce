"""Liftings of the secret in the demo city: one in the past, one refused, one that waits for its second person."""

from datetime import timedelta

from ideas.models import Idea
from src.directory.models import User
from src.foundations import clock
from src.participation.enums import Ground
from src.participation.models import IdentityOpening, SealedAuthor
from src.participation.services import openings

# Beginning of the idea's title, ground, reasons, reference of the court, days ago, who asks, who decides, refusal.
PAST = (
    "Pointer avec",
    Ground.JUDGE,
    "Réquisition écrite reçue ce matin : l'enquête porte sur des pointages faits à la place d'une autre personne.",
    "Parquet de Marvenne, n° 26-1187",
    40,
    ("juridique", "mediation", ""),
)
REFUSED = (
    "Une fiche de consignes",
    Ground.THREAT,
    "Un chef de serre se dit visé par ce texte et demande qui l'a écrit, pour en parler avec cette personne.",
    "",
    12,
    ("juridique", "dpo", "Le texte parle d'une fiche mal écrite. Il ne menace ni ne nomme personne."),
)
WAITING = (
    "Changer de responsable",
    Ground.DANGER,
    "« Cela ne peut plus durer » : deux arrêts dans cette équipe depuis lundi. Nous voulons proposer de l'aide.",
    "",
    1,
    ("mediation", "", ""),
)


def load_openings() -> int:
    """Load the three by the verbs people use, when there are none; answers how many came in."""
    if IdentityOpening.objects.exists():
        return 0
    return sum(_load(*told) for told in (PAST, REFUSED, WAITING))


def _load(title, ground, motive, court, ago, people) -> int:
    idea = Idea.objects.filter(title__startswith=title, handle__in=SealedAuthor.objects.values("handle")).first()
    if idea is None:
        return 0
    asked, decided, refusal = people
    asker, second = (User.objects.filter(username=name).first() for name in (asked, decided))
    opening = openings.ask(
        actor=asker,
        kind=Idea.subject_kind,
        reference=idea.reference,
        ground=ground,
        motive=motive,
        court_reference=court,
        at=_ago(ago),
    )
    if refusal:
        openings.refuse(opening=opening, actor=second, text=refusal, at=_ago(ago - 1))
    elif second:
        openings.confirm(opening=opening, actor=second, at=_ago(ago - 1))
    return 1


def _ago(days: int):
    return clock.now() - timedelta(days=days)
