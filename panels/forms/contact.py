"""How somebody is reached, written again: by an organiser who reads it, or by the person, who writes what changed."""

from dataclasses import asdict

from ..vault import Contact
from .plain import PlainForm
from .registration import add_contact


class ContactForm(PlainForm):
    """The whole of it, as it is kept."""

    def __init__(self, data=None, *, contact: Contact | None = None):
        super().__init__(data, initial=asdict(contact) if contact else None)
        add_contact(self, autocomplete=False)

    @property
    def contact(self) -> Contact:
        """What the service takes."""
        return Contact(**self.cleaned_data)


class OwnContactForm(PlainForm):
    """What changed; what is left blank stays as it is, and what is known isn't shown."""

    hide_optional = True

    def __init__(self, data=None):
        super().__init__(data)
        add_contact(self, autocomplete=True)
        for field in self.fields.values():
            field.required = False
            field.help_text = ""
