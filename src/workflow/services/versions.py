"""New drafts made from a process: its next version, or a copy under another name."""

from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..enums import ProcessStatus
from ..exceptions import ProcessRefused
from ..models import Process, Stage, Transition


@transaction.atomic
def new_version(process: Process, actor=None) -> Process:
    """Make the next version as a draft, equal to ``process``. Refuses while another draft of it waits."""
    versions = Process.objects.filter(slug=process.slug)
    draft = versions.filter(status=ProcessStatus.DRAFT).first()
    if draft is not None:
        raise ProcessRefused(
            [_("A draft already waits: version %(version)s. Finish it or delete it.") % {"version": draft.version}]
        )
    highest = versions.aggregate(highest=models.Max("version"))["highest"]
    made = _duplicate(process, slug=process.slug, name=process.name, version=highest + 1)
    log(made, "workflow.process.new_version", user=actor, data={"from_version": process.version})
    return made


@transaction.atomic
def copy_process(process: Process, *, slug: str, name: str, actor=None) -> Process:
    """Make a draft of another process, equal to ``process``. Refuses a short name already taken."""
    if Process.objects.filter(slug=slug).exists():
        raise ProcessRefused([_("The short name “%(slug)s” is already taken.") % {"slug": slug}])
    made = _duplicate(process, slug=slug, name=name, version=1)
    log(made, "workflow.process.copy", user=actor, data={"from": str(process)})
    return made


def _duplicate(process: Process, *, slug: str, name: str, version: int) -> Process:
    made = Process.objects.create(
        slug=slug, name=name, version=version, subject_kind=process.subject_kind, based_on=process
    )
    Stage.objects.bulk_create(
        _fresh(stage, made) for stage in Stage.objects.filter(process=process).order_by("sort_order", "id")
    )
    Transition.objects.bulk_create(
        _fresh(transition, made, from_stage=None, to_stage=None)
        for transition in Transition.objects.filter(process=process).order_by("sort_order", "id")
    )
    return made


def _fresh(row, process, **changes):
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in ("process", *changes)
    }
    return type(row)(process=process, **values, **changes)
