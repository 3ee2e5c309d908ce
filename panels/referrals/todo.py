"""What referrals put on to-do lists: a word before a day, something to accept, what was done to be said."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from panels.enums import TeamRole
from panels.querysets import FACT, MEMBER_FACT
from src.foundations import clock, together
from src.notices.todo import TodoItem

from .enums import ASKING_ROLES, ReferralKind, ReferralState
from .models import MemberPlace, Referral, TestSheet, Word

MOST = 20


def address(referral: Referral, name: str = "inside") -> str:
    """The page of a referral: the members', or with ``public`` everybody's."""
    return reverse(f"panel_referrals:{name}", kwargs={"slug": referral.panel.slug, "reference": referral.reference})


def waiting_for(memberships) -> Q:
    """A condition on referrals: these members still have something to say of them."""
    today, now = clock.today(), clock.now()
    of = {"membership_id__in": memberships}
    spoke = Word.objects.filter(referral=OuterRef("pk"), is_given=True, **of)
    tried = TestSheet.objects.filter(test__referral=OuterRef("pk"), **of)
    told = MemberPlace.objects.filter(workshop__referral=OuterRef("pk"), **of)
    return Q(state=ReferralState.ACCEPTED, reply_on__gte=today) & (
        Q(kind=ReferralKind.QUESTION) & ~Exists(spoke)
        | Q(kind=ReferralKind.FORM_TEST) & ~Exists(tried)
        | Q(kind=ReferralKind.WORKSHOP, workshop__starts_at__gt=now) & ~Exists(told)
    )


@together.reading
def to_answer(viewer):
    """Where a member hasn't said anything yet. Nothing is asked for somebody who sits nowhere."""
    seats = viewer.fact(MEMBER_FACT) or {}
    if not seats:
        return []
    found = Referral.objects.filter(waiting_for(list(seats.values())), panel_id__in=sorted(seats))
    return [
        TodoItem(
            title=one.title,
            detail=_("your panel is asked something"),
            url=address(one),
            verb=_("Answer"),
            icon="messages-square",
            due_on=one.reply_on,
            minutes=10,
            kind="panels.referral",
        )
        for one in (yield found.select_related("panel").order_by("reply_on", "pk")[:MOST])
    ]


@together.reading
def to_accept(viewer):
    """What waits for an organiser to accept or decline it."""
    panels = sorted(panel for panel, role in (viewer.fact(FACT) or {}).items() if role == TeamRole.ORGANISER)
    if not panels:
        return []
    found = Referral.objects.filter(panel_id__in=panels, state=ReferralState.ASKED).select_related("panel", "unit")
    return [
        TodoItem(
            title=one.title,
            detail=_("%(unit)s asks your panel something") % {"unit": one.unit.name},
            url=address(one),
            verb=_("Accept or decline"),
            icon="inbox",
            minutes=5,
            awaited=True,
            kind="panels.referral_accept",
        )
        for one in (yield found.order_by("asked_at", "pk")[:MOST])
    ]


@together.reading
def to_follow(viewer):
    """Answers of panels of which a direction hasn't said what it did."""
    if not any(viewer.role_paths(role) for role in ASKING_ROLES):
        return []
    found = Referral.objects.asked_by(viewer).filter(state=ReferralState.ANSWERED).select_related("panel")
    return [
        TodoItem(
            title=one.title,
            detail=_("a panel has answered you: say what you did"),
            url=address(one, "detail"),
            verb=_("Say what was done"),
            icon="reply",
            due_on=one.follow_due_on,
            minutes=10,
            awaited=True,
            kind="panels.referral_follow",
        )
        for one in (yield found.order_by("follow_due_on", "pk")[:MOST])
    ]
