"""Blocks made ready for a page: pictures in a size, files by their address, nothing of whoever reads."""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from wagtail.images import get_image_model

from .content import head_of, modules_of

# How an address names the question of a module that an idea answers.
ASKED = "formation"
# Light enough for a phone: the widest a lesson shows.
WIDEST = "max-960x960|jpegquality-60"


def ready(blocks: list[dict], slot: str) -> list[dict]:
    """The blocks of a module, in order, each with its place; ``slot`` names it where a reflection is kept."""
    pictures = _pictures(blocks)
    return [_ready(block, place, slot, pictures) for place, block in enumerate(blocks)]


def _ready(block: dict, place: int, slot: str, pictures: dict) -> dict:
    told = {**block, "place": place}
    if block["type"] == "image":
        told["picture"] = pictures.get((block["image"] or {}).get("image"))
    elif block["type"] in ("video", "audio"):
        told["file_url"] = _address(block["file"])
        told["captions_url"] = _address(block.get("captions"))
        poster = pictures.get((block.get("poster") or {}).get("image"))
        told["poster_url"] = poster.url if poster else ""
    elif block["type"] == "reflection":
        told["slot"] = f"{slot}-{place}"
    elif block["type"] == "idea":
        told["url"] = _ideas(slot, place)
    return told


def _pictures(blocks: list[dict]) -> dict:
    keys = {
        block[name]["image"]
        for block in blocks
        for name in ("image", "poster")
        if block["type"] in ("image", "video") and block.get(name)
    }
    if not keys:
        return {}
    found = get_image_model().objects.filter(pk__in=keys).prefetch_renditions(WIDEST)
    return {image.pk: image.get_rendition(WIDEST) for image in found}


def _address(file: dict | None) -> str:
    return reverse("trainings_learning:media", kwargs={"media": file["media"]}) if file else ""


def _ideas(slot: str, place: int) -> str:
    """Where an idea begins, when the city has ideas; its author chooses there how to sign, and to name the module."""
    try:
        return f"{reverse('ideas:new')}?{urlencode({'depuis': f'{ASKED}.{slot}-{place}'})}"
    except NoReverseMatch:
        return ""


def preview_of(track) -> dict:
    """What a draft says, module by module."""
    modules = modules_of(track)
    for module in modules:
        content = module["content"]
        module["ready"] = ready(content.get("blocks") or content.get("introduction") or [], str(module["key"]))
    return {"head": head_of(track), "modules": modules}
