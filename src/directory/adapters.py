"""What allauth asks of us: no public sign-up, mail through the outbox, secrets sealed, existing accounts only."""

import base64
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import redirect
from django.template.loader import render_to_string

from src.foundations import outbox, sealing

from .models import User
from .redirects import is_safe

# A row like the others that nobody handles as mail: unknown addresses cost what known ones do.
DECOY_TOPIC = "directory.no_mail"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from the directory; mail is a row of the outbox, never SMTP inside the request."""

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        return is_safe(self.request, url or "")

    def get_login_redirect_url(self, request):
        return settings.LOGIN_REDIRECT_URL

    def login(self, request, user):
        """Open the session with our backend, so that the next request reads everything in one statement."""
        user.backend = "src.directory.backends.DirectoryBackend"
        super().login(request, user)

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Say what helps; "you are signed in" doesn't."""
        if message_template != "account/messages/logged_in.txt":
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix, email, context):
        """Write one encrypted outbox row with the mail."""
        self._emit("mail.send", template_prefix, email, context)

    def send_decoy(self, template_prefix, email, context):
        """Do the same work for an address no account has, and mail nobody."""
        self._emit(DECOY_TOPIC, template_prefix, email, context)

    def _emit(self, topic, template_prefix, email, context):
        context = {"site_name": settings.SITE_NAME, "city_name": settings.CITY_NAME, **context}
        context.pop("request", None)
        key = f"signin:{uuid.uuid4()}"
        outbox.emit(
            topic,
            {
                "to": email,
                "subject": " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split()),
                "text": render_to_string(f"{template_prefix}_message.txt", context),
                "html": "",
                "key": key,
            },
            key=key,
            secret=True,
        )


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The city's identity provider opens existing accounts; it makes none."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Tie a first sign-in to the account with the same personnel number, or the same verified e-mail."""
        if sociallogin.is_existing:
            return
        user = self._known_account(sociallogin)
        if user is None:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
        sociallogin.connect(request, user)

    def _known_account(self, sociallogin):
        data = sociallogin.account.extra_data or {}
        claims = {**data, **data.get("userinfo", {}), **data.get("id_token", {})}
        number = str(claims.get(getattr(settings, "TERRAIN_OIDC_NUMBER_CLAIM", ""), "") or "").upper()
        if number:
            return User.objects.filter(personnel_number=number, is_active=True).first()
        email = str(claims.get("email", "") or "")
        if email and claims.get("email_verified") is True:
            return User.objects.filter(email__iexact=email, is_active=True).first()
        return None


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: secrets sealed with a key kept outside the database; staff keeps one while it must."""

    def encrypt(self, text):
        return base64.b64encode(sealing.encrypt(text.encode(), "second-factor")).decode()

    def decrypt(self, encrypted_text):
        return sealing.decrypt(base64.b64decode(encrypted_text), "second-factor").decode()

    def build_totp_svg(self, url):
        """The square to scan on a white ground: on a dark page no camera would read it."""
        svg = super().build_totp_svg(url)
        start = svg.index("<svg")
        after = svg.index(">", start) + 1
        return f'{svg[:after]}<rect width="100%" height="100%" fill="#fff"/>{svg[after:]}'

    def can_delete_authenticator(self, authenticator):
        """Refuse to remove the last factor of somebody whose roles ask for one."""
        from .second_factor import is_required

        if not is_required(authenticator.user):
            return True
        others = authenticator.user.authenticator_set.exclude(pk=authenticator.pk).exclude(type="recovery_codes")
        return others.exists()
