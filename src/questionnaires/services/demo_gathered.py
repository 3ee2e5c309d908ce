"""What came to the demo city's open questionnaire otherwise than on the web: a batch of sheets, a file."""

import random
from datetime import timedelta

from django.utils import translation

from src.directory.models import Unit, User
from src.foundations import clock
from src.paper import registry
from src.paper import services as desk
from src.paper.services.batches import Filled, opened

from .. import asking
from ..answer_lines import Meaning
from ..demo_content import FILE_SOURCE, FILE_WORDS, ROSTERS, TEXT, WAITING_SOURCE, file_of_answers
from ..forms.sheet import posted
from ..models import AnswerImport, Questionnaire
from ..paper import KIND, about_of
from . import importing
from .demo import ORGANISES, one_answer

SHEETS, PLACE, DAYS_AGO = 14, "PRO-TAN", 3
TYPES, LOOKS = "facilitation", "tournees"


def load_gathered() -> int:
    """Load a batch of sheets and two files, one in and one waiting, when they are missing; answers how many."""
    made = Questionnaire.objects.for_pages().filter(title=ROSTERS.title).first()
    if made is None or AnswerImport.objects.filter(questionnaire=made).exists():
        return 0
    with translation.override("fr"):
        _sheets(made)
        _file(made)
    return 3


def _sheets(made: Questionnaire) -> None:
    """Fourteen agents of a depot answered on paper; one facilitator typed, another looked, the sheets wait to go."""
    people = {user.username: user for user in User.objects.filter(username__in=[TYPES, LOOKS])}
    dice = random.Random(PLACE)  # noqa: S311 - the same city each time
    day = clock.today() - timedelta(days=DAYS_AGO)
    place = Unit.objects.get(code=PLACE)
    batch = desk.open_batch(actor=people[TYPES], unit=place, held_on=day, announced=SHEETS)
    for _sheet in range(SHEETS):
        answers = {
            f"q{n}": None if question.kind == TEXT else one_answer(question, dice)
            for n, question in enumerate(ROSTERS.questions, start=1)
        }
        kept = asking.check(made.revision.specs, answers).answers
        filled = Filled(registry.form(KIND), about_of(made), posted(made.revision, kept))
        if not filled.is_valid():
            raise ValueError(f"{filled.form.errors}")
        desk.type_sheet(actor=people[TYPES], batch=batch, filled=filled)
    desk.close_typing(actor=people[TYPES], batch=batch)
    for sheet in batch.sheets.select_related("code").order_by("position"):
        desk.send_sheet(actor=people[LOOKS], sheet=sheet, filled=opened(sheet))


def _file(made: Questionnaire) -> None:
    """Thirteen answers of a survey that a depot had run by itself, in its own words."""
    organiser = User.objects.get(username=ORGANISES)
    waiting = importing.open_import(
        actor=organiser, questionnaire=made, source=FILE_SOURCE, data=file_of_answers().encode("cp1252")
    )
    importing.keep_meaning(waiting=waiting, meaning=Meaning.of(FILE_WORDS))
    importing.bring_in(actor=organiser, waiting=waiting)
    # Another one, that somebody has only just sent: its columns wait to be said.
    importing.open_import(
        actor=organiser, questionnaire=made, source=WAITING_SOURCE, data=file_of_answers().encode("utf-8-sig")
    )
