"""Plans for tests: an axis, an orientation and as many measures as asked."""

from datetime import timedelta

import factory

from src.accountability.models import Plan, PlanAxis, PlanMeasure, PlanOrientation
from src.foundations import clock
from tests.factories.directory import DirectionFactory
from tests.factories.measures import MeasureFactory


class PlanFactory(factory.django.DjangoModelFactory):
    """A published plan of a direction; ``measures`` says how many it holds, under 1.1."""

    class Meta:
        model = Plan
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Une administration plus écologique {n}")
    summary = "Consommer moins, réparer plus, et le montrer."
    adopted_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=200))
    unit = factory.SubFactory(DirectionFactory)
    created_on = factory.LazyFunction(clock.today)
    published_on = factory.LazyFunction(clock.today)

    @factory.post_generation
    def measures(plan, create, count, **kwargs):
        if count:
            orientation = orientation_of(plan)
            for _number in range(count):
                put(orientation, MeasureFactory(unit=plan.unit))


def orientation_of(plan, axis=1, number=1):
    """An orientation of a plan, made if it isn't there."""
    held, _made = PlanAxis.objects.get_or_create(plan=plan, number=axis, defaults={"title": f"Bâtiments {axis}"})
    found, _made = PlanOrientation.objects.get_or_create(
        axis=held, number=number, defaults={"title": f"Chauffer moins {number}"}
    )
    return found


def put(orientation, measure, number=None):
    """A measure under an orientation, with the next number."""
    plan = orientation.axis.plan
    return PlanMeasure.objects.create(
        plan=plan, orientation=orientation, measure=measure, number=number or plan.entries.count() + 1
    )
