"""Accounts are made here and nowhere else, so that every room that keeps a row per account makes it too."""

from collections.abc import Iterable

from django.db import transaction

from .. import registries
from ..enums import AccountKind
from ..models import User


@transaction.atomic
def create_account(
    *,
    username: str,
    password: str | None = None,
    kind: str = AccountKind.AGENT,
    **fields,
) -> User:
    """Create one account and tell the rooms that registered ``on_account_created``."""
    user = User.objects.create_user(username.lower(), password, kind=kind, **fields)
    registries.account_created([user.pk])
    return user


@transaction.atomic
def create_accounts(accounts: Iterable[User], *, batch_size: int = 2000) -> list[User]:
    """Create many prepared accounts with a few statements; the rooms are told once for the whole batch."""
    created = User.objects.bulk_create(accounts, batch_size=batch_size)
    if created:
        registries.account_created([user.pk for user in created])
    return created
