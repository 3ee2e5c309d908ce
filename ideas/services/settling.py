"""*À régler ici*: the site says yes within ten days, or the idea goes up to the direction with its date."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.foundations import clock

from .. import own_site, validators
from ..models import Idea
from .answering import drop_prepared
from .steps import move


def send_up(*, idea, actor, text: str, at=None):
    """The site says that it can't settle the idea itself, and why: the direction takes it over, with its date."""
    try:
        text = validators.clean_statement(text)
    except ValidationError as error:
        raise ValidationError({"text": error})
    return move(idea, own_site.FORM, actor=actor, data={"text": text}, at=at)


def hand_over(idea, transition, viewer, data, entry) -> None:
    """Effect of going up: the site's clock ends, the direction's has run since the idea was sent."""
    drop_prepared(idea, transition, viewer, data, entry)
    former, day = idea.owed, timezone.localdate(entry.at)
    if former is None:
        return
    accountability.cancel(former, on=day)
    idea.owed = accountability.owe(
        Idea.subject_kind, idea.reference, idea.unit, started_on=former.started_on, days=settings.TERRAIN_PROMISE_DAYS
    )
    if former.threshold_on is not None:
        accountability.reach_threshold(idea.owed, on=former.threshold_on)
    Idea.objects.filter(pk=idea.pk).update(owed=idea.owed)


def site_had_its_days(idea, viewer, data) -> str | None:
    """Guard of the clock: the site has its ten whole days."""
    if idea.owed is not None and idea.owed.promised(clock.today()) < clock.today():
        return None
    return _("The site still has time to answer.")
