"""What time does in the directory: roles that end, codes that expire; and the mail that isn't one."""

from datetime import timedelta

from src.foundations import outbox, ticking

from .adapters import DECOY_TOPIC
from .services.agents import end_due_posts
from .services.codes import purge_codes
from .services.roles import refresh_role_flags


@ticking.on_tick("directory.roles", every=timedelta(hours=1))
def end_roles(now) -> None:
    """Take the flags and the editors' groups away from people whose last role has ended."""
    refresh_role_flags()


@ticking.on_tick("directory.posts", every=timedelta(hours=1))
def end_posts(now) -> None:
    """Take away the posts whose last day has passed."""
    end_due_posts()


@ticking.on_tick("directory.codes", every=timedelta(days=1))
def forget_codes(now) -> None:
    """Delete codes used, ended or expired."""
    purge_codes(now)


@outbox.handles(DECOY_TOPIC)
def mail_nobody(payload: dict) -> None:
    """An address no account has was typed: the row existed so that its cost told nothing."""
