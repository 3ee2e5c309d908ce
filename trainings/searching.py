"""What the index and the page of results know of tracks: their last version, for agents; no question of a quiz."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.signals import published, unpublished

from src.search import registry
from src.search.freshness import changed
from src.search.registry import Document, Result, Shown

from .enums import ModuleKind
from .models import Track, TrackVersion

TRACK = GENRE = "track"
# What a lesson says; whatever checks what was learnt is left out.
READ = ("text", "legal", "what_if")


def live_tracks():
    """Tracks that agents may begin."""
    return Track.objects.filter(live=True, versions__isnull=False).distinct()


def document(track: Track) -> Document:
    """Title, objectives, for whom, and its lessons."""
    version = TrackVersion.objects.filter(track=track).order_by("-number").first()
    parts = [*version.objectives, version.structure["audience"], version.structure["basis"]]
    for module in version.modules.with_content():
        parts.append(module.title)
        if module.kind == ModuleKind.LESSON:
            parts += _said(module.content.get("blocks") or [])
    return Document(
        version.title, body="\n".join(parts), genre=GENRE, day=timezone.localdate(version.published_at)
    )  # fmt: skip


def _said(blocks: list[dict]):
    for block in blocks:
        if block["type"] in READ:
            for name, told in block.items():
                if name != "type":
                    yield from (text for text in ([told] if isinstance(told, str) else told or []))


def results(viewer, pks) -> dict:
    """These tracks as results, for agents, in the words of their last version."""
    seen = Track.objects.visible_to(viewer).filter(pk__in=pks)
    found = TrackVersion.objects.latest_of_each().filter(track__in=seen.values("pk")).select_related("track")
    return {version.track_id: _result(version) for version in found}


def _result(version: TrackVersion) -> Result:
    minutes = ngettext("%(n)d minute", "%(n)d minutes", version.minutes) % {"n": version.minutes}
    return Result(
        title=version.title,
        url=reverse("trainings_learning:track", kwargs={"slug": version.track.slug}),
        label=_("Training"),
        icon="graduation-cap",
        tone="train",
        texts=((_("You will be able to:"), " ".join(version.objectives)), ("", version.structure["audience"])),
        facts=(minutes,),
    )


def follow(sender, instance, **kwargs) -> None:
    """A track came out again or was taken down: the index follows."""
    changed(TRACK, instance.pk)


def register() -> None:
    """Put tracks on the page of results, and listen to Wagtail's publication."""
    registry.register(
        TRACK,
        Track,
        document,
        live_tracks,
        Shown(visible=Track.objects.visible_to, results=results, genres={GENRE: gettext_lazy("Trainings")}),
    )
    for signal in (published, unpublished):
        signal.connect(follow, sender=Track, dispatch_uid=f"trainings.search.{id(signal)}")
