"""From what editors write to what is frozen: plain data, the same whatever the editor's screen keeps beside."""

from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.struct_block import StructValue
from wagtail.images import get_image_model

from .enums import ModuleKind
from .models import LessonFile

_HEAD = ("title", "minutes", "required", "done_when")


def plain(value):
    """Text, numbers, lists and dictionaries; files by their reference and fingerprint."""
    if isinstance(value, StreamValue):
        return [{"type": child.block_type, **plain(child.value)} for child in value]
    if isinstance(value, StructValue):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, ListValue | list):
        # A line left blank says nothing.
        return [told for told in map(plain, value) if told != ""]
    if isinstance(value, LessonFile):
        return {"media": value.reference, "kind": value.kind, "sha256": value.sha256}
    if isinstance(value, get_image_model()):
        return {"image": value.pk, "sha1": value.get_file_hash()}
    return value.strip() if isinstance(value, str) else value


def head_of(track) -> dict:
    """What a version says of itself."""
    return {
        "slug": track.slug,
        "title": track.title.strip(),
        "objectives": [line.strip() for line in track.objectives.splitlines() if line.strip()],
        "audience": track.audience.strip(),
        "basis": track.basis.strip(),
        "nature": track.nature,
        "minutes": track.minutes,
        "language": track.language,
        "owner_unit": track.owner_unit.code if track.owner_unit_id else "",
    }


def modules_of(track) -> list[dict]:
    """The modules of a track in order: key, kind, title, minutes, required, done_when, content."""
    found = []
    # Identifiers are given when the stream is written.
    track.modules.get_prep_value()
    for child in track.modules:
        told = plain(child.value)
        head = {name: told.pop(name) for name in _HEAD}
        found.append({"key": child.id, "kind": child.block_type, **head, "content": told})
    return found


def questions_of(bank) -> list[dict]:
    """The questions of a bank in order: key, kind, category, content."""
    bank.questions.get_prep_value()
    found = []
    for child in bank.questions:
        told = plain(child.value)
        found.append({"key": child.id, "kind": child.block_type, "category": told.pop("category"), "content": told})
    return found


def stream_of_modules(modules: list[dict]) -> list[dict]:
    """The modules of a file, as the stream of a track keeps them."""
    return [{"type": one["kind"], "id": one["key"], "value": _module_value(one)} for one in modules]


def _module_value(module: dict) -> dict:
    value = {name: module[name] for name in _HEAD}
    blocks = _blocks(module.get("blocks") or [])
    if module["kind"] in (ModuleKind.LESSON, ModuleKind.REFLECTION):
        return {**value, "blocks": blocks}
    if module["kind"] == ModuleKind.SESSION:
        return {**value, "half_days": module["half_days"], "blocks": blocks}
    value["introduction"] = blocks
    if module["kind"] == ModuleKind.SCENARIO:
        nodes = [{"end": False, "choices": [], **node} for node in module["scenario"]["nodes"]]
        return {**value, "scenario": {**module["scenario"], "nodes": nodes}}
    rule = dict(module["quiz"]["rule"])
    rule["draw"] = [{"category": category, "number": number} for category, number in rule["draw"].items()]
    return {**value, "quiz": {**module["quiz"], "rule": rule}}


def _blocks(blocks: list[dict]) -> list[dict]:
    return [{"type": one["type"], "value": {k: v for k, v in one.items() if k != "type"}} for one in blocks]


def stream_of_questions(questions: list[dict]) -> list[dict]:
    """The questions of a file, as the stream of a bank keeps them."""
    found = []
    for one in questions:
        value = {key: told for key, told in one.items() if key not in ("key", "kind")}
        if "pairs" in value:
            value["pairs"] = [{"left": left, "right": right} for left, right in value["pairs"]]
        found.append({"type": one["kind"], "id": one["key"], "value": value})
    return found
