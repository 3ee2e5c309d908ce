"""What one asks of the list and of the library; anything unknown is simply not asked."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .listing import SORTS, WORK_KINDS, DossierQuestion, WorkQuestion


class _FilterForm(forms.Form):
    """Draws what a question has read, and never refuses."""

    use_required_attribute = False

    def __init__(self, question, **choices):
        super().__init__(initial=question.asked, label_suffix="")
        for name, pairs in choices.items():
            self.fields[name].choices = pairs


def _years(years) -> list[tuple]:
    return [("", _("All years")), *((str(year), str(year)) for year in years)]


class DossierFilterForm(_FilterForm):
    """Words, year, order; the state is chosen beside."""

    q = forms.CharField(
        label=_("Search in dossiers"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    annee = forms.ChoiceField(label=_("Begun in"), required=False)
    tri = forms.ChoiceField(label=pgettext_lazy("list", "Order"), required=False)
    etat = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, question: DossierQuestion, years):
        super().__init__(question, annee=_years(years), tri=[(name, label) for name, (label, _order) in SORTS.items()])
        if not question.state:
            del self.fields["etat"]


class WorkFilterForm(_FilterForm):
    """Words, kind, year."""

    q = forms.CharField(
        label=_("Search in the library"),
        required=False,
        help_text=_("A title, an author, a word of the summary."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    genre = forms.ChoiceField(label=pgettext_lazy("of a work", "Kind"), required=False)
    annee = forms.ChoiceField(label=pgettext_lazy("of a work", "Year"), required=False)

    def __init__(self, question: WorkQuestion, years):
        kinds = [("", _("All kinds")), *((name, kind.label) for name, kind in WORK_KINDS.items())]
        super().__init__(question, genre=kinds, annee=_years(years))
