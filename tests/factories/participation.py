"""Spaces, phases, members and roles in a space for tests."""

import datetime
from datetime import timedelta

import factory

from src.foundations import clock
from src.participation.enums import CONTRIBUTING, Circle
from src.participation.models import Phase, Space, SpaceMember
from src.participation.services import grant_space_role

LONG_AGO = datetime.date(2020, 1, 1)
ALWAYS = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


class SpaceFactory(factory.django.DjangoModelFactory):
    """A permanent box open to agents, every verb open since 2020; ``open_verbs=()`` leaves it without a phase."""

    class Meta:
        model = Space
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"espace-{n}")
    name = factory.Sequence(lambda n: f"Espace {n}")
    circle = Circle.AGENTS
    activities = factory.LazyFunction(lambda: ["ideas"])
    open_verbs = tuple(str(verb) for verb in CONTRIBUTING)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        verbs = kwargs.pop("open_verbs")
        space = super()._create(model_class, *args, **kwargs)
        if verbs:
            PhaseFactory(space=space, verbs=list(verbs))
        return space


class PhaseFactory(factory.django.DjangoModelFactory):
    """A phase open since 2020, without an end; ``opens`` and ``closes`` are days from now."""

    class Meta:
        model = Phase

    space = factory.SubFactory(SpaceFactory, open_verbs=())
    name = "Boîte ouverte"
    verbs = factory.LazyFunction(lambda: [str(verb) for verb in CONTRIBUTING])
    starts_at = ALWAYS
    ends_at = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        opens, closes = kwargs.pop("opens", None), kwargs.pop("closes", None)
        if opens is not None:
            kwargs["starts_at"] = clock.now() + timedelta(days=opens)
        if closes is not None:
            kwargs["ends_at"] = clock.now() + timedelta(days=closes)
        return super()._create(model_class, *args, **kwargs)


def invite(user, space, since=LONG_AGO, until=None):
    """Invite somebody by name into a space of members."""
    return SpaceMember.objects.create(space=space, user=user, since=since, until=until)


def grant_in_space(user, role, space, deputy=None, ends_on=None):
    """Give a role in one space and return the grant."""
    return grant_space_role(user=user, role=role, space=space, deputy=deputy, starts_on=LONG_AGO, ends_on=ends_on)
