"""What a dossier is made of: its phase line, documents, works, bodies, contributions of groups, news, figures, report.

Rows of the page, written, previewed and published with it.
"""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from src.participation.enums import ActivityPhase

from ..enums import FigureKind, GroupKind, OpinionState, WorkKind
from ..querysets import WorkQuerySet
from ..validators import check_link

DOSSIER = "consultations.ConsultationDossier"


def _document(label=None):
    return models.ForeignKey(
        "wagtaildocs.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label or _("Document"),
    )


class DossierPhase(models.Model):
    """One step of the line: between two days, what the consultation is about."""

    dossier = ParentalKey(DOSSIER, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(pgettext_lazy("of a phase", "Step"), max_length=16, choices=ActivityPhase)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    note = models.CharField(_("In a few words"), max_length=160, blank=True)

    wagtail_reference_index_ignore = True
    panels = [FieldPanel("kind"), FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]), FieldPanel("note")]

    class Meta:
        verbose_name = _("step of a dossier")
        verbose_name_plural = _("steps of dossiers")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActivityPhase.values), name="dossier_phase_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="dossier_phase_in_order",
                violation_error_message=_("A step ends after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False) | Q(kind=ActivityPhase.RESTITUTE),
                name="dossier_phase_ends",
                violation_error_message=_("Each step has its last day; the report alone goes on."),
            ),
        ]


class DossierDocument(Orderable):
    """A file of the dossier, read by whoever reads the dossier."""

    dossier = ParentalKey(DOSSIER, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("Title"), max_length=160)
    document = models.ForeignKey("wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name=_("Document"))

    panels = [FieldPanel("title"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("document of a dossier")
        verbose_name_plural = _("documents of dossiers")


class DossierWork(Orderable):
    """A work of the library: who wrote it, when, what it says, where to read it."""

    dossier = ParentalKey(DOSSIER, on_delete=models.CASCADE, related_name="works")
    kind = models.CharField(pgettext_lazy("of a work", "Kind"), max_length=16, choices=WorkKind)
    title = models.CharField(_("Title"), max_length=240)
    authors = models.CharField(_("Authors"), max_length=240)
    year = models.PositiveSmallIntegerField(pgettext_lazy("of a work", "Year"))
    summary = models.TextField(_("What it says, in a few lines"), max_length=900)
    link = models.CharField(
        _("Address"),
        max_length=400,
        blank=True,
        validators=[check_link],
        help_text=_("Where it is published; it begins with “https://”."),
    )
    document = _document()
    # The dossier a page names beside it, when it shows a work of another one.
    told_of = None

    objects = WorkQuerySet.as_manager()
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("year")]),
        FieldPanel("title"),
        FieldPanel("authors"),
        FieldPanel("summary"),
        FieldPanel("link"),
        FieldPanel("document"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("work of the library")
        verbose_name_plural = _("works of the library")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=WorkKind.values), name="work_kind_known"),
            models.CheckConstraint(
                condition=Q(year__gte=1500, year__lte=2200),
                name="work_year_likely",
                violation_error_message=_("Write the year of the work, in four figures."),
            ),
        ]

    def __str__(self):
        return self.title


class DossierSharedWork(Orderable):
    """A work of another dossier shown in this one too: typed once, corrected in one place."""

    dossier = ParentalKey(DOSSIER, on_delete=models.CASCADE, related_name="shared_works")
    work = models.ForeignKey(
        DossierWork,
        models.CASCADE,
        related_name="shown_in",
        verbose_name=_("Work"),
        limit_choices_to={"dossier__live": True},
        help_text=_("Each person reads here those of the dossiers they may read."),
    )

    wagtail_reference_index_ignore = True
    panels = [FieldPanel("work")]

    class Meta(Orderable.Meta):
        verbose_name = _("work of another dossier")
        verbose_name_plural = _("works of other dossiers")
        constraints = [models.UniqueConstraint(fields=["dossier", "work"], name="shared_work_once")]


class ConsultedBody(Orderable):
    """A body asked for its opinion: when it sits, what it said."""

    dossier = ParentalKey(DOSSIER, on_delete=models.CASCADE, related_name="bodies")
    name = models.CharField(_("Name"), max_length=160)
    state = models.CharField(pgettext_lazy("of a body", "State"), max_length=16, choices=OpinionState)
    sits_on = models.DateField(_("Day of the sitting"), null=True, blank=True)
    opinion = models.TextField(_("Opinion"), max_length=900, blank=True)
    document = _document(_("The opinion as a document"))

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("state"), FieldPanel("sits_on")]),
        FieldPanel("opinion"),
        FieldPanel("document"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("body consulted")
        verbose_name_plural = _("bodies consulted")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OpinionState.values), name="body_state_known"),
            models.CheckConstraint(
                condition=~Q(state=OpinionState.GIVEN) | Q(sits_on__isnull=False),
                name="body_opinion_has_a_day",
                violation_error_message=_("An opinion that was given has its day."),
            ),
        ]

    def __str__(self):
        return self.name


class GroupContribution(Orderable):
    """What a group sent under its own name, entered by who runs the dossier."""

    dossier = ParentalKey(DOSSIER, on_delete=models.CASCADE, related_name="contributions")
    kind = models.CharField(pgettext_lazy("of a group", "Kind"), max_length=16, choices=GroupKind)
    signed_by = models.CharField(_("Name of the group"), max_length=120)
    received_on = models.DateField(_("Received on"))
    text = models.TextField(_("What it says, in a few lines"), max_length=900)
    document = _document()

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("received_on")]),
        FieldPanel("signed_by"),
        FieldPanel("text"),
        FieldPanel("document"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("contribution of a group")
        verbose_name_plural = _("contributions of groups")
        constraints = [models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="contribution_group_known")]

    def __str__(self):
        return self.signed_by


class DossierNews(models.Model):
    """A dated post, short; the feed holds them all."""

    dossier = ParentalKey(DOSSIER, on_delete=models.CASCADE, related_name="news")
    # The same from one version of the page to the next: what was told once isn't told again.
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    on = models.DateField(_("Day"))
    title = models.CharField(_("Title"), max_length=140)
    text = models.TextField(_("Text"), max_length=1200)

    wagtail_reference_index_ignore = True
    panels = [FieldPanel("on"), FieldPanel("title"), FieldPanel("text")]

    class Meta:
        verbose_name = _("news of a dossier")
        verbose_name_plural = _("news of dossiers")
        ordering = ["-on", "-pk"]

    def __str__(self):
        return self.title


class ParticipationFigure(Orderable):
    """How many answered in one way, or spoke of one thing: never under the smallest number."""

    dossier = ParentalKey(DOSSIER, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(_("What it counts"), max_length=16, choices=FigureKind)
    label = models.CharField(_("In words"), max_length=120)
    count = models.PositiveIntegerField(pgettext_lazy("of a figure", "Number"), validators=[MinValueValidator(1)])

    wagtail_reference_index_ignore = True
    panels = [FieldRowPanel([FieldPanel("kind"), FieldPanel("count")]), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("figure of participation")
        verbose_name_plural = _("figures of participation")
        constraints = [models.CheckConstraint(condition=Q(kind__in=FigureKind.values), name="dossier_figure_known")]


class ReportRow(Orderable):
    """« Vous aviez dit, nous avons décidé, ce qui change », with the measures it leads to."""

    dossier = ParentalKey(DOSSIER, on_delete=models.CASCADE, related_name="report_rows")
    said = models.TextField(_("You had said"), max_length=600)
    decided = models.TextField(_("We have decided"), max_length=900)
    changes = models.TextField(_("What changes"), max_length=900)
    # Their references, a blank between two; the form also finds them by words (``naming``).
    measures = models.TextField(
        _("Its measures"),
        max_length=2000,
        blank=True,
        help_text=_("One a line: words of its title, or its reference. What several measures have is asked again."),
    )

    wagtail_reference_index_ignore = True
    panels = [FieldPanel("said"), FieldPanel("decided"), FieldPanel("changes"), FieldPanel("measures")]

    class Meta(Orderable.Meta):
        verbose_name = _("line of a report")
        verbose_name_plural = _("lines of reports")

    @property
    def references(self) -> list[str]:
        """The references typed, in capitals, each once."""
        return list(dict.fromkeys(self.measures.upper().replace(",", " ").replace(";", " ").split()))
