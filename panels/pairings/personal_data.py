"""What the room keeps of people: nothing."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare_impersonal

from .models import Pairing

OWNER = "panel_pairings"

declare_impersonal(
    OWNER,
    ((Pairing, "Two questionnaires, a key destroyed at the end, figures of eleven people or more."),),
)
code_words.register(
    "verb",
    {
        "panels.pairing_linked": _("Questionnaire of a panel asked before and after"),
        "panels.pairing_unlinked": _("Questionnaire of a panel asked once again"),
        "panels.pairing_after_opened": _("Second questionnaire of a panel opened"),
        "panels.pairing_given_up": _("Second questionnaire of a panel given up"),
        "panels.pairing_ended": _("Questionnaires before and after told, or destroyed"),
    },
)
