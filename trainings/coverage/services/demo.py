"""The demo city's coverage: a depot whose team stands in every way, targets, months, services without a referent."""

from collections import Counter
from datetime import date, timedelta

from django.utils import translation

from src.directory.models import Affectation, Unit, User
from src.directory.services import create_accounts
from src.directory.services.agents import repost, shift_headcounts
from src.foundations import clock
from trainings.ledger.enums import Method
from trainings.ledger.services import record_completion
from trainings.models import Track
from trainings.obligations.enums import ExemptionCode
from trainings.obligations.models import Obligation
from trainings.obligations.services.deciding import exempt, note_absence
from trainings.obligations.services.demo import MAIN, REFRESHER
from trainings.obligations.services.evaluating import evaluate
from trainings.obligations.services.preparing import activate, prepare

from .. import selectors
from ..models import CoverageMonth, CoverageTarget
from .targets import set_target

DEPOT = "PRO-TAN"
DECISION = (
    "Note du service technique du 12 mars 2026 : toute l’équipe du dépôt suit le rappel, sur le temps de travail."
)
ASKED_DAYS_AGO = 240
# The team of the depot: first and last name, whether they have an e-mail, days since they did it (None: never).
TEAM = (
    ("depot1", "Moussa", "Cissé", True, 200),
    ("depot2", "Ghislaine", "Perrin", True, 330),
    ("depot3", "Thierry", "Lacombe", False, 400),
    ("depot4", "Aminata", "Sow", False, None),
    ("depot5", "Jean-Marc", "Bodin", False, None),
    ("depot6", "Rosa", "Ferreira", True, None),
    ("depot7", "Kamel", "Ziani", True, None),
    ("depot8", "Lucie", "Berger", True, None),
)
EXEMPT, AWAY, NEWCOMERS = "depot6", "depot7", {"depot5": 160, "depot8": 20}
MONTHS = 4
# Of the heads of directions, those who did the city's training: two in three.
ONE_IN = 3
# Of a hundred agents of a direction, those who meet the public or manage.
CONCERNED = 60


def load_depot() -> None:
    """Ask the depot its training, eight months ago; before what was asked later. Run twice, it changes nothing."""
    track = Track.objects.get(slug=REFRESHER)
    if Obligation.objects.filter(track=track).exists():
        return
    with translation.override("fr"):
        today = clock.today()
        people = _team(Unit.objects.get(code=DEPOT), today)
        hr = User.objects.get(username="rh")
        with _days_ago(ASKED_DAYS_AGO):
            made = prepare(
                actor=hr,
                track=track,
                decision=DECISION,
                predicate={"field": "unit", "op": "within", "value": [DEPOT]},
                validity_months=12,
                window_days=60,
            )
            for username, _first, _last, _mail, days in TEAM:
                if days is not None and days > ASKED_DAYS_AGO:
                    _did(people[username], track, today - timedelta(days=days))
            activate(obligation=made, actor=hr)
        for username, _first, _last, _mail, days in TEAM:
            if days is not None and days <= ASKED_DAYS_AGO:
                with _days_ago(days):
                    _did(people[username], track, today - timedelta(days=days))


def load_coverage() -> None:
    """Who is exempt and away, the targets and the months; once what is asked is evaluated. Twice changes nothing."""
    obligations = {one.track.slug: one for one in Obligation.objects.active().select_related("track")}
    if CoverageTarget.objects.exists() or MAIN not in obligations:
        return
    with translation.override("fr"):
        hr, people = (
            User.objects.get(username="rh"),
            {one.username: one for one in User.objects.filter(username__in=[row[0] for row in TEAM])},
        )
        depot, city = obligations.get(REFRESHER), obligations[MAIN]
        if depot is not None:
            exempt(agent=people[EXEMPT], obligation=depot, code=ExemptionCode.GIVES_IT, actor=hr)
            note_absence(agent=people[AWAY], starts_on=clock.today(), ends_on=None, actor=hr)
        _heads(city)
        evaluate()
        by_on = date(clock.today().year + 1, 6, 30)
        set_target(obligation=city, percent=80, by_on=by_on, actor=hr)
        set_target(obligation=city, percent=60, by_on=by_on, actor=hr, direction=Unit.objects.get(code="ACC"))
        if depot is not None:
            set_target(obligation=depot, percent=90, by_on=date(clock.today().year + 1, 3, 31), actor=hr)
        _months(city)


def _days_ago(days: int):
    return clock.told_as(clock.now() - timedelta(days=days))


def _team(depot: Unit, today: date) -> dict[str, User]:
    """Accounts of the depot, and their posts; the head-count has everybody already."""
    accounts = [
        User(
            username=username,
            first_name=first,
            last_name=last,
            email=f"{username}@marvenne.example" if mail else None,
            personnel_number=str(204_900 + place),
            language="fr",
        )
        for place, (username, first, last, mail, _days) in enumerate(TEAM)
    ]
    people = {one.username: one for one in create_accounts(accounts)}
    repost(
        [
            Affectation(
                user=one,
                unit=depot,
                job_title="Ripeuse" if one.first_name in ("Ghislaine", "Aminata", "Rosa", "Lucie") else "Ripeur",
                in_contact_with_public=False,
                starts_on=today - timedelta(days=NEWCOMERS.get(one.username, 2000)),
            )
            for one in people.values()
        ]
    )
    shift_headcounts(Counter({depot.path: -len(people)}))
    return people


def _did(agent, track: Track, day: date) -> None:
    record_completion(
        agent=agent, track=track, method=Method.IMPORTED, source=f"demo:{track.pk}:{agent.username}", completed=day
    )


def _heads(obligation: Obligation) -> None:
    """Directors who did it, from their paper certificates: directions stand differently."""
    heads = User.objects.filter(username__endswith=".direction", requirements__obligation=obligation).order_by("pk")
    for place, head in enumerate(heads.distinct()):
        if place % ONE_IN:
            _did(head, obligation.track, clock.today() - timedelta(days=15 + 5 * place))


def _months(obligation: Obligation) -> None:
    """The last months at the size of the city, which its accounts are a sample of; they lead to today's shares."""
    live = selectors.by_direction([obligation])
    first = clock.today().replace(day=1)
    rows = []
    for place, direction in enumerate(Unit.objects.directions().order_by("code")):
        count = live.get((obligation.pk, direction.pk))
        percent = (count.percent if count is not None else 0) or 8 + 3 * place
        asked = direction.headcount * CONCERNED // 100
        for back in range(MONTHS):
            month = (first - timedelta(days=30 * back)).replace(day=1) if back else first
            share = percent * (MONTHS - back) // MONTHS
            rows.append(
                CoverageMonth(
                    obligation=obligation, direction=direction, month=month, asked=asked, covered=asked * share // 100
                )
            )
    CoverageMonth.objects.bulk_create(rows, ignore_conflicts=True)
