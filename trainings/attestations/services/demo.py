"""The demo city's attestations: one that holds, one expired, one revoked, a site's in one file."""

from datetime import timedelta

from django.utils import translation

from src.directory.models import Unit, User
from src.foundations import clock
from trainings.ledger.enums import Method
from trainings.ledger.models import Completion
from trainings.ledger.services import record_completion, revoke
from trainings.models import Track

from ..models import AttestationBatch
from . import batching
from .printing import print_one

# The tracks of trainings/demo_content, by their addresses.
MAIN, REFRESHER = "accueillir-sans-discriminer", "accueillir-sans-discriminer-rappel"
SITE = "PRO-TAN"
# Who, which training, how many days ago, minutes.
ELSEWHERE = (
    ("agent", MAIN, 1500, 90),
    ("agent", REFRESHER, 60, 30),
    ("instructeur", MAIN, 200, 90),
)


def load_attestations() -> None:
    """Print them by the verbs people use; run twice, it changes nothing."""
    if AttestationBatch.objects.exists():
        return
    with translation.override("fr"):
        hr = User.objects.get(username="rh")
        for username, slug, ago, minutes in ELSEWHERE:
            _printed(User.objects.get(username=username), Track.objects.get(slug=slug), ago, minutes)
        revoke(
            completion=Completion.objects.get(agent__username="instructeur", track__slug=MAIN),
            reason="Reprise d’un fichier : c’était la formation d’une autre personne.",
            actor=hr,
        )
        for done in Completion.objects.filter(agent__username="egalite").select_related("agent", "track", "version"):
            print_one(completion=done, actor=done.agent)
        batching.ask(site=Unit.objects.get(code=SITE), actor=hr)


def _printed(agent, track: Track, ago: int, minutes: int) -> None:
    with clock.told_as(clock.now() - timedelta(days=ago)):
        done = record_completion(
            agent=agent, track=track, method=Method.IMPORTED, minutes=minutes, source=f"demo:{agent.username}:{ago}"
        )
        print_one(completion=done, actor=agent)
