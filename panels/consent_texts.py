"""The words people agree to, by purpose and version: what was agreed to stays readable, whatever is written later."""

from django.utils.translation import gettext_lazy as _

from .enums import ConsentPurpose

# The last version is the one asked.
TEXTS = {
    ConsentPurpose.TAKE_PART: {
        "2026-1": _(
            "I agree that my answers serve to draw a panel that reflects the city, and for nothing else. If I am not "
            "drawn, they are erased three months after the draw."
        ),
    },
    ConsentPurpose.NAME_PUBLISHED: {
        "2026-1": _(
            "I agree that my first name and last name are published if I am drawn. I can say no and be drawn."
        ),
    },
    ConsentPurpose.PICTURES: {
        "2026-1": _("I agree to be filmed and photographed during sessions. I can say no and take part."),
    },
    ConsentPurpose.RESEARCH: {
        "2026-1": _("I agree that researchers who study the panel ask me questions. I can say no each time."),
    },
}
GUARDIAN = {
    "2026-1": _("As parent or guardian, I agree that the young person I am responsible for takes part in the panel."),
}


def asked_version(purpose: str) -> str:
    """The version of the words asked today for a purpose."""
    return list(TEXTS[ConsentPurpose(purpose)])[-1]


def words(purpose: str, version: str) -> str:
    """The words of a version; empty when there is no such version."""
    return str(TEXTS[ConsentPurpose(purpose)].get(version, ""))


def guardian_version() -> str:
    """The version of the words asked of a guardian today."""
    return list(GUARDIAN)[-1]
