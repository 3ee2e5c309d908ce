"""The demo city's tracks: written as files, published by the verbs that editors use."""

import json
from datetime import timedelta
from pathlib import Path

from django.utils import translation

from src.directory.models import Unit, User
from src.foundations import clock

from ..content import stream_of_modules, stream_of_questions
from ..enums import ChangeKind
from ..models import QuestionBank, Track, TrackVersion
from .banks import revise_bank

FILES = ("accueillir-sans-discriminer.json", "rappel.json")
FOLDER = Path(__file__).parents[1] / "demo_content"
# Published long enough ago for agents to have finished.
AGO = timedelta(days=45)
# And what it became, since most of them had.
NEXT_AGO = timedelta(days=5)


def files() -> list[dict]:
    """The tracks of the demo city, as they are written."""
    return [json.loads((FOLDER / name).read_text(encoding="utf-8")) for name in FILES]


def load_tracks() -> None:
    """Write and publish the tracks that aren't there; run twice, it changes nothing."""
    with translation.override("fr"):
        for told in files():
            if not Track.objects.filter(slug=told["slug"]).exists():
                with clock.told_as(clock.now() - AGO):
                    load(told, actor=User.objects.filter(username="admin").first())


def load_next_versions() -> None:
    """Publish what a track became since, as a major version; run twice, it changes nothing."""
    with translation.override("fr"):
        for told in files():
            track = Track.objects.get(slug=told["slug"])
            if "next" in told and not track.versions.filter(number__gt=1).exists():
                with clock.told_as(clock.now() - NEXT_AGO):
                    _publish_next(track, told, actor=User.objects.filter(username="admin").first())


def _publish_next(track: Track, told: dict, *, actor) -> None:
    """One module says more than before; the others are the same."""
    following = told["next"]
    track.modules = stream_of_modules(
        {**module, "blocks": [*module["blocks"], *following["blocks"]]}
        if module["key"] == following["module"] else module
        for module in told["modules"]
    )  # fmt: skip
    track.change_kind, track.change_note = ChangeKind.MAJOR, following["note"]
    track.save()
    track.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)


def load(told: dict, *, actor=None) -> TrackVersion:
    """One track of a file, its banks first; published whole, or refused with everything that is wrong."""
    for bank in told["banks"]:
        made = QuestionBank(slug=bank["slug"], title=bank["title"])
        made.questions = stream_of_questions(bank["questions"])
        made.save()
        revise_bank(bank=made, actor=actor)
    track = Track(
        slug=told["slug"],
        title=told["title"],
        objectives="\n".join(told["objectives"]),
        audience=told["audience"],
        basis=told["basis"],
        nature=told["nature"],
        minutes=told["minutes"],
        language=told["language"],
        owner_unit=Unit.objects.filter(code=told.get("owner_unit", "")).first(),
        live=False,
    )
    track.modules = stream_of_modules(told["modules"])
    track.save()
    track.save_revision(user=actor).publish(user=actor, skip_permission_checks=True)
    return TrackVersion.objects.get(track=track)
