"""A track published: a version frozen with its modules, or words of the last one corrected."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import clock
from src.foundations.journal import record

from ..checking import faults_of_track
from ..content import head_of, modules_of
from ..contents.canonical import fingerprint
from ..enums import ChangeKind
from ..models import Module, ModulePatch, Track, TrackVersion


@transaction.atomic
def publish_version(*, track: Track, actor=None) -> TrackVersion:
    """Freeze what the track says now into a version, and return it; the last one when nothing changed.

    A correction of words leaves the version and its fingerprint, and keeps what was corrected beside. Refuses, with
    everything that is wrong at once, what isn't whole.
    """
    # Two publications at once: the second reads the version the first made.
    Track.objects.select_for_update(of=("self",)).get(pk=track.pk)
    head, modules = head_of(track), modules_of(track)
    last = TrackVersion.objects.filter(track=track).order_by("-number").first()
    if last is not None and _as_told(last) == (head, [_module_told(one) for one in modules]):
        return last
    if wrong := faults_of_track(track):
        raise ValidationError(wrong)
    if last is not None and track.is_correction:
        return _correct(last, track, modules, actor)
    return _freeze(track, last, head, modules, actor)


def _module_told(module: dict) -> dict:
    return {**module, "sha256": fingerprint(module)}


def _freeze(track, last, head, modules, actor) -> TrackVersion:
    told = [_module_told(one) for one in modules]
    structure = {**head, "modules": [{"key": one["key"], "sha256": one["sha256"]} for one in told]}
    version = TrackVersion.objects.create(
        track=track,
        number=last.number + 1 if last else 1,
        change_kind=ChangeKind.MINOR if track.is_correction else track.change_kind,
        change_note=track.change_note.strip() if last else "",
        published_at=clock.now(),
        published_by=actor,
        structure=structure,
        content_sha256=fingerprint(structure),
    )
    Module.objects.bulk_create(
        Module(
            version=version,
            position=position,
            stable_key=one["key"],
            kind=one["kind"],
            title=one["title"],
            required=one["required"],
            minutes=one["minutes"],
            completion_rule=one["done_when"],
            published_content=one["content"],
            content_sha256=one["sha256"],
        )
        for position, one in enumerate(told, start=1)
    )
    _note("published", version, actor, sha256=version.content_sha256)
    return version


def _correct(version, track, modules, actor) -> TrackVersion:
    """Words alone: one row for each module whose words changed. Titles and the head stay as they were published."""
    told = {one["key"]: one["content"] for one in modules}
    changed = [module for module in version.modules.with_content() if module.content != told[str(module.stable_key)]]
    if not changed:
        raise ValidationError(
            _("The words of the modules are the same: titles, objectives and rules change with a new version.")
        )
    for module in changed:
        content = told[str(module.stable_key)]
        patch = ModulePatch.objects.create(
            module=module,
            note=track.change_note.strip(),
            content=content,
            content_sha256=fingerprint(content),
            made_at=clock.now(),
        )
        _note("patched", version, actor, module=str(module.stable_key), sha256=patch.content_sha256)
    return version


def _as_told(version) -> tuple[dict, list[dict]]:
    """What a version says today, in the form of what a track says."""
    head = {name: told for name, told in version.structure.items() if name != "modules"}
    modules = [_row_told(one, one.content) for one in version.modules.with_content()]
    return head, [_module_told(one) for one in modules]


def _row_told(module: Module, content: dict) -> dict:
    return {
        "key": str(module.stable_key),
        "kind": module.kind,
        "title": module.title,
        "minutes": module.minutes,
        "required": module.required,
        "done_when": module.completion_rule,
        "content": content,
    }


def _note(verb, version, actor, **payload) -> None:
    record(
        f"trainings.{verb}",
        actor=actor,
        object_ref=f"track:{version.track.slug}",
        payload={"version": version.number, **payload},
    )


def intact(version: TrackVersion) -> bool:
    """Whether what is kept of a version is what was published."""
    rows = [
        {"key": str(one.stable_key), "sha256": fingerprint(_row_told(one, one.published_content))}
        for one in version.modules.all()
    ]
    return (
        fingerprint(version.structure) == version.content_sha256
        and rows == version.structure["modules"]
        and all(one["sha256"] == row.content_sha256 for one, row in zip(rows, version.modules.all(), strict=True))
        and all(
            fingerprint(patch.content) == patch.content_sha256
            for patch in ModulePatch.objects.filter(module__version=version)
        )
    )
