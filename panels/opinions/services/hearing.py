"""The yearly hearing: the city comes back before the panel, measure by measure, and members answer."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from panels.enums import PanelState
from panels.models import Panel
from panels.services.preparing import WrongState, move
from panels.services.recording import record
from src.foundations import clock

from ..models import Hearing, HearingLine
from .gates import organising, worded

OPEN = (PanelState.ANSWERED, PanelState.FOLLOWED_UP)
MOST_WORDS = 4000


@transaction.atomic
def plan_hearing(*, actor, panel: Panel, held_on: date, place: str) -> Hearing:
    """Say when and where the next hearing is; everybody reads it. Organisers, once every reply is given.

    Refuses another one while one waits for its account.
    """
    held = organising(actor, panel, *OPEN)
    if Hearing.objects.filter(panel=held, published_at__isnull=True).exists():
        raise WrongState(_("A hearing is planned already: write its account first."), code="state")
    number = (Hearing.objects.filter(panel=held).aggregate(last=Max("number"))["last"] or 0) + 1
    made = Hearing.objects.create(
        panel=held, number=number, held_on=held_on, place=worded("place", place, 140, one_line=True)
    )
    record("yearly_hearing_planned", held, actor=actor, about=f"hearing:{number}")
    return made


@transaction.atomic
def tell_hearing(*, actor, hearing: Hearing, city_words: str, member_words: str, said: Mapping[int, str]) -> Hearing:
    """Publish what was said at a hearing, for good: the city, measure by measure (``said``, by key), the members.

    Organisers. Refuses before its day, and measures that don't come of this panel. The first one moves the panel.
    """
    held = organising(actor, hearing.panel, *OPEN)
    found = Hearing.objects.select_for_update(of=("self",)).get(pk=hearing.pk)
    if found.published_at is not None:
        raise WrongState(_("The account of this hearing is published."), code="state")
    if found.held_on > clock.today():
        raise ValidationError(_("This hearing is to come."))
    measures = {one.pk: one for one in measures_of(held)}
    if set(said) - set(measures):
        raise ValidationError(_("One of these measures doesn’t come of this panel."))
    found.city_words = worded("city_words", city_words, MOST_WORDS)
    found.member_words = worded("member_words", member_words, MOST_WORDS)
    HearingLine.objects.bulk_create(
        HearingLine(hearing=found, measure=measures[key], said=worded("said", words, 1000))
        for key, words in said.items()
        if words.strip()
    )
    found.published_at = clock.now()
    found.save(update_fields=["city_words", "member_words", "published_at"])
    if held.state == PanelState.ANSWERED:
        move(held, PanelState.FOLLOWED_UP, actor, "followed_up")
    record("yearly_hearing_told", held, actor=actor, about=f"hearing:{found.number}", at_once=True)
    return found


def measures_of(panel: Panel):
    """The published measures that come of the recommendations of a panel; one statement."""
    from ..measures import of_panel  # here because registries read services

    return of_panel(panel)
