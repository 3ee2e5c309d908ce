"""What is read before deciding about a new version: what changed in it, and how many people hold an older one."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.foundations import clock
from trainings.enums import ChangeKind
from trainings.ledger.models import Completion
from trainings.models import Module, TrackVersion

from .enums import AfterVersion
from .models import Obligation, Requirement, VersionDecision
from .models.obligation import DAYS_MAX


def last_major(obligation: Obligation) -> TrackVersion | None:
    """The last major version of the training, that isn't its first."""
    found = TrackVersion.objects.filter(
        track_id=obligation.track_id, change_kind=ChangeKind.MAJOR, number__gt=1
    ).order_by("-number")
    return found.first()


def decided(obligation: Obligation, version: TrackVersion) -> VersionDecision | None:
    return VersionDecision.objects.filter(obligation=obligation, version=version).select_related("version").first()


def decisions_of(obligation: Obligation) -> list[VersionDecision]:
    """What was decided after each version, the last first."""
    found = VersionDecision.objects.filter(obligation=obligation).select_related("version")
    return list(found.order_by("-version__number"))


def new_modules(version: TrackVersion) -> list[Module]:
    """Modules that aren't those of the version just before, by key and fingerprint."""
    before = TrackVersion.objects.filter(track_id=version.track_id, number=version.number - 1).first()
    modules = list(version.modules.defer("published_content"))
    if before is None:
        return modules
    same = set(before.modules.values_list("stable_key", "content_sha256"))
    return [one for one in modules if (one.stable_key, one.content_sha256) not in same]


def notice_of(obligation: Obligation) -> int:
    """The longest notice that the rules in force give."""
    notices = obligation.rules.in_force(clock.today()).values_list("min_notice_days", flat=True)
    return max(notices, default=60)


def refused_day(notice: int, day: date) -> str:
    """Why a day can't be decided, "" when it can: sooner than the notice of the rules, or over ten years away."""
    first = clock.today() + timedelta(days=notice)
    if day < first:
        said = _("Choose %(day)s or a later day: the rules give everybody that notice.")
        return said % {"day": date_format(first, "j F Y")}
    return _("Choose a day within ten years.") if (day - clock.today()).days > DAYS_MAX else ""


@dataclass(frozen=True)
class Holders:
    """How many people hold an older version of what is asked, today, and what a decision changes for them."""

    older: int
    concerned: int
    renewing: int
    unknown: int


def holders(obligation: Obligation, version: TrackVersion, kind: str, day: date) -> Holders:
    """Counts in one statement. ``concerned``: those to whom this decision changes something.

    ``renewing``: those who renew the whole training before that day anyway. ``unknown``: those of whom the version
    isn't known, or who did another training that counts; nothing changes for them.
    """
    newer = Completion.objects.that_count().filter(
        agent=OuterRef("agent"), track=version.track_id, version__number__gte=version.number
    )
    older = Q(satisfied_by__track=version.track_id, satisfied_by__version__number__lt=version.number)
    renewed = Q(satisfied_by__isnull=True, renews__track=version.track_id, renews__version__number__lt=version.number)
    if kind == AfterVersion.CATCH_UP:
        renews_first = Q(window_opens_on__lte=max(day, clock.today()))
        asks = older & ~Q(newer=True) & (Q(window_opens_on__isnull=True) | ~renews_first)
        renewing = (older & ~Q(newer=True) & renews_first) | renewed
    else:
        asks = (older & (Q(valid_until__isnull=True) | Q(valid_until__gt=day))) | (renewed & Q(expires_on__gt=day))
        renewing = renewed
    found = Requirement.objects.current().filter(obligation=obligation, left_on__isnull=True)
    counts = found.annotate(newer=Exists(newer)).aggregate(
        older=Count("pk", filter=older | renewed),
        concerned=Count("pk", filter=asks),
        renewing=Count("pk", filter=renewing),
        unknown=Count("pk", filter=Q(satisfied_by__isnull=False, satisfied_by__version__isnull=True)
                      | Q(satisfied_by__isnull=False) & ~Q(satisfied_by__track=version.track_id)),
    )  # fmt: skip
    return Holders(**counts)
