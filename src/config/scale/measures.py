"""The measures of the synthetic city, over six years and in every state, each with its origin and its steps."""

import datetime as dt

from django.db.models import F

from ideas.models import Idea
from src.accountability.enums import Confirmation, MeasureStatus, Reason
from src.accountability.models import Measure, MeasureOrigin, Milestone
from src.directory.enums import UnitKind
from src.foundations import clock

from .contents import PLACES, SUBJECTS, VERBS, reference
from .sizes import in_batches

# How measures of six years spread over their states.
STATES = {
    MeasureStatus.PLANNED: 18,
    MeasureStatus.STUDIES: 12,
    MeasureStatus.PROCEDURE: 8,
    MeasureStatus.WORKS: 14,
    MeasureStatus.DELIVERED: 10,
    MeasureStatus.VERIFIED: 30,
    MeasureStatus.STOPPED: 8,
}
THEMES = ("Locaux", "Matériel", "Horaires", "Accueil", "Déchets", "Déplacements")


def build_measures(sizes, rng, ideas, units, agents, progress) -> int:
    """Write ``sizes.measures`` measures, each with two steps and its origin, an idea or words. Returns how many."""
    directions = [unit for unit in units if unit.kind == UnitKind.DIRECTION]
    taken = set(Measure.objects.values_list("reference", flat=True))
    subjects = [idea.reference for idea in ideas]
    today, done = clock.today(), 0
    for numbers in in_batches(range(sizes.measures)):
        states = rng.choices(list(STATES), STATES.values(), k=len(numbers))
        measures = Measure.objects.bulk_create(_measure(rng, state, directions, taken, today) for state in states)
        _confirm(
            [one.pk for one, state in zip(measures, states, strict=True) if state == MeasureStatus.VERIFIED], agents
        )
        origins, steps = [], []
        for number, measure in zip(numbers, measures, strict=True):
            origins.append(
                MeasureOrigin(
                    measure=measure,
                    subject_kind=Idea.subject_kind if number < len(subjects) else "import",
                    subject_reference=subjects[number] if number < len(subjects) else "",
                    label="" if number < len(subjects) else f"Plan d'essai {measure.year}",
                )
            )
            first = measure.created_on + dt.timedelta(days=30)
            steps.append(Milestone(measure=measure, title="Choisir le lieu", planned_on=first, done_on=first))
            steps.append(Milestone(measure=measure, title="Mettre en place", planned_on=measure.due_on))
        MeasureOrigin.objects.bulk_create(origins)
        Milestone.objects.bulk_create(steps)
        done += len(measures)
        progress("measures", done)
    return done


def _confirm(done: list[int], agents: list[int]) -> None:
    """A correspondent's word: the database lets no measure be born confirmed."""
    if done:
        Measure.objects.filter(pk__in=done).update(
            status=MeasureStatus.VERIFIED,
            verified_on=F("delivered_on"),
            confirmation=Confirmation.WORD,
            confirmed_by=agents[0],
            confirmation_text="Vu sur place, en service.",
        )


def _measure(rng, state, directions, taken, today) -> Measure:
    age = rng.randrange(20, 6 * 365)
    created = today - dt.timedelta(days=age)
    direction = rng.choice(directions)
    # Half of those that run were heard of lately: the others are silent.
    heard = today - dt.timedelta(days=min(age, rng.choice((10, 40, 80, 120, 300))))
    is_done = state in (MeasureStatus.DELIVERED, MeasureStatus.VERIFIED)
    delivered = created + dt.timedelta(days=age // 2) if is_done else None
    return Measure(
        reference=reference(rng, taken),
        title=f"{rng.choice(VERBS).capitalize()} {rng.choice(SUBJECTS)} {rng.choice(PLACES)}",
        changes="Moins d'attente, un outil pour chaque équipe.",
        status=MeasureStatus.DELIVERED if state == MeasureStatus.VERIFIED else state,
        changes_daily_work=False,
        year=created.year,
        theme=rng.choice(THEMES),
        unit=direction,
        direction=direction,
        owner_label="Service des moyens",
        budget=rng.choice((None, 800, 4_000, 25_000)),
        due_on=created + dt.timedelta(days=365),
        created_on=created,
        published_on=created,
        heard_on=heard,
        news_on=heard,
        delivered_on=delivered,
        delivered_proof="Trois lieux équipés." if delivered else "",
        stopped_on=heard if state == MeasureStatus.STOPPED else None,
        stop_reason=Reason.BUDGET if state == MeasureStatus.STOPPED else "",
        stop_text="Le crédit est parti ailleurs cette année." if state == MeasureStatus.STOPPED else "",
    )
