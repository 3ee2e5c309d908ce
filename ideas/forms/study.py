"""The scorecard of a study: five criteria from 0 to 4, and a word."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..validators import STATEMENT_MAX
from .fields import PlainTextField, TermsForm

SCORES = [
    ("", _("I can't say")),
    ("0", pgettext_lazy("score", "0: not at all")),
    ("1", pgettext_lazy("score", "1: a little")),
    ("2", pgettext_lazy("score", "2: fairly")),
    ("3", pgettext_lazy("score", "3: well")),
    ("4", pgettext_lazy("score", "4: very well")),
]

# Criterion → label, and what a 4 means: the five are read in the same direction.
CRITERIA = {
    "impact_users": (_("Effect for residents"), _("4: it clearly makes the service better.")),
    "impact_agents": (_("Effect for agents"), _("4: it clearly makes work better.")),
    "feasibility": (_("Feasibility"), _("4: we know how to do it.")),
    "cost": (_("Cost"), _("4: it costs next to nothing.")),
    "delay": (_("Delay"), _("4: it can be done within three months.")),
}


def score_field(label, hint):
    return forms.TypedChoiceField(
        label=label, help_text=hint, choices=SCORES, required=False, coerce=int, empty_value=None
    )


class AssessmentForm(TermsForm):
    """One's own reading, given once; the others' are shown afterwards."""

    # Every criterion already offers « I can't say ».
    hide_optional = True

    impact_users = score_field(*CRITERIA["impact_users"])
    impact_agents = score_field(*CRITERIA["impact_agents"])
    feasibility = score_field(*CRITERIA["feasibility"])
    cost = score_field(*CRITERIA["cost"])
    delay = score_field(*CRITERIA["delay"])
    note = PlainTextField(
        label=_("What you think of it, and why"),
        help_text=_("A few sentences. Your colleagues of the study read them once they have given theirs."),
        max_length=STATEMENT_MAX,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you think of it, even in one sentence.")},
    )
    risk_flag = forms.BooleanField(label=_("I see a risk of discrimination, or for personal data"), required=False)
