"""Tracks with a published version, and completions, for tests of the ledger and of obligations."""

import itertools

from src.foundations import clock
from trainings.contents.canonical import fingerprint
from trainings.ledger.enums import Method
from trainings.ledger.services import record_completion
from trainings.models import Track, TrackVersion

_numbers = itertools.count(1)


def track(title: str = "Accueillir sans discriminer", *, published: bool = True, **fields) -> Track:
    """A track, with its first version published today unless told otherwise."""
    number = next(_numbers)
    fields = {"objectives": "Accueillir.", "audience": "Toutes et tous.", "basis": "Note du 3 mars 2026."} | fields
    made = Track.objects.create(slug=f"parcours-suivi-{number}", title=title, minutes=90, **fields)
    if published:
        version(made)
    return made


def version(of: Track, *, published_at=None) -> TrackVersion:
    """The next version of a track."""
    number = of.versions.count() + 1
    structure = {
        "slug": of.slug, "title": of.title, "minutes": of.minutes, "objectives": [], "nature": of.nature,
        "audience": of.audience, "basis": of.basis, "modules": [], "number": number,
    }  # fmt: skip
    return TrackVersion.objects.create(
        track=of,
        number=number,
        change_kind="minor",
        published_at=published_at or clock.now(),
        structure=structure,
        content_sha256=fingerprint(structure),
    )


def completed(agent, of: Track, on=None, *, method: str = Method.ONLINE, **fields):
    """A completion recorded by the service; one more each time."""
    fields.setdefault("source", f"test:{next(_numbers)}")
    if method in (Method.ONLINE, Method.IN_PERSON, Method.BLENDED):
        fields.setdefault("version", of.versions.order_by("-number").first())
    return record_completion(agent=agent, track=of, completed=on, method=method, **fields)
