"""A pack asked from the screen: made by the relay, kept encrypted for a day, taken by whoever asked."""

import hashlib
import tempfile
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import journal, runs, sealing
from src.foundations.models import JobRun
from src.foundations.uploads import PrivateStorage
from trainings.obligations.models import Obligation
from trainings.obligations.rules import can_prepare

from . import packing

JOB = "trainings_evidence.pack"
PURPOSE = sealing.register_purpose("training-evidence")
FOLDER = "evidence"
_IN_MEMORY = 8_000_000


@transaction.atomic
def ask(*, obligation: Obligation, day: date, actor) -> JobRun:
    """Have a pack made. While this person's last one is being made, that one is given back. Journaled.

    Refuses anybody but human resources of the whole city, and what has nothing to prove.
    """
    if not can_prepare(actor):
        raise PermissionDenied(_("Evidence is prepared by human resources of the whole city."))
    packing.check(obligation, day)
    user = getattr(actor, "user", actor)
    last = asked_by(user).first()
    told = {"obligation": obligation.reference, "title": obligation.track.title, "day": day.isoformat()}
    if last is not None and not last.is_finished and last.result == told:
        return last
    run = runs.start(JOB, owner=user, obligation=obligation.reference, day=day.isoformat())
    JobRun.objects.filter(pk=run.pk).update(result=told)
    journal.record(
        "trainings.evidence_asked",
        actor=user,
        object_ref=f"obligation:{obligation.reference}",
        payload={"day": day.isoformat()},
    )
    return run


def asked_by(user):
    """The packs somebody asked for, the last first; gone after thirty days."""
    return JobRun.objects.filter(name=JOB, owner=user).order_by("-created_at")


def make(*, run_id: str, obligation: Obligation, day: date) -> dict:
    """Make a pack and keep it; answers its fingerprint and its size. Run again, it writes the same."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as stream:
        packing.write(stream, obligation, day, advance=lambda done, of: runs.advance(run_id, done, total=of))
        stream.seek(0)
        content = stream.read()
    storage, name = PrivateStorage(), _name(run_id)
    storage.delete(name)
    storage.save(name, ContentFile(sealing.encrypt(content, PURPOSE)))
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def is_there(run: JobRun) -> bool:
    return PrivateStorage().exists(_name(run.pk))


def read(run: JobRun) -> bytes | None:
    """The pack in clear; None when it went."""
    try:
        with PrivateStorage().open(_name(run.pk)) as file:
            return sealing.decrypt(file.read(), PURPOSE)
    except FileNotFoundError:
        return None


def _name(run_id) -> str:
    return f"{FOLDER}/{run_id}"
