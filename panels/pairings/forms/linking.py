"""Choosing the first questionnaire, and naming the second."""

from django import forms
from django.utils.translation import gettext_lazy

from panels.forms.plain import PlainForm
from src.foundations.plain_fields import LineField
from src.questionnaires.models import Questionnaire

from ..services.pairing import MOST_TITLE


class LinkForm(PlainForm):
    """One of the secret questionnaires of the panel's space that nobody paired."""

    before = forms.ModelChoiceField(
        label=gettext_lazy("First questionnaire"),
        queryset=Questionnaire.objects.none(),
        empty_label=gettext_lazy("Choose a questionnaire"),
        error_messages={
            "required": gettext_lazy("Choose a questionnaire."),
            "invalid_choice": gettext_lazy("Choose a questionnaire of the panel’s own space."),
        },
    )

    def __init__(self, found, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["before"].queryset = found


class AfterForm(PlainForm):
    """The title of the second; its questions are those of the first."""

    title = LineField(
        label=gettext_lazy("Title of the second questionnaire"),
        max_length=MOST_TITLE,
        help_text=gettext_lazy("Members see it first: say that the same questions come again."),
        error_messages={
            "required": gettext_lazy("Give it a title: members see it first."),
            "max_length": gettext_lazy("Shorten it: it is too long."),
        },
    )
