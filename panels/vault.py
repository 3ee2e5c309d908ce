"""What is known of people, closed and opened: one key for each kind, so that opening one opens no other."""

import hashlib
import json
from dataclasses import asdict, dataclass

from src.foundations import sealing

CONTACT = sealing.register_purpose("panel-contact")
PROFILE = sealing.register_purpose("panel-profile")
NEEDS = sealing.register_purpose("panel-needs")
GUARDIAN = sealing.register_purpose("panel-guardian")
RECEIPT = sealing.register_purpose("panel-receipt")
LETTERS = sealing.register_purpose("panel-letters")
ENTRY = sealing.register_purpose("panel-entry")
HOUSEHOLD = sealing.register_purpose("panel-household")
# Every profile has one length, whatever it says.
STEP = 512
NONCE_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class Contact:
    """How somebody is reached: by telephone, by post, by e-mail if they have one."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """Who agreed for a minor."""

    name: str
    phone: str = ""


def close(value, purpose: str) -> bytes:
    """Encrypt a value that JSON can carry."""
    return sealing.encrypt(json.dumps(value, ensure_ascii=False).encode(), purpose, pad_to=STEP)


def opened(ciphertext: bytes, purpose: str):
    """The value that was closed for this purpose."""
    return json.loads(sealing.decrypt(bytes(ciphertext), purpose))


def close_contact(contact: Contact) -> bytes:
    return close(asdict(contact), CONTACT)


def open_contact(ciphertext: bytes) -> Contact:
    return Contact(**opened(ciphertext, CONTACT))


def nonce_of(token: str) -> bytes:
    """The number of a receipt, from a secret of the page that sent it: the same sending repeated gives the same."""
    return bytes.fromhex(sealing.keyed_hash(f"receipt:{token}", RECEIPT))


def commitment_of(nonce: bytes) -> str:
    """What remains of a receipt's number once it is erased."""
    return hashlib.sha256(nonce).hexdigest()


def household_secret(panel_id: int) -> bytes:
    """The key of the households of one panel: two panels never have a key in common."""
    return sealing.keyed_hash(f"panel:{panel_id}", HOUSEHOLD).encode()
