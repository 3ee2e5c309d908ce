"""Who runs a loop: one row per loop, taken by a conditional update, lost after thirty seconds of silence."""

import os
import socket
import uuid
from datetime import timedelta

from django.db.models import Q

from . import clock
from .models import Lease

LENGTH = timedelta(seconds=30)


def new_owner() -> str:
    """A name for a loop: its process and a random part, so that a reused process number isn't taken for it."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def take(name: str, owner: str) -> bool:
    """Take or renew the lease; False while somebody else holds it."""
    now = clock.now()
    expires = now + LENGTH
    held = Lease.objects.filter(name=name).filter(Q(owner=owner) | Q(expires_at__lte=now))
    if held.update(owner=owner, expires_at=expires):
        return True
    if Lease.objects.filter(name=name).exists():
        return False
    Lease.objects.bulk_create([Lease(name=name, owner=owner, expires_at=expires)], ignore_conflicts=True)
    return Lease.objects.filter(name=name, owner=owner).exists()


def release(name: str, owner: str) -> None:
    """Give the lease back, so that the next one needn't wait."""
    Lease.objects.filter(name=name, owner=owner).delete()


def is_held(name: str) -> bool:
    """Whether somebody runs this loop now."""
    return Lease.objects.filter(name=name, expires_at__gt=clock.now()).exists()
