"""How Django reads the account of a session, and how a password is checked."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q

from .models import User
from .viewer import read_account


class DirectoryBackend(ModelBackend):
    """Accounts by identifier, e-mail or personnel number; the session's account in one statement."""

    def get_user(self, user_id):
        """The active account with its affectation, unit and registered relations; None when closed."""
        user = read_account(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None

    def authenticate(self, request, username=None, password=None, **kwargs):
        """The account whose password this is. An unknown identifier costs the same hashing as a known one."""
        if not username or password is None:
            return None
        user = find_account(username)
        if user is None:
            User().set_password(password)
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None


def find_account(identifier: str) -> User | None:
    """The account somebody means by an identifier, an e-mail address or a personnel number."""
    identifier = identifier.strip()
    if not identifier or len(identifier) > 254 or "\x00" in identifier:
        return None
    found = list(
        User.objects.filter(
            Q(username=identifier.lower()) | Q(email__iexact=identifier) | Q(personnel_number=identifier.upper())
        )[:2]
    )
    return found[0] if len(found) == 1 else None
