"""Who owes a second factor, and whether this session gave it."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings

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


def has_one(user) -> bool:
    """Whether the account has a factor to ask for."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def remember_setup(sender, request, user, authenticator, **kwargs) -> None:
    """A factor set up in this session counts for this session."""
    if authenticator.type in FACTORS and request is not None and request.user.pk == user.pk:
        request.session[SESSION_KEY] = user.pk
