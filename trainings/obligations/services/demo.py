"""The demo city's mandatory training: asked of those who meet the public or manage, three months ago."""

from datetime import timedelta

from django.utils import translation

from src.directory.models import User
from src.foundations import clock
from trainings.models import Track

from ..models import Obligation
from ..models.obligation import DECISION_MAX
from .evaluating import evaluate
from .preparing import activate, prepare

# The tracks of trainings/demo_content, by their addresses.
MAIN, REFRESHER = "accueillir-sans-discriminer", "accueillir-sans-discriminer-rappel"
AUDIENCE = {
    "any": [
        {"field": "contact_public", "op": "=", "value": True},
        {"field": "is_manager", "op": "=", "value": True},
    ]
}


def load_obligations() -> None:
    """Ask it once; run twice, it changes nothing."""
    track = Track.objects.get(slug=MAIN)
    if Obligation.objects.filter(track=track).exists():
        return
    with translation.override("fr"):
        hr = User.objects.get(username="rh")
        with clock.told_as(clock.now() - timedelta(days=90)):
            made = prepare(
                actor=hr,
                track=track,
                renewal_track=Track.objects.filter(slug=REFRESHER).first(),
                decision=track.basis[:DECISION_MAX],
                predicate=AUDIENCE,
            )
            activate(obligation=made, actor=hr)
        evaluate()
