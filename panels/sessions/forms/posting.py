"""Whom to write to, and when letters were posted."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panels.forms.plain import PlainForm, day
from src.foundations import clock

from .planning import choice


class LettersForm(PlainForm):
    """Those who asked for paper, or some of the members."""

    to = choice(
        gettext_lazy("Whom to write to"),
        gettext_lazy("Choose whom to write to."),
        [
            ("asked", gettext_lazy("Those who asked for everything by post")),
            ("some", gettext_lazy("Those ticked below")),
        ],
    )
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Members"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose in the list.")},
    )

    def __init__(self, members, data=None):
        super().__init__(data, initial={"to": "asked"})
        self.people = {str(one.number): one for one in members}
        self.fields["members"].choices = [(key, _line(one)) for key, one in self.people.items()]

    def clean(self):
        said = super().clean()
        if said.get("to") == "some" and not said.get("members"):
            self.add_error("members", gettext_lazy("Tick whom to write to."))
        return said

    @property
    def chosen(self):
        """The members ticked; None for all who asked."""
        if self.cleaned_data["to"] == "asked":
            return None
        return [self.people[key] for key in self.cleaned_data["members"]]


def _line(member) -> str:
    """A member to tick: their number, their badge, and whether they asked for everything by post."""
    if not member.by_post:
        return f"{member.number}. {member.label}"
    told = {"number": member.number, "badge": member.label}
    return _("%(number)d. %(badge)s (everything by post)") % told


class PostedForm(PlainForm):
    """The day letters were posted."""

    posted_on = day(gettext_lazy("Day they were posted"))

    def __init__(self, data=None):
        super().__init__(data, initial={"posted_on": clock.today()})
