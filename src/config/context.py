"""What every template may read."""

from django.conf import settings


def site(request):
    """Names of the product and the city; whether the demo city is loaded."""
    return {
        "site_name": settings.SITE_NAME,
        "city_name": settings.CITY_NAME,
        "is_demo": settings.TERRAIN_DEMO,
    }
