"""A text, its versions, and the units of each: frozen once published, found again by their key."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import UnitKind
from ..querysets import ReformTextQuerySet


class ReformText(models.Model):
    """A text submitted to those it concerns. The phases of its space say when one contributes; closing is for good."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    space = models.ForeignKey(
        "participation.Space", models.PROTECT, related_name="reform_texts", verbose_name=_("space")
    )
    title = models.CharField(_("title"), max_length=140)
    introduction = models.TextField(_("introduction"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Nothing is contributed afterwards (trigger); refused while a contribution has no outcome (trigger).
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReformTextQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reform text")
        verbose_name_plural = _("reform texts")
        ordering = ["-created_at", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("texts:detail", kwargs={"reference": self.reference})

    @cached_property
    def published_versions(self) -> list:
        """Published versions, first to last; read from prefetched versions."""
        found = [one for one in self.versions.all() if one.published_at is not None]
        return sorted(found, key=lambda one: one.number)

    @property
    def current(self):
        """The last version published, or None."""
        return self.published_versions[-1] if self.published_versions else None

    @cached_property
    def draft(self):
        """The version being written, or None."""
        return next((one for one in self.versions.all() if one.published_at is None), None)


class TextVersion(models.Model):
    """The text as it stood at one time. Published, its units no longer change (trigger)."""

    text = models.ForeignKey(ReformText, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # What changed and why, in a few lines, for whoever reads the differences.
    note = models.TextField(_("what changes in this version"), blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="text_version_number_once"),
            models.UniqueConstraint(
                fields=["text"], condition=Q(published_at__isnull=True), name="text_version_one_draft"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="text_version_from_one"),
        ]

    def __str__(self):
        return f"{self.text}, {self.number}"


class TextUnit(models.Model):
    """One article, paragraph or heading of one version. ``key`` is the same from one version to the next."""

    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="units")
    key = models.CharField(max_length=8)
    # The unit of the version before from which it was cut off; empty otherwise.
    from_key = models.CharField(max_length=8, blank=True, default="", db_default="")
    position = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=16, choices=UnitKind)
    # As printed: "3", "3 bis", "II". Renumbering alone is no change of the text.
    label = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("unit of a text")
        verbose_name_plural = _("units of texts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="text_unit_key_once"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="text_unit_kind_known"),
            models.CheckConstraint(condition=~Q(title="") | ~Q(body=""), name="text_unit_says_something"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """How it is spoken of: "Article 3. Échanger", "Titre I", the first words of a paragraph."""
        if self.kind == UnitKind.ARTICLE:
            number = _("Article %(label)s") % {"label": self.label} if self.label else str(_("Article"))
            return f"{number}. {self.title}" if self.title else number
        lead = f"{self.label} {self.title}".strip() if self.title else self.label
        if lead:
            return lead
        words = self.body.split()
        return " ".join(words[:8]) + ("…" if len(words) > 8 else "")
