"""The site's one door as a kiosk shows it: number and secret, neither e-mail nor provider, nothing remembered."""

from django.shortcuts import render

from src.directory.views.signin import SignInView

from ..forms import DoorForm
from .gate import on_kiosk


class KioskDoor(SignInView):
    """The same refusals, limits and first use of a printed code as ``/connexion/``."""

    form_class = DoorForm

    def dispatch(self, request, *args, **kwargs):
        return on_kiosk(super().dispatch)(request, *args, **kwargs)

    def _page(self, request, form, status=200):
        return render(
            request, "kiosk/door.html", {"form": form}, status=422 if form.errors and status == 200 else status
        )
