"""What is decided after a new version, and its day."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations import clock

from .. import after_version
from ..enums import AfterVersion
from .plain import CHOOSE, PlainForm, day


class VersionForm(PlainForm):
    """One of the two decisions; taking neither is doing nothing."""

    kind = forms.ChoiceField(
        label=gettext_lazy("For those who did an older version"),
        widget=forms.RadioSelect,
        choices=AfterVersion.choices,
        error_messages=CHOOSE,
    )
    day = day(
        gettext_lazy("Day"),
        help_text=gettext_lazy("By when to follow what changed; or the last day on which an older version holds."),
    )

    def __init__(self, data=None, *, notice: int, nothing_new: bool):
        super().__init__(data, initial={"day": clock.today() + timedelta(days=notice)})
        self.notice, self.nothing_new = notice, nothing_new

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if kind == AfterVersion.CATCH_UP and self.nothing_new:
            raise forms.ValidationError(_("No module that counts has changed: there is nothing to catch up with."))
        return kind

    def clean_day(self):
        if refusal := after_version.refused_day(self.notice, self.cleaned_data["day"]):
            raise forms.ValidationError(refusal)
        return self.cleaned_data["day"]
