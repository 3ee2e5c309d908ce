"""The yearly count of openings of identities: ``/api/v1/identity-openings/``, for everybody, like the page."""

from ninja import Router, Schema

from .selectors import openings_by_year

router = Router(tags=["identity openings"])


class YearOut(Schema):
    """One year: secrets lifted, refused by the second person, not confirmed in time. Zeros are said."""

    year: int
    opened: int
    refused: int
    expired: int


class YearsOut(Schema):
    """Newest first; this year is always there."""

    items: list[YearOut]


@router.get("/", response=YearsOut, summary="How often a secret was lifted, year by year")
def read_openings(request):
    """The totals of the page « Comment votre nom est protégé »: no ground, no direction, no month."""
    years = openings_by_year()
    return {
        "items": [
            {"year": one.year, "opened": one.opened, "refused": one.refused, "expired": one.expired} for one in years
        ]
    }
