"""Moderation of contributions: looks, reports, objections."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.participation.enums import CaseState
from src.participation.models import (
    AbstractModerationAppeal,
    AbstractModerationCase,
    AbstractModerationReport,
)

from ..querysets import TextCaseQuerySet
from .contribution import UnitContribution


class TextCase(AbstractModerationCase):
    """One look at a contribution."""

    contribution = models.ForeignKey(UnitContribution, models.CASCADE, related_name="cases")

    objects = TextCaseQuerySet.as_manager()

    class Meta(AbstractModerationCase.Meta):
        verbose_name = _("moderation case of a text")
        verbose_name_plural = _("moderation cases of texts")
        constraints = [
            *AbstractModerationCase.Meta.constraints,
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(state=CaseState.OPEN), name="unit_contribution_one_open_case"
            ),
        ]


class TextReport(AbstractModerationReport):
    """One person's report of a contribution."""

    case = models.ForeignKey(TextCase, models.CASCADE, related_name="reports")
    contribution = models.ForeignKey(UnitContribution, models.CASCADE, related_name="reports")

    class Meta(AbstractModerationReport.Meta):
        verbose_name = _("report of a contribution")
        verbose_name_plural = _("reports of contributions")
        constraints = [
            *AbstractModerationReport.Meta.constraints,
            models.UniqueConstraint(fields=["contribution", "reporter"], name="unit_contribution_reported_once"),
        ]


class TextAppeal(AbstractModerationAppeal):
    """An author's objection to the removal of their contribution."""

    case = models.OneToOneField(TextCase, models.CASCADE, related_name="appeal")

    class Meta(AbstractModerationAppeal.Meta):
        verbose_name = _("objection of a contributor")
        verbose_name_plural = _("objections of contributors")
