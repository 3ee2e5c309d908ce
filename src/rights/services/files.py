"""The file of one's own data: made in the background, encrypted, taken once, gone within a day."""

import datetime
import secrets

from django.core.files.base import ContentFile
from django.db import transaction

from src.directory import own_data
from src.foundations import clock, journal, orphans, runs, sealing

from ..models import DataFile

PURPOSE = sealing.register_purpose("rights-file")
KEPT = datetime.timedelta(days=1)
JOB = "rights.data_file"
STEPS = 3


def ask_file(person) -> DataFile:
    """Have the file made by the relay, in place of the one before, whose link dies. Its run says how far it is."""
    now = clock.now()
    with transaction.atomic():
        forget_file(person)
        run = runs.start(JOB, owner=person, total=STEPS)
        return DataFile.objects.create(person=person, run=run, asked_at=now)


def make_file(run_id: str) -> bool:
    """Make the file of a run; False when it was replaced, taken back, or its person erased meanwhile."""
    held = DataFile.objects.select_related("person").filter(run_id=run_id, mark="").first()
    if held is None or not held.person.is_active:
        runs.finish(run_id)
        return False
    runs.advance(run_id, 1, total=STEPS)
    packed = own_data.archive(held.person)
    runs.advance(run_id, 2)
    secret = secrets.token_urlsafe(24)
    held.file.save("", ContentFile(sealing.encrypt(packed, PURPOSE)), save=False)
    with orphans.files_with_their_rows(held.file):
        there = DataFile.objects.filter(pk=held.pk, run_id=run_id, mark="")
        kept = there.update(file=held.file.name, mark=mark_of(secret), expires_at=clock.now() + KEPT)
        if not kept:
            held.file.storage.delete(held.file.name)
        runs.finish(run_id)
    return bool(kept)


def mark_of(secret: str) -> str:
    """What is kept of the secret of a link."""
    return sealing.keyed_hash(secret, PURPOSE)


def ready_file(person) -> DataFile | None:
    """The file one may take now."""
    return DataFile.objects.filter(person=person, taken_at=None, expires_at__gt=clock.now()).exclude(file="").first()


def new_link(held: DataFile) -> str:
    """A fresh secret for the link of the page: only the last page shown leads to the file."""
    secret = secrets.token_urlsafe(24)
    DataFile.objects.filter(pk=held.pk, taken_at=None).update(mark=mark_of(secret))
    return secret


def take_file(person, secret: str) -> bytes | None:
    """The ZIP, once: by its person, with the secret of the last page shown, before its time. None otherwise."""
    with transaction.atomic():
        found = DataFile.objects.filter(
            person=person, mark=mark_of(secret), taken_at=None, expires_at__gt=clock.now()
        ).exclude(file="")
        held = found.first()
        # The conditional update is what makes it once: of two clicks, one wins.
        if held is None or not found.update(taken_at=clock.now()):
            return None
        with held.file.open("rb") as file:
            packed = sealing.decrypt(file.read(), PURPOSE)
        orphans.delete_after_commit(held.file)
        DataFile.objects.filter(pk=held.pk).update(file="")
        journal.record("directory.own_data_taken", actor=person)
    return packed


def forget_file(person) -> int:
    """Delete the file of a person and its link."""
    return _delete(DataFile.objects.filter(person=person))


def purge_files(now: datetime.datetime, apply: bool = True) -> int:
    """Delete what is past its day, taken or not; counts it when not ``apply``."""
    old = DataFile.objects.filter(asked_at__lt=now - KEPT - KEPT)
    return _delete(old) if apply else old.count()


def _delete(found) -> int:
    with transaction.atomic():
        for held in found.exclude(file=""):
            orphans.delete_after_commit(held.file)
        return found.delete()[0]
