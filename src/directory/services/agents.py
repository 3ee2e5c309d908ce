"""Where people work: one current affectation each, the former ones kept with their dates."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, F, When
from django.utils.translation import gettext as _

from src.foundations import clock

from ..enums import AccountKind
from ..models import Affectation, JobFamily, Unit, User

DAY = datetime.timedelta(days=1)


@transaction.atomic
def post_agent(
    user: User,
    unit: Unit,
    *,
    starts_on: datetime.date | None = None,
    job_title: str = "",
    job_family: JobFamily | None = None,
    in_contact_with_public: bool = False,
    is_manager: bool = False,
) -> Affectation:
    """Post an agent to a unit from a day on; the former affectation ends the day before.

    Refuses external participants, closed units and a start before the former affectation's.
    """
    starts = starts_on or clock.today()
    if user.kind != AccountKind.AGENT:
        raise ValidationError(_("An external participant has no affectation."))
    if unit.valid_until is not None and unit.valid_until < starts:
        raise ValidationError(_("“%(unit)s” is closed: choose a unit that is open.") % {"unit": unit.name})
    former = Affectation.objects.filter(user=user, ends_on__isnull=True).first()
    if former is not None and former.starts_on > starts:
        raise ValidationError(_("The former affectation starts later: check the date."))
    if former is not None:
        # Posted twice the same day: the first one lasted that day only.
        former.ends_on = max(former.starts_on, starts - DAY)
        former.save(update_fields=["ends_on"])
    affectation = Affectation.objects.create(
        user=user,
        unit=unit,
        job_family=job_family,
        job_title=job_title,
        in_contact_with_public=in_contact_with_public,
        is_manager=is_manager,
        starts_on=starts,
    )
    User.objects.filter(pk=user.pk).update(current_affectation=affectation)
    user.current_affectation = affectation
    user.__dict__.pop("kept_viewer", None)
    return affectation


@transaction.atomic
def end_affectation(user: User, *, on: datetime.date | None = None) -> None:
    """End the current affectation; the account keeps its history."""
    day = on or clock.today()
    Affectation.objects.filter(user=user, ends_on__isnull=True).update(
        ends_on=Case(When(starts_on__gt=day, then=F("starts_on")), default=day)
    )
    User.objects.filter(pk=user.pk).update(current_affectation=None)
    user.current_affectation = None
    user.__dict__.pop("kept_viewer", None)


@transaction.atomic
def repost(affectations: list[Affectation], *, batch_size: int = 2000) -> None:
    """Give many agents a new current affectation: the former ones end the day before the new ones start.

    The new affectations may start on several days. A handful of statements, whatever the number.
    """
    by_day: dict[datetime.date, list[int]] = {}
    for affectation in affectations:
        by_day.setdefault(affectation.starts_on, []).append(affectation.user_id)
    for starts_on, user_ids in by_day.items():
        eve = starts_on - DAY
        for start in range(0, len(user_ids), batch_size):
            Affectation.objects.filter(user_id__in=user_ids[start : start + batch_size], ends_on__isnull=True).update(
                ends_on=Case(When(starts_on__gt=eve, then=F("starts_on")), default=eve)
            )
    created = Affectation.objects.bulk_create(affectations, batch_size=batch_size)
    keep_current(created, batch_size=batch_size)


def keep_current(affectations: list[Affectation], *, batch_size: int = 2000) -> None:
    """Write the accounts' pointer to these affectations."""
    User.objects.bulk_update(
        [User(pk=row.user_id, current_affectation_id=row.pk) for row in affectations],
        ["current_affectation"],
        batch_size=batch_size,
    )
