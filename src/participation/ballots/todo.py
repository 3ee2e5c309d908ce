"""What ballots put on the to-do list of those who vote, hold a key, or organise."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from src.foundations import clock, together
from src.notices.todo import TodoItem

from .models import Ballot, Elector, HalfOpened, KeyHolder, RollEntry


@together.reading
def to_vote(viewer):
    """Open ballots of whose list the person is, and in which they haven't voted."""
    now = clock.now()
    own = {"ballot": OuterRef("pk"), "person_id": viewer.user_id}
    found = Ballot.objects.filter(
        Exists(Elector.objects.filter(**own)),
        ~Exists(RollEntry.objects.filter(**own)),
        frozen_at__isnull=False,
        closed_at__isnull=True,
        cancelled_at__isnull=True,
        opens_at__lte=now,
        closes_at__gt=now,
    )
    return [
        TodoItem(
            title=one.title,
            detail=one.get_secrecy_display(),
            url=one.get_absolute_url(),
            verb=pgettext("button", "Vote"),
            icon="inbox",
            due_on=timezone.localdate(one.closes_at),
            minutes=one.minutes,
            kind="ballots.vote",
        )
        for one in (yield found)
    ]


@together.reading
def to_hold(viewer):
    """Keys to make and rehearse before an opening, and to open after a closing."""
    parts = (
        KeyHolder.objects.filter(
            Q(ballot__frozen_at__isnull=True, rehearsed_at__isnull=True)
            | Q(ballot__closed_at__isnull=False, ballot__counted_at__isnull=True),
            person_id=viewer.user_id,
            ballot__cancelled_at__isnull=True,
        )
        .exclude(Exists(HalfOpened.objects.filter(outer=OuterRef("pk"))))
        .select_related("ballot")
    )
    return [
        TodoItem(
            title=_("Hold a key: %(title)s") % {"title": part.ballot.title},
            detail=_("the vote is closed, open the urn with another holder")
            if part.ballot.closed_at
            else _("make your key and rehearse before the opening"),
            url=reverse("ballots:keys", kwargs={"reference": part.ballot.reference}),
            verb=pgettext("button", "Open") if part.ballot.closed_at else pgettext("ballots", "Rehearse"),
            icon="key-round",
            due_on=None if part.ballot.closed_at else timezone.localdate(part.ballot.opens_at),
            minutes=10,
            awaited=True,
            kind="ballots.key",
        )
        for part in (yield parts)
    ]
