"""Measures for tests: born of an announced yes, or made directly in a state."""

import io
from datetime import timedelta

import factory
from django.core.files.base import ContentFile
from PIL import Image

from src.accountability.enums import StepKind
from src.accountability.models import Measure, MeasureStep
from src.accountability.services import announce, deliver
from src.foundations import clock
from tests.factories.accountability import prepared
from tests.factories.directory import DirectionFactory

PROOF = "Les casiers hauts sont posés dans les trois dépôts, clés remises aux équipes."
WHY = "L’essai a montré que huit demandes sur dix concernaient les mêmes quatre salles : un calendrier partagé suffit."


class MeasureFactory(factory.django.DjangoModelFactory):
    """A published measure of a direction; ``heard_days_ago`` dates its last news."""

    class Meta:
        model = Measure
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Remplacer les casiers du dépôt {n}")
    changes = "Des casiers assez hauts pour les bottes, dans chaque vestiaire."
    unit = factory.SubFactory(DirectionFactory)
    direction = factory.LazyAttribute(lambda made: (made.unit.direction or made.unit) if made.unit else None)
    year = factory.LazyFunction(lambda: clock.today().year)
    created_on = factory.LazyFunction(clock.today)
    published_on = factory.LazyFunction(clock.today)
    heard_days_ago = 0

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        ago = kwargs.pop("heard_days_ago")
        kwargs.setdefault("heard_on", clock.today() - timedelta(days=ago))
        measure = super()._create(model_class, *args, **kwargs)
        MeasureStep.objects.create(
            measure=measure, kind=StepKind.BORN, to_status=measure.status, on=measure.created_on, at=clock.now()
        )
        return measure


def measure_of(idea, decider, outcome="accepted", **changes):
    """The measure an idea becomes once its yes is announced."""
    decision = prepared(decider, idea.unit, idea.reference, outcome, **changes)
    announce(decision.batch, decider)
    idea.refresh_from_db()
    return Measure.objects.get(origins__decision=decision)


def picture(name="casiers.jpg"):
    """A small photo."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(stream, "JPEG")
    return ContentFile(stream.getvalue(), name=name)


def say_done(measure, actor):
    """Said to be done with a photo, where nobody could be drawn."""
    return deliver(measure, actor=actor, proof=PROOF, photo=picture(), photo_alt="Les casiers posés")
