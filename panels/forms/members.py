"""Members: a badge, a welcome without a draw, why a panel begins with empty seats, whose term ends."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations import clock
from src.foundations.plain_fields import LineField, PlainTextField
from theme.templatetags.theme import short_day

from ..enums import ConsentPurpose, MembershipWay
from ..reaching import LONGEST
from ..services.members import LONGEST_NAME
from ..services.welcoming import LONGEST_ASSOCIATION
from ..vault import Contact
from .plain import PlainForm, day
from .preparing import ORDER


class BadgeForm(PlainForm):
    """The name others read, and whether everything is posted too."""

    shown_name = LineField(
        label=gettext_lazy("Name on my badge"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("A first name is enough. The other members and the team read it; nobody else."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"max_length": gettext_lazy("Sixty characters at most.")},
    )
    by_post = forms.BooleanField(
        label=gettext_lazy("Send me everything by post too"),
        required=False,
        help_text=gettext_lazy("Agenda, documents, drafts and replies, to the address you gave when you registered."),
    )


class BeginForm(PlainForm):
    """Asked when seats are empty."""

    because = PlainTextField(
        label=gettext_lazy("Why the panel begins with empty seats"),
        max_length=2000,
        help_text=gettext_lazy("Everybody reads it on the page of the panel."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Seats are empty: write why the panel begins so. Everybody reads it."),
            "max_length": gettext_lazy("Shorten it to 2,000 characters."),
        },
    )


def _contact_line(label, name: str, **kwargs) -> LineField:
    return LineField(
        label=label,
        required=False,
        max_length=LONGEST[name],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": gettext_lazy("Shorten it.")},
        **kwargs,
    )


class WelcomeForm(BadgeForm):
    """Somebody who takes a seat of a committee without a draw."""

    way = forms.ChoiceField(
        label=gettext_lazy("How this person comes"),
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in (MembershipWay.VOLUNTEER, MembershipWay.DESIGNATED)],
        error_messages={
            "required": gettext_lazy("Choose how this person comes."),
            "invalid_choice": gettext_lazy("Choose how this person comes."),
        },
    )
    designated_by = LineField(
        label=gettext_lazy("Association that names them"),
        required=False,
        max_length=LONGEST_ASSOCIATION,
        help_text=gettext_lazy("For a person named by an association only. Everybody reads it."),
        error_messages={"max_length": gettext_lazy("Shorten it.")},
    )
    name = _contact_line(gettext_lazy("First and last name"), "name")
    phone = _contact_line(gettext_lazy("Telephone"), "phone")
    email = _contact_line(gettext_lazy("E-mail"), "email")
    address = _contact_line(gettext_lazy("Number and street"), "address")
    postcode = _contact_line(gettext_lazy("Postcode"), "postcode")
    town = _contact_line(gettext_lazy("Town"), "town")
    agrees = forms.BooleanField(
        label=gettext_lazy("This person agrees to take part, and to be written to for it"),
        error_messages={"required": gettext_lazy("Taking part needs the agreement of the person.")},
    )
    published = forms.BooleanField(
        label=gettext_lazy("This person agrees to have their name published"), required=False
    )
    token = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    field_order = (
        "way", "designated_by", "name", "phone", "email", "address", "postcode", "town", "shown_name", "by_post",
        "agrees", "published", "token",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown_name"].label = gettext_lazy("Name on the badge")
        self.fields["by_post"].label = gettext_lazy("Everything by post too")
        self.fields["by_post"].help_text = ""

    @property
    def welcomed(self) -> dict:
        """What the service takes."""
        told = self.cleaned_data
        agreed = [ConsentPurpose.TAKE_PART, *([ConsentPurpose.NAME_PUBLISHED] if told["published"] else [])]
        return {
            "way": told["way"],
            "designated_by": told["designated_by"],
            "contact": Contact(**{name: told[name] for name in LONGEST}),
            "consents": tuple(agreed),
            "shown_name": told["shown_name"],
            "by_post": told["by_post"],
            "token": told["token"],
        }


class RenewalForm(PlainForm):
    """Whose term ends, and the days of the draw of those who follow."""

    title = LineField(
        label=gettext_lazy("Title"),
        max_length=140,
        error_messages={"required": gettext_lazy("Give it a title: people see it first.")},
    )
    leaving = forms.MultipleChoiceField(
        label=gettext_lazy("Members whose term ends"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They sit until those who follow have come. Empty seats are filled too."),
        error_messages={"invalid_choice": gettext_lazy("Choose members of this panel.")},
    )
    registration_ends_on = day(gettext_lazy("Last day to register"))
    draw_on = day(gettext_lazy("Day of the draw"))
    starts_on = day(gettext_lazy("First session of the new members"))
    ends_on = day(gettext_lazy("End of their term"))

    def __init__(self, members, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.members = list(members)
        self.fields["leaving"].choices = [(str(one.number), one.label) for one in self.members]

    def clean(self):
        cleaned = super().clean()
        for before, after in ORDER:
            first, then = cleaned.get(before), cleaned.get(after)
            if first and then and then < first:
                words = {"day": self.fields[before].label.lower(), "when": short_day(first)}
                self.add_error(after, _("This comes before the %(day)s (%(when)s): choose a later day.") % words)
        last = cleaned.get("registration_ends_on")
        if last and last < clock.today():
            self.add_error("registration_ends_on", _("This day is past: choose a later one."))
        return cleaned

    @property
    def chosen(self) -> list:
        """The members whose term ends."""
        numbers = set(self.cleaned_data["leaving"])
        return [one for one in self.members if str(one.number) in numbers]
