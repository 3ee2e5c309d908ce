"""One's own pages: who Terrain says I am, how I sign in, and what it keeps of me."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from .. import account_lines, own_data, selectors
from ..adapters import AccountAdapter
from ..forms import OwnSecretForm
from ..services.secrets import change_secret


@method_decorator(never_cache, name="dispatch")
class MeView(LoginRequiredMixin, View):
    """`/moi/`: what the staff file says of me, my roles, and where to settle the rest."""

    def get(self, request):
        context = {
            "person": request.user,
            "post": request.user.current_affectation,
            "roles": selectors.running_roles(request.user),
            "lines": account_lines.lines_for(request.viewer),
        }
        return render(request, "directory/me.html", context)


@method_decorator(
    [never_cache, sensitive_post_parameters(), login_required, reauthentication_required(allow_get=False)],
    name="dispatch",
)
class SecretView(View):
    """`/moi/mot-de-passe/`: a new password; the old one is asked for first, and every other session ends."""

    def get(self, request):
        return self._page(request, OwnSecretForm(user=request.user))

    def post(self, request):
        form = OwnSecretForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._page(request, form, status=422)
        with transaction.atomic():
            change_secret(request.user, password=form.cleaned_data["password"], actor=request.user)
            if request.user.email:
                AccountAdapter(request).send_mail("account/email/secret_changed", request.user.email, {})
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed. Every other device is signed out."))
        return redirect("directory:me")

    def _page(self, request, form, status: int = 200):
        context = {"form": form, "parents": [{"label": _("My account"), "url": "/moi/"}]}
        return render(request, "directory/secret.html", context, status=status)


@method_decorator([never_cache, login_required, reauthentication_required], name="dispatch")
class OwnDataView(View):
    """`/moi/donnees/`: all that is held of me, to read; asks for the secret again first."""

    def get(self, request):
        context = {
            "groups": own_data.groups(request.user),
            "folded_from": own_data.FOLDED_FROM,
            "shown": own_data.SHOWN,
            "parents": [{"label": _("My account"), "url": "/moi/"}],
        }
        return render(request, "directory/own_data.html", context)
