"""The one way a page of the workshop reaches its object: those who handle it; for anybody else there is none."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations import references

from .. import rules
from ..models import AnomalyFlag, ProblemReport, RatingPoint, Suggestion

_OBJECTS = {
    "point": lambda viewer: RatingPoint.objects.handled_by(viewer).select_related("unit__direction"),
    "report": lambda viewer: ProblemReport.objects.handled_by(viewer).select_related("point__unit"),
    "suggestion": lambda viewer: Suggestion.objects.handled_by(viewer).select_related("point__unit__direction"),
    "flag": lambda viewer: AnomalyFlag.objects.handled_by(viewer).select_related("point", "looked_by"),
}


def handler(view):
    """Open to those who handle points somewhere; an object of another unit is as if it didn't exist."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.viewer.is_authenticated:
            here = request.get_full_path() if request.method == "GET" else reverse("ratings:workshop")
            return redirect_to_login(here)
        if not rules.may_use_workshop(request.viewer):
            raise Http404
        for name, rows in _OBJECTS.items():
            if name in kwargs:
                wanted = kwargs[name]
                known = {"pk": wanted} if name == "flag" else {"reference": references.normalise(wanted)}
                kwargs[name] = rows(request.viewer).filter(**known).first()
                if kwargs[name] is None:
                    raise Http404(_("There is nothing here, or it belongs to another unit."))
        return view(request, *args, **kwargs)

    return checked
