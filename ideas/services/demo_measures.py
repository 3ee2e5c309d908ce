"""Loads the measures of the demo city: those its ideas became, and those that come from elsewhere."""

from datetime import timedelta
from decimal import Decimal

from src.accountability import ground_rules
from src.accountability.enums import CheckResult, Confirmation, MeasureStatus, StepKind
from src.accountability.models import GroundCheck, Indicator, Measure, MeasureStep, Milestone
from src.accountability.services import give_news, publish, stop
from src.accountability.services.ground import frame, open_check
from src.accountability.services.measures import _note, _write, moved
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.models import OutboxEvent

from ..demo_measures import FROM_THE_PAGE, Followed
from ..models import Idea

QUIET = "accountability."


def load_measures(units) -> int:
    """Load what is missing, once; answers how many measures come from elsewhere than ideas."""
    if Measure.objects.filter(title=FROM_THE_PAGE[0].title).exists():
        return 0
    for told in FROM_THE_PAGE:
        _follow(told, units)
    _lockers()
    _rooms()
    _notebook()
    _sheet()
    _to_confirm()
    # What happened then was told then.
    OutboxEvent.objects.filter(topic__startswith=QUIET, done_at__isnull=True).update(done_at=clock.now())
    return len(FROM_THE_PAGE)


def _day(ago: int):
    return clock.today() + timedelta(days=ago)


def _follow(told: Followed, units) -> None:
    unit, runner, born = units[told.direction], User.objects.get(username=told.runner), _day(told.born)
    measure = Measure.objects.create(
        title=told.title,
        changes=told.changes,
        is_trial=told.is_trial,
        year=born.year,
        unit=unit,
        direction=unit,
        owner=None if told.owner_label else runner,
        owner_label=told.owner_label,
        created_on=born,
        published_on=born,
        heard_on=born,
    )
    measure.perimeter.add(unit)
    for label in told.origins:
        measure.origins.create(subject_kind="label", label=label)
    Milestone.objects.bulk_create(
        [
            Milestone(
                measure=measure,
                title=step.title,
                planned_on=_day(step.planned) if step.planned is not None else None,
                done_on=_day(step.done) if step.done is not None else None,
            )
            for step in told.steps
        ]
    )
    moment = clock.start_of_day(born)
    MeasureStep.objects.create(measure=measure, kind=StepKind.BORN, to_status="planned", on=born, at=moment)
    if told.figure:
        _figure(measure, *told.figure)
    for ago, text, status in told.news:
        give_news(measure, actor=runner, text=text, status=status, on=_day(ago))
    if told.stop:
        ago, reason, text = told.stop
        stop(measure, actor=runner, reason=reason, text=text, on=_day(ago))


def _figure(measure: Measure, name, unit, method, baseline, target, value, counted) -> None:
    def number(told):
        return Decimal(told) if told is not None else None

    Indicator.objects.create(
        measure=measure,
        name=name,
        unit=unit,
        method=method,
        baseline=number(baseline),
        target=number(target),
        value=number(value),
        measured_on=_day(counted) if counted is not None else None,
    )


def _of(title: str) -> Measure:
    idea = Idea.objects.get(title=title)
    return Measure.objects.select_related("unit").get(
        origins__subject_kind=Idea.subject_kind, origins__subject_reference=idea.reference
    )


def _lockers() -> None:
    """M3: done thirty days ago, confirmed by 21 colleagues of 24 eight days ago."""
    measure = _of("Des casiers assez hauts pour les bottes")
    runner = User.objects.get(username="decideur")
    title = "Remplacer les casiers de trois dépôts"
    publish(
        measure, actor=runner, title=title, changes="190 casiers hauts et ajourés : les bottes sèchent, le sol aussi."
    )
    measure.milestones.all().delete()
    measure.origins.create(subject_kind="label", label="Nous au travail, texte libre")
    for step, ago in (("Commande des 190 casiers", -150), ("Pose dans les trois dépôts", -30)):
        measure.milestones.create(title=step, done_on=_day(ago))
    _figure(
        measure, "Chutes dans les vestiaires", "", "Registre des accidents ; comptage en cours", 9, None, None, None
    )
    give_news(measure, actor=runner, text="Les casiers sont arrivés. La pose commence.", status="works", on=_day(-60))
    _done(measure, runner, "190 casiers hauts sont posés dans les trois dépôts. Les anciens sont aux serres.", -30)
    people = frame(measure, _day(-30))
    GroundCheck.objects.create(
        measure=measure,
        seed="marvenne-casiers",
        frame_hash=ground_rules.frame_hash(people),
        frame_size=len(people),
        drawn=30,
        opened_on=_day(-30),
        closes_on=_day(0),
        closed_on=_day(-8),
        answers=24,
        on_paper=15,
        yes=21,
        done_yes=23,
        suits_yes=21,
        lasts_yes=20,
        result=CheckResult.CONFIRMED,
    )
    _write(measure, status=MeasureStatus.VERIFIED, verified_on=_day(-8), confirmation=Confirmation.SAMPLE)
    moved(measure, StepKind.VERIFIED, None, from_status=MeasureStatus.DELIVERED, on=_day(-8))


def _rooms() -> None:
    """Idea 12: tried, then stopped twenty-five days ago."""
    measure = _of("Une application pour réserver les salles")
    runner = User.objects.get(username="finances")
    changes = "Chercher une salle libre ne prend plus de temps, dans l'immeuble du Marché-Couvert."
    publish(measure, actor=runner, title="Essayer une application pour réserver les salles", changes=changes)
    measure.milestones.update(done_on=_day(-150))
    for ago, text in ((-150, "L'application d'essai est ouverte sur un étage."), (-70, "Nous comptons les demandes.")):
        give_news(measure, actor=runner, text=text, status="works", on=_day(ago))
    text = (
        "L'essai a montré que huit demandes sur dix concernaient les mêmes quatre salles. Un calendrier partagé et "
        "une affichette à la porte suffisent ; ils sont en place. L'application aurait coûté 38 000 euros et un "
        "entretien chaque année. Merci à Léa et aux personnes qui ont soutenu l'idée : c'est l'essai qui nous a fait "
        "voir la solution simple."
    )
    stop(measure, actor=runner, reason="effet", text=text, on=_day(-25))


def _notebook() -> None:
    """Idea 7: a trial in two depots, its words read again for everybody."""
    measure = _of("Un carnet d'entretien partagé pour chaque camion")
    runner = User.objects.get(username="decideur")
    changes = "Une page par camion, papier ou téléphone de service : moins d'oublis, un atelier prévenu plus tôt."
    publish(measure, actor=runner, title="Essayer un carnet d'entretien par camion", changes=changes)


def _sheet() -> None:
    """Another yes, under way."""
    measure = _of("Une fiche de consignes lisible pour les saisonniers")
    runner = measure.origins.select_related("decision__decided_by").first().decision.decided_by
    changes = "Chaque personne saisonnière reçoit, le premier jour, une page de consignes avec des dessins."
    publish(measure, actor=runner, title="Une fiche de consignes pour les saisonniers", changes=changes)
    text = "Deux maîtres-nageurs et deux saisonniers relisent la première version. Les dessins sont choisis."
    give_news(measure, actor=runner, text=text, status="works", on=_day(-7))


def _to_confirm() -> None:
    """The oldest of the other yeses is said to be done: colleagues were just drawn."""
    ideas = Idea.objects.filter(stage_kind="accepted").values_list("reference", flat=True)
    found = Measure.objects.filter(origins__subject_reference__in=ideas, status="planned").select_related("unit")
    measure = found.order_by("created_on", "pk")[0]
    decision = measure.origins.select_related("decision__decided_by").first().decision
    runner = decision.decided_by
    publish(
        measure,
        actor=runner,
        title=measure.title[:160],
        changes="Ce qui avait été promis est en place, sur tous les sites.",
    )
    _done(measure, runner, "C'est en place depuis ce matin sur les sites concernés, avec une affichette.", -2)
    if len(frame(measure, _day(-2))) >= ground_rules.ENOUGH:
        open_check(measure, on=_day(-2))


def _done(measure: Measure, runner: User, proof: str, ago: int) -> None:
    """Said to be done on a past day; who is drawn is told apart."""
    day, before = _day(ago), measure.status
    columns = {"delivered_on": day, "delivered_by": runner, "delivered_proof": proof, "heard_on": day, "news_on": day}
    _write(measure, status=MeasureStatus.DELIVERED, **columns)
    _note(measure, as_viewer(runner), proof, None, "", day)
    moved(measure, StepKind.DELIVERED, as_viewer(runner), from_status=before, text=proof, on=day)
