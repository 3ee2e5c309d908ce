"""What a person asks to receive."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import NEVER_MUTED, Category, Channel
from ..models import AnyHour, ChannelChoice, Mute


@transaction.atomic
def set_muted(user, category: str, muted: bool) -> None:
    """Silence a category or let it speak again; refuses those that are a legal duty."""
    if category not in Category.values or category in NEVER_MUTED:
        raise ValidationError(_("These messages always reach you: they are about your rights or your duties."))
    if muted:
        Mute.objects.bulk_create([Mute(user=user, category=category)], ignore_conflicts=True)
    else:
        Mute.objects.filter(user=user, category=category).delete()


@transaction.atomic
def set_channel(user, category: str, channel: str) -> None:
    """Choose how the messages of a category arrive, and let them speak again; refuses duties and unknown ways."""
    if channel not in Channel.values:
        raise ValidationError(_("Choose one of the ways offered."))
    set_muted(user, category, False)
    ChannelChoice.objects.update_or_create(user=user, category=category, defaults={"channel": channel})


def set_any_hour(user, wanted: bool) -> None:
    """Ask to be written to at night and on days off too, or no longer; mails already waiting keep their moment."""
    if wanted:
        AnyHour.objects.bulk_create([AnyHour(user=user)], ignore_conflicts=True)
    else:
        AnyHour.objects.filter(user=user).delete()


def stop_mails(user, category: str) -> None:
    """What one click in a mail asks: no more mails of this category, which stays readable on Terrain.

    Asking twice changes nothing; a silence chosen before stays a silence.
    """
    if category in NEVER_MUTED or category not in Category.values:
        raise ValidationError(_("These messages always reach you: they are about your rights or your duties."))
    ChannelChoice.objects.update_or_create(user=user, category=category, defaults={"channel": Channel.PRODUCT})


def stop_summaries(user) -> None:
    """What was in the summary of Tuesday stays on Terrain alone."""
    ChannelChoice.objects.filter(user=user, channel=Channel.DIGEST).update(channel=Channel.PRODUCT)
