"""The ideas of the synthetic city, over two years and all stages."""

import datetime as dt
import random
import uuid
from dataclasses import dataclass

from django.db import transaction

from ideas.enums import IdeaScale
from ideas.models import Idea, IdeaCounts, IdeaJournalEntry
from src.accountability.models import AnnouncementBatch, Decision, ResponseOwed
from src.directory.enums import UnitKind
from src.directory.models import Unit
from src.foundations import clock
from src.foundations.references import ALPHABET
from src.foundations.text import plain_to_html
from src.participation.enums import Channel, Circle, IdentityMode, Signature
from src.participation.models import Phase, SealedAuthor, Space
from src.participation.services import authorship, keyring
from src.workflow import process_cache
from src.workflow.enums import DECIDED
from src.workflow.services.starting import active_process

from .sizes import in_batches

SUBJECTS = (
    "le planning,les vestiaires,le courrier,les outils,la cantine,le guichet,les clés,le chauffage,les tenues,"
    "les vélos de service,la salle de pause,les affiches,le matériel,les commandes,l'accueil,la cour,les camions"
).split(",")
VERBS = "partager,simplifier,prévenir,réparer,échanger,ranger,alléger,regrouper,afficher,prêter,vérifier".split(",")
PLACES = ("au dépôt,à la crèche,à l'école,aux serres,à la piscine,à la mairie de quartier,à l'atelier,au musée").split(
    ","
)
REASONS = (
    "on perd du temps chaque matin,personne ne sait qui prévenir,le public attend,le matériel s'abîme,"
    "les nouveaux collègues ne trouvent rien,la même feuille est remplie trois fois"
).split(",")
# How a year of ideas spreads over the stages of the default process.
STAGES = {
    "submitted": 2,
    "open": 30,
    "qualified": 8,
    "in_review": 14,
    "decision_pending": 3,
    "accepted": 12,
    "pilot": 4,
    "deferred": 7,
    "declined": 12,
    "already_done": 6,
    "withdrawn": 2,
}


def build_space(prefix: str, city: Unit) -> Space:
    """Make one permanent box, open to agents, on the default process."""
    now = clock.now()
    space = Space.objects.create(
        slug=f"boite-{prefix}",
        name="Boîte d'essai",
        circle=Circle.AGENTS,
        activities=["ideas"],
        process=active_process("permanent-box"),
        steering_unit=city,
        first_contribution_at=now,
    )
    Phase.objects.create(
        space=space,
        name="Toute l'année",
        verbs=["propose", "support", "comment"],
        starts_at=now - dt.timedelta(days=800),
    )
    return space


def reference(rng: random.Random, taken: set[str]) -> str:
    """A reference drawn from the seed, so that the same city comes back; never one of ``taken``, which it joins."""
    while (drawn := "".join(rng.choice(ALPHABET) for _ in range(6))) in taken:
        pass
    taken.add(drawn)
    return drawn


@dataclass
class Drawn:
    """One idea with what goes with it, not saved yet."""

    idea: Idea
    owed: ResponseOwed
    author_id: int
    decision: Decision | None = None


def build_ideas(sizes, rng, space, units, agents, progress) -> list[Idea]:
    """Make ideas over two years and all stages, one in five protected, each with its answer owed."""
    graph = process_cache.graph(space.process_id)
    stages = {kind: graph.stages_of_kind(kind)[0] for kind in STAGES if graph.stages_of_kind(kind)}
    directions = [unit for unit in units if unit.kind == UnitKind.DIRECTION]
    now = clock.now()
    batch = AnnouncementBatch.objects.create(created_at=now)
    taken = set(Idea.objects.values_list("reference", flat=True))
    ideas: list[Idea] = []
    for numbers in in_batches(range(sizes.ideas)):
        drawn = []
        for _number in numbers:
            ref = reference(rng, taken)
            drawn.append(draw_idea(rng, ref, space, stages, rng.choice(directions), rng.choice(agents), batch, now))
        save_drawn(drawn, graph.start)
        ideas += [one.idea for one in drawn]
        progress("ideas", len(ideas))
    # Announced once everything is in: nothing is added to an announced batch.
    AnnouncementBatch.objects.filter(pk=batch.pk).update(announced_at=now)
    if sizes.ideas:
        keyring.rebuild()
    return ideas


def draw_idea(rng, ref, space, stages, direction, author_id, batch, now) -> Drawn:
    """Draw one idea: when, how far it went, whether its author is sealed, and what was answered."""
    moment = now - dt.timedelta(minutes=rng.randrange(1, 60 * 24 * 730))
    kind = rng.choices(list(stages), [STAGES[kind] for kind in stages])[0]
    protected = rng.random() < 0.2
    week = clock.week_of(moment)
    created = clock.week_start_moment(week) if protected else moment
    started = created.date()
    answered = started + dt.timedelta(days=rng.randrange(5, 60)) if kind in DECIDED else None
    body = f"Aujourd'hui, {rng.choice(REASONS)}. Il suffirait de {rng.choice(VERBS)} {rng.choice(SUBJECTS)}."
    early = kind in ("submitted", "open")
    idea = Idea(
        reference=ref,
        handle=uuid.UUID(int=rng.getrandbits(128), version=4),
        space=space,
        title=f"{rng.choice(VERBS).capitalize()} {rng.choice(SUBJECTS)} {rng.choice(PLACES)}",
        body=body,
        body_html=plain_to_html(body),
        identity_mode=IdentityMode.PROTECTED if protected else IdentityMode.NAMED,
        signature=Signature.PERSON,
        author_id=None if protected else author_id,
        signed_as="Nom protégé" if protected else "Agente, agent",
        channel=Channel.WEB,
        week=week,
        created_at=created,
        process=stages[kind].process,
        stage=stages[kind],
        stage_kind=kind,
        stage_since=created,
        direction=None if early else direction,
        unit=space.steering_unit if early else direction,
        scale="" if early or kind == "withdrawn" else IdeaScale.PROJECT,
    )
    owed = ResponseOwed(
        subject_kind="idea",
        subject_reference=ref,
        unit=direction,
        started_on=started,
        by_week=protected,
        promised_on=started + dt.timedelta(days=60),
        answered_on=answered,
        cancelled_on=started + dt.timedelta(days=3) if kind == "withdrawn" else None,
    )
    drawn = Drawn(idea, owed, author_id)
    if answered:
        drawn.decision = draw_decision(rng, idea, direction, author_id, batch, answered)
    return drawn


def draw_decision(rng, idea, direction, decider_id, batch, answered) -> Decision:
    """Draw the announced answer of one idea, complete for its outcome."""
    no, yes = idea.stage_kind in ("declined", "deferred"), idea.stage_kind in ("accepted", "pilot")
    return Decision(
        subject_kind="idea",
        subject_reference=idea.reference,
        outcome=idea.stage_kind,
        reason=rng.choice(["budget", "regle", "technique"]) if no else "",
        text=f"Nous avons lu votre idée avec attention. {rng.choice(REASONS).capitalize()}, et cela compte pour nous. "
        "Le service en parle à sa prochaine réunion et vous dira ce qu'il en retient.",
        reopening_conditions="Un nouvel outil l'an prochain." if no else "",
        revisit_on=answered + dt.timedelta(days=200) if idea.stage_kind == "deferred" else None,
        measure_owner="Le service" if yes else "",
        first_milestone="Une première réunion" if yes else "",
        first_milestone_on=answered + dt.timedelta(days=30) if yes else None,
        unit=direction,
        decided_by_id=decider_id,
        signed_as="Claude Essai, direction d'essai",
        prepared_at=idea.created_at,
        applied_at=idea.created_at,
        batch=batch,
    )


@transaction.atomic
def save_drawn(drawn: list[Drawn], start) -> None:
    """Save a batch with a few statements, sealed links and first steps included."""
    ResponseOwed.objects.bulk_create([one.owed for one in drawn])
    Decision.objects.bulk_create([one.decision for one in drawn if one.decision])
    for one in drawn:
        one.idea.owed, one.idea.decision = one.owed, one.decision
    Idea.objects.bulk_create([one.idea for one in drawn])
    IdeaCounts.objects.bulk_create([IdeaCounts(idea=one.idea) for one in drawn])
    IdeaJournalEntry.objects.bulk_create(
        [
            IdeaJournalEntry(
                idea=one.idea,
                transition_slug="submit",
                to_kind="submitted",
                to_stage=start,
                at=one.idea.created_at,
                actor_id=one.idea.author_id,
                actor_role="author",
            )
            for one in drawn
        ]
    )
    sealed = [(one.idea.handle, one.author_id) for one in drawn if one.idea.author_id is None]
    SealedAuthor.objects.bulk_create(authorship.sealed_rows(sealed))
