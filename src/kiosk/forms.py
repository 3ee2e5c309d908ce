"""Forms of a kiosk: its enrolment, the door, and the web's own form kept to what its writer may choose here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from src.directory.forms import SignInForm
from src.directory.models import Unit
from src.foundations import clock
from src.paper.forms import ANONYMOUS, NAMED, PROTECTED, PlainForm

OFF = {"autocomplete": "off", "autocapitalize": "off", "autocorrect": "off", "spellcheck": "false"}


class EnrolForm(PlainForm):
    """The code an administrator reads to whoever stands before the device."""

    code = forms.CharField(
        label=_("Code of this kiosk"),
        help_text=_("Ten letters and digits, given by the site's administration, good for half an hour."),
        max_length=40,
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": _("Type the code of this kiosk.")},
    )


class DeviceForm(PlainForm):
    """A new kiosk: where it stands and what it is called."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Place"),
        empty_label=_("Choose a place"),
        error_messages={"required": _("Choose the place where it stands.")},
    )
    name = forms.CharField(
        label=_("Name of the device"),
        help_text=_("As people there call it: “Tablet of the locker room”."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Give the device a name.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.current(clock.today()).order_by("name")


class DoorForm(SignInForm):
    """The site's own door, as one says it at a kiosk: nothing is suggested, nothing is offered to be kept."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["identifier"].label = _("Your personnel number")
        for field in self.fields.values():
            field.widget.attrs.update(OFF)


def fitted(form, *, signed_in: bool):
    """The web's own form, its choices of identity kept to those this writer can make here.

    Nobody signs with a name that nothing proves: without signing in, a text is anonymous where the box takes it (first
    choice), or protected, and nobody knows whose it is. LookupError when the box offers nothing of that.
    """
    offered = (NAMED, PROTECTED) if signed_in else (ANONYMOUS, PROTECTED)
    identity = form.fields["identity"]
    identity.choices = [choice for choice in identity.choices if choice[0] in offered]
    if ANONYMOUS in dict(identity.choices):
        identity.initial = form.initial["identity"] = ANONYMOUS
    if not identity.choices:
        raise LookupError("identity")
    if len(identity.choices) == 1:
        identity.widget = forms.HiddenInput()
        identity.initial = form.initial["identity"] = identity.choices[0][0]
    for field in form.fields.values():
        field.widget.attrs.update(OFF | {"spellcheck": field.widget.attrs.get("spellcheck", "false")})
    return form
