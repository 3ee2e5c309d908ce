"""Loads the ideas of the demo city, by the verbs people use, at their dates; run twice, nothing changes."""

import uuid
from datetime import timedelta

from django.db import transaction

from src.directory.models import Unit
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.participation.enums import CONTRIBUTING, Circle, IdentityMode
from src.participation.models import Phase, Space
from src.participation.services import rebuild_counts
from src.workflow.services.starting import active_process

from ..demo_ideas import FROM_THE_PAGE
from ..demo_life import LIFE
from ..demo_more import MORE
from ..models import Idea, IdeaCase, IdeaComment, IdeaCounts, IdeaFollow, IdeaJournalEntry, IdeaSupport
from .demo_calls import load_calls
from .demo_crowd import load_colleagues
from .demo_life import load_life
from .demo_measures import load_measures
from .demo_moderation import load_moderation
from .demo_telling import Teller

NAMESPACE = uuid.UUID("6f1a2c7e-95a1-4a55-9b0b-2f6f6d1f0c11")
# What happened longer ago than this was told at the time: inboxes show the last days.
STILL_NEWS = timedelta(days=6)
QUIET = (
    "workflow.told",
    "ideas.submitted",
    "ideas.commented",
    "ideas.later",
    "ideas.assessors",
    "ideas.reported",
    "ideas.moderated",
)
STEERING = "RES"


def load_ideas() -> dict[str, int]:
    """Load what is missing of the demo city's ideas, after its directory; answers how many came in."""
    box = load_box()
    crowd = load_colleagues()
    units = {unit.code: unit for unit in Unit.objects.all()}
    loaded = 0
    for tale in (*FROM_THE_PAGE, *MORE, *LIFE):
        token = uuid.uuid5(NAMESPACE, tale.key)
        if Idea.objects.filter(submission_token=token).exists():
            continue
        with transaction.atomic():
            Teller(tale, token, box, units, crowd).tell()
        loaded += 1
    if loaded:
        rebuild_counts(
            IdeaCounts,
            support_model=IdeaSupport,
            follow_model=IdeaFollow,
            comment_model=IdeaComment,
            targets=list(Idea.objects.filter(space=box).values_list("pk", flat=True)),
        )
        load_moderation(crowd)
        load_life()
        load_measures(units)
    loaded += load_calls(units, crowd)
    if loaded:
        _keep_quiet_about_the_past()
    return {"ideas": loaded, "colleagues": len(crowd)}


def load_box() -> Space:
    """The permanent box, *Plus simple*, open since last year."""
    steering = Unit.objects.get(code=STEERING)
    box, created = Space.objects.get_or_create(
        slug="plus-simple",
        defaults={
            "name": "Plus simple",
            "summary": "La boîte permanente : une idée, une réponse.",
            "introduction": "Une idée pour mieux travailler ou mieux servir ? Un irritant du quotidien ? "
            "Écrivez-le en deux minutes. Vous aurez une réponse écrite avant 60 jours, même si c'est non.",
            "circle": Circle.AGENTS,
            "activities": ["ideas"],
            "identity_modes": [IdentityMode.NAMED, IdentityMode.PROTECTED],
            "process": active_process("permanent-box"),
            "steering_unit": steering,
        },
    )
    if created:
        Phase.objects.create(
            space=box,
            name="Boîte ouverte toute l'année",
            verbs=[str(verb) for verb in CONTRIBUTING],
            starts_at=clock.start_of_day(clock.today() - timedelta(days=365)),
        )
    return box


def _keep_quiet_about_the_past() -> None:
    """Mark as done the messages of what happened long ago: the index is still filled."""
    now = clock.now()
    old_ideas = set(Idea.objects.filter(created_at__lt=now - STILL_NEWS).values_list("reference", flat=True))
    waiting = OutboxEvent.objects.filter(topic__in=QUIET, done_at__isnull=True)
    old_steps = set(IdeaJournalEntry.objects.filter(at__lt=now - STILL_NEWS).values_list("pk", flat=True))
    old_comments = set(IdeaComment.objects.filter(created_at__lt=now - STILL_NEWS).values_list("reference", flat=True))
    old_cases = set(IdeaCase.objects.filter(decided_at__lt=now - STILL_NEWS).values_list("pk", flat=True))
    done = []
    for event in waiting:
        payload = event.payload or {}
        if (
            payload.get("entry") in old_steps
            or payload.get("case") in old_cases
            or (event.topic == "ideas.submitted" and payload.get("reference") in old_ideas)
            or (event.topic == "ideas.commented" and payload.get("reference") in old_comments)
        ):
            done.append(event.pk)
    OutboxEvent.objects.filter(pk__in=done).update(done_at=now)
