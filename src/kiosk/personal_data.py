"""What the kiosk room keeps of people: who enrolled a device."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare

from .models import Kiosk


def _enrolled(user):
    for kiosk in Kiosk.objects.filter(enrolled_by=user).select_related("unit").order_by("pk"):
        yield {"place": kiosk.unit.name, "kiosk": kiosk.name, "day": kiosk.enrolled_on}


def _erase(user):
    return Kiosk.objects.filter(enrolled_by=user).update(enrolled_by=None)


code_words.register(
    "verb",
    {
        "kiosk.enrolled": _("Device became a kiosk"),
        "kiosk.prepared": _("Code given for a kiosk"),
        "kiosk.revoked": _("Kiosk ended"),
    },
)
declare(
    Kiosk,
    owner="kiosk",
    classification=Classification.C2,
    retention=_("as long as the account"),
    title=_("Kiosks I enrolled"),
    export=_enrolled,
    erase=_erase,
    reason="Which administrator enrolled a shared device, and when; nothing of whoever uses it.",
)
