"""Loads the ideas of the demo city, by the verbs people use, at their dates; run twice, nothing changes."""

import uuid
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from src.directory.models import Unit, User
from src.foundations import clock, documents
from src.foundations.models import OutboxEvent
from src.participation.enums import CONTRIBUTING, Circle, IdentityMode
from src.participation.models import Phase, Space
from src.participation.services import rebuild_counts, site_codes
from src.workflow.services.starting import active_process

from ..demo_ideas import COOKS, FROM_THE_PAGE
from ..demo_life import LIFE
from ..demo_more import MORE
from ..models import (
    GroupKind,
    Idea,
    IdeaCase,
    IdeaComment,
    IdeaCounts,
    IdeaFollow,
    IdeaJournalEntry,
    IdeaSupport,
    ReopeningRound,
)
from .coauthoring import answer_invitation, invite_co_author
from .crediting import set_credit
from .demo_calls import load_calls
from .demo_cohorts import load_cohorts
from .demo_crowd import load_colleagues
from .demo_here import load_here
from .demo_life import load_life
from .demo_measures import load_measures
from .demo_moderation import load_moderation
from .demo_telling import Teller
from .grouping import submit_group_idea
from .screening import screen

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
    "ideas.reopening",
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
    loaded += load_here(box)
    loaded += load_calls(units, crowd)
    _print_codes(box, units["PRO-TAN"])
    _sign_together()
    loaded += _text_of_a_group(box)
    loaded += load_cohorts(units, crowd)
    if loaded:
        set_credit(idea=_told("carnet"), actor=User.objects.get(username="agent"), wanted=True)
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
            "identity_modes": [IdentityMode.NAMED, IdentityMode.PROTECTED, IdentityMode.ANONYMOUS],
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


def _print_codes(box, depot) -> None:
    """The code of the depot of the Tanneurs, this week and the next."""
    malika = User.objects.get(username="facilitation")
    for week in (clock.week_of(), clock.week_of() + timedelta(days=7)):
        site_codes.printed_code(actor=malika, unit=depot, space=box, week=week)


def _sign_together() -> None:
    """*Une armoire…* has two authors, and asks a third; who asks a colleague for *Des balais…*."""
    names = ("bruno", "fatou", "agent", "agent2")
    bruno, fatou, nadia, paul = (User.objects.get(username=name) for name in names)
    armoire = _told("armoire")
    if armoire.invitations.exists():
        return
    for person in (fatou, nadia):
        invite_co_author(idea=armoire, actor=bruno, last_name=person.last_name, identifier=person.username)
    answer_invitation(idea=armoire, actor=fatou, agrees=True)
    invite_co_author(idea=_told("balais"), actor=nadia, last_name=paul.last_name, identifier=paul.username)


def _told(key: str) -> Idea:
    token = uuid.uuid5(NAMESPACE, key)
    return Idea.objects.select_related("space", "unit", "transfer_to").get(submission_token=token)


def _text_of_a_group(box) -> int:
    """The cooks of the schools sign together, and leave their twelve requests; answers whether it came in."""
    token = uuid.uuid5(NAMESPACE, "cuisines")
    if Idea.objects.filter(submission_token=token).exists():
        return 0
    document = None
    if not documents.pdf_available():
        document = SimpleUploadedFile("demandes.pdf", documents.pdf(COOKS["document"]), "application/pdf")
    receipt = submit_group_idea(
        actor=User.objects.get(username="vieuxfour"),
        space=box,
        kind=GroupKind.COLLECTIVE,
        name=COOKS["name"],
        title=COOKS["title"],
        body=COOKS["body"],
        document=document,
        document_title=COOKS["document_title"] if document else "",
        submission_token=token,
    )
    screen(idea=receipt.idea, actor=User.objects.get(username="moderation"))
    return 1


def _keep_quiet_about_the_past() -> None:
    """Mark as done the messages of what happened long ago: the index is still filled."""
    now = clock.now()
    old_ideas = set(Idea.objects.filter(created_at__lt=now - STILL_NEWS).values_list("reference", flat=True))
    waiting = OutboxEvent.objects.filter(topic__in=QUIET, done_at__isnull=True)
    old_steps = set(IdeaJournalEntry.objects.filter(at__lt=now - STILL_NEWS).values_list("pk", flat=True))
    old_comments = set(IdeaComment.objects.filter(created_at__lt=now - STILL_NEWS).values_list("reference", flat=True))
    old_cases = set(IdeaCase.objects.filter(decided_at__lt=now - STILL_NEWS).values_list("pk", flat=True))
    old_rounds = set(ReopeningRound.objects.exclude(state="open").values_list("pk", flat=True))
    done = []
    for event in waiting:
        payload = event.payload or {}
        if (
            payload.get("entry") in old_steps
            or payload.get("case") in old_cases
            or payload.get("round") in old_rounds
            or (event.topic == "ideas.submitted" and payload.get("reference") in old_ideas)
            or (event.topic == "ideas.commented" and payload.get("reference") in old_comments)
        ):
            done.append(event.pk)
    OutboxEvent.objects.filter(pk__in=done).update(done_at=now)
