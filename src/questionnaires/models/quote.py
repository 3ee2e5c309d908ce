"""Moderation of quotes, the open answers a circle reads behind a figure: looks, reports, objections."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.participation.enums import CaseState
from src.participation.models import (
    AbstractModerationAppeal,
    AbstractModerationCase,
    AbstractModerationReport,
)

from ..querysets import QuoteCaseQuerySet
from .coding import CodedText


class QuoteCase(AbstractModerationCase):
    """One look at a quote; it goes with the answer."""

    quote = models.ForeignKey(CodedText, models.CASCADE, related_name="cases")

    objects = QuoteCaseQuerySet.as_manager()

    class Meta(AbstractModerationCase.Meta):
        verbose_name = _("moderation case of a quote")
        verbose_name_plural = _("moderation cases of quotes")
        constraints = [
            *AbstractModerationCase.Meta.constraints,
            models.UniqueConstraint(fields=["quote"], condition=Q(state=CaseState.OPEN), name="quote_one_open_case"),
        ]


class QuoteReport(AbstractModerationReport):
    """One person's report of a quote."""

    case = models.ForeignKey(QuoteCase, models.CASCADE, related_name="reports")
    quote = models.ForeignKey(CodedText, models.CASCADE, related_name="reports")

    class Meta(AbstractModerationReport.Meta):
        verbose_name = _("report of a quote")
        verbose_name_plural = _("reports of quotes")
        constraints = [
            *AbstractModerationReport.Meta.constraints,
            models.UniqueConstraint(fields=["quote", "reporter"], name="quote_reported_once"),
        ]


class QuoteAppeal(AbstractModerationAppeal):
    """Whoever wrote an answer objects to the removal of the quote."""

    case = models.OneToOneField(QuoteCase, models.CASCADE, related_name="appeal")

    class Meta(AbstractModerationAppeal.Meta):
        verbose_name = _("objection to the removal of a quote")
        verbose_name_plural = _("objections to removals of quotes")
