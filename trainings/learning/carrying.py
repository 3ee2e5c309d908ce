"""Measures of the city that a module of a training carries: what a measure may choose, and where it leads."""

import uuid

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from src.accountability.models import Measure
from src.accountability.registry import Carriers, OriginWords
from trainings.models import Module, Track, TrackVersion

from . import rules

KIND = "formation"


def offered() -> list[tuple[str, list[tuple[str, str]]]]:
    """The modules of published tracks, track by track, by the key they keep from a version to the next."""
    modules = Prefetch("modules", Module.objects.defer("published_content"))
    versions = TrackVersion.objects.latest_of_each().filter(track__in=Track.objects.filter(live=True))
    return [
        (version.title, [(str(one.stable_key), one.title) for one in version.modules.all()])
        for version in versions.prefetch_related(modules)
    ]


def words(viewer, reference: str) -> OriginWords | None:
    """The training and its module; an address for agents alone, who may follow it."""
    try:
        stable_key = uuid.UUID(reference)
    except ValueError:
        return None
    found = Module.objects.filter(stable_key=stable_key, version__track__live=True).defer("published_content")
    module = found.select_related("version__track").order_by("-version__number").first()
    if module is None:
        return None
    said = _("Training “%(track)s”, module “%(module)s”")
    url = reverse("trainings_learning:track", kwargs={"slug": module.version.track.slug})
    label = said % {"track": module.version.title, "module": module.title}
    return OriginWords(label, url if rules.may_learn(viewer) else "")


def carried_by(version: TrackVersion):
    """The published measures that the modules of a version carry, the newest first."""
    keys = [str(one.stable_key) for one in version.modules.all()]
    return Measure.objects.filter(published_on__isnull=False).carried_by(KIND, keys).order_by("-published_on", "pk")


MODULES = Carriers(offered, words)
