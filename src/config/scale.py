"""A synthetic city of any size, built in bulk and reproducibly from a seed: what the benchmarks run on.

Only ``bulk_create`` and set-based SQL: no loop calls a service per agent or per idea. Names and texts are drawn from
short invented lists; nothing comes from a real city.
"""

import datetime as dt
import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from ideas.enums import IdeaScale
from ideas.models import Idea, IdeaComment, IdeaCounts, IdeaJournalEntry, IdeaSupport
from src.accountability.models import AnnouncementBatch, Decision, ResponseOwed
from src.directory.enums import AccountKind, UnitKind
from src.directory.models import Affectation, Unit, User
from src.directory.services import create_accounts
from src.foundations import clock
from src.foundations.references import ALPHABET
from src.foundations.text import plain_to_html
from src.participation.enums import Channel, Circle, IdentityMode, Signature
from src.participation.models import Phase, SealedAuthor, Space
from src.participation.services import authorship, keyring
from src.workflow import process_cache
from src.workflow.enums import DECIDED
from src.workflow.services.starting import active_process

BATCH = 2000
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
FIRST = (
    "Alix,Awa,Bruno,Camille,Chloé,Diane,Driss,Élie,Fanny,Gaël,Hawa,Inès,Jules,Karim,Léa,Malo,Nour,Océane,Paul"
).split(",")
LAST = ("Abel,Barre,Cissé,Diop,Ferrand,Garnier,Hamdi,Jolivet,Kaya,Lemoine,Moreau,Nguyen,Oury,Perrin,Roche,Sarr").split(
    ","
)
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


@dataclass(frozen=True)
class Sizes:
    """How much of each; units are counts of rows."""

    agents: int = 53_000
    ideas: int = 10_000
    supports: int = 200_000
    comments: int = 50_000
    directions: int = 25


def in_batches(rows: Iterable, size: int = BATCH) -> Iterator[list]:
    """Cut an iterable into lists of ``size``."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk


def build(sizes: Sizes, *, seed: int, progress: Callable[[str, int], None]) -> dict[str, int]:
    """Add a synthetic city beside what is there and return what was created, by name.

    The same seed and sizes give the same rows on an empty database. ``progress(label, done)`` is told as it goes.
    """
    rng = random.Random(seed)
    prefix = f"s{seed}"
    units = build_units(sizes, rng, prefix)
    progress("units", len(units))
    agents = build_agents(sizes, rng, prefix, units, progress)
    space = build_space(prefix, units[0])
    ideas = build_ideas(sizes, rng, space, units, agents, progress)
    supports = build_supports(sizes, rng, ideas, agents, progress)
    comments = build_comments(sizes, rng, ideas, agents, progress)
    write_counts(ideas, supports, comments)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {
        "units": len(units),
        "agents": len(agents),
        "ideas": len(ideas),
        "supports": sum(supports.values()),
        "comments": sum(comments.values()),
    }


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


def build_supports(sizes, rng, ideas, agents, progress) -> Counter:
    """Give supports, a few ideas drawing most of them; one row per person and idea. Returns totals by idea id."""
    totals: Counter = Counter()
    seen: set[tuple[int, int]] = set()
    target = min(sizes.supports, len(ideas) * len(agents) // 2)

    def rows():
        while len(seen) < target:
            # Half of the supports go to the few ideas everybody talks about.
            busy = int(rng.paretovariate(1.1) * 20) - 20
            idea = ideas[busy % len(ideas)] if rng.random() < 0.5 else rng.choice(ideas)
            pair = (idea.pk, rng.choice(agents))
            if pair not in seen:
                seen.add(pair)
                totals[idea.pk] += 1
                yield IdeaSupport(idea_id=pair[0], user_id=pair[1])

    for chunk in in_batches(rows(), BATCH * 5):
        IdeaSupport.objects.bulk_create(chunk, batch_size=BATCH * 5)
        progress("supports", len(seen))
    return totals


def build_comments(sizes, rng, ideas, agents, progress) -> Counter:
    """Write comments, one in four a reply to an earlier one. Returns totals by idea id."""
    totals: Counter = Counter()
    first: dict[int, int] = {}
    taken = set(IdeaComment.objects.values_list("reference", flat=True))
    now, done = clock.now(), 0
    for numbers in in_batches(range(sizes.comments if ideas else 0)):
        rows = []
        for _number in numbers:
            idea = rng.choice(ideas)
            moment = min(now, idea.created_at + dt.timedelta(minutes=rng.randrange(30, 60 * 24 * 40)))
            body = f"D'accord : {rng.choice(REASONS)}."
            rows.append(
                IdeaComment(
                    idea=idea,
                    reference=reference(rng, taken),
                    identity_mode=IdentityMode.NAMED,
                    author_id=rng.choice(agents),
                    signed_as="Agente, agent",
                    handle=uuid.UUID(int=rng.getrandbits(128), version=4),
                    body=body,
                    body_html=plain_to_html(body),
                    week=clock.week_of(moment),
                    created_at=moment,
                    parent_id=first.get(idea.pk) if rng.random() < 0.25 else None,
                )
            )
        created = IdeaComment.objects.bulk_create(rows)
        for row in created:
            totals[row.idea_id] += 1
            if row.parent_id is None:
                first.setdefault(row.idea_id, row.pk)
        done += len(created)
        progress("comments", done)
    return totals


@transaction.atomic
def write_counts(ideas, supports: Counter, comments: Counter) -> None:
    """Write the counters once, from what was created."""
    for chunk in in_batches(ideas):
        counts = [IdeaCounts(idea=idea, supports=supports[idea.pk], comments=comments[idea.pk]) for idea in chunk]
        IdeaCounts.objects.bulk_update(counts, ["supports", "comments"])
