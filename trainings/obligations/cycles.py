"""One person and one obligation: which cycle they are in on a day, when it is due, and why. Pure: dates and values.

The same facts and the same day give the same cycles, in whatever order the facts come. What was told before is a fact
too: a day that was told never comes sooner than its notice, and nothing is ever put back to the beginning.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from .deadlines import Claim, RenewalBase, Span, Standing, State, Validity, deadline, due_of, extended, state_of
from .predicates import Branch, Leaf, Post, entered_on, reasons, write
from .versions import Change, ends_by, is_older

# More cycles than a career holds: what stops a loop, were there one.
CYCLES_MAX = 60


class Anchor(StrEnum):
    """From what a rule counts its days."""

    RULE_ENTRY = "rule_entry"
    HIRE_DATE = "hire_date"
    JOB_START = "job_start"
    VERSION_PUBLISHED = "version_published"
    FIXED_DATE = "fixed_date"


@dataclass(frozen=True)
class Rule:
    """One version of a rule, as it stands on the day."""

    key: int
    tree: Branch | Leaf
    anchor: Anchor
    offset_days: int
    min_notice_days: int
    active_from: date
    fixed_on: date | None = None


@dataclass(frozen=True)
class Terms:
    """What an obligation asks: of whom, how long it holds, which trainings count."""

    rules: tuple[Rule, ...]
    validity: Validity
    tracks: frozenset[int]
    renewal_track: int | None = None
    grace_days: int = 0
    published_on: date | None = None
    # The obligation's own number, by which what was decided about a completion names it.
    key: int = 0
    # What was decided after new versions of the obligation's own training.
    track: int | None = None
    catch_up: Change | None = None
    shortenings: tuple[Change, ...] = ()
    is_working_day: Callable[[date], bool] | None = None

    @property
    def renewing_tracks(self) -> frozenset[int]:
        return self.tracks if self.renewal_track is None else self.tracks | {self.renewal_track}


@dataclass(frozen=True, order=True)
class Done:
    """A completion that counts. ``early``: obligations for which it was decided that it counts before its window.

    ``number``: the version followed, 0 when it isn't known. ``carries``: the completion whose modules it goes on from;
    such a one prolongs nothing, it is counted from the day of the one it carries.
    """

    completed_on: date
    key: int
    track: int = field(compare=False)
    early: frozenset[int] = field(default=frozenset(), compare=False)
    number: int = field(default=0, compare=False)
    carries: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Person:
    """What is known of somebody: dated posts, completions, absences. Without a post that runs, nobody is concerned."""

    posts: Sequence[Post] = ()
    done: Sequence[Done] = ()
    absences: Sequence[Span] = ()

    def at(self, day: date) -> Post | None:
        running = [post for post in self.posts if post.holds(day)]
        if len(running) < 2:
            return running[0] if running else None
        return max(running, key=_place)

    def is_away(self, day: date) -> bool:
        return any(span.holds(day) for span in self.absences)


def _place(post: Post) -> tuple:
    """A whole order of posts: of two that begin the same day, the same one is found however they come."""
    return (
        post.starts_on, post.ends_on or date.max, sorted(post.units), post.direction, post.job_family,
        post.contact_public, post.is_manager,
    )  # fmt: skip


@dataclass(frozen=True)
class Decided:
    """What people decided about one requirement: a later day, an exemption."""

    extended_to: date | None = None
    extended_on: date | None = None
    exempt: bool = False


@dataclass(frozen=True)
class Cycle:
    """One cycle. ``told_on``: the last day its duty was told, from which notice runs.

    ``catches_up``: the version whose changes alone are asked, while what was done before still holds.
    """

    number: int
    assigned_on: date
    told_on: date
    due_on: date
    rule: int | None = None
    expires_on: date | None = None
    renews: int | None = None
    left_on: date | None = None
    satisfied_by: int | None = None
    satisfied_on: date | None = None
    valid_until: date | None = None
    renews_from: date | None = None
    lacks_anchor: bool = False
    catches_up: int | None = None
    state: State = State.TO_DO
    explanation: dict = field(default_factory=dict, hash=False)

    @property
    def is_open(self) -> bool:
        return self.satisfied_by is None


def advance(terms: Terms, person: Person, last: Cycle | None, day: date, decided: Decided = Decided()) -> list[Cycle]:
    """The last cycle as it stands on the day, then those opened since; empty when nobody was ever asked anything."""
    found = _concerning(terms, person, day)
    if not found:
        if last is None:
            return []
        gone = last if last.left_on is not None else replace(last, left_on=day)
        return [replace(gone, state=State.NOT_APPLICABLE)]
    if last is None:
        cycles = [_satisfied(terms, person, _opened(terms, person, found, day, number=1), day)]
    else:
        cycles = [_again(terms, person, last, found, day, decided)]
    while len(cycles) < CYCLES_MAX:
        following = _following(terms, person, cycles[-1], found, day)
        if following is None:
            break
        cycles.append(following)
    return [_stated(terms, person, cycle, day, decided) for cycle in cycles]


def state_at(terms: Terms, person: Person, cycle: Cycle, day: date, decided: Decided = Decided()) -> State:
    """How a cycle stood on a day, by the facts as they are known now: who was concerned is read from the posts."""
    if cycle.satisfied_on is not None and cycle.satisfied_on > day:
        cycle = replace(cycle, satisfied_by=None, satisfied_on=None, valid_until=None, renews_from=None)
    left = None if _concerning(terms, person, day) else day
    return _stated(terms, person, replace(cycle, left_on=left), day, decided).state


def was_concerned(terms: Terms, person: Person, day: date) -> bool:
    """Whether the rules in force concerned somebody on a day, by their posts."""
    return bool(_concerning(terms, person, day))


# ---- who is concerned, and by what


@dataclass(frozen=True)
class _Found:
    rule: Rule
    since: date
    anchor_on: date
    missing: bool
    because: tuple[Leaf, ...]

    def claim(self, expires_on: date | None) -> Claim:
        if expires_on is not None:
            return Claim(expires_on, 0, self.rule.min_notice_days)
        return Claim(self.anchor_on, self.rule.offset_days, self.rule.min_notice_days)

    def claim_of(self, terms: Terms, cycle: Cycle) -> Claim:
        """What the rule asks of a cycle: to catch up, the day that was decided."""
        if cycle.catches_up is None:
            return self.claim(cycle.expires_on)
        asked = terms.catch_up
        day = asked.day if asked is not None and asked.version == cycle.catches_up else cycle.due_on
        return self.claim(day)


def _concerning(terms: Terms, person: Person, day: date) -> list[_Found]:
    post = person.at(day)
    if post is None:
        return []
    found = []
    for rule in sorted(terms.rules, key=lambda rule: rule.key):
        since = entered_on(rule.tree, person.posts, day)
        if since is not None:
            since = max(since, rule.active_from)
            anchor = anchor_day(rule, terms, person, post, since)
            because = tuple(reasons(rule.tree, post))
            found.append(_Found(rule, since, anchor or since, anchor is None, because))
    return found


def anchor_day(rule: Rule, terms: Terms, person: Person, post: Post, since: date) -> date | None:
    """The day a rule counts from; None when the fact isn't known: then it counts from the entry into the rule."""
    if rule.anchor == Anchor.HIRE_DATE:
        return post.hired_on
    if rule.anchor == Anchor.JOB_START:
        return job_start(person, post)
    if rule.anchor == Anchor.VERSION_PUBLISHED:
        return terms.published_on
    if rule.anchor == Anchor.FIXED_DATE:
        return rule.fixed_on
    return since


def job_start(person: Person, post: Post) -> date | None:
    """Since when somebody has had this job without a break; None when the file doesn't say the job."""
    if not post.job_family:
        return None
    job = Leaf("job_family", "=", post.job_family)
    return entered_on(job, person.posts, post.starts_on)


# ---- cycles


def _opened(terms, person, found, day, *, number, expires_on=None, renews=None) -> Cycle:
    # A rule that begins later is told ahead: its notice runs from its own first day.
    told = max(day, min(one.rule.active_from for one in found))
    cycle = Cycle(number, told, told, told, expires_on=expires_on, renews=renews)
    return _dated(terms, person, cycle, found, Decided())


def _dated(terms: Terms, person: Person, cycle: Cycle, found: list[_Found], decided: Decided) -> Cycle:
    """The cycle with the day its rules ask for, and why."""
    claims = [one.claim_of(terms, cycle) for one in found]
    made = deadline(claims, cycle.told_on, absences=person.absences, is_working_day=terms.is_working_day)
    due = extended(made.due_on, decided.extended_to, decided.extended_on)
    explanation = {
        "rules": [_told(one, due_of(claim, cycle.told_on)) for one, claim in zip(found, claims, strict=True)],
        "winner": made.winner,
        "absence_days": made.absence_days,
        "extended_to": due.isoformat() if due != made.due_on else None,
        "expires_on": cycle.expires_on.isoformat() if cycle.expires_on and cycle.catches_up is None else None,
    }
    if cycle.catches_up is not None:
        explanation["catches_up"] = cycle.catches_up
    return replace(
        cycle,
        due_on=due,
        rule=found[made.winner].rule.key,
        lacks_anchor=cycle.renews is None and any(one.missing for one in found),
        explanation=explanation,
    )


def _told(one: _Found, due_on: date) -> dict:
    return {
        "rule": one.rule.key,
        "anchor": str(one.rule.anchor),
        "anchor_on": one.anchor_on.isoformat(),
        "missing": one.missing,
        "since": one.since.isoformat(),
        "offset_days": one.rule.offset_days,
        "notice_days": one.rule.min_notice_days,
        "due_on": due_on.isoformat(),
        "because": [write(leaf) for leaf in one.because],
    }


def _checked(person: Person, cycle: Cycle) -> Cycle:
    """Without what rested on a completion that no longer counts."""
    known = {one.key for one in person.done}
    if cycle.renews is not None and cycle.renews not in known:
        cycle = replace(cycle, renews=None, expires_on=None, catches_up=None)
    if cycle.satisfied_by is not None and cycle.satisfied_by not in known:
        cycle = replace(cycle, satisfied_by=None, satisfied_on=None, valid_until=None, renews_from=None)
    return cycle


def _again(terms: Terms, person: Person, cycle: Cycle, found: list[_Found], day: date, decided: Decided) -> Cycle:
    """An open cycle, dated again and satisfied if it is.

    Back in the audience, after an exemption, or once a completion no longer counts, it is the same cycle, told anew.
    """
    checked = _checked(person, cycle)
    fallen = checked.renews != cycle.renews or checked.is_open != cycle.is_open
    back = fallen or cycle.left_on is not None or (cycle.state == State.EXEMPT and not decided.exempt)
    cycle = replace(checked, left_on=None)
    if not cycle.is_open:
        return _shortened(terms, person, cycle)
    asked_otherwise = _renewing(terms, person, cycle, day)
    back = back or asked_otherwise.catches_up != cycle.catches_up
    cycle = asked_otherwise
    if back:
        cycle = replace(cycle, told_on=max(day, cycle.told_on))
    made = _dated(terms, person, cycle, found, decided)
    if made.due_on < cycle.due_on and not back:
        # The rules, or the facts, ask for an earlier day than the one that was told: with their notice, or not at all.
        sooner = _dated(terms, person, replace(cycle, told_on=max(day, cycle.told_on)), found, decided)
        made = sooner if sooner.due_on < cycle.due_on else replace(made, due_on=cycle.due_on)
    return _satisfied(terms, person, made, day)


def _renewing(terms: Terms, person: Person, cycle: Cycle, day: date) -> Cycle:
    """An open cycle after what was decided since: another end of what it renews, another version to catch up with.

    Once the whole training may be renewed, catching up with it is over: the same cycle asks for the renewal.
    """
    if cycle.renews is None:
        return cycle
    renewed = next(one for one in person.done if one.key == cycle.renews)
    cycle = replace(cycle, expires_on=ends_by(terms.shortenings, _version(terms, renewed), cycle.expires_on))
    if cycle.catches_up is None:
        return cycle
    if cycle.expires_on is not None and day >= terms.validity.window_opens_on(cycle.expires_on):
        return replace(cycle, catches_up=None)
    return replace(cycle, catches_up=terms.catch_up.version) if terms.catch_up is not None else cycle


def _shortened(terms: Terms, person: Person, cycle: Cycle) -> Cycle:
    """An answered cycle, which holds less long when that was decided of the version that answers it."""
    held = next(one for one in person.done if one.key == cycle.satisfied_by)
    until = ends_by(terms.shortenings, _version(terms, held), cycle.valid_until)
    if until is None or until == cycle.valid_until:
        return cycle
    return replace(cycle, valid_until=until, renews_from=terms.validity.window_opens_on(until))


def _version(terms: Terms, one: Done) -> int:
    """The version of the obligation's own training that a completion is of; 0 when it isn't known."""
    return one.number if one.track == terms.track else 0


def _satisfied(terms: Terms, person: Person, cycle: Cycle, day: date) -> Cycle:
    """The cycle with the completion that answers it, if there is one."""
    for one in _candidates(terms, person, cycle, day):
        counts, until = _worth(terms, person, cycle, one)
        if not counts:
            continue
        return replace(
            cycle,
            satisfied_by=one.key,
            satisfied_on=one.completed_on,
            valid_until=until,
            renews_from=terms.validity.window_opens_on(until) if until is not None else None,
        )
    return cycle


def _worth(terms: Terms, person: Person, cycle: Cycle, one: Done) -> tuple[bool, date | None]:
    """Whether a completion answers a cycle, and until when it holds then."""
    carried = next((other for other in person.done if other.key == one.carries), None)
    began = one if carried is None else carried
    worth = terms.validity.after(began.completed_on, cycle.expires_on, counted_early=terms.key in one.early)
    if cycle.catches_up is not None:
        # What holds goes on holding; the whole training, done again, may prolong it.
        counts = True
        until = worth.expires_on if carried is None and worth.counts else cycle.expires_on
    else:
        counts, until = worth.counts, worth.expires_on
    until = ends_by(terms.shortenings, _version(terms, one), until)
    if until is not None and (until < cycle.assigned_on or until < one.completed_on):
        return False, until
    return counts, until


def _candidates(terms: Terms, person: Person, cycle: Cycle, day: date) -> Iterable[Done]:
    """What may answer a cycle, the best first: in the first one, the last thing done before it was asked."""
    if cycle.catches_up is not None:
        return sorted(_up_to_date(terms, person, day))
    tracks = terms.tracks if cycle.renews is None else terms.renewing_tracks
    done = sorted(one for one in person.done if one.track in tracks and one.completed_on <= day)
    if cycle.renews is not None:
        done = [one for one in done if one.carries is None]
        before = next(one for one in person.done if one.key == cycle.renews)
        return [one for one in done if one > before]
    earlier = [one for one in done if one.completed_on <= cycle.assigned_on]
    return [*reversed(earlier), *done[len(earlier) :]]


def _following(terms: Terms, person: Person, cycle: Cycle, found: list[_Found], day: date) -> Cycle | None:
    """The next cycle: its window is open, or it was answered ahead by a completion that counts; or there is a new
    version to catch up with.
    """
    if cycle.is_open:
        return None
    return _renewal(terms, person, cycle, found, day) or _catching_up(terms, person, cycle, found, day)


def _catching_up(terms: Terms, person: Person, cycle: Cycle, found: list[_Found], day: date) -> Cycle | None:
    """What changed in a new version, asked of who holds an older one; not of who renews the whole by that day."""
    asked = terms.catch_up
    if asked is None or day < asked.since:
        return None
    held = next(one for one in person.done if one.key == cycle.satisfied_by)
    renews_first = cycle.renews_from is not None and cycle.renews_from <= max(asked.day, day)
    if renews_first or not is_older(asked, _version(terms, held)) or any(_up_to_date(terms, person, day)):
        return None
    told = max(day, min(one.rule.active_from for one in found))
    made = Cycle(
        cycle.number + 1, told, told, told, expires_on=cycle.valid_until, renews=held.key, catches_up=asked.version
    )
    return _dated(terms, person, made, found, Decided())


def _up_to_date(terms: Terms, person: Person, day: date) -> Iterable[Done]:
    """What was done in the version to catch up with, or in a later one."""
    asked = terms.catch_up
    done = (one for one in person.done if one.completed_on <= day)
    return (one for one in done if asked is not None and _version(terms, one) >= asked.number)


def _renewal(terms: Terms, person: Person, cycle: Cycle, found: list[_Found], day: date) -> Cycle | None:
    if cycle.valid_until is None or cycle.renews_from is None:
        return None
    if day < cycle.renews_from and not _done_since(terms, person, cycle):
        return None
    opened = _opened(
        terms, person, found, day, number=cycle.number + 1, expires_on=cycle.valid_until, renews=cycle.satisfied_by
    )
    answered = _satisfied(terms, person, opened, day)
    return answered if day >= cycle.renews_from or not answered.is_open else None


def _done_since(terms: Terms, person: Person, cycle: Cycle) -> bool:
    """Whether something that may renew ahead was done after what answered a cycle."""
    counts_ahead = terms.validity.base != RenewalBase.PREVIOUS_EXPIRY
    return any(
        one.key != cycle.satisfied_by
        and one.carries is None
        and one.completed_on >= cycle.satisfied_on
        and (counts_ahead or terms.key in one.early)
        for one in person.done
        if one.track in terms.renewing_tracks
    )


def _stated(terms: Terms, person: Person, cycle: Cycle, day: date, decided: Decided) -> Cycle:
    standing = Standing(
        concerned=cycle.left_on is None,
        assigned_on=cycle.assigned_on,
        due_on=cycle.due_on,
        expires_on=cycle.expires_on if cycle.catches_up is None else None,
        grace_days=terms.grace_days,
        satisfied=not cycle.is_open,
        valid_until=cycle.valid_until,
        renews_from=cycle.renews_from,
        exempt=decided.exempt,
        away=person.is_away(day),
    )
    return replace(cycle, state=state_of(standing, day))
