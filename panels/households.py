"""Which people share a home: a keyed hash of their address, by the rule told in ``proof.household``."""

from . import vault
from .proof.household import Address, Households


def digest_of(contact: vault.Contact, panel) -> str:
    """The key of a home in one panel; empty for a blank, vague or institutional address: nobody is kept out by it."""
    address = Address(contact.address, contact.postcode, contact.town)
    return Households(vault.household_secret(panel.pk)).key_of(address)
