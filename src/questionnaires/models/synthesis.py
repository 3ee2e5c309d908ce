"""What was understood of the answers, in chapters; its figures come from the codes, frozen when it is published."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .coding import Codebook, CodedText, Theme
from .questionnaire import Questionnaire


class Synthesis(models.Model):
    """The synthesis of a questionnaire: a draft of its organisers, then for good what its circle reads."""

    questionnaire = models.OneToOneField(Questionnaire, models.PROTECT, related_name="synthesis")
    title = models.CharField(_("title"), max_length=140)
    introduction = models.TextField(_("introduction"), blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("synthesis")
        verbose_name_plural = _("syntheses")

    def __str__(self):
        return self.title

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class SynthesisChapter(models.Model):
    """A part of a synthesis."""

    synthesis = models.ForeignKey(Synthesis, models.CASCADE, related_name="chapters")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=140)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("chapter of a synthesis")
        verbose_name_plural = _("chapters of syntheses")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title


class SynthesisParagraph(models.Model):
    """A paragraph, in plain text; the figures it cites are themes, never numbers typed."""

    chapter = models.ForeignKey(SynthesisChapter, models.CASCADE, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))
    themes = models.ManyToManyField(Theme, through="Citation", related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("paragraph of a synthesis")
        verbose_name_plural = _("paragraphs of syntheses")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text[:60]


class Citation(models.Model):
    """A theme whose figure stands under a paragraph."""

    paragraph = models.ForeignKey(SynthesisParagraph, models.CASCADE, related_name="citations")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="cited")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("figure cited by a paragraph")
        verbose_name_plural = _("figures cited by paragraphs")
        ordering = ["theme__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["paragraph", "theme"], name="citation_once")]

    def __str__(self):
        return f"{self.paragraph_id}: {self.theme_id}"


class SynthesisTable(models.Model):
    """What a published synthesis says of one codebook: how many answers were read, and which themes aren't told."""

    synthesis = models.ForeignKey(Synthesis, models.PROTECT, related_name="tables")
    codebook = models.ForeignKey(Codebook, models.PROTECT, related_name="+")
    question = models.CharField(max_length=400)
    k = models.PositiveSmallIntegerField()
    # How many answers were read, of how many written.
    base = models.PositiveIntegerField()
    written = models.PositiveIntegerField()
    hidden = models.JSONField(default=list, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("table of themes")
        verbose_name_plural = _("tables of themes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["synthesis", "codebook"], name="synthesis_table_once"),
            models.CheckConstraint(condition=Q(base__lte=F("written")), name="synthesis_table_adds_up"),
        ]

    def __str__(self):
        return self.question


class SynthesisFigure(models.Model):
    """A theme as it was told: its words and its count on the day of publication."""

    table = models.ForeignKey(SynthesisTable, models.PROTECT, related_name="figures")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    definition = models.CharField(max_length=300)
    count = models.PositiveIntegerField()
    texts = models.ManyToManyField(CodedText, through="FigureText", related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("figure of a synthesis")
        verbose_name_plural = _("figures of syntheses")
        ordering = ["-count", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["table", "theme"], name="synthesis_figure_once")]

    def __str__(self):
        return self.name


class FigureText(models.Model):
    """An answer behind a figure, as coded that day; it goes when the answer goes."""

    figure = models.ForeignKey(SynthesisFigure, models.PROTECT, related_name="behind")
    text = models.ForeignKey(CodedText, models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer behind a figure")
        verbose_name_plural = _("answers behind figures")
        constraints = [models.UniqueConstraint(fields=["figure", "text"], name="figure_text_once")]

    def __str__(self):
        return f"{self.figure_id}: {self.text_id}"
