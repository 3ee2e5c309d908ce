"""Turn a notice into a mail: subject, text, HTML, the button, and why it was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from . import unsubscribe
from .registry import Notice

# Written once for everybody, replaced by each person's own link when the mail leaves.
MUTE_MARK = "https://terrain.invalid/mute"


def message_id(key: str) -> str:
    """The same for each copy of a key, so that a mailbox shows a repeated mail once; tells nothing about the key."""
    digest = salted_hmac("notices.message-id", key, algorithm="sha256").hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def absolute(url: str) -> str:
    """The address as a mail needs it."""
    return f"{settings.SITE_URL.rstrip('/')}{url}" if url.startswith("/") else url


@dataclass(frozen=True)
class Words:
    """What a mail says, whoever receives it: the same for all who read the same language."""

    subject: str
    text: str
    html: str
    # A message that says nothing and leads nowhere isn't sent.
    is_empty: bool = False
    # ``calendar(address) -> (method, text)``: what a calendar application reads of it, for one person; or None.
    calendar: Callable[[str], tuple[str, str] | None] | None = None


def render(notice: Notice, context: dict, language: str) -> Words:
    """The words of one notice in a language, under the theme's mail skin."""
    with translation.override(language or settings.LANGUAGE_CODE):
        url = notice.url(context)
        subject = one_line(notice.subject(context))
        skin = {
            "subject": subject,
            "body_text": notice.text(context),
            "body_html": notice.html(context),
            "action_url": absolute(url) if url else "",
            "action_label": notice.action(context),
            "why": str(notice.why),
            "mute_url": absolute(reverse("notices:settings")) if notice.mutable else "",
            "stop_url": MUTE_MARK if notice.mutable else "",
        }
        text = render_to_string("notices/mail/message.txt", skin)
        html = render_to_string("notices/mail/message.html", skin)
        says_nothing = not subject or not (skin["body_text"].strip() or url)

    def calendar(address: str):
        with translation.override(language or settings.LANGUAGE_CODE):
            return notice.calendar(context, address)

    return Words(subject, text, html, is_empty=says_nothing, calendar=calendar)


def addressed(words: Words, *, user, category: str, message_id: str) -> EmailMultiAlternatives:
    """A mail to one person; an empty category can't be stopped, any other carries its one-click link (RFC 8058)."""
    link = absolute(unsubscribe.path(user.pk, category)) if category else ""
    mail = direct(
        to=user.email,
        subject=words.subject,
        text=words.text.replace(MUTE_MARK, link),
        html=words.html.replace(MUTE_MARK, link),
        message_id=message_id,
    )
    event = words.calendar(user.email) if words.calendar else None
    if event:
        method, calendar = event
        mail.attach_alternative(calendar, f"text/calendar; method={method}")
    if link:
        mail.extra_headers["List-Unsubscribe"] = f"<{link}>"
        mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail


def direct(*, to: str, subject: str, text: str, html: str = "", message_id: str) -> EmailMultiAlternatives:
    """A mail whose words are already written, to one address. Refuses several with TypeError: a server would too."""
    if not isinstance(to, str):
        raise TypeError("One address.")
    mail = EmailMultiAlternatives(
        subject=one_line(subject),
        body=text,
        to=[to],
        headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
    )
    if html:
        mail.attach_alternative(html, "text/html")
    return mail


def one_line(subject: str) -> str:
    """A subject on one line: a line break would be a header of somebody else's."""
    return " ".join(str(subject).split())
