"""How an attestation is drawn: one sheet from what its print says, always the same bytes for the same words."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from src.directory.enums import UnitKind
from src.directory.models import Unit
from src.foundations import documents

from .models import AttestationPrint

# One more each time the sheet changes: a print says by which one it was drawn.
TEMPLATE_VERSION = 1


@dataclass(frozen=True)
class Sheet:
    """One sheet: its print, its code, and where whoever holds it is led."""

    printed: AttestationPrint
    code: str
    address: str

    @property
    def shown_address(self) -> str:
        """Without « https:// »: what a person types."""
        return self.address.partition("://")[2]

    @property
    def qr(self) -> str:
        return documents.qr_data_uri(self.address)


def sheet_of(printed: AttestationPrint) -> Sheet:
    attestation = printed.attestation
    path = reverse("trainings_attestations:verified", kwargs={"code": attestation.code})
    return Sheet(printed, attestation.spaced_code, settings.SITE_URL.rstrip("/") + path)


def city_name() -> str:
    """Who attests: the city, as its tree names it."""
    return Unit.objects.filter(kind=UnitKind.CITY).order_by("pk").values_list("name", flat=True).first() or "Terrain"


def page(prints) -> str:
    """The sheets of these prints, as one page."""
    with translation.override("fr"):
        context = {
            "city": city_name(),
            "sheets": [sheet_of(one) for one in prints],
            "door": (settings.SITE_URL.rstrip("/") + reverse("trainings_attestations:verify")).partition("://")[2],
        }
        return render_to_string("trainings_attestations/print/attestation.html", context)


def drawn(prints) -> tuple[bytes, bool]:
    """The file, and whether it is a PDF: a tagged one, or the page to print where no PDF can be made."""
    html = page(prints)
    try:
        return documents.pdf(html, tagged=True), True
    except documents.PdfUnavailable:
        return html.encode(), False
