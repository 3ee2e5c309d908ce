"""Writes a checked plan with set-based statements: tens of thousands of people in one transaction."""

import datetime
from collections.abc import Callable

from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils.translation import gettext as _

from src.foundations import clock

from ..enums import AccountKind
from ..models import Affectation, RoleGrant, Unit, User
from ..services.accounts import create_accounts
from ..services.agents import repost
from ..services.roles import end_role
from .people import Account, PeoplePlan, PersonRow, job_families

BATCH = 2000
Progress = Callable[[str, int, int], None]


def write_people(plan: PeoplePlan, units: dict[str, Unit], *, actor=None, progress: Progress) -> None:
    """Create, rename, post and close accounts as the plan says."""
    families = job_families({row.job_family for row in _rows(plan) if row.job_family})
    created = _create(plan.create, progress)
    _rename(plan, progress)
    _post(plan, created, units, families, progress)
    _correct(plan.corrected, families)
    _leave(plan.leaving, actor=actor)


def _rows(plan: PeoplePlan):
    yield from plan.create
    for pairs in (plan.moved, plan.corrected):
        for _account, row in pairs:
            yield row


def _create(rows: list[PersonRow], progress: Progress) -> dict[str, User]:
    today = clock.today()
    created = []
    for start in range(0, len(rows), BATCH):
        created += create_accounts(
            User(
                username=row.username,
                personnel_number=row.number,
                email=row.email,
                first_name=row.first_name,
                last_name=row.last_name,
                kind=AccountKind.AGENT,
                password=make_password(None),
                is_active=not (row.ends_on and row.ends_on < today),
            )
            for row in rows[start : start + BATCH]
        )
        progress(_("accounts"), min(start + BATCH, len(rows)), len(rows))
    return {user.personnel_number: user for user in created}


def _rename(plan: PeoplePlan, progress: Progress) -> None:
    """Names, addresses and closed accounts opened again: an upsert on the key, as cheap as an insertion."""
    today = clock.today()
    # An address that changes hands inside one file must be free before it is given.
    leaving_theirs = [account.pk for account, row in plan.identity if account.email and account.email != row.email]
    if "email" in plan.columns:
        for start in range(0, len(leaving_theirs), 900):
            User.objects.filter(pk__in=leaving_theirs[start : start + 900]).update(email=None)
    rows = [
        User(
            pk=account.pk,
            username=account.username,
            personnel_number=account.number,
            email=row.email if "email" in plan.columns else account.email,
            first_name=row.first_name,
            last_name=row.last_name,
            is_active=not (row.ends_on and row.ends_on < today),
            password="",
        )
        for account, row in plan.identity
    ]
    for start in range(0, len(rows), BATCH):
        User.objects.bulk_create(
            rows[start : start + BATCH],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["email", "first_name", "last_name", "is_active"],
        )
        progress(_("names"), min(start + BATCH, len(rows)), len(rows))


def _post(plan, created, units, families, progress: Progress) -> None:
    today = clock.today()
    posts = [
        _affectation(created[row.number].pk, row, None, units, families, row.starts_on or row.ends_on or today)
        for row in plan.create
    ]
    for account, row in plan.moved:
        starts = max(row.starts_on or today, account.starts_on or datetime.date.min)
        posts.append(_affectation(account.pk, row, account, units, families, starts))
    for start in range(0, len(posts), BATCH):
        repost(posts[start : start + BATCH])
        progress(_("posts"), min(start + BATCH, len(posts)), len(posts))


def _affectation(user_id, row: PersonRow, account: Account | None, units, families, starts_on) -> Affectation:
    """A new post; what the file doesn't say is carried over from the former one."""
    former_contact = account.contact if account else False
    former_manager = account.manager if account else False
    former_title = account.job_title if account else ""
    family_name = row.job_family if row.job_family is not None else (account.job_family if account else None)
    return Affectation(
        user_id=user_id,
        unit=units[row.unit],
        job_title=(row.job_title if row.job_title is not None else former_title) or "",
        job_family=families.get(family_name) or (job_families({family_name})[family_name] if family_name else None),
        in_contact_with_public=bool(row.contact if row.contact is not None else former_contact),
        is_manager=bool(row.manager if row.manager is not None else former_manager),
        starts_on=starts_on,
        ends_on=row.ends_on,
    )


def _correct(pairs: list[tuple[Account, PersonRow]], families) -> None:
    """Same unit, another title, family, flag or end: the current post is corrected in place."""
    posts = {post.pk: post for post in _posts([account.post for account, _row in pairs])}
    changed = []
    for account, row in pairs:
        post = posts[account.post]
        if row.job_title is not None:
            post.job_title = row.job_title
        if row.job_family is not None:
            post.job_family = families.get(row.job_family)
        if row.contact is not None:
            post.in_contact_with_public = row.contact
        if row.manager is not None:
            post.is_manager = row.manager
        post.ends_on = row.ends_on
        changed.append(post)
    for start in range(0, len(changed), BATCH):
        Affectation.objects.bulk_create(
            changed[start : start + BATCH],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["job_title", "job_family", "in_contact_with_public", "is_manager", "ends_on"],
        )


def _posts(pks: list[int]):
    for start in range(0, len(pks), 900):
        yield from Affectation.objects.filter(pk__in=pks[start : start + 900])


def _leave(leaving: list[tuple[Account, datetime.date]], *, actor=None) -> None:
    """Close the posts, the accounts and the roles of people who left."""
    from ..services.agents import leave_posts

    leave_posts({account.pk: day for account, day in leaving})
    pks = [account.pk for account, _day in leaving]
    for start in range(0, len(pks), 900):
        slice_of = pks[start : start + 900]
        User.objects.filter(pk__in=slice_of).update(is_active=False)
        for grant in RoleGrant.objects.filter(user_id__in=slice_of).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=clock.today())
        ):
            end_role(grant, actor=actor)
