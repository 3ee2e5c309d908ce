"""Rating points in the search: everybody may find them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.search import registry
from src.search.registry import Document, Result, Shown

from .models import RatingPoint

KIND = "rating_point"


def document(point: RatingPoint) -> Document:
    """Its name, its kind and its unit."""
    return Document(point.name, body=f"{point.get_kind_display()}\n{point.unit.name}", genre=KIND, day=point.opened_on)


def results(viewer, pks) -> dict:
    """These points as results; everybody reads them."""
    found = RatingPoint.objects.filter(pk__in=pks).select_related("unit")
    return {
        point.pk: Result(
            title=point.name,
            url=point.get_absolute_url(),
            label=_("Quality of services"),
            icon="star",
            tone="consult",
            texts=(("", _("What people say of this service, and where to rate it.")),),
            facts=(str(point.get_kind_display()), point.unit.name),
        )
        for point in found
    }


def register() -> None:
    """Put points on the page of results."""
    registry.register(
        KIND,
        RatingPoint,
        document,
        lambda: RatingPoint.objects.select_related("unit"),
        Shown(
            visible=lambda viewer: RatingPoint.objects.all(),
            results=results,
            genres={KIND: gettext_lazy("Quality of services")},
        ),
    )
