"""What is told of answers: never a small count, not even by subtraction between tables."""

from itertools import product
from types import SimpleNamespace

import pytest

from src.foundations.testing import drain_outbox
from src.questionnaires import asking, figures, selectors, services
from tests.factories import questionnaires as make

pytestmark = pytest.mark.django_db
LABELS = [{"key": f"c{n}", "label": f"Choix {n}"} for n in range(1, 5)]


class Asked(SimpleNamespace):
    """A question as figures read it."""

    is_sensitive = False
    condition = None
    position = 1

    @property
    def choices(self):
        return self.settings.get("choices", [])

    @property
    def rows(self):
        return self.settings.get("rows", [])

    @property
    def spec(self):
        condition = (
            asking.Condition(self.condition["question"], tuple(self.condition["values"])) if self.condition else None
        )
        bounds = {name: self.settings.get(name) for name in ("least", "most")}
        return asking.Question(
            key=self.key, kind=self.kind, personal=True, condition=condition, **bounds,
            choices=tuple(one["key"] for one in self.choices), rows=tuple(one["key"] for one in self.rows),
        )  # fmt: skip

    @property
    def is_asked(self):
        return True


def asked(key, kind="single", **fields):
    settings = {"choices": LABELS[: fields.pop("n", 3)], **fields.pop("settings", {})}
    return Asked(key=key, kind=kind, text=f"Question {key}", settings=settings, **fields)


def told(questions, answers):
    """The content of the results of these answers."""
    revision = SimpleNamespace(pk=1, number=1, ordered=questions)
    return figures.release(figures.count([revision], [(1, one) for one in answers]), len(answers))


def repeated(counts):
    return [{"q1": key} for key, number in counts.items() for _time in range(number)]


def test_fewer_than_k_people_show_nothing():
    content = told([asked("q1")], repeated({"c1": 6, "c2": 4}))

    assert content == {"answers": None, "k": 11, "questions": []}


def test_small_counts_are_told_with_the_others():
    (one,) = told([asked("q1")], repeated({"c1": 40, "c2": 15, "c3": 2}))["questions"]

    assert one["tables"] == [{"label": "", "rows": [["c1", "Choix 1", 40]], "together": 17}]
    assert one["asked"] == 57


def test_everybody_the_same_is_not_told():
    (one,) = told([asked("q1")], repeated({"c1": 30}))["questions"]

    assert (one["withheld"], one["tables"], one["asked"]) == ("same", [], None)


def test_a_sensitive_question_asks_for_twenty():
    sensitive = asked("q1")
    sensitive.is_sensitive = True
    (one,) = told([sensitive], repeated({"c1": 15, "c2": 25, "c3": 30}))["questions"]

    assert [row[0] for row in one["tables"][0]["rows"]] == ["c3"] and one["tables"][0]["together"] == 40


@pytest.mark.parametrize(("small", "withheld"), [(5, "linked"), (12, ""), (0, "")])
def test_a_question_asked_of_some_is_told_when_its_source_is_whole(small, withheld):
    """How many were asked is a sum of cells of the source: beside a merged cell, it gives the small one back."""
    second = asked("q2", condition={"question": "q1", "values": ["c2", "c3"]})
    answers = repeated({"c1": small, "c2": 40, "c3": 12})
    for number, one in enumerate(one for one in answers if one["q1"] != "c1"):
        one["q2"] = "c1" if number % 2 else "c2"

    _first, one = told([asked("q1"), second], answers)["questions"]

    assert one["withheld"] == withheld


def test_lines_of_a_grid_share_who_did_not_answer():
    """A line that tells 13 who declined would give back the 8 merged with them in another."""
    grid = asked(
        "q1", "grid", settings={"rows": [{"key": "r1", "label": "Ligne 1"}, {"key": "r2", "label": "Ligne 2"}]}
    )
    given = [{"q1": {"r1": f"c{1 + n % 3}", "r2": "c1" if n < 8 else "c2"}} for n in range(60)]

    (whole,) = told([grid], given + [{"q1": asking.DECLINED}] * 13)["questions"]
    (apart,) = told([grid], given + [{"q1": asking.DECLINED}] * 3)["questions"]

    assert [table["label"] for table in whole["tables"]] == ["Ligne 1", "Ligne 2", ""]
    assert whole["tables"][1] == {"label": "Ligne 2", "rows": [], "together": 60}
    assert apart["withheld"] == "linked"


def test_a_choice_that_nearly_all_who_answered_ticked_is_not_told():
    """Of 50 who answered, 2 didn't tick the first: that many others didn't answer changes nothing."""
    several = asked("q1", "multiple")
    given = [{"q1": ["c1", "c2"] if number < 25 else ["c1"]} for number in range(48)] + [{"q1": ["c3"]}] * 2

    (one,) = told([several], given + [{"q1": asking.DECLINED}] * 15)["questions"]

    assert [row[0] for row in one["options"]] == ["c2"] and one["hidden"] == ["Choix 1", "Choix 3"]
    assert (one["asked"], one["given"]) == (65, 50)


def worlds_recovered(cells, asked_count, k, least, most, output):
    """Small cells (ticked by some, or left by some) on which every world with one output agrees."""
    groups = {}
    for world in product(range(asked_count + 1), repeat=cells):
        if least * asked_count <= sum(world) <= most * asked_count and max(world) <= asked_count:
            groups.setdefault(output(world), []).append(world)
    found = 0
    for group in groups.values():
        for cell in range(cells):
            values = {world[cell] for world in group}
            if len(values) == 1:
                (value,) = values
                found += 0 < value < k or 0 < asked_count - value < k
    return found


@pytest.mark.parametrize(("least", "most"), [(1, 3), (1, 1), (2, 2), (1, 2)])
def test_no_small_cell_of_several_choices_is_recovered(least, most):
    """Every world of three choices: the adversary knows the rule, how many answered and how many may be ticked."""
    asked_count, k = 14, 5

    def ours(world):
        ticked = {str(n): number for n, number in enumerate(world)}
        shown = figures.tellable(ticked, asked_count, k, least=least * asked_count, most=most * asked_count)
        return tuple(number if key in shown else None for key, number in ticked.items())

    def naive(world):
        return tuple(number if number >= k else None for number in world)

    assert worlds_recovered(3, asked_count, k, least, most, ours) == 0
    assert (least, most) == (1, 3) or worlds_recovered(3, asked_count, k, least, most, naive) > 0


def test_closing_tells_once_and_the_file_says_the_same():
    made = make.questionnaire(make.single(), make.short_text())
    for number in range(30):
        make.send(made, {"q1": "c1" if number < 18 else "c2", **({"q2": "Dehors"} if number < 15 else {})})
    release = services.close_questionnaire(questionnaire=made)
    again = services.close_questionnaire(questionnaire=made)
    drain_outbox()

    assert again.pk == release.pk
    rows = list(selectors.export_rows(release))
    shown = [row for result in selectors.results(release) for table in result.tables for row in table.rows]
    assert [[row[4], str(row[5])] for row in rows] == [row[:2] for row in shown]
    assert [row[5:] for row in rows] == [[18, 60], [12, 40], [0, 0], [15, 50], [15, 50]]

    # Above a thousand the page spaces its numbers; the file holds them as numbers.
    release.content["questions"][0]["tables"][0]["rows"][0][2] = 18_000
    (first, *_rest) = selectors.export_rows(release)
    assert first[5] == 18_000
    assert selectors.results(release)[0].tables[0].rows[0][1] == "18\xa0000"
