"""Who owes a second factor, and whether this session gave it."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse

SESSION_KEY = "directory_second_factor"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def is_required(user) -> bool:
    """Staff and superusers owe one when the city requires it."""
    return settings.TERRAIN_MFA_REQUIRED and user.is_authenticated and (user.is_staff or user.is_superuser)


def was_given(request) -> bool:
    """Whether the session passed a second factor, or set one up, since it opened."""
    if request.session.get(SESSION_KEY) == request.user.pk:
        return True
    records = get_authentication_records(request, request.user)
    if any(record.get("method") == "mfa" for record in records):
        request.session[SESSION_KEY] = request.user.pk
        return True
    return False


def asked(request) -> HttpResponseRedirect | None:
    """Where to give a second factor, or to set one up, and then come back; None when the session gave it.

    None too where the city requires none: a demonstration, a test.
    """
    if not settings.TERRAIN_MFA_REQUIRED or was_given(request):
        return None
    name = "mfa_reauthenticate" if has_one(request.user) else "mfa_index"
    query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(f"{reverse(name)}?{query}" if query else reverse(name))


def has_one(user) -> bool:
    """Whether the account has a factor to ask for."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def remember_setup(sender, request, user, authenticator, **kwargs) -> None:
    """A factor set up in this session counts for this session."""
    if authenticator.type in FACTORS and request is not None and request.user.pk == user.pk:
        request.session[SESSION_KEY] = user.pk
