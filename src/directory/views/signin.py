"""The door: one name and one secret, an e-mail code, the city's identity provider, or a persona of the demo city."""

from allauth.account.internal.flows.login import perform_login, perform_password_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from src.foundations import clock

from .. import identity_provider, personas, throttle
from ..adapters import AccountAdapter
from ..backends import DirectoryBackend, find_account
from ..forms import OwnSecretForm, SignInForm
from ..models import PersonalCode, User
from ..redirects import safe_next
from ..services import codes

FIRST_USE = "directory_first_use"
FIRST_USE_SECONDS = 15 * 60


@method_decorator([never_cache, sensitive_post_parameters("secret")], name="dispatch")
class SignInView(View):
    """`/connexion/`: the form, the provider's button when configured, the personas in the demo city."""

    form_class = SignInForm

    def get(self, request):
        identifier = request.GET.get("matricule", "")[:64]
        return self._page(request, self.form_class(initial={"identifier": identifier}))

    def post(self, request):
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        typed = form.cleaned_data["identifier"]
        user = find_account(typed)
        if "mail" in request.POST:
            return self._mail_code(request, form, user, typed)
        if not throttle.may_guess(request, user, typed):
            form.add_error(None, _("Too many tries. Wait a few minutes, then try again."))
            return self._page(request, form, status=429)
        return self._try(request, form, user, typed)

    def _try(self, request, form, user, typed):
        secret = form.cleaned_data["secret"]
        # Both are always tried, so that every refusal costs the same.
        signed = DirectoryBackend().authenticate(request, username=typed, password=secret)
        code = codes.find_live_code(user, secret)
        if signed is not None:
            throttle.forgive(request, signed)
            login = Login(user=signed, redirect_url=safe_next(request) or None)
            return perform_password_login(request, {"username": signed.username}, login)
        if code is not None and user is not None and user.is_active:
            throttle.forgive(request, user)
            request.session[FIRST_USE] = {
                "code": code.pk,
                "at": int(clock.now().timestamp()),
                "next": safe_next(request),
            }
            return redirect("directory:own_secret")
        form.add_error(None, _("This name and this secret don't go together, or the code is no longer valid."))
        return self._page(request, form)

    def _mail_code(self, request, form, user, typed):
        if not throttle.may_mail_code(request, user, typed):
            form.add_error(None, _("Too many tries. Wait a few minutes, then try again."))
            return self._page(request, form, status=429)
        start_email_code(request, user, typed)
        target = reverse("account_confirm_login_code")
        destination = safe_next(request)
        return HttpResponseRedirect(f"{target}?{urlencode({'next': destination})}" if destination else target)

    def _page(self, request, form, status=200):
        context = {
            "form": form,
            "next": safe_next(request),
            "providers": identity_provider.buttons(),
            "personas": personas.cards() if settings.TERRAIN_DEMO else [],
        }
        response = render(request, "directory/sign_in.html", context, status=status)
        return identity_provider.allow_in_forms(response)


def start_email_code(request, user, typed: str) -> None:
    """Open the e-mail code step: a mail for an active account with an address, the same work for anybody else."""
    reachable = user if user is not None and user.is_active and user.email else None
    email = reachable.email if reachable else typed
    state = LoginCodeVerificationProcess.initial_state(user=reachable, email=email)
    login = Login(user=reachable, email=email)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update(state, initiated_by_user=True)
    process = LoginCodeVerificationProcess(stage=stage)
    if reachable:
        process.send()
    else:
        process.generate_code()
        process.state["code"] = ""
        AccountAdapter(request).send_decoy("account/email/login_code", email, {"code": "AAAAAA"})
        process.add_sent_message({})
    process.persist()


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class OwnSecretView(View):
    """First use of a printed code: the person chooses a secret of their own, and the code ends."""

    def dispatch(self, request, *args, **kwargs):
        state = request.session.get(FIRST_USE) or {}
        fresh = clock.now().timestamp() - state.get("at", 0) < FIRST_USE_SECONDS
        self.code = PersonalCode.objects.select_related("user").filter(pk=state.get("code")).first() if fresh else None
        if self.code is None or not self.code.user.is_active:
            request.session.pop(FIRST_USE, None)
            return redirect("directory:login")
        self.destination = state.get("next", "")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self._page(request, OwnSecretForm(user=self.code.user))

    def post(self, request):
        form = OwnSecretForm(request.POST, user=self.code.user)
        if not form.is_valid():
            return self._page(request, form)
        try:
            user = codes.use_code(self.code, password=form.cleaned_data["password"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self._page(request, form)
        request.session.pop(FIRST_USE, None)
        record_authentication(request, user, method="password", username=user.username)
        return perform_login(request, Login(user=user, redirect_url=self.destination or None))

    def _page(self, request, form):
        return render(request, "directory/own_secret.html", {"form": form, "person": self.code.user})


class PersonaView(View):
    """The demo city's cards: one click signs in. Anywhere else this address doesn't exist."""

    http_method_names = ["post"]

    def dispatch(self, request, *args, **kwargs):
        if not settings.TERRAIN_DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request):
        username = request.POST.get("persona", "")
        if username not in personas.USERNAMES:
            raise Http404
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise Http404
        destination = safe_next(request, settings.LOGIN_REDIRECT_URL)
        if request.user.is_authenticated:
            logout(request)
        AccountAdapter(request).login(request, user)
        record_authentication(request, user, method="persona")
        return HttpResponseRedirect(destination)


@method_decorator(never_cache, name="dispatch")
class SignOutView(View):
    """`/deconnexion/`: a button, then nothing of the session is left on a shared device; the door, or ``next``."""

    def get(self, request):
        if not request.user.is_authenticated:
            return redirect("directory:login")
        return render(request, "directory/sign_out.html")

    def post(self, request):
        destination = safe_next(request, reverse("directory:login"))
        logout(request)
        response = HttpResponseRedirect(destination)
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
        return response


def admin_door(request):
    """`/gestion/login/` and its forms lead to the one door."""
    target = reverse("directory:login")
    destination = safe_next(request, "/gestion/")
    return HttpResponseRedirect(f"{target}?{urlencode({'next': destination})}")


def page_door(request):
    """Wagtail's own sign-in page for pages kept to some leads to the one door too."""
    destination = safe_next(request)
    target = reverse("directory:login")
    return HttpResponseRedirect(f"{target}?{urlencode({'next': destination})}" if destination else target)


def not_here(request):
    """Wagtail's own lists of users and groups don't exist here, for anybody."""
    raise Http404


def request_code(request):
    """Where allauth sends somebody whose e-mail code expired: back to the door."""
    return redirect("directory:login")


def refused_by_provider(request):
    """The identity provider answered, and no account of the directory goes with the answer."""
    return render(request, "directory/provider_refused.html", status=403)


def closed_account(request):
    """The account exists and is closed; the same page for everybody who comes here."""
    return render(request, "directory/account_closed.html", status=403)
