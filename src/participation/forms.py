"""Forms of openings of identities: what is asked, and why it is refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from src.foundations import references
from src.paper.forms import PlainForm
from theme.forms import ChoiceLabel

from . import opening_subjects
from .enums import Ground

# Where each ground comes from, and what it means: the whole list, shown to everybody.
GROUNDS = (
    (Ground.JUDGE, _("Code of criminal procedure: a written request, with its reference.")),
    (Ground.JUDGE_SECRET, _("The same, with the day from which the author may be told. They are told that day.")),
    (Ground.DANGER, _("Penal code, article 223-6: a person's life or safety is at stake, theirs or another's.")),
    (Ground.REPORT, _("Code of criminal procedure, article 40: a serious fact that the City has to report.")),
    (Ground.THREAT, _("Participation charter: the text itself threatens somebody, or pursues them.")),
)


class AskForm(PlainForm):
    """One text, one ground, the reasons."""

    kind = forms.ChoiceField(
        label=_("What was written?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what was written.")},
    )
    reference = forms.CharField(
        label=_("Reference of the text"),
        help_text=_("Six letters and digits. One text a request: nothing else of its author is looked for."),
        max_length=16,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Give the reference of the text.")},
    )
    ground = forms.ChoiceField(
        label=_("Ground"),
        help_text=_("The whole list. Another reason, even a good one, doesn't lift the secret."),
        choices=[(ground.value, ChoiceLabel(ground.label, source)) for ground, source in GROUNDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a ground of the list.")},
    )
    court_reference = forms.CharField(
        label=_("Reference of the court's request"),
        help_text=_("For the two grounds of a judge: who asks, and the number of the request."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    silent_until = forms.DateField(
        label=_("The author is told from"),
        help_text=_("Only when a judge forbids telling the author for now. Without a ban, they are told at once."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day, for example 24/01/2027.")},
    )
    motive = forms.CharField(
        label=_("Why this text, why now"),
        help_text=_("The second person decides on it. It is kept encrypted; don't write whom you suspect."),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = opening_subjects.choices()

    def clean_reference(self):
        """As people retype it: case, spaces, O for 0."""
        return references.normalise(self.cleaned_data["reference"])[:6]


class RefuseForm(PlainForm):
    """Why the second person doesn't agree."""

    text = forms.CharField(
        label=_("Why you refuse"),
        help_text=_("The person who asked reads it. It is kept encrypted."),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Say why you refuse, in a sentence.")},
    )
