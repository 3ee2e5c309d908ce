"""A standing panel renewed in part: some members reach the end of their term, a draw finds those who follow them.

The renewal is a panel of its own, with its letters, its volunteers, its sealed draw and its page: nothing of it is
simpler to verify, or less. Its quotas are what the whole panel must reflect, less what those who stay already bring.
Once it is complete its members join the standing panel, and those at the end of their term leave it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock

from .. import rules
from ..enums import HOLDING, WORKING, CandidateState, Departure, PanelKind, PanelState
from ..models import Criterion, CriterionValue, CrossQuota, Membership, Panel, Quota, Seat, SourceList, TeamMember
from ..pool import LIST, people_of
from .members import end_membership, seat_member
from .preparing import WrongState, hold, move
from .recording import record

COPIED = (
    "question", "outside_mandate", "commissioner", "contact_name", "contact_phone", "contact_hours",
    "contact_address", "reply_days",
)  # fmt: skip


@transaction.atomic
def begin_renewal(
    *, actor, panel: Panel, leaving: Iterable[Membership], slug: str, title: str, registration_ends_on: date,
    draw_on: date, starts_on: date, ends_on: date,
) -> Panel:  # fmt: skip
    """Prepare the draw of those who follow ``leaving`` and fill the seats that are empty. Organisers.

    Team, criteria and lists are copied; bounds become what is left to reflect once those who stay are counted (their
    answers are counted here, in memory, and shown to nobody). Refuses another panel than a standing one, a renewal
    already begun, members of another panel, nobody to follow, and a panel whose members' answers were erased.
    """
    held = hold(panel, *WORKING)
    rules.refuse_unless(rules.may_organise(actor, held))
    if held.kind != PanelKind.STANDING:
        raise WrongState(_("A standing panel alone is renewed in part."), code="kind")
    refuse_if_going(held)
    sitting = {one.pk: one for one in Membership.objects.sitting().filter(panel=held).select_related("candidate")}
    gone = {one.pk for one in leaving}
    if gone - set(sitting):
        raise ValidationError({"leaving": _("Choose members of this panel.")})
    staying = [one for pk, one in sitting.items() if pk not in gone]
    seats = held.seats - len(staying)
    if seats < 1:
        raise ValidationError({"leaving": _("Choose at least one member whose term ends: no seat is empty.")})
    known = _answers_of(held, staying)
    now = clock.now()
    made = Panel(
        kind=PanelKind.RENEWAL, renews=held, slug=slug, title=title, seats=seats,
        registration_ends_on=registration_ends_on, draw_on=draw_on, starts_on=starts_on, ends_on=ends_on,
        state_since=now, created_at=now, **{name: getattr(held, name) for name in COPIED},
    )  # fmt: skip
    made.full_clean()
    made.save()
    for one in held.team.working():
        TeamMember.objects.create(
            panel=made, person=one.person, role=one.role, shown_name=one.shown_name, capacity=one.capacity,
            since=clock.today(), until=one.until,
        )  # fmt: skip
    brought = Counter(pair for values in known for pair in values.items())
    _copy_lists(held, made, brought)
    values = _copy_quotas(held, made, brought)
    _copy_crossed(held, made, known, values)
    Membership.objects.filter(pk__in=gone).update(term_ends_on=starts_on)
    record(
        "renewal_begun", held, actor=actor, about=f"renewal:{made.slug}",
        payload={"seats": seats, "leaving": sorted(sitting[pk].number for pk in gone)},
    )  # fmt: skip
    return made


def is_going(panel: Panel) -> bool:
    """Whether a renewal of this panel was begun and isn't over; one statement."""
    return panel.renewals.exclude(state=PanelState.CLOSED).exists()


def refuse_if_going(panel: Panel) -> None:
    """Refuse a second renewal at once: people would be counted twice."""
    if is_going(panel):
        raise WrongState(_("A renewal of this panel is already going on."), code="going")


@transaction.atomic
def take_over(*, actor, panel: Panel) -> int:
    """The renewal is complete: its members join the standing panel, and those at the end of their term leave it.

    Organisers. Answers how many joined. Refuses before every seat of the renewal has somebody who confirmed.
    """
    renewal = hold(panel, PanelState.SEATED)
    if renewal.kind != PanelKind.RENEWAL:
        raise WrongState(_("A standing panel alone is renewed in part."), code="kind")
    held = hold(renewal.renews, *WORKING)
    rules.refuse_unless(rules.may_organise(actor, held))
    leaving = Membership.objects.sitting().filter(panel=held, term_ends_on__lte=renewal.starts_on)
    for one in leaving.select_related("candidate"):
        end_term(one)
    joined = 0
    found = renewal.candidates.filter(state=CandidateState.SEATED, membership__isnull=True)
    for one in found.select_related("panel__renews__space", "account").order_by("seat__number"):
        seat_member(one, term_ends_on=renewal.ends_on)
        joined += 1
    record("renewed", held, actor=actor, about=f"renewal:{renewal.slug}", payload={"joined": joined}, at_once=True)
    move(renewal, PanelState.CLOSED, actor, "renewal_done", {"joined": joined})
    return joined


def end_term(membership: Membership) -> None:
    """Somebody's term is over: they leave, thanked, and their seat is filled by the renewal, never by the reserve."""
    end_membership(membership.candidate)
    Seat.objects.filter(holder=membership.candidate).update(
        holder=None, left_by=membership.candidate, left_because=Departure.TERM
    )


def _answers_of(panel: Panel, staying: list[Membership]) -> list[dict[str, str]]:
    """What those who stay bring, list included, by nobody's name; refuses once some of it was erased."""
    tickets = {one.candidate.ticket for one in staying}
    people = people_of(panel, HOLDING)
    for renewal in panel.renewals.all():
        people += people_of(renewal, HOLDING)
    known = [values for ticket, values, _home in people if ticket in tickets]
    if len(known) < len(tickets):
        raise WrongState(
            _("The answers of some members were erased: quotas can’t be counted. Begin a new panel."), code="erased"
        )
    return known


def _copy_lists(panel: Panel, made: Panel, brought: Counter) -> None:
    for one in panel.source_lists.order_by("position", "pk"):
        left = None if one.seats is None else max(0, min(made.seats, one.seats - brought[LIST, one.slug]))
        SourceList.objects.create(
            panel=made, slug=one.slug, label=one.label, kind=one.kind, seats=left, position=one.position
        )


def _copy_quotas(panel: Panel, made: Panel, brought: Counter) -> dict[int, CriterionValue]:
    """Bounds less what those who stay bring; a value they already fill asks for nobody more."""
    values = {}
    for criterion in panel.criteria.prefetch_related("values__quota").order_by("position", "pk"):
        copied = Criterion.objects.create(panel=made, **_same(criterion, Criterion))
        for value in criterion.values.all():
            values[value.pk] = CriterionValue.objects.create(criterion=copied, **_same(value, CriterionValue))
            quota = getattr(value, "quota", None)
            if quota is not None:
                least, most = _left(quota, brought[criterion.key, value.key], made.seats)
                Quota.objects.create(
                    value=values[value.pk], **(_same(quota, Quota) | {"minimum": least, "maximum": most})
                )
    return values


def _copy_crossed(panel: Panel, made: Panel, known: list[dict[str, str]], copies: dict[int, CriterionValue]) -> None:
    rows = CrossQuota.objects.filter(panel=panel).select_related("first__criterion", "second__criterion")
    for one in rows:
        both = [(value.criterion.key, value.key) for value in (one.first, one.second)]
        held = sum(all(values.get(key) == answer for key, answer in both) for values in known)
        least, most = _left(one, held, made.seats)
        first, second = sorted((copies[one.first_id], copies[one.second_id]), key=lambda value: value.pk)
        CrossQuota.objects.create(panel=made, first=first, second=second, minimum=least, maximum=most)


def _left(bound, held: int, seats: int) -> tuple[int, int]:
    return max(0, min(seats, bound.minimum - held)), max(0, min(seats, bound.maximum - held))


def _same(row, model) -> dict:
    """The plain columns of a row, for its copy."""
    return {
        one.attname: getattr(row, one.attname)
        for one in model._meta.concrete_fields
        if not one.primary_key and not one.is_relation
    }
