"""Directions, units, agents and roles for tests."""

import datetime

import factory

from src.directory.enums import AccountKind, UnitKind
from src.directory.models import Unit, User
from src.directory.services import create_account, declare_absence, grant_role, open_unit, post_agent

LONG_AGO = datetime.date(2020, 1, 1)


class UnitFactory(factory.django.DjangoModelFactory):
    """A unit opened by the service; a service of a new direction unless told otherwise."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"U{n:05d}")
    name = factory.Sequence(lambda n: f"Service {n}")
    kind = UnitKind.SERVICE
    valid_from = LONG_AGO

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if kwargs.get("parent") is None and kwargs["kind"] not in (UnitKind.CITY, UnitKind.DIRECTION):
            kwargs["parent"] = DirectionFactory()
        return open_unit(**kwargs)


class DirectionFactory(UnitFactory):
    """A direction, without a parent unless given."""

    code = factory.Sequence(lambda n: f"D{n:05d}")
    name = factory.Sequence(lambda n: f"Direction {n}")
    kind = UnitKind.DIRECTION


class SiteFactory(UnitFactory):
    """A site of a service."""

    name = factory.Sequence(lambda n: f"Site {n}")
    kind = UnitKind.SITE


class AgentFactory(factory.django.DjangoModelFactory):
    """An agent with an account; posted when ``unit`` is given (pass ``unit=None`` for somebody without a post).

    ``roles=[("moderator", None), ("instructor", unit)]`` gives roles too.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"agent-{n}")
    first_name = factory.Sequence(lambda n: f"Prénom{n}")
    last_name = factory.Sequence(lambda n: f"Nom{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@marvenne.example")
    kind = AccountKind.AGENT
    unit = None
    job_title = ""
    is_manager = False
    in_contact_with_public = False
    password = None
    roles = ()

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        unit, roles = kwargs.pop("unit"), kwargs.pop("roles")
        post = {name: kwargs.pop(name) for name in ("job_title", "is_manager", "in_contact_with_public")}
        user = create_account(**kwargs)
        if unit is not None:
            post_agent(user, unit, starts_on=LONG_AGO, **post)
        for role, place in roles:
            grant(user, role, place)
        return user


class ExternalFactory(AgentFactory):
    """An external participant: an account without an affectation."""

    username = factory.Sequence(lambda n: f"externe{n}")
    kind = AccountKind.EXTERNAL


def grant(user, role, unit=None, deputy=None):
    """Give a role for a unit (None: the whole city) and return the grant."""
    return grant_role(user=user, role=role, unit=unit, deputy=deputy, starts_on=LONG_AGO)


def away(user, starts_on, ends_on):
    """Write an absence between two days."""
    return declare_absence(user, starts_on=starts_on, ends_on=ends_on)
