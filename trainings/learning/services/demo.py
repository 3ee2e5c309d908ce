"""The demo city's agents in their trainings: not begun, half way, after the last attempt, finished."""

from datetime import timedelta

from django.utils import translation

from src.accountability.models import Measure
from src.accountability.services import set_carrier
from src.directory.models import User
from src.foundations import clock
from trainings.learning.walking import scene
from trainings.models import Track, TrackVersion
from trainings.services.demo import files

from .. import carrying
from ..models import Enrolment
from .enrolling import enrol
from .lessons import answer_check, checks_of, finish
from .quizzes import begin_attempt, revisions_of, submit_attempt
from .scenarios import choose

# Who, how many modules they finish, how many attempts at the quiz fail, and whether they pass it afterwards.
# « agent2 » hasn't begun.
STANDING = (
    ("agent", 3, 0, False),
    ("encadrement", 99, 3, False),
    ("correspondant", 99, 1, True),
    ("egalite", 99, 0, True),
    ("formation", 99, 0, True),
)


# The measure that the last lesson tells of.
CARRIED = "Une fiche réflexe derrière chaque guichet face aux propos racistes"


def load_learning() -> None:
    """Live the trainings of a few agents, day after day, and say which measure a module carries; twice is once."""
    track = Track.objects.get(slug=files()[0]["slug"])
    with translation.override("fr"):
        for username, modules, failures, passes in STANDING:
            agent = User.objects.get(username=username)
            if not Enrolment.objects.filter(agent=agent, track=track).exists():
                _live(agent, track, modules, failures, passes)
        _carry(track)


def _carry(track) -> None:
    """The measure born of an idea of this training, carried by the module that asks for ideas."""
    module = next(
        one
        for one in TrackVersion.objects.filter(track=track).latest("number").modules.with_content()
        if any(block["type"] == "idea" for block in one.content.get("blocks", []))
    )
    for measure in Measure.objects.filter(title=CARRIED, carrier_kind="", owner__isnull=False):
        set_carrier(measure, actor=measure.owner, carrier=f"{carrying.KIND}:{module.stable_key}")


def _live(agent, track, modules: int, failures: int, passes: bool) -> None:
    day = clock.now() - timedelta(days=30)
    with clock.told_as(day):
        enrolment = enrol(actor=agent, track=track)
    for place, module in enumerate(enrolment.version.modules.with_content()):
        if place >= modules:
            return
        day += timedelta(days=1)
        with clock.told_as(day):
            if module.is_scenario:
                _play(agent, enrolment, module)
            elif not module.is_quiz:
                _read(agent, enrolment, module)
        if module.is_quiz:
            _try(agent, enrolment, module, day, failures, passes)


def _read(agent, enrolment, module) -> None:
    for place in checks_of(module):
        choices = module.content["blocks"][place]["choices"]
        right = next(number for number, choice in enumerate(choices) if choice["right"])
        answer_check(actor=agent, enrolment=enrolment, module=module, place=place, choice=right)
    finish(actor=agent, enrolment=enrolment, module=module)


def _play(agent, enrolment, module) -> None:
    """The first choice of each scene, or another one where it only turns round."""
    path: list = []
    seen: set[str] = set()
    while not (here := scene(module, path))["end"]:
        seen.add(here["key"])
        onward = [number for number, choice in enumerate(here["choices"]) if choice["to"] not in seen]
        path = choose(
            actor=agent, enrolment=enrolment, module=module, node=here["key"], choice=onward[0] if onward else 0
        ).path


def _try(agent, enrolment, module, day, failures: int, passes: bool) -> None:
    for turn in range(failures + passes):
        with clock.told_as(day + timedelta(days=turn)):
            one = begin_attempt(actor=agent, enrolment=enrolment, module=module)
            right = turn >= failures
            answers = {row.pk: _answer(row, right) for row in revisions_of(one)}
            submit_attempt(actor=agent, attempt=one, answers=answers)


def _answer(row, right: bool):
    """An answer of the right form; the wrong one is wrong."""
    content = row.content
    if row.kind == "short":
        return content["accepted"][0] if right else "je ne sais pas"
    if row.kind in ("matching", "ordering"):
        size = len(content["pairs" if row.kind == "matching" else "order"])
        return list(range(size)) if right else [*range(1, size), 0]
    places = [number for number, choice in enumerate(content["choices"]) if bool(choice["right"]) is right]
    return places if row.kind == "multiple" else places[0]
