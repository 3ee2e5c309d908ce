"""What ballots keep of people, for how long, and how it leaves."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from src.foundations import code_words, sealing
from src.foundations.personal_data import Classification, declare, declare_impersonal

from . import boxes
from .enums import Grade, Method
from .models import (
    Ballot,
    BallotOption,
    CountedBox,
    Elector,
    HalfOpened,
    KeyHolder,
    PairBox,
    PaperBatch,
    PaperBox,
    RollEntry,
    SealedBox,
    SimpleVote,
)

ROLL_KEPT = _("three months after the closing")
KEYS_KEPT = _("until the end of the dispute period, one month after the figures are told")


def _over(now) -> Q:
    """Ballots closed or called off so long ago that who voted is nobody's business."""
    before = now - timedelta(days=settings.TERRAIN_ROLL_DAYS)
    closed = Q(ballot__counted_at__isnull=False, ballot__closed_at__lt=before)
    return closed | Q(ballot__cancelled_at__lt=before)


@transaction.atomic
def _purge_of(model, now, apply):
    old = model.objects.filter(_over(now))
    return old.delete()[0] if apply else old.count()


def _export_electors(user):
    titles = Elector.objects.filter(person=user).values_list("ballot__title", flat=True)
    for title in titles.order_by("ballot__title", "ballot"):
        yield {"ballot": title}


def _forget(model, user, column="person"):
    return model.objects.filter(**{column: user}).update(**{column: None})


declare(
    Elector,
    owner="ballots",
    classification=Classification.C3,
    retention=ROLL_KEPT,
    title=_("Ballots I could vote in"),
    export=_export_electors,
    erase=lambda user: _forget(Elector, user),
    purge=lambda now, apply: _purge_of(Elector, now, apply),
    reason="Who may vote, found once at the opening; the line stays without its person, so that the number holds.",
)


def _export_roll(user):
    for one in RollEntry.objects.filter(person=user).select_related("ballot").order_by("ballot__title", "ballot"):
        yield {"ballot": one.ballot.title, "channel": one.get_channel_display()}


declare(
    RollEntry,
    owner="ballots",
    classification=Classification.C3,
    retention=ROLL_KEPT,
    export=_export_roll,
    erase=lambda user: _forget(RollEntry, user),
    purge=lambda now, apply: _purge_of(RollEntry, now, apply),
    reason="Who voted, so that nobody does twice; never what.",
)


def choice_words(ballot, choice: list[int] | None) -> list[str]:
    """A choice in words, as its own person reads it."""
    if not choice:
        return [pgettext("vote", "Blank")]
    options = ballot.ordered
    if ballot.method == Method.YES_NO:
        return [_now("Yes") if choice[0] else _now("No")]
    if ballot.method == Method.GRADES:
        graded = zip(options, choice, strict=True)
        return [f"{option.label} : {Grade(grade).label}" for option, grade in graded if grade >= 0]
    return [options[position].label for position in choice]


def _export_choices(user):
    own = SimpleVote.objects.filter(person=user).select_related("ballot").prefetch_related("ballot__options")
    for one in own.order_by("ballot__title", "ballot"):
        try:
            choice = boxes.read(one.ballot, boxes.decrypt(bytes(one.choice)))
        except (sealing.CannotDecrypt, sealing.KeyMissing):
            continue
        yield {"ballot": one.ballot.title, "choice": choice_words(one.ballot, choice)}


declare(
    SimpleVote,
    owner="ballots",
    classification=Classification.C4,
    retention=KEYS_KEPT,
    title=_("My simple votes"),
    export=_export_choices,
    erase=lambda user: _forget(SimpleVote, user),
    words={"choice": lambda value, row: " · ".join(value)},
    reason="The choice of a simple vote, encrypted; without its person it still counts. Goes with the boxes (ending).",
)


def _export_holder(user):
    for one in KeyHolder.objects.filter(person=user).select_related("ballot").order_by("ballot__title", "ballot"):
        yield {
            "ballot": one.ballot.title,
            "rehearsed_on": timezone.localdate(one.rehearsed_at) if one.rehearsed_at else None,
        }


declare(
    KeyHolder,
    owner="ballots",
    classification=Classification.C2,
    retention=_("as long as the ballot"),
    title=_("Ballots whose key I hold"),
    export=_export_holder,
    erase=lambda user: _forget(KeyHolder, user),
    reason="Who held the keys is told with the figures: the account alone is forgotten; two others open the urn.",
)


def _mine(user):
    return Q(typed_by=user) | Q(checked_by=user)


def _export_batches(user):
    batches = PaperBatch.objects.filter(_mine(user)).select_related("ballot", "place")
    for one in batches.order_by("typed_at", "pk"):
        yield {
            "ballot": one.ballot.title,
            "place": str(one.place),
            "papers": one.papers,
            "day": timezone.localdate(one.checked_at if one.typed_by_id != user.pk else one.typed_at),
        }


@transaction.atomic
def _erase_batches(user):
    return sum(_forget(PaperBatch, user, column) for column in ("typed_by", "checked_by"))


declare(
    PaperBatch,
    owner="ballots",
    classification=Classification.C4,
    retention=ROLL_KEPT,
    title=_("Votes on paper that I typed"),
    export=_export_batches,
    erase=_erase_batches,
    purge=lambda now, apply: _purge_of(PaperBatch, now, apply),
    reason="Papers typed once, encrypted until somebody else typed the same; then who did, where, and how many.",
)
_NOBODY = "Leads to nobody: it can't be found again to be given or erased, said before sending."
for _model, _reason in (
    (SealedBox, f"A sealed vote. {_NOBODY}"),
    (CountedBox, f"A sealed vote taken out of the urn. {_NOBODY}"),
    (PaperBox, f"A vote on paper, closed. {_NOBODY}"),
    (PairBox, "The key of an urn, closed for two key holders."),
    (HalfOpened, "The key of an urn, opened by one key holder, closed for another."),
):
    declare(
        _model,
        owner="ballots",
        classification=Classification.C4,
        retention=KEYS_KEPT,
        export=None,
        erase=None,
        reason=_reason,
    )
declare_impersonal(
    "ballots",
    (
        (Ballot, "What is voted on, and the figures told: no personal data."),
        (BallotOption, "What is voted on: no personal data."),
    ),
)

code_words.register(
    "verb",
    {
        "ballots.created": _("Ballot begun"),
        "ballots.deleted": _("Ballot in preparation thrown away"),
        "ballots.key_holders": _("Key holders of a ballot named"),
        "ballots.key_registered": _("Key of a ballot made by its holder"),
        "ballots.rehearsed": _("Key of a ballot rehearsed by its holder"),
        "ballots.opened": _("Ballot opened: rules, list of voters and keys frozen"),
        "ballots.closed": _("Ballot closed"),
        "ballots.half_opened": _("Urn opened by a first key holder"),
        "ballots.counted": _("Ballot counted, figures told"),
        "ballots.cancelled": _("Ballot called off"),
        "ballots.keys_destroyed": _("Keys and votes of a ballot destroyed"),
        "ballots.papers_typed": _("Votes on paper typed"),
        "ballots.papers_checked": _("Votes on paper typed again by somebody else"),
        "ballots.papers_discarded": _("Votes on paper to be typed again"),
    },
)
