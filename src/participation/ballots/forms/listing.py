"""The filters of the list of ballots."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.foundations.plain_fields import LineField

from .. import listing
from .voting import PlainForm


class FilterForm(PlainForm):
    """Which ballots are listed."""

    q = LineField(label=_("Words to find"), required=False, max_length=80)
    etat = forms.ChoiceField(
        label=pgettext_lazy("ballot", "State"),
        required=False,
        choices=[
            ("", pgettext_lazy("ballots", "All")),
            (listing.OPEN, pgettext_lazy("ballots", "Open")),
            (listing.COMING, _("To come")),
            (listing.COUNTING, _("To be counted")),
            (listing.COUNTED, _("Results")),
            (listing.CANCELLED, pgettext_lazy("ballots", "Called off")),
        ],
    )
    lieu = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, data=None, *, spaces=()):
        super().__init__(data)
        self.fields["lieu"].choices = [("", pgettext_lazy("ballots", "Everywhere")), *spaces]
