"""Sheets as one document to print, A4 or A3."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from . import selectors
from .enums import PaperSize
from .models import Sheet


def sheets_html(sheets: list[Sheet], size: PaperSize) -> str:
    """One page a sheet; the same drawing in both sizes, larger by √2 in A3."""
    with override("fr"):
        return render_to_string(
            "wall/print/sheets.html",
            {
                "pages": selectors.shown(sheets),
                "size": size.value,
                "site_name": settings.SITE_NAME,
                "city_name": settings.CITY_NAME,
            },
        )
