"""Passing an idea to another space: moved or copied, where, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from theme.forms import ChoiceLabel

from .fields import PlainTextField, TermsForm
from .steps import REASON_MAX, text_area

MOVE, COPY = "deplacer", "copier"


class PassForm(TermsForm):
    """What those who orient an idea say before it passes."""

    what = forms.ChoiceField(
        label=_("Move it, or copy it?"),
        choices=[
            (
                MOVE,
                ChoiceLabel(_("Move it"), _("Same page, same supports, same promised date.")),
            ),
            (COPY, ChoiceLabel(_("Copy it"), _("It stays here. The copy begins there, without the supports."))),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is moved or copied.")},
    )
    space = forms.ChoiceField(
        label=_("Where to?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose where it goes."),
            "invalid_choice": _("This space can’t take it: choose another."),
        },
    )
    text = PlainTextField(
        label=_("Why"),
        help_text=_("The author reads it, and whoever reads the idea."),
        max_length=REASON_MAX,
        widget=text_area(3),
        error_messages={"required": _("Say why: the author and the followers read your reason.")},
    )

    def __init__(self, *args, spaces=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["space"].choices = [(space.slug, space.name) for space in spaces]
