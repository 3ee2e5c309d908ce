"""What the doctor says of mails: how they leave, and those a person must look at."""

from django.conf import settings
from django.utils.translation import gettext, ngettext

from src.foundations.diagnosis import Level, Line

from . import returns
from .enums import MailState
from .models import MailMessage
from .without_mail import sms

NOWHERE = ("locmem", "dummy", "console", "filebased")


def mails():
    """How mails leave, and how many may have left twice without anybody knowing."""
    if any(word in settings.EMAIL_BACKEND for word in NOWHERE):
        yield Line(Level.LIMIT, gettext("Mails aren't sent: they are written on this machine."))
    else:
        yield Line(Level.OK, gettext("Mails leave by the configured service."))
        if returns.provider():
            yield Line(Level.OK, gettext("The provider tells which e-mails came back."))
        else:
            yield Line(Level.LIMIT, gettext("Nobody tells which e-mails came back: see docs/notices.md."))
    if missing := sms.faults():
        told = gettext("The gateway of text messages is half-configured: %(missing)s.")
        yield Line(Level.PROBLEM, told % {"missing": ", ".join(missing)})
    uncertain = MailMessage.objects.filter(state=MailState.UNCERTAIN).count()
    if uncertain:
        sentence = ngettext(
            "%(count)d mail may have left twice: look at it with “manage.py mails”.",
            "%(count)d mails may have left twice: look at them with “manage.py mails”.",
            uncertain,
        )
        yield Line(Level.PROBLEM, sentence % {"count": uncertain})
