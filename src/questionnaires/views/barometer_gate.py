"""The one way a view reaches a barometer, its editions and its findings."""

from functools import wraps

from django.http import Http404
from django.utils.translation import gettext as _

from src.foundations import references

from .. import rules
from ..models import Barometer, Edition, Finding
from .gate import screen, signed_in


def of_barometer(view):
    """Give a view the barometer of an address, through its gate."""

    @wraps(view)
    def found(request, barometer, **kwargs):
        seen = Barometer.objects.visible_to(request.viewer).select_related("space")
        one = seen.filter(reference=references.normalise(barometer[:20])).first()
        if one is None:
            raise Http404(_("This barometer does not exist, or is not shown to you."))
        return view(request, one, **kwargs)

    return screen(found)


def organised_barometer(view):
    """The same, for those who organise it alone; for anybody else there is nothing here."""

    @wraps(view)
    def checked(request, barometer, **kwargs):
        # The same answer as for its questionnaires: both are their space's.
        if not rules.may_organise(request.viewer, barometer):
            raise Http404(_("This barometer does not exist, or is not shown to you."))
        return view(request, barometer, **kwargs)

    return signed_in(of_barometer(checked))


def edition_of(barometer: Barometer, number: int) -> Edition:
    """An edition of this barometer, or nothing here."""
    found = barometer.editions.select_related("questionnaire__release").filter(number=number).first()
    if found is None:
        raise Http404(_("This edition is gone."))
    found.barometer = barometer
    return found


def finding_of(barometer: Barometer, reference: str) -> Finding:
    """A finding of this barometer, or nothing here."""
    found = (
        Finding.objects.filter(edition__barometer=barometer, reference=references.normalise(reference[:20]))
        .select_related("edition__barometer", "tracked", "theme")
        .first()
    )
    if found is None:
        raise Http404(_("This finding is gone."))
    return found
