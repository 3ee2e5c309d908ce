"""A process as data: stages and transitions, versioned, frozen once in use."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from ..enums import ClockEffect, ProcessStatus, StageKind


class Process(ClusterableModel):
    """One version of a way from proposal to decision. A process in use is frozen: an edit makes a new version."""

    slug = models.SlugField(_("short name"), max_length=64)
    name = models.CharField(_("name"), max_length=120)
    version = models.PositiveIntegerField(default=1, editable=False)
    status = models.CharField(max_length=16, choices=ProcessStatus, default=ProcessStatus.DRAFT, editable=False)
    # Which kind of subject it moves ("idea"): the registry of subject kinds names them.
    subject_kind = models.CharField(_("moves"), max_length=32, default="idea")
    notes = models.TextField(_("what changed, and why"), blank=True)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    activated_at = models.DateTimeField(null=True, blank=True, editable=False)
    activated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("process")
        verbose_name_plural = _("processes")
        ordering = ["slug", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="process_version_once"),
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(status="active"), name="process_one_active_version"
            ),
        ]

    def __str__(self):
        return f"{self.name} (v{self.version})"


class Stage(models.Model):
    """Where a subject can be. The code reasons on ``kind``; people read the labels."""

    process = ParentalKey(Process, models.CASCADE, related_name="stages")
    slug = models.SlugField(_("short name"), max_length=64)
    kind = models.CharField(_("kind"), max_length=32, choices=StageKind)
    staff_label = models.CharField(_("label for staff"), max_length=80)
    staff_label_en = models.CharField(_("label for staff, in English"), max_length=80, blank=True)
    public_label = models.CharField(_("label for everyone"), max_length=80)
    public_label_en = models.CharField(_("label for everyone, in English"), max_length=80, blank=True)
    # Working days a subject may rest here before the queue shows it in red; empty: no limit.
    default_days = models.PositiveSmallIntegerField(_("working days allowed"), null=True, blank=True)
    accepts_supports = models.BooleanField(_("can be supported"), default=False)
    is_start = models.BooleanField(_("first stage"), default=False)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["sort_order", "id"]
        constraints = [models.UniqueConstraint(fields=["process", "slug"], name="stage_slug_once")]

    def __str__(self):
        return self.staff_label


class Transition(models.Model):
    """One way out of a stage. Stages are named by slug while editing; activation resolves them to foreign keys."""

    process = ParentalKey(Process, models.CASCADE, related_name="transitions")
    slug = models.SlugField(_("short name"), max_length=64)
    label = models.CharField(_("button"), max_length=80)
    label_en = models.CharField(_("button, in English"), max_length=80, blank=True)
    from_slug = models.CharField(_("from the stage"), max_length=64)
    to_slug = models.CharField(_("to the stage"), max_length=64)
    from_stage = models.ForeignKey(
        Stage, models.PROTECT, null=True, blank=True, related_name="ways_out", editable=False
    )
    to_stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, related_name="ways_in", editable=False)
    # Codes of directory roles, or "author", or "system".
    who = models.JSONField(_("who may do it"), default=list)
    # Key of a registered form; empty: a simple confirmation. Forms declare whether they carry a reason.
    form = models.CharField(_("form"), max_length=32, blank=True)
    # Key of a registered guard; empty: none.
    guard = models.CharField(_("condition"), max_length=32, blank=True)
    clock = models.CharField(_("promised date"), max_length=16, choices=ClockEffect, default=ClockEffect.NONE)
    # For "system": working days in the stage after which the clock fires it.
    after_days = models.PositiveSmallIntegerField(_("automatic after (working days)"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["sort_order", "id"]
        constraints = [models.UniqueConstraint(fields=["process", "slug"], name="transition_slug_once")]

    def __str__(self):
        return self.label
