"""What the engine reads of the city, slice by slice: posts, completions, absences, decisions; few statements each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone

from src.directory.enums import AccountKind
from src.directory.models import Affectation, Unit, User
from src.foundations import clock
from trainings.ledger.models import Completion
from trainings.models import TrackVersion

from .cycles import Anchor, Decided, Done, Person, Rule, Terms
from .deadlines import RenewalBase, Span, Validity
from .enums import AfterVersion
from .models import AbsenceSpan, AssignmentRule, CountedEarly, Exemption, Extension, Obligation, VersionDecision
from .predicates import Branch, Leaf, Post, read
from .versions import Change

# Agents read, decided and written together: what bounds the memory.
SLICE = 2000
NEVER: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Map:
    """Units by id: codes of each with all above it, and its direction's code; and who succeeded to whom."""

    codes: Mapping[int, frozenset[str]]
    directions: Mapping[int, str]
    heirs: Mapping[str, tuple[str, ...]]

    def with_heirs(self, tree: Branch | Leaf) -> Branch | Leaf:
        """The tree with, beside each closed unit it names, those that succeeded to it."""
        if isinstance(tree, Branch):
            return Branch(tree.kind, tuple(self.with_heirs(part) for part in tree.parts))
        if tree.field not in ("unit", "direction"):
            return tree
        named = tree.value if isinstance(tree.value, tuple) else (tree.value,)
        heirs = {heir for code in named for heir in self.heirs.get(str(code), ())}
        if heirs <= set(named):
            return tree
        return Leaf(tree.field, "in" if tree.op == "=" else tree.op, tuple(sorted({*named, *heirs})))


def map_of_units() -> Map:
    """The whole tree of units, in one statement."""
    rows = list(Unit.objects.values_list("pk", "code", "path", "direction_id", "successor_id"))
    code_of = {pk: code for pk, code, *_rest in rows}
    heir_of = {pk: successor for pk, _code, _path, _direction, successor in rows if successor}
    heirs = {}
    for pk in heir_of:
        chain, here = [], pk
        while (here := heir_of.get(here)) and code_of[here] not in chain:
            chain.append(code_of[here])
        heirs[code_of[pk]] = tuple(chain)
    return Map(
        {pk: frozenset(code_of[int(part)] for part in path.split("/") if part) for pk, _c, path, *_rest in rows},
        {pk: code_of.get(direction, "") for pk, _code, _path, direction, _successor in rows},
        heirs,
    )


def rule_of(row: AssignmentRule, units: Map) -> Rule:
    return Rule(
        key=row.pk,
        tree=units.with_heirs(read(row.predicate)),
        anchor=Anchor(row.anchor),
        offset_days=row.offset_days,
        min_notice_days=row.min_notice_days,
        active_from=row.active_from,
        fixed_on=row.fixed_on,
    )


def changes_of(rows: Iterable[VersionDecision], kind: str) -> list[Change]:
    """What was decided of one kind, the last version at the end."""
    found = (row for row in rows if row.kind == kind)
    return sorted(
        (Change(row.version_id, row.version.number, row.day, row.decided_on) for row in found),
        key=lambda change: change.number,
    )


def terms_of(
    obligation: Obligation,
    rules: Iterable[AssignmentRule],
    units: Map,
    published_on: date | None,
    decided: Iterable[VersionDecision] = (),
) -> Terms:
    """An obligation as the engine reads it. Prefetch ``equivalences``."""
    decisions = list(decided)
    return Terms(
        rules=tuple(rule_of(row, units) for row in rules),
        validity=Validity(
            obligation.validity_months,
            RenewalBase(obligation.renewal_base),
            obligation.window_days,
            obligation.fixed_on,
            obligation.min_active_days,
        ),
        tracks=frozenset({obligation.track_id, *(track.pk for track in obligation.equivalences.all())}),
        renewal_track=obligation.renewal_track_id,
        grace_days=obligation.grace_days,
        published_on=published_on,
        key=obligation.pk or 0,
        track=obligation.track_id,
        catch_up=next(reversed(changes_of(decisions, AfterVersion.CATCH_UP)), None),
        shortenings=tuple(changes_of(decisions, AfterVersion.SHORTEN)),
        is_working_day=clock.is_working_day if obligation.on_working_days else None,
    )


def terms_in_force(day: date, obligations: Iterable[Obligation], units: Map) -> dict[int, Terms]:
    """Obligation → terms. One that is ended asks nothing: its requirements close."""
    found = list(obligations)
    rules = defaultdict(list)
    for row in AssignmentRule.objects.in_force(day).filter(obligation__in=found).order_by("pk"):
        rules[row.obligation_id].append(row)
    published = first_days({one.track_id for one in found})
    decided = defaultdict(list)
    for row in VersionDecision.objects.filter(obligation__in=found, decided_on__lte=day).select_related("version"):
        decided[row.obligation_id].append(row)
    return {
        one.pk: terms_of(
            one,
            rules[one.pk] if one.ended_on is None or one.ended_on >= day else (),
            units,
            published.get(one.track_id),
            decided[one.pk],
        )
        for one in found
    }


def first_days(tracks: set[int]) -> dict[int, date]:
    """Track → the day its last version was published."""
    found = TrackVersion.objects.filter(track__in=tracks).order_by("track_id", "number")
    return {track: timezone.localdate(moment) for track, moment in found.values_list("track_id", "published_at")}


def slices(agent_ids: Iterable[int] | None = None) -> Iterable[list[int]]:
    """Numbers of agents in order, cut. People who left are agents still: what they owed closes."""
    found = User.objects.filter(kind=AccountKind.AGENT).order_by("pk").values_list("pk", flat=True)
    if agent_ids is not None:
        wanted = sorted(set(agent_ids))
        for start in range(0, len(wanted), SLICE):
            yield list(found.filter(pk__in=wanted[start : start + SLICE]))
        return
    after = -1
    while part := list(found.filter(pk__gt=after)[:SLICE]):
        yield part
        after = part[-1]


@dataclass
class Slice:
    """What is known of some agents."""

    agents: list[int]
    people: dict[int, Person] = field(default_factory=dict)
    # (agent, obligation) → decided.
    exempt: set[tuple[int, int]] = field(default_factory=set)
    extended: dict[int, tuple[date, date]] = field(default_factory=dict)

    def decided(self, agent: int, obligation: int, requirement: int | None) -> Decided:
        until, granted = self.extended.get(requirement or 0, (None, None))
        return Decided(until, granted, (agent, obligation) in self.exempt)


def within(agents: list[int], column: str = "agent_id") -> Q:
    """A condition on a column: these agents. A whole slice is a range, and no list of thousands."""
    if len(agents) < SLICE // 10:
        return Q(**{f"{column}__in": agents})
    return Q(**{f"{column}__gte": agents[0], f"{column}__lte": agents[-1]})


def read_slice(
    agents: list[int], day: date, terms: Mapping[int, Terms], units: Map, *, those_who_left: bool = False
) -> Slice:
    """Everything the engine needs of these agents: six statements. A day past is also about those who left since."""
    found = Slice(agents)
    posts = _posts(agents, units, those_who_left)
    done = defaultdict(list)
    tracks = {track for one in terms.values() for track in one.renewing_tracks}
    completions = Completion.objects.that_count().filter(within(agents), track__in=tracks)
    early = _early(agents, terms)
    columns = ("agent_id", "completed_on", "pk", "track_id", "version__number", "carries_id")
    for agent, completed_on, key, track, number, carries in completions.values_list(*columns):
        done[agent].append(Done(completed_on, key, track, early.get(key, NEVER), number or 0, carries))
    absences = defaultdict(list)
    for agent, starts_on, ends_on in AbsenceSpan.objects.filter(within(agents)).values_list(
        "agent_id", "starts_on", "ends_on"
    ):
        absences[agent].append(Span(starts_on, ends_on or date.max))
    running = Q(until__isnull=True) | Q(until__gte=day)
    exempted = Exemption.objects.filter(running, within(agents), decided_on__lte=day, obligation__in=terms)
    found.exempt = set(exempted.values_list("agent_id", "obligation_id"))
    for requirement, until, granted in (
        Extension.objects.filter(within(agents, "requirement__agent_id"), requirement__is_current=True)
        .order_by("pk")
        .values_list("requirement_id", "until", "granted_on")
    ):
        found.extended[requirement] = (until, granted)
    found.people = {
        agent: Person(posts.get(agent, ()), sorted(done.get(agent, ())), absences.get(agent, ())) for agent in agents
    }
    return found


def _early(agents: list[int], terms: Mapping[int, Terms]) -> dict[int, frozenset[int]]:
    """Completion → obligations for which it counts before its window."""
    found = defaultdict(set)
    rows = CountedEarly.objects.filter(within(agents, "completion__agent_id"), obligation__in=terms)
    for completion, obligation in rows.values_list("completion_id", "obligation_id"):
        found[completion].add(obligation)
    return {completion: frozenset(obligations) for completion, obligations in found.items()}


def _posts(agents: list[int], units: Map, those_who_left: bool = False) -> dict[int, list[Post]]:
    """Dated posts of people whose account is open. The first one says when somebody came to the city."""
    posts: dict[int, list[Post]] = defaultdict(list)
    found = Affectation.objects.filter(within(agents, "user_id"))
    rows = (
        (found if those_who_left else found.filter(user__is_active=True))
        .order_by("user_id", "starts_on", "pk")
        .values_list(
            "user_id", "starts_on", "ends_on", "unit_id", "job_family__code", "in_contact_with_public", "is_manager"
        )
    )
    for agent, starts_on, ends_on, unit, family, contact, manager in rows:
        mine = posts[agent]
        mine.append(
            Post(
                starts_on=starts_on,
                ends_on=ends_on,
                units=units.codes[unit],
                direction=units.directions[unit],
                job_family=family or "",
                contact_public=contact,
                is_manager=manager,
                hired_on=mine[0].starts_on if mine else starts_on,
            )
        )
    return posts
