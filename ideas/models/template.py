"""Ready-made answers: what a direction often says, written once, to start from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from src.accountability.enums import Outcome, Reason


class AnswerTemplate(models.Model):
    """An answer to start from, offered to those who answer for a unit and what is below it; nobody else sees it."""

    name = models.CharField(_("name"), max_length=80)
    # Empty: offered in the whole city.
    unit = models.ForeignKey(
        "directory.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    outcome = models.CharField(_("answer"), max_length=16, choices=Outcome, blank=True)
    text = models.TextField(_("official response"))
    reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    reopening_conditions = models.TextField(_("what could change the answer"), blank=True)
    is_offered = models.BooleanField(_("offered"), default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("ready-made answer")
        verbose_name_plural = _("ready-made answers")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="answer_template_has_text"),
            models.UniqueConstraint(fields=["unit", "name"], name="answer_template_name_once"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(unit__isnull=True), name="answer_template_name_once_for_all"
            ),
        ]

    def __str__(self):
        return self.name
