"""The demo city's mandatory training: asked of those who meet the public or manage; and what surrounds it."""

from datetime import timedelta

from django.utils import translation

from src.directory.models import User
from src.directory.services.importing import FEED
from src.foundations import clock, runs
from trainings.ledger.enums import Method
from trainings.ledger.services import record_completion
from trainings.models import Track

from ..enums import ExemptionCode
from ..models import Obligation, Requirement
from ..models.obligation import DECISION_MAX
from . import deciding
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


MANAGERS = {"field": "is_manager", "op": "=", "value": True}


def load_obligations() -> None:
    """Ask it once; run twice, it changes nothing. Beside it: one ended, one in preparation, decisions."""
    track = Track.objects.get(slug=MAIN)
    if Obligation.objects.filter(track=track).exists():
        return
    refresher = Track.objects.filter(slug=REFRESHER).first()
    with translation.override("fr"):
        hr = User.objects.get(username="rh")
        with clock.told_as(clock.now() - timedelta(days=90)):
            made = prepare(
                actor=hr,
                track=track,
                renewal_track=refresher,
                decision=track.basis[:DECISION_MAX],
                predicate=AUDIENCE,
            )
            activate(obligation=made, actor=hr)
        evaluate()
        _decide(made, hr)
        if refresher is not None:
            _ended(refresher, hr)
            prepare(
                actor=hr,
                track=refresher,
                decision="Projet de note de la direction des ressources internes : rappel annuel pour l’encadrement.",
                predicate=MANAGERS,
                validity_months=12,
                window_days=90,
            )
    if runs.last_of(FEED) is None:
        runs.note(FEED, result={"read": 412, "created": 3, "updated": 7, "unchanged": 402, "errors": 0, "closed": 2})


def _ended(refresher: Track, hr) -> None:
    """A trial that ended: asked of managers two years ago, for a few weeks."""
    made = prepare(
        actor=hr,
        track=refresher,
        decision="Note du secrétariat général : essai du rappel auprès des cadres volontaires.",
        predicate={"field": "job_family", "op": "=", "value": "essai"},
    )
    begun, over = clock.now() - timedelta(days=700), clock.today() - timedelta(days=650)
    Obligation.objects.filter(pk=made.pk).update(created_at=begun, activated_at=begun)
    Obligation.objects.filter(pk=made.pk).update(ended_on=over)


def _decide(made: Obligation, hr) -> None:
    """A later day, an exemption, a long absence, and something done before it could be renewed."""
    to_do = Requirement.objects.current().filter(obligation=made, satisfied_by__isnull=True).exclude(agent=hr)
    late, spared, away = to_do.select_related("agent").order_by("pk")[:3]
    deciding.extend(requirement=late, until=late.due_on + timedelta(days=45), actor=hr)
    deciding.exempt(agent=spared.agent, obligation=made, code=ExemptionCode.GIVES_IT, actor=hr)
    deciding.note_absence(agent=away.agent, starts_on=clock.today() - timedelta(days=20), ends_on=None, actor=hr)
    held = Requirement.objects.current().filter(obligation=made, satisfied_by__isnull=False).order_by("pk").first()
    if held is not None:
        record_completion(agent=held.agent, track=made.track, method=Method.IMPORTED, source=f"demo:early:{held.pk}")
