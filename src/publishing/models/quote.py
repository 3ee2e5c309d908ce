"""Words of a contribution an editor asks to quote, and what their author answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference

from ..enums import QuoteSignature, QuoteState


class QuoteRequest(models.Model):
    """One passage, asked for once. Pages hold its reference alone: they show it while its author agrees.

    ``is_sealed``: its author isn't named, and never is by a quote. What they answer takes effect, and is told, on the
    following Monday (``answered_on``), as everything they do; a withdrawal takes effect at once.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    subject_kind = models.CharField(max_length=32)
    subject_reference = models.CharField(max_length=16)
    words = models.CharField(_("words to quote"), max_length=600)
    is_sealed = models.BooleanField(default=False, editable=False)
    purpose = models.CharField(_("where they would stand"), max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_on = models.DateField()
    state = models.CharField(_("state"), max_length=12, choices=QuoteState, default=QuoteState.ASKED)
    signature = models.CharField(_("signed"), max_length=8, choices=QuoteSignature, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("quote asked for")
        verbose_name_plural = _("quotes asked for")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_reference", "words"],
                condition=Q(state__in=[QuoteState.ASKED, QuoteState.AGREED]),
                name="quote_asked_once",
            ),
            models.CheckConstraint(condition=~Q(words="") & ~Q(purpose=""), name="quote_has_words"),
            models.CheckConstraint(
                condition=Q(state=QuoteState.AGREED, answered_on__isnull=False) & ~Q(signature="")
                | ~Q(state=QuoteState.AGREED) & Q(signature=""),
                name="quote_agreed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(is_sealed=False) | Q(signature__in=["", QuoteSignature.AGENT]),
                name="quote_sealed_names_nobody",
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_reference"], name="quote_subject")]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return f"/citations/{self.reference}/"

    def is_agreed(self, on) -> bool:
        """Whether pages show it on the day ``on``."""
        return self.state == QuoteState.AGREED and self.answered_on <= on

    def shown_state(self, on) -> str:
        """The state as editors read it: what an author who isn't named answered is told on the following Monday."""
        if self.is_sealed and self.answered_on is not None and self.answered_on > on:
            return QuoteState.ASKED
        return QuoteState(self.state)
