"""Ideas, boxes and the people around them for tests."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import factory
from django.utils import timezone

from ideas.enums import IdeaScale
from ideas.models import Idea, IdeaComment, IdeaCounts
from src.accountability import services as accountability
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.text import plain_to_html
from src.participation.enums import IdentityMode, RemovalReason, Visibility
from src.participation.services import authorship
from src.workflow.services import begin

from .directory import AgentFactory, DirectionFactory, UnitFactory, grant
from .participation import SpaceFactory
from .workflow import default_process

BODY = "En attendant le camion, il n'y a nulle part où s'asseoir au sec. Un banc couvert suffirait."
ANSWER = (
    "La Ville installe un banc couvert de six places près du portail avant la fin du mois prochain. "
    "Le service Bâtiments passe les mesures cette semaine et affiche la date des travaux au dépôt."
)
YES = {
    "outcome": "accepted",
    "text": ANSWER,
    "measure_owner": "Service Bâtiments",
    "first_milestone": "Prise des mesures",
}
NO = {
    "outcome": "declined",
    "reason": "technique",
    "text": ANSWER,
    "reopening_conditions": "Un nouvel abri au dépôt.",
}


def yes() -> dict:
    """A complete yes, its first step in a month."""
    return {**YES, "first_milestone_on": clock.today() + timedelta(days=30)}


class BoxFactory(SpaceFactory):
    """A permanent box of ideas on the shipped process, run by a cell of its own."""

    slug = factory.Sequence(lambda n: f"boite-{n}")
    name = factory.Sequence(lambda n: f"Boîte {n}")
    process = factory.LazyFunction(default_process)
    steering_unit = factory.SubFactory(UnitFactory, name="Cellule des idées")


class IdeaFactory(factory.django.DjangoModelFactory):
    """An idea at any stage, with its counters and what it owes; ``protected=True`` seals its author.

    ``stage`` names a stage of the shipped process; ``sent_days_ago`` dates it.
    """

    class Meta:
        model = Idea
        skip_postgeneration_save = True

    space = factory.SubFactory(BoxFactory)
    title = factory.Sequence(lambda n: f"Un banc à l'abri près du portail {n}")
    body = BODY
    stage = "open"
    author = None
    protected = False
    sent_days_ago = 0
    direction = None
    service = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        stage, author, sealed = kwargs.pop("stage"), kwargs.pop("author"), kwargs.pop("protected")
        # The same hour of the wall's clock: in the last hour of a winter's day, summer would make it the day after.
        moment = timezone.localtime(clock.now()) - timedelta(days=kwargs.pop("sent_days_ago"))
        author = author or AgentFactory()
        space, direction, service = kwargs["space"], kwargs["direction"], kwargs["service"]
        week = clock.week_of(moment)
        sent = clock.week_start_moment(week) if sealed else moment
        unit = kwargs.pop("unit", None) or service or direction or space.steering_unit
        # The scale is said at orientation.
        if stage not in ("submitted", "open", "needs_info_screening", "withdrawn", "removed", "dormant"):
            kwargs.setdefault("scale", IdeaScale.PROJECT)
        if stage == "removed":
            kwargs.setdefault("visibility", Visibility.REMOVED)
        if kwargs.get("visibility") == Visibility.REMOVED:
            kwargs.setdefault("removal_reason", RemovalReason.OFF_TOPIC)
        idea = Idea(
            **{**begin(space.process_id, stage_slug=stage, at=sent), **kwargs},
            unit=unit,
            identity_mode=IdentityMode.PROTECTED if sealed else IdentityMode.NAMED,
            author=None if sealed else author,
            signed_as="Nom protégé" if sealed else author.short_name,
            body_html=plain_to_html(kwargs["body"]),
            week=week,
            created_at=sent,
            handle=uuid.uuid4(),
        )
        idea.owed = accountability.owe(
            Idea.subject_kind,
            idea.reference,
            unit,
            started_on=timezone.localdate(moment),
            by_week=sealed,
        )
        idea.save(force_insert=True)
        if sealed:
            authorship.seal(idea.handle, author)
        IdeaCounts.objects.create(idea=idea)
        return idea


class IdeaCommentFactory(factory.django.DjangoModelFactory):
    """A signed comment; counters aren't touched."""

    class Meta:
        model = IdeaComment

    idea = factory.SubFactory(IdeaFactory)
    identity_mode = IdentityMode.NAMED
    author = factory.SubFactory(AgentFactory)
    signed_as = factory.LazyAttribute(lambda comment: comment.author.short_name if comment.author else "Nom protégé")
    body = "D'accord, si le cahier dit qui a pris quoi."
    body_html = factory.LazyAttribute(lambda comment: plain_to_html(comment.body))
    week = factory.LazyFunction(clock.week_of)
    created_at = factory.LazyFunction(clock.now)


@dataclass
class City:
    """A direction with its people, and a box they work on."""

    box: object
    direction: object
    service: object
    other: object
    author: object
    colleague: object
    moderator: object
    correspondent: object
    assessors: list
    delegate: object
    decider: object
    deputy: object
    other_correspondent: object


def make_city(**box) -> City:
    """Everybody the shipped process needs, none of them in the author's line of management."""
    direction, other = DirectionFactory(name="Propreté"), DirectionFactory(name="Rues")
    service = UnitFactory(parent=direction, name="Collecte")
    depot = UnitFactory(parent=service, name="Dépôt", kind="site")

    def person(role, unit, **values):
        agent = AgentFactory(unit=unit, **values)
        grant(agent, role, unit)
        return agent

    space = BoxFactory(**box)
    return City(
        box=space,
        direction=direction,
        service=service,
        other=other,
        author=AgentFactory(unit=depot, first_name="Nadia", last_name="Benali", job_title="conductrice"),
        colleague=AgentFactory(unit=depot, first_name="Paul", last_name="Kerbrat"),
        moderator=AgentFactory(unit=space.steering_unit, roles=[(Role.MODERATOR, None)], first_name="Inès"),
        correspondent=person(Role.IDEA_CORRESPONDENT, direction, first_name="Odile", last_name="Marchand"),
        assessors=[person(Role.INSTRUCTOR, direction) for _ in range(3)],
        delegate=person(Role.DELEGATE, direction),
        decider=person(
            Role.DECISION_MAKER, direction, first_name="Sophie", last_name="Lantier", job_title="cheffe du service"
        ),
        deputy=person(Role.DECISION_MAKER, direction),
        other_correspondent=person(Role.IDEA_CORRESPONDENT, other),
    )
