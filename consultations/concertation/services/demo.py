"""Loads the concertation spaces of the demo city, in every state worth seeing, by the verbs people use."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.directory.viewer import Viewer
from src.foundations import clock
from src.meetings import rhythm, services
from src.meetings.enums import ActionState, Outcome
from src.meetings.models import Meeting, MeetingSeries
from src.meetings.services.planning import moment_of
from src.participation.enums import IdentityMode, Signature
from src.participation.models import Space
from src.participation.services import grant_space_role
from src.participation.services.from_kind import create_from_kind

from ..kinds import CONCERTATION

TANNEURS, RIVE, ROSEAUX = "rendez-vous-tanneurs", "rendez-vous-rive", "rendez-vous-roseaux"
RUNS = "facilitation"
RULES = (
    "Toute l’équipe peut venir, sur son temps de travail, avant la première tournée.\n\n"
    "Chacune et chacun peut proposer un point, avec son nom ou un nom protégé. "
    "Les points les plus soutenus passent d’abord.\n\n"
    "Personne n’est cité dans le compte rendu sans son accord. Ce qui est promis revient à chaque réunion."
)


def load_concertation() -> int:
    """Load the spaces that are missing; answers how many came in."""
    return sum((_tanneurs(), _rive(), _roseaux()))


def _open(slug: str, name: str, code: str, *, agreed_ago: int, at: time, place: str) -> MeetingSeries | None:
    if Space.objects.filter(slug=slug).exists():
        return None
    unit = Unit.objects.get(code=code)
    space = create_from_kind(
        CONCERTATION,
        name=name,
        slug=slug,
        summary="Une réunion par trimestre : ce qui va, ce qui bloque, ce que l’on décide.",
        steering_unit=unit.direction or unit,
        member_unit=unit,
        starts_on=clock.today() - timedelta(days=agreed_ago),
        own={"every": 3, "weekday": 1},
        open_now=True,
    )
    grant_space_role(user=User.objects.get(username=RUNS), role=Role.FACILITATOR, space=space)
    series = MeetingSeries.objects.get(space=space)
    agreed = clock.today() - timedelta(days=agreed_ago)
    MeetingSeries.objects.filter(pk=series.pk).update(agreed_on=agreed, due_on=rhythm.due_on(agreed, series.every))
    series.refresh_from_db()
    return services.change_series(
        series=series, actor=None, rules=RULES, usual_time=at, minutes=45, place=place, capacity=None
    )


def _people(series: MeetingSeries) -> list[User]:
    people = User.objects.filter(current_affectation__unit__path__startswith=series.unit.path, is_active=True)
    return list(people.order_by("pk"))


def _ago(days: int, hour: int = 9) -> datetime:
    return moment_of(clock.today() - timedelta(days=days), time(hour, 0))


def _meet(series: MeetingSeries, *, ago: int, runner: User) -> Meeting:
    """A meeting held so many days ago, announced three weeks before."""
    starts = moment_of(_worked(clock.today() - timedelta(days=ago)), series.usual_time)
    made = services.plan_meeting(series=series, actor=runner, starts_at=starts, is_past=True)
    return services.call_meeting(meeting=made, actor=runner, at=starts - timedelta(days=21))


def _worked(day: date) -> date:
    return day if clock.is_working_day(day) else clock.add_working_days(day, -1)


@transaction.atomic
def _tanneurs() -> int:
    series = _open(
        TANNEURS,
        "Rendez-vous d’équipe des Tanneurs",
        "PRO-TAN",
        agreed_ago=190,
        at=time(5, 0),
        place="Salle de pause du dépôt",
    )
    if series is None:
        return 0
    runner, people = User.objects.get(username=RUNS), _people(series)
    nadia = User.objects.get(username="agent")
    gate = services.raise_topic(
        series=series,
        author=people[-1],
        title="Le portail reste ouvert la nuit",
        body="Deux fois ce mois-ci, nous l’avons trouvé grand ouvert à 5 heures.",
        signature=Signature.TEAM,
        at=_ago(130),
    )
    boots = services.raise_topic(
        series=series, author=nadia, title="Des crochets pour faire sécher les bottes", at=_ago(125)
    )
    first = _meet(series, ago=112, runner=runner)
    for topic in (gate, boots):
        services.put_on_agenda(meeting=first, topic=topic, actor=runner)
    services.hold_meeting(meeting=first, actor=runner, present=41, at=first.ends_at)
    outcomes = (
        (gate, Outcome.TAKEN_UP, "Le gardien ferme désormais à 22 heures. Nous regardons si cela suffit."),
        (boots, Outcome.CARRIED, "Le magasin doit d’abord dire ce qu’il a en stock."),
    )
    for topic, outcome, text in outcomes:
        services.set_outcome(line=first.lines.get(topic=topic), outcome=outcome, text=text)
    services.promise(
        meeting=first,
        text="Éclairer le passage entre le portail et les vestiaires",
        owner_label="Service Bâtiments",
        due_on=clock.today() + timedelta(days=40),
        is_measure=True,
    )
    services.promise(
        meeting=first,
        text="Demander au magasin les crochets en stock",
        owner_label="Chef d’équipe du matin",
        owner=User.objects.get(username="encadrement"),
        due_on=clock.today() - timedelta(days=20),
    )
    asked = services.promise(
        meeting=first,
        text="Afficher les numéros d’astreinte près de la pointeuse",
        owner_label="Facilitatrice",
        due_on=clock.today() - timedelta(days=60),
    )
    services.write_minutes(
        meeting=first,
        summary="Nous avons parlé du portail, de l’éclairage du passage et des bottes qui ne sèchent pas.",
        decisions="Le portail est fermé à 22 heures.\nLes numéros d’astreinte sont affichés.",
    )
    services.publish_minutes(meeting=first, actor=runner, at=first.ends_at + timedelta(days=2))
    second = _meet(series, ago=35, runner=runner)
    services.hold_meeting(meeting=second, actor=runner, present=37, at=second.ends_at)
    services.set_outcome(
        line=second.lines.get(topic=boots), outcome=Outcome.CARRIED, text="Toujours sans réponse du magasin."
    )
    asked.refresh_from_db()
    services.end_action(
        action=asked, actor=runner, state=ActionState.DONE, closing="Affichés depuis un mois.", meeting=second
    )
    services.write_minutes(
        meeting=second,
        summary="Le passage est commandé, l’éclairage viendra en janvier. Les crochets attendent toujours.",
        decisions="Relancer le magasin par écrit.",
    )
    services.publish_minutes(meeting=second, actor=runner, at=second.ends_at + timedelta(days=1))
    services.correct_minutes(
        meeting=second,
        actor=runner,
        summary="Le matériel est commandé, l’éclairage viendra en janvier. Les crochets attendent toujours.",
        decisions="Relancer le magasin par écrit.",
        correction="C’est le matériel qui est commandé, pas le passage.",
    )
    following = _next(series, runner, days=9)
    topics = [
        services.raise_topic(
            series=series,
            author=nadia,
            title="Connaître les tournées d’été avant la mi-mai",
            body="Pour la garde des enfants, trois semaines ne suffisent pas.",
            at=_ago(20),
        ),
        services.raise_topic(
            series=series,
            author=people[-1],
            title="Une deuxième pointeuse à l’entrée sud",
            body="On attend dix minutes le matin.",
            identity_mode=IdentityMode.PROTECTED,
            at=_ago(12),
        ),
        services.raise_topic(
            series=series, author=people[0], title="Changer le micro-ondes de la salle de pause", at=_ago(6)
        ),
    ]
    for person, topic in zip((people[-1], people[-1]), (topics[0], topics[2]), strict=True):
        services.set_support(topic=topic, viewer=Viewer(person), wanted=True)
    services.put_on_agenda(meeting=following, topic=topics[0], actor=runner)
    services.call_meeting(meeting=following, actor=runner)
    services.report_topic(
        actor=people[-1],
        topic=topics[-1],
        reason_code="hors_sujet",
        words="C’est au service Bâtiments qu’il faut le demander.",
    )
    return 1


def _next(series: MeetingSeries, runner: User, *, days: int) -> Meeting:
    day = clock.today() + timedelta(days=days)
    while not clock.is_working_day(day):
        day += timedelta(days=1)
    return services.plan_meeting(series=series, actor=runner, starts_at=moment_of(day, series.usual_time))


@transaction.atomic
def _rive() -> int:
    """Seven people: every count is hidden; its meeting is overdue, and this is seen."""
    series = _open(
        RIVE, "Rendez-vous d’équipe de la Rive", "PRO-RIV", agreed_ago=118, at=time(8, 0), place="Atelier de la Rive"
    )
    if series is None:
        return 0
    for person in _people(series)[:1]:
        services.raise_topic(
            series=series,
            author=person,
            title="Ranger les huiles usées ailleurs que près du poêle",
            identity_mode=IdentityMode.PROTECTED,
            at=_ago(50),
        )
    return 1


@transaction.atomic
def _roseaux() -> int:
    """A meeting cancelled, then one held whose minutes are awaited."""
    series = _open(
        ROSEAUX,
        "Rendez-vous d’équipe des Roseaux",
        "BCS-ROS",
        agreed_ago=100,
        at=time(8, 30),
        place="Local du personnel",
    )
    if series is None:
        return 0
    runner = User.objects.get(username=RUNS)
    cancelled = _meet(series, ago=20, runner=runner)
    services.cancel_meeting(
        meeting=cancelled, actor=runner, reason="La piscine a fermé ce jour-là : panne de chauffage.", at=_ago(22)
    )
    held = _meet(series, ago=3, runner=runner)
    for person in _people(series)[:1]:
        topic = services.raise_topic(
            series=series, author=person, title="Prévenir la veille des coupures d’eau chaude", at=_ago(15)
        )
        services.put_on_agenda(meeting=held, topic=topic, actor=runner)
    services.hold_meeting(meeting=held, actor=runner, present=9, at=held.ends_at)
    return 1
