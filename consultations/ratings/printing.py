"""Posters of a point: its question, its square, its short link, in every language."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from src.foundations import documents
from src.notices.messages import absolute

from .models import RatingPoint
from .wordings import ALL

SIZES = ("a4", "a5")


def poster_html(point: RatingPoint, size: str) -> str:
    """One page, A4 or A5; the same address in letters under the square."""
    address = absolute(point.short_url)
    with override("fr"):
        return render_to_string(
            "ratings/print/poster.html",
            {
                "point": point,
                "size": size if size in SIZES else "a4",
                "words": list(ALL.values()),
                "qr": documents.qr_data_uri(address),
                "address": address.split("//")[-1],
                "city_name": settings.CITY_NAME,
                "site_name": settings.SITE_NAME,
            },
        )
