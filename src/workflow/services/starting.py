"""Where a subject begins: the active version of a process and its first stage."""

from django.utils.translation import gettext as _

from src.foundations import clock

from .. import process_cache
from ..enums import ProcessStatus
from ..exceptions import ProcessRefused
from ..models import Process


def active_process(slug: str) -> Process:
    """The version of a process in use; ProcessRefused when no version is."""
    process = Process.objects.filter(slug=slug, status=ProcessStatus.ACTIVE).first()
    if process is None:
        raise ProcessRefused([_("No version of the process “%(slug)s” is in use.") % {"slug": slug}])
    return process


def begin(process_id: int, *, stage_slug: str | None = None, at=None) -> dict:
    """Values of a new subject: ``Model(**begin(process_id), …)``. An import may name another stage than the first."""
    graph = process_cache.graph(process_id)
    stage = graph.stage_named(stage_slug) if stage_slug else graph.start
    if stage is None:
        raise ProcessRefused([_("The stage “%(slug)s” does not exist in this process.") % {"slug": stage_slug}])
    return {
        "process": graph.process,
        "stage": stage,
        "stage_kind": stage.kind,
        "stage_since": at or clock.now(),
    }
