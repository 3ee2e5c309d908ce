"""The one way a view of the desk reaches a batch, and the one way a refusal is told."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from src.foundations import references

from .. import rules
from ..models import Batch


def facilitator(view):
    """Open to facilitators alone: for anybody else the desk doesn't exist. Batches of other places neither."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.viewer.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/papier/")
        if not rules.may_use_desk(request.viewer):
            raise Http404
        if "batch" in kwargs:
            wanted = references.normalise(kwargs["batch"])
            kwargs["batch"] = (
                Batch.objects.visible_to(request.viewer).select_related("unit").filter(reference=wanted).first()
            )
            if kwargs["batch"] is None:
                raise Http404(_("There is no such batch, or it isn't of your places."))
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            sentence = str(refusal) or _("This is not yours to do.")
            return render(request, "paper/refused.html", {"sentence": sentence}, status=403)

    return checked
