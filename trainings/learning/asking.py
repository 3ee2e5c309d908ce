"""The question of a module, as the form of an idea reads it again; nothing of whoever follows the module."""

import uuid

from django.utils.translation import gettext as _

from trainings.models import Module, Track

LONGEST_TAG = 40


def asked(viewer, reference: str) -> tuple[str, str, tuple[str, ...]] | None:
    """The question, where it is asked, and its tags; None when no published module this viewer may read asks it."""
    key, _dash, place = reference.rpartition("-")
    if not (place.isascii() and place.isdigit() and len(place) <= 3):
        return None
    try:
        stable_key = uuid.UUID(key)
    except ValueError:
        return None
    modules = Module.objects.with_content().filter(stable_key=stable_key)
    modules = modules.filter(version__track__in=Track.objects.visible_to(viewer))
    module = modules.select_related("version__track").order_by("-version__number").first()
    blocks = [] if module is None else module.content.get("blocks") or module.content.get("introduction") or []
    block = blocks[int(place)] if int(place) < len(blocks) else {}
    if block.get("type") != "idea":
        return None
    words = {"track": module.version.title, "module": module.title}
    tags = [tag_of(module.version.title), (block.get("criterion") or "").lower()]
    return block["prompt"], _("%(track)s, “%(module)s”") % words, tuple(filter(None, tags))


def tag_of(title: str) -> str:
    """The tag of the ideas that a training gave rise to: cut at a word."""
    tag = _("training %(title)s") % {"title": title.lower()}
    return tag if len(tag) <= LONGEST_TAG else tag[: LONGEST_TAG + 1].rsplit(" ", 1)[0]
