"""Answers in figures: what is counted, what is merged, what a stranger reads of the cases behind."""

import datetime
from statistics import median_low

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from src.accountability import figures
from src.accountability.models import ResponseOwed
from src.accountability.services import owe
from src.foundations import clock
from src.foundations.testing import forget_effects
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.ideas import BoxFactory, IdeaFactory

BACKEND = "src.directory.backends.DirectoryBackend"
DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC), tick=False)
    return DAY


@pytest.fixture
def everything(monkeypatch):
    """Each answer owed is of a published subject."""
    from src.accountability import registry

    references = ResponseOwed.objects.extra(select={"reference": "subject_reference"})
    monkeypatch.setattr(registry, "_published", {"idea": lambda: references})
    monkeypatch.setattr(registry, "_links", {})


def owed(unit, number, *, days=10, late=False, waiting=False, started=None):
    """One answer of the direction: given after so many days, in time or not, or waiting."""
    start = started or DAY - datetime.timedelta(days=40)
    one = owe("idea", f"{unit.code[:2]}{number:04d}", unit, started_on=start, days=5 if late else 60)
    if not waiting:
        ResponseOwed.objects.filter(pk=one.pk).update(answered_on=start + datetime.timedelta(days=days))
    return one


@pytest.fixture
def city(db, today, everything):
    """Twelve answers of one direction, three of them late; four of another; two that wait with a third."""
    big, small, mute = (
        DirectionFactory(name=name, code=code) for name, code in (("Propreté", "PR"), ("Rues", "RU"), ("Écoles", "EC"))
    )
    for number in range(12):
        owed(big, number, days=10 + number, late=number < 3)
    for number in range(4):
        owed(small, number, days=20, late=number == 0)
    for number in range(2):
        owed(mute, number, waiting=True, late=True)
    return big, small, mute


def test_directions_with_few_answers_are_told_together_with_the_smallest_shown(city):
    found = figures.answer_figures()

    # Four answers can't stand alone, and neither can the others be got back by a subtraction: all are one line.
    assert [(line.key, line.answered) for line in found.directions] == [("autres", 16)]
    assert (found.city.answered, found.city.share, found.city.waiting, found.city.late) == (16, 75, 2, 2)


def test_a_direction_stands_alone_when_the_others_make_eleven(city):
    for number in range(4, 11):
        owed(city[1], number, days=30)
    found = figures.answer_figures()

    assert [(line.key, line.label, line.answered, line.share) for line in found.directions] == [
        ("PR", "Propreté", 12, 75),
        ("RU", "Rues", 11, 91),
        ("autres", "", 0, None),
    ]
    assert found.directions[0].median_days == median_low(range(10, 22))
    assert (found.directions[2].waiting, found.directions[2].oldest) == (2, DAY - datetime.timedelta(days=40))


def test_the_window_is_twelve_whole_months_and_the_present_one(city):
    owed(city[0], 90, started=datetime.date(2025, 10, 20), days=11)  # 31 October: before
    owed(city[0], 91, started=datetime.date(2025, 10, 20), days=12)  # 1 November: the first day told
    found = figures.answer_figures()

    assert (found.since, len(found.months)) == (datetime.date(2025, 11, 1), 13)
    assert found.city.answered == 17
    # The twelfth of Propreté took 21 days, to the first of November.
    assert [month.answered for month in found.months if month.answered] == [1, 15, 1]
    assert [month.share for month in found.months if month.answered] == [None, 73, None]


def test_few_answers_have_no_share(db, today, everything):
    unit = DirectionFactory(code="PR")
    for number in range(10):
        owed(unit, number)
    assert (figures.answer_figures().city.share, figures.answer_figures().city.median_days) == (None, None)
    owed(unit, 10)
    assert (figures.answer_figures().city.share, figures.answer_figures().city.median_days) == (100, 10)


@given(counts=st.lists(st.integers(0, 30), min_size=1, max_size=9))
@settings(max_examples=200, deadline=None)
def test_no_line_of_answers_under_eleven_is_shown_nor_found_by_subtraction(counts):
    sums = {(f"D{number}", f"Direction {number}"): figures._Sum() for number in range(len(counts))}
    for one, count in zip(sums.values(), counts, strict=True):
        one.delays.update({7: count} if count else {})
    lines = figures._lines(sums)
    shown = {line.key: line.answered for line in lines}

    assert sum(shown.values()) == sum(counts)
    for key, answered in shown.items():
        if key != "autres":
            assert answered >= 11
            assert answered == counts[int(key[1:])]
    hidden = [count for number, count in enumerate(counts) if count and f"D{number}" not in shown]
    # One line of the others tells nothing of a direction: it is several, or all there is.
    assert len(hidden) != 1 or sum(counts) < 22 or hidden[0] >= 11


@pytest.mark.parametrize("size", [1, 3])
def test_statements_of_the_pages_do_not_grow(city, client, size):
    for number in range(20 * size):
        owed(city[number % 3], 200 + number)
    with CaptureQueriesContext(connection) as page:
        client.get("/reponses/")
    with CaptureQueriesContext(connection) as cases:
        client.get("/reponses/promesses/")

    assert (len(page), len(cases)) == (3, 4), [query["sql"] for query in page]


# ------------------------------------------------------------------------------------------------ real ideas, screens
@pytest.fixture
def answered_ideas(db, today):
    """Thirteen ideas of one direction, answered; one of a space of members, one hidden, which nobody counts."""
    direction = DirectionFactory(name="Propreté et ressources", code="PRO")
    space, closed = BoxFactory(), BoxFactory(circle="members", member_unit=direction)
    author = AgentFactory(unit=direction)
    ideas = [
        IdeaFactory(space=space, author=author, direction=direction, title=f"Une idée visible {n}") for n in range(13)
    ]
    ideas.append(IdeaFactory(space=closed, author=author, direction=direction, title="Une idée entre membres"))
    ideas.append(IdeaFactory(space=space, author=author, direction=direction, title="Une idée cachée"))
    type(ideas[-1]).objects.filter(pk=ideas[-1].pk).update(visibility="withheld")
    ResponseOwed.objects.update(unit=direction, answered_on=DAY)
    forget_effects()
    return ideas


def test_a_stranger_reads_figures_and_cases_without_a_title(answered_ideas, client):
    page = client.get("/reponses/").content.decode()
    assert "13" in page
    assert "Propreté et ressources" in page
    listed = client.get("/reponses/promesses/?direction=PRO")
    html = listed.content.decode()
    assert [idea.reference in html for idea in answered_ideas] == [True] * 13 + [False, False]
    assert "Une idée" not in html
    client.force_login(AgentFactory(), backend=BACKEND)
    html = client.get("/reponses/promesses/").content.decode()
    assert html.count("Une idée visible") == 13
    assert "membres" not in html.replace("réservé à des membres", "")
    assert "cachée" not in html


def test_cases_answer_to_their_figure(city, client):
    assert client.get("/reponses/promesses/?etat=en-retard").content.decode().count('<li class="idea') == 2
    assert client.get("/reponses/promesses/?etat=apres-la-date").content.decode().count('<li class="idea') == 4
    # Its answers are told with the others: its name opens no list, nor stands on a row.
    assert "Aucune promesse ici" in client.get("/reponses/promesses/?direction=RU").content.decode()
    others = client.get("/reponses/promesses/?direction=autres").content.decode()
    assert others.count('<li class="idea') == 18
    assert "Rues" not in others


@pytest.mark.parametrize(
    "question", ["?page=zzz", "?mois=2026-99", "?etat=%00", "?direction=%00%27", "?mois=" + "9" * 500]
)
def test_any_question_is_answered(city, client, question):
    assert client.get(f"/reponses/promesses/{question}").status_code in (200, 302)


def test_files_say_what_the_pages_say(city, client):
    figures_file = b"".join(client.get("/reponses/export.csv").streaming_content).decode("utf-8-sig")
    assert '"Autres directions";"16";"75";"17";"2";"2";"2026-10-11"' in figures_file
    cases_file = b"".join(client.get("/reponses/promesses/export.csv?etat=en-retard").streaming_content).decode()
    assert cases_file.count("Autres directions") == 2
    assert clock.today() == DAY
