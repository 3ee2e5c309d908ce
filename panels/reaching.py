"""How somebody is reached: what is asked of it, whoever writes it, at the registration or later."""

from django.utils.translation import gettext as _

from .vault import Contact

LONGEST = {"name": 120, "phone": 32, "email": 254, "address": 300, "postcode": 16, "town": 100}


def faults_of(contact: Contact) -> dict[str, str]:
    """What is wrong with a contact, by field: a name, one way at least to reach somebody, and no more than is kept."""
    faults = {}
    if not contact.name.strip():
        faults["name"] = _("Write a name: we call you by it.")
    if not (contact.phone.strip() or contact.email.strip() or contact.address.strip()):
        faults["phone"] = _("Give a telephone number, an e-mail or an address: we have to reach you.")
    for name, most in LONGEST.items():
        if len(getattr(contact, name)) > most:
            faults[name] = _("%(most)d signs at most.") % {"most": most}
    return faults
