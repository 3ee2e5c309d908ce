"""Loads the demo city's directory: ten directions, their services and sites, the personas and their colleagues."""

import datetime
import unicodedata
from collections import Counter

from django.contrib.auth.hashers import make_password
from django.db import transaction

from src.foundations import clock

from ..demo_people import DIRECTIONS, OTHERS
from ..enums import Role, UnitKind
from ..models import Affectation, RoleGrant, Unit, User
from ..personas import EXTERNAL, PASSWORD, PERSONAS, Person
from .accounts import create_accounts
from .agents import repost, shift_headcounts
from .roles import grant_role
from .units import open_unit

OPENED = datetime.date(2020, 1, 1)
FIRST_NUMBER = 204_201
PARTNER_DAYS = 180


@transaction.atomic
def load_directory() -> dict[str, int]:
    """Create what is missing of the demo directory and change nothing that is there.

    Returns how many units, people and roles were created: zeros on a second run.
    """
    units, opened = _load_units()
    people = (*PERSONAS, *OTHERS)
    created = _load_people(people, units)
    granted = _load_roles(people, units)
    return {"units": opened, "people": created, "roles": granted}


def _load_units() -> tuple[dict[str, Unit], int]:
    units = {unit.code: unit for unit in Unit.objects.all()}
    before = len(units)

    def place(code, name, kind, parent, headcount, acronym=""):
        if code not in units:
            units[code] = open_unit(
                code=code,
                name=name,
                kind=kind,
                parent=units.get(parent),
                acronym=acronym,
                valid_from=OPENED,
                headcount=headcount,
            )

    for acronym, name, headcount, services, sites in DIRECTIONS:
        place(acronym, name, UnitKind.DIRECTION, "", headcount, acronym)
        for code, service, count in services:
            place(code, service, UnitKind.SERVICE, acronym, count)
        for code, site, count, service in sites:
            place(code, site, UnitKind.SITE, service or acronym, count)
    return units, len(units) - before


def _load_people(people: tuple[Person, ...], units: dict[str, Unit]) -> int:
    known = set(User.objects.values_list("username", flat=True))
    numbers = set(User.objects.filter(personnel_number__isnull=False).values_list("personnel_number", flat=True))
    missing = [person for person in people if person.username not in known]
    if not missing:
        return 0
    # One demonstration password, hashed once.
    password = make_password(PASSWORD)
    accounts = []
    for position, person in enumerate(people):
        if person.username in known:
            continue
        number = person.number or str(FIRST_NUMBER + position)
        accounts.append(
            User(
                username=person.username,
                first_name=person.first_name,
                last_name=person.last_name,
                email=_address(person) if person.has_email else None,
                personnel_number=None if person.kind == EXTERNAL or number in numbers else number,
                kind=person.kind,
                password=password,
            )
        )
    created = {user.username: user for user in create_accounts(accounts)}
    posts = [
        Affectation(
            user=created[person.username],
            unit=units[person.unit],
            job_title=person.job,
            in_contact_with_public=person.in_contact,
            is_manager=person.is_manager,
            starts_on=OPENED,
        )
        for person in missing
        if person.unit
    ]
    repost(posts)
    # The demo city's head-counts already contain everybody: its accounts are a sample of them.
    shift_headcounts(Counter({path: -people for path, people in Counter(post.unit.path for post in posts).items()}))
    return len(created)


def _load_roles(people: tuple[Person, ...], units: dict[str, Unit]) -> int:
    accounts = {user.username: user for user in User.objects.filter(username__in=[p.username for p in people])}
    held = set(RoleGrant.objects.values_list("user__username", "role", "unit__code"))
    granted = 0
    for person in people:
        for role, code in person.roles:
            if (person.username, role, code or None) in held:
                continue
            partner = role == Role.FACILITATOR and person.kind == EXTERNAL
            grant_role(
                user=accounts[person.username],
                role=role,
                unit=units[code] if code else None,
                deputy=accounts.get(person.deputies[0]) if person.deputies else None,
                starts_on=clock.today() if partner else OPENED,
                ends_on=clock.today() + datetime.timedelta(days=PARTNER_DAYS) if partner else None,
            )
            granted += 1
    return granted


def _address(person: Person) -> str:
    """Built from the username too: two personas share a name."""
    plain = unicodedata.normalize("NFKD", f"{person.first_name}.{person.last_name}").encode("ascii", "ignore").decode()
    local = "-".join(plain.lower().replace("'", " ").split())
    taken = {"cle1", "cle3"}
    return f"{local}{'+' + person.username if person.username in taken else ''}@marvenne.example"
