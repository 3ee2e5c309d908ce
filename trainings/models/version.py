"""What was published: a version that never changes, its modules, and corrections of words kept beside them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..enums import ChangeKind, ModuleKind
from ..querysets import ModuleQuerySet, TrackVersionQuerySet
from .track import Track


class TrackVersion(models.Model):
    """A track as it stood on the day it was published. The database refuses to change or remove it."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    change_kind = models.CharField(max_length=10, choices=ChangeKind, editable=False)
    change_note = models.CharField(max_length=300, blank=True, editable=False)
    published_at = models.DateTimeField(editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # Title, objectives, basis…, and the fingerprint of each module in order.
    structure = models.JSONField(editable=False)
    content_sha256 = models.CharField(max_length=64, editable=False)

    objects = TrackVersionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of a track")
        verbose_name_plural = _("versions of tracks")
        ordering = ["track", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["track", "number"], name="track_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="track_version_numbered"),
            models.CheckConstraint(
                condition=Q(change_kind__in=[ChangeKind.MINOR, ChangeKind.MAJOR]), name="track_version_is_no_patch"
            ),
            models.CheckConstraint(
                condition=Q(content_sha256__regex=r"^[0-9a-f]{64}$"), name="track_version_has_its_hash"
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def title(self) -> str:
        return self.structure["title"]

    @property
    def minutes(self) -> int:
        return self.structure["minutes"]

    @property
    def objectives(self) -> list[str]:
        return self.structure["objectives"]


class Module(models.Model):
    """One module of a version. ``stable_key`` follows it from a version to the next."""

    version = models.ForeignKey(TrackVersion, models.PROTECT, related_name="modules")
    position = models.PositiveSmallIntegerField(editable=False)
    stable_key = models.UUIDField(editable=False)
    kind = models.CharField(max_length=10, choices=ModuleKind, editable=False)
    title = models.CharField(max_length=140, editable=False)
    required = models.BooleanField(editable=False)
    minutes = models.PositiveSmallIntegerField(editable=False)
    # In plain words: "Ce module est terminé quand…".
    completion_rule = models.CharField(max_length=300, editable=False)
    published_content = models.JSONField(editable=False)
    content_sha256 = models.CharField(max_length=64, editable=False)

    objects = ModuleQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="module_one_a_place"),
            models.UniqueConstraint(fields=["version", "stable_key"], name="module_key_once_a_version"),
            models.CheckConstraint(condition=Q(kind__in=ModuleKind.values), name="module_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(completion_rule=""), name="module_says_its_rule"),
            models.CheckConstraint(condition=Q(content_sha256__regex=r"^[0-9a-f]{64}$"), name="module_has_its_hash"),
        ]

    def __str__(self):
        return self.title

    @cached_property
    def content(self) -> dict:
        """What is read: as published, with the last correction of its words. Prefetch ``patches``."""
        patches = sorted(self.patches.all(), key=lambda patch: patch.pk)
        return patches[-1].content if patches else self.published_content

    @property
    def is_lesson(self) -> bool:
        return self.kind == ModuleKind.LESSON

    @property
    def is_scenario(self) -> bool:
        return self.kind == ModuleKind.SCENARIO

    @property
    def is_quiz(self) -> bool:
        return self.kind == ModuleKind.QUIZ

    @property
    def is_session(self) -> bool:
        return self.kind == ModuleKind.SESSION

    @property
    def is_reflection(self) -> bool:
        return self.kind == ModuleKind.REFLECTION


class ModulePatch(models.Model):
    """Words of a published module corrected: the version and its hash stay, nothing moves for those under way."""

    module = models.ForeignKey(Module, models.PROTECT, related_name="patches")
    note = models.CharField(max_length=300, editable=False)
    content = models.JSONField(editable=False)
    content_sha256 = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("correction of a module")
        verbose_name_plural = _("corrections of modules")
        ordering = ["module", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(content_sha256__regex=r"^[0-9a-f]{64}$"), name="patch_has_its_hash"),
            models.CheckConstraint(condition=~Q(note=""), name="patch_says_why"),
        ]

    def __str__(self):
        return f"{self.module}: {self.note}"
