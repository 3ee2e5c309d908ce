"""A process as data: stages and transitions, versioned, frozen once in use."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from ..enums import CLOSING, FINAL, Actor, ClockEffect, ProcessStatus, StageKind


def in_language(french: str, english: str) -> str:
    """The city's own words: one column per language, French when the other is empty."""
    return english if english and (get_language() or "fr").startswith("en") else french


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
    # Came with the product, in a file: a later shipped version may replace it by itself.
    is_shipped = models.BooleanField(default=False, editable=False)
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
            models.CheckConstraint(condition=models.Q(status__in=ProcessStatus.values), name="process_status_known"),
            models.CheckConstraint(
                condition=models.Q(status="draft") | models.Q(activated_at__isnull=False),
                name="process_active_since_a_day",
            ),
        ]

    def __str__(self):
        return _("%(name)s, version %(version)s") % {"name": self.name, "version": self.version}

    @property
    def is_draft(self) -> bool:
        return self.status == ProcessStatus.DRAFT

    @property
    def is_active(self) -> bool:
        return self.status == ProcessStatus.ACTIVE

    @property
    def is_frozen(self) -> bool:
        """In use or replaced: its rows never change again (triggers refuse it too)."""
        return self.status != ProcessStatus.DRAFT


class Stage(models.Model):
    """Where a subject can be. The code reasons on ``kind``; people read the labels."""

    process = ParentalKey(Process, on_delete=models.CASCADE, related_name="stages")
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

    sort_order_field = "sort_order"
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["sort_order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "slug"], name="stage_slug_once"),
            models.CheckConstraint(condition=models.Q(kind__in=StageKind.values), name="stage_kind_known"),
        ]

    def __str__(self):
        return self.staff_text

    @property
    def staff_text(self) -> str:
        """The label for staff in the reader's language."""
        return in_language(self.staff_label, self.staff_label_en)

    @property
    def public_text(self) -> str:
        """The label for everyone in the reader's language."""
        return in_language(self.public_label, self.public_label_en)

    @property
    def is_closing(self) -> bool:
        return self.kind in CLOSING

    @property
    def is_final(self) -> bool:
        return self.kind in FINAL


class Transition(models.Model):
    """One way out of a stage. Stages are named by slug while editing; activation resolves them to foreign keys."""

    process = ParentalKey(Process, on_delete=models.CASCADE, related_name="transitions")
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
    # While nobody is told of it, whoever took it may go back; a few forms alone know how (registry.register_way_back).
    may_go_back = models.BooleanField(
        _("can be taken back while nobody is told"),
        default=True,
        db_default=True,
        help_text=_("Only steps Terrain knows how to undo are offered: never an answer, a removal or a withdrawal."),
    )
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    sort_order_field = "sort_order"
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["sort_order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["process", "slug"], name="transition_slug_once"),
            models.CheckConstraint(condition=models.Q(clock__in=ClockEffect.values), name="transition_clock_known"),
        ]

    def __str__(self):
        return self.text

    @property
    def text(self) -> str:
        """The button in the reader's language."""
        return in_language(self.label, self.label_en)

    @property
    def is_automatic(self) -> bool:
        return Actor.SYSTEM in self.who and self.after_days is not None
