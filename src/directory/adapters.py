"""What allauth asks of us: no public sign-up, mail through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from the directory."""

    def is_open_for_signup(self, request):
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The city's identity provider opens existing accounts; it makes none."""

    def is_open_for_signup(self, request, sociallogin):
        return False
