"""Loads the barometer of the demo city: two editions known by their figures, one asked here, one being prepared."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from src.directory.models import User
from src.foundations import clock

from ..demo_barometer import CORE, COUNTED, FINDINGS, INTRODUCTION, NEXT, PAST, THEME, TITLE
from ..demo_content import AT_WORK
from ..enums import AnswerMode
from ..models import Barometer, BarometerFollow, Edition, Finding, Question, Questionnaire, SynthesisFigure
from . import barometers, findings
from .building import save_question

FOLLOWS = ("agent", "agent2")


@transaction.atomic
def load_barometer() -> list[tuple[Finding, tuple[str, ...]]]:
    """Load it once, after the questionnaires and their synthesis; its findings, with the titles that answer each."""
    asked = Questionnaire.objects.for_pages().filter(space__slug=AT_WORK.slug, closed_at__isnull=False).first()
    if asked is None or Barometer.objects.filter(space=asked.space).exists():
        return []
    number = len(PAST) + 1
    barometer = barometers.begin_barometer(questionnaire=asked, title=TITLE, introduction=INTRODUCTION, number=number)
    # It was told when it closed: nobody hears of it today.
    Edition.objects.filter(barometer=barometer).update(told_at=asked.release.released_at)
    tracked = {key: barometers.follow_question(barometer=barometer, key=key, counted=COUNTED) for key in CORE}
    for earlier, told in enumerate(PAST, start=1):
        _type(barometer, earlier, told, tracked)
    found = _conclude(barometer, tracked, asked)
    _prepare(barometer)
    people = User.objects.filter(username__in=FOLLOWS)
    BarometerFollow.objects.bulk_create(BarometerFollow(barometer=barometer, user=user) for user in people)
    return found


def _type(barometer: Barometer, number: int, told: tuple, tracked: dict) -> None:
    ago, people, answered, source, shares = told
    barometers.save_past_edition(
        barometer=barometer,
        number=number,
        ended_on=clock.today() - timedelta(days=ago),
        asked=people,
        answered=answered,
        source=source,
        figures={
            tracked[key]: barometers.Typed(Decimal(share), of or answered) for key, (share, of) in shares.items()
        },
    )


def _conclude(barometer: Barometer, tracked: dict, asked: Questionnaire) -> list:
    """What each edition called for."""
    editions = {one.number: one for one in barometer.editions.select_related("questionnaire__release")}
    found = [
        (findings.save_finding(edition=editions[number], tracked=tracked[key], text=text), titles)
        for number, key, text, titles in FINDINGS
    ]
    name, text, titles = THEME
    themes = SynthesisFigure.objects.filter(table__synthesis__questionnaire=asked, name=name)
    theme = themes.select_related("table__synthesis").first()
    if theme is not None:
        found.append((findings.save_finding(edition=editions[len(PAST) + 1], theme=theme, text=text), titles))
    return found


def _prepare(barometer: Barometer) -> None:
    """The next edition, being written: one question put otherwise, one more in the optional block."""
    starts = clock.today() + timedelta(days=NEXT["in_days"])
    made = barometers.open_next_edition(
        barometer=barometer,
        title=NEXT["title"],
        starts_on=starts,
        ends_on=starts + timedelta(days=NEXT["days"] - 1),
        answer_mode=AnswerMode.SECRET,
    ).questionnaire
    key, words = NEXT["reworded"]
    old = Question.objects.get(revision__questionnaire=made, key=key)
    names = ("kind", "help", "is_required", "is_personal", "is_sensitive", "settings", "condition")
    save_question(questionnaire=made, key=key, text=words, **{name: getattr(old, name) for name in names})
    new = save_question(questionnaire=made, kind=old.kind, text=NEXT["added"], settings=old.settings)
    barometers.follow_question(barometer=barometer, key=new.key, counted=COUNTED, is_core=False)
