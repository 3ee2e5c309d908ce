"""A track as editors write it: drafts and revisions here, what agents follow in its published versions."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from src.publishing.fields import PaletteField

from ..blocks import modules_palette
from ..enums import ChangeKind, Nature
from ..querysets import TrackQuerySet
from ..reserved import check_slug

TITLE_MAX, TEXT_MAX = 140, 2000


class Track(DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model):
    """What is being written; each publication freezes it into a ``TrackVersion``."""

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[check_slug],
        help_text=_("What follows /formations/: small letters, figures and hyphens. It never changes once published."),
    )
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    objectives = models.TextField(
        _("objectives"), max_length=TEXT_MAX, help_text=_("One a line: what people can do afterwards.")
    )
    audience = models.TextField(_("for whom"), max_length=TEXT_MAX)
    basis = models.TextField(
        _("who asks for it"),
        max_length=TEXT_MAX,
        help_text=_("The employer's decision, with its date. Never a law that nobody checked."),
    )
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, default=Nature.TRAINING)
    owner_unit = models.ForeignKey(
        "directory.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit in charge")
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1)], help_text=_("Counted as working time.")
    )
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="fr")
    modules = PaletteField(modules_palette(), verbose_name=_("modules"), blank=True)
    change_kind = models.CharField(
        _("what this publication changes"), max_length=10, choices=ChangeKind, default=ChangeKind.MINOR
    )
    change_note = models.CharField(
        _("what changed, in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("Agents who followed a version before read it. Not asked the first time."),
    )

    objects = TrackQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="track_nature_known"),
            models.CheckConstraint(condition=Q(change_kind__in=ChangeKind.values), name="track_change_known"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="track_takes_time"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="track_has_a_name"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_correction(self) -> bool:
        """Whether what is published next changes words alone."""
        return self.change_kind == ChangeKind.EDITORIAL

    def get_preview_template(self, request, mode_name):
        return "trainings/preview.html"

    def get_preview_context(self, request, mode_name):
        """What is written, as it would be read: nothing of it is begun or sent."""
        from ..reading import preview_of  # it reads these models

        return {**super().get_preview_context(request, mode_name), **preview_of(self)}

    def publish(self, revision, user=None, **kwargs):
        """Wagtail's door, whoever opens it: nothing is published that a version doesn't freeze."""
        from ..services.publishing import publish_version  # the service reads these models

        with transaction.atomic():
            done = super().publish(revision, user=user, **kwargs)
            publish_version(track=revision.as_object(), actor=user)
        return done
