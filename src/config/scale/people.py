"""The synthetic city's units and agents."""

import datetime as dt
import random

from django.db import transaction

from src.directory.enums import AccountKind, UnitKind
from src.directory.models import Affectation, Unit, User
from src.directory.services import create_accounts
from src.foundations import clock

from .sizes import BATCH, Sizes, in_batches

FIRST = (
    "Alix,Awa,Bruno,Camille,Chloé,Diane,Driss,Élie,Fanny,Gaël,Hawa,Inès,Jules,Karim,Léa,Malo,Nour,Océane,Paul"
).split(",")
LAST = ("Abel,Barre,Cissé,Diop,Ferrand,Garnier,Hamdi,Jolivet,Kaya,Lemoine,Moreau,Nguyen,Oury,Perrin,Roche,Sarr").split(
    ","
)


@transaction.atomic
def build_units(sizes: Sizes, rng: random.Random, prefix: str) -> list[Unit]:
    """Make directions, four services each and four sites per service; paths and directions are set in bulk."""
    today = clock.today()
    levels: list[list[Unit]] = [
        [Unit(code=f"{prefix}-ville", name="Ville d'essai", kind=UnitKind.CITY, valid_from=today)]
    ]
    plan = [(UnitKind.DIRECTION, sizes.directions), (UnitKind.SERVICE, 4), (UnitKind.SITE, 4)]
    created: list[Unit] = []
    parents: list[Unit] = []
    for depth in range(len(plan) + 1):
        rows = levels[depth]
        Unit.objects.bulk_create(rows, batch_size=BATCH)
        for row in rows:
            row.path = f"{row.parent.path if row.parent else '/'}{row.pk}/"
            row.direction = row if row.kind == UnitKind.DIRECTION else (row.parent.direction if row.parent else None)
            row.headcount = sizes.agents
        Unit.objects.bulk_update(rows, ["path", "direction", "headcount"], batch_size=BATCH)
        created += rows
        parents = rows
        if depth < len(plan):
            kind, each = plan[depth]
            levels.append(
                [
                    Unit(
                        code=f"{parent.code}-{number}",
                        name=f"{UnitKind(kind).label} {parent.code}-{number}",
                        acronym=f"D{number}" if kind == UnitKind.DIRECTION else "",
                        kind=kind,
                        parent=parent,
                        valid_from=today,
                    )
                    for parent in parents
                    for number in range(each)
                ]
            )
    return created


def build_agents(sizes, rng, prefix, units, progress) -> list[int]:
    """Make agents with one open affectation each; nobody can sign in by password. Returns their ids."""
    sites = [unit for unit in units if unit.kind == UnitKind.SITE]
    today = clock.today()
    ids: list[int] = []
    for numbers in in_batches(range(sizes.agents), BATCH * 2):
        with transaction.atomic():
            users = create_accounts(
                [
                    User(
                        username=f"{prefix}-{number}",
                        personnel_number=f"{prefix}{number:07d}",
                        password="!" + "x" * 12,
                        first_name=rng.choice(FIRST),
                        last_name=rng.choice(LAST),
                        kind=AccountKind.AGENT,
                    )
                    for number in numbers
                ]
            )
            posts = Affectation.objects.bulk_create(
                [
                    Affectation(
                        user=user,
                        unit=rng.choice(sites),
                        job_title="agente ou agent",
                        starts_on=today - dt.timedelta(days=400),
                        in_contact_with_public=rng.random() < 0.5,
                    )
                    for user in users
                ]
            )
            for user, post in zip(users, posts, strict=True):
                user.current_affectation = post
            User.objects.bulk_update(users, ["current_affectation"], batch_size=BATCH)
        ids += [user.pk for user in users]
        progress("agents", len(ids))
    return ids
