"""Results by category: who may choose them and when, what is kept of whoever answers, what is told, the same everywhere."""

import csv
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from src.directory.enums import Role
from src.foundations.testing import drain_outbox, forget_effects
from src.participation.enums import Circle
from src.questionnaires import axes, representativeness, services
from src.questionnaires.models import AnswerSet, Questionnaire, StaffFrame
from src.questionnaires.partitions import OTHERS
from src.questionnaires.services.answering import rows
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, DirectionFactory, SiteFactory, UnitFactory
from tests.factories.participation import grant_in_space

from .test_screens import at

pytestmark = pytest.mark.django_db


def directions(*headcounts):
    """Directions with so many people, as the staff file counts them."""
    made = [DirectionFactory(name=f"Direction {letter}") for letter in "ABCDEF"[: len(headcounts)]]
    for one, people in zip(made, headcounts, strict=True):
        type(one).objects.filter(pk=one.pk).update(headcount=people)
    return made


def by(*codes, questions=(), **fields):
    """A questionnaire told by these axes, published."""
    first, second = (*codes, "", "")[:2]
    made = services.create_questionnaire(
        space=fields.pop("space", None) or make.asked_space(),
        title="Les bancs du dépôt", minutes=4, first_axis=first, second_axis=second,
    )  # fmt: skip
    for one in questions or (make.single(),):
        services.save_question(questionnaire=made, **one)
    services.publish(questionnaire=made)
    return make.again(made)


def crowd(made, people):
    """Answers of many, without a person behind: ``people`` are (segment, answers, how many)."""
    space = made.space
    sets, given = [], []
    for segment, answers, number in people:
        for _time in range(number):
            one = AnswerSet(
                questionnaire=made, revision=made.revision, segments=segment, identity_mode="protected",
                week="2026-03-02", created_at="2026-03-02T00:00:00Z",
            )  # fmt: skip
            sets.append((one, answers))
    AnswerSet.objects.bulk_create([one for one, _answers in sets])
    for one, answers in sets:
        given += rows(one, answers)
    type(given[0]).objects.bulk_create(given)
    assert space.pk
    return make.again(made)


def frame(made, cells, labels=None):
    StaffFrame.objects.create(questionnaire=made, taken_on="2026-03-01", cells=cells, labels=labels or {})
    return make.again(made)


class TestChoosing:
    def test_axes_are_frozen_with_the_first_publication(self):
        made = by("direction")

        with pytest.raises(ValidationError, match="ne changent plus"):
            services.describe(
                questionnaire=made, title="T", introduction="", minutes=4, first_axis="contact", second_axis=""
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Questionnaire.objects.filter(pk=made.pk).update(second_axis="contact")
        services.describe(questionnaire=make.again(made), title="Autre titre", introduction="", minutes=5)

    @pytest.mark.parametrize(
        ("codes", "at"), [(("", "contact"), "first_axis"), (("contact", "contact"), "second_axis")]
    )
    def test_a_second_axis_follows_another_first(self, codes, at):
        with pytest.raises(ValidationError) as refusal:
            services.create_questionnaire(
                space=make.asked_space(), title="T", minutes=4, first_axis=codes[0], second_axis=codes[1]
            )
        assert list(refusal.value.message_dict) == [at]
        with pytest.raises(IntegrityError), transaction.atomic():
            Questionnaire.objects.create(
                space=make.asked_space(), title="T", first_axis=codes[0], second_axis=codes[1]
            )

    def test_an_organiser_chooses_them_on_the_screen(self, as_):
        space, person = make.asked_space(), AgentFactory()
        grant_in_space(person, Role.FACILITATOR, space)
        client, data = as_(person), {"space": space.pk, "title": "Bancs", "minutes": "3", "answer_mode": "identity"}
        create = reverse("questionnaires:create")

        refused = client.post(create, data | {"second_axis": "contact"})
        client.post(create, data | {"first_axis": "direction", "second_axis": "contact"})

        made = Questionnaire.objects.get()
        assert refused.status_code == 422 and "Choisissez d’abord" in refused.content.decode()
        assert made.axes == ("direction", "contact")
        page = client.get(at(made, "build")).content.decode()
        assert "Direction, et dans chacune, Contact avec le public" in page
        client.post(at(made, "describe"), data | {"first_axis": "", "second_axis": ""})
        assert Questionnaire.objects.get().axes == ()

    def test_not_where_everybody_may_answer(self):
        with pytest.raises(ValidationError, match="Tout le monde peut répondre"):
            by("direction", space=make.asked_space(circle=Circle.EVERYONE))


class TestSegments:
    def test_small_categories_go_with_the_others_even_crossed(self):
        """Eleven people at least share each pair of categories: no segment tells a smaller unit."""
        people = {("a", "x"): 40, ("a", "y"): 3, ("b", "x"): 15, ("b", "y"): 12, ("c", "x"): 4, ("d", "y"): 9}

        assert sorted(axes.fold(people, 11)) == [
            [OTHERS, OTHERS, 13], ["a", OTHERS, 43], ["b", "x", 15], ["b", "y", 12],
        ]  # fmt: skip
        assert sorted(axes.fold({("a",): 40, ("b",): 20, ("c",): 9}, 11)) == [[OTHERS, 29], ["a", 40]]

    def test_what_is_kept_of_whoever_answers(self):
        one, two, _three = directions(60, 40, 3)
        made = by("direction")
        agents = [AgentFactory(unit=unit) for unit in (one, _three)] + [AgentFactory()]
        type(one).objects.filter(pk=_three.pk).update(headcount=3)

        for agent in agents:
            make.send(made, {"q1": "c1"}, actor=agent)

        kept = list(AnswerSet.objects.order_by("pk").values_list("segments", flat=True))
        # Two small directions share one category; somebody without a post is there too.
        assert kept == [{"direction": str(one.pk)}, {"direction": OTHERS}, {"direction": OTHERS}]
        assert [cell[-1] for cell in make.again(made).frame.cells] == [61, 43]
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerSet.objects.update(segments={})
        with pytest.raises(IntegrityError), transaction.atomic():
            StaffFrame.objects.update(cells=[])
        drain_outbox()

    def test_people_are_counted_by_units_or_by_posts(self):
        direction = DirectionFactory(name="Parcs")
        service = UnitFactory(parent=direction)
        site = SiteFactory(parent=service)
        units = type(direction).objects
        for unit, people in ((direction, 150), (service, 130), (site, 30)):
            units.filter(pk=unit.pk).update(headcount=people)
        for number in range(24):
            AgentFactory(unit=site, in_contact_with_public=number < 12)
        units.filter(pk=site.pk).update(headcount=30)
        units.filter(pk=service.pk).update(headcount=130)
        units.filter(pk=direction.pk).update(headcount=150)

        sized, _labels = axes.counted(by("direction", "unit_size"))
        posted, labels = axes.counted(by("contact"))
        limited = make.asked_space(circle=Circle.MEMBERS, member_unit=site)

        key = str(direction.pk)
        # 100 of the service and 20 of the direction itself, which are 100 people and more; 30 of a site of thirty.
        assert sorted(sized) == [[key, "large", 120], [key, "middle", 30]]
        assert (sorted(posted), labels) == ([["no", 12], ["yes", 12]], {"contact": {}})
        assert axes.counted(by("direction", space=limited)) == ([[key, 30]], {"direction": {key: "Parcs"}})
        forget_effects()

    def test_without_axes_nothing_is_read(self, django_assert_num_queries):
        made, agent = make.questionnaire(), AgentFactory()
        with django_assert_num_queries(0):
            assert axes.segments_of(made, agent) == {}


CHOICES = [{"key": f"c{n}", "label": f"Réponse {n}"} for n in range(1, 5)]


@pytest.fixture
def closed():
    """Three directions crossed with contact: a small answer in one of them, a direction of five answers."""
    made = by(
        "direction",
        "contact",
        questions=[
            {"kind": "single", "text": "Cela va-t-il ?", "settings": {"choices": CHOICES}},
            {"kind": "multiple", "text": "Quoi ?", "settings": {"choices": CHOICES[:3]}, "is_required": True},
            {
                "kind": "grid", "text": "Où ?", "is_required": True,
                "settings": {"choices": CHOICES[:2], "rows": [{"key": "r1", "label": "Au dépôt"}]},
            },
        ],
    )  # fmt: skip
    cells = [[code, contact, 400] for code in ("1", "2", "3") for contact in ("yes", "no")] + [["4", "yes", 100]]
    made = frame(made, cells, {"direction": {"1": "Parcs", "2": "Écoles", "3": "Voirie", "4": "Musée"}})
    people = []
    for direction, weights in (("1", (30, 25, 20, 15)), ("2", (40, 22, 30, 3)), ("3", (30, 30, 20, 15))):
        for contact in ("yes", "no"):
            for number, (choice, weight) in enumerate(zip(("c1", "c2", "c3", "c4"), weights, strict=True)):
                answers = {
                    "q1": choice,
                    "q2": ["c1", "c2"] if number % 2 else ["c3"],
                    "q3": {"r1": f"c{1 + number % 2}"},
                }
                people.append(({"direction": direction, "contact": contact}, answers, weight))
    people.append(({"direction": "4", "contact": "yes"}, {"q1": "c1", "q2": ["c1"], "q3": {"r1": "c1"}}, 5))
    made = crowd(made, people)
    services.close_questionnaire(questionnaire=made)
    return make.again(made)


def test_what_is_told_by_category(closed):
    content = closed.release.content
    tables = content["questions"][0]["by"]
    first = tables[0]

    # Six answered « Réponse 4 » in the second: it is told with its neighbour everywhere. Five are of the museum: they
    # go with the smallest of the others, and stay there when crossed.
    assert [[key for key, _label in column] for column in first["columns"]] == [["c1"], ["c2"], ["c3", "c4"]]
    assert [(row["code"], row["codes"], row["base"]) for row in first["rows"]] == [
        ("2", [], 190), ("3", [], 190), (OTHERS, ["1", "4"], 185),
    ]  # fmt: skip
    assert [row["counts"] for row in first["rows"]] == [[80, 45, 65], [60, 60, 70], [65, 50, 70]]
    assert [(table["of"] and table["of"]["code"], table["axis"]) for table in tables[1:]] == [
        ("2", 1), ("3", 1), (OTHERS, 1), (None, 1),
    ]  # fmt: skip
    assert [bool(question["by"]) for question in content["questions"]] == [True, True, True]


def cells_of_page(html, how=""):
    """(question, line, how, category, answer) → count and share, as a reader finds them in the tables of a page."""
    found = {}
    for section in re.findall(r"<section class=\"stack\" aria-labelledby=\"resultat.*?</section>", html, re.S):
        question = re.search(r"<h2[^>]*>(.*?)</h2>", section).group(1).split(". ", 1)[1]
        for table in re.findall(r"<table.*?</table>", section, re.S):
            heads = re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", table)
            line = re.sub(r" \(\d\)$", "", re.search(r"<caption>(.*?)</caption>", table).group(1))
            line = "" if line == question else line
            for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.S):
                name, *cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
                if how:
                    for head, cell in zip(heads[1:], cells, strict=True):
                        share, count = map(int, re.findall(r"\d+", cell))
                        found[question, line, how, name, head] = (count, share)
                else:
                    count, share = (int(re.search(r"\d+", cell).group()) for cell in cells)
                    found[question, line, "", "", name] = (count, share)
    return plain(found)


def plain(found):
    """The same without the spaces of French typography."""
    clean = str.maketrans({"\u202f": " ", "\u00a0": " "})
    return {
        tuple(part.translate(clean).replace(" ?", "?").replace(" :", ":") for part in key): value
        for key, value in found.items()
    }


def cells_of_rows(lines):
    found = {}
    for question, line, how, category, answer, count, share in lines:
        if question != "Qui a répondu" and count not in ("", None):
            found[question, line or "", how or "", category or "", answer] = (int(count), int(share))
    return plain(found)


def cells_of_api(answer):
    found = {}
    for one in answer["questions"]:
        for table in one["tables"]:
            for figure in table["figures"]:
                found[one["question"], table["line"], "", "", figure["answer"]] = (figure["count"], figure["percent"])
        for table in one["by_category"]:
            for line in table["categories"]:
                for figure in line["figures"]:
                    key = (one["question"], table["line"], table["by"], line["category"], figure["answer"])
                    found[key] = (figure["count"], figure["percent"])
    return plain(found)


def test_the_page_its_files_and_the_api_say_the_same(closed, as_):
    client = as_(AgentFactory())

    with CaptureQueriesContext(connection) as caught:
        pages = [client.get(f"{at(closed, 'results')}?par=3").content.decode()]
    statements = [one["sql"] for one in caught.captured_queries]
    sheet = load_workbook(io.BytesIO(b"".join(client.get(at(closed, "export_xlsx")).streaming_content))).active
    text = b"".join(client.get(at(closed, "export")).streaming_content).decode("utf-8-sig")
    told = cells_of_api(client.get(f"/api/v1/questionnaires/{closed.reference}/results/").json())

    print(len(statements), "statements")
    assert len(statements) <= 12, [one[:90] for one in statements]
    assert sum("questionnaires_resultrelease" in one for one in statements) == 1
    assert len(told) > 60 and sum(1 for key in told if key[3]) > 40
    pages = [client.get(f"{at(closed, 'results')}?par={n}").content.decode() for n in (0, 1, 2)] + pages
    hows = ["", *(tab.split("</a>")[0] for tab in pages[0].split("<footer")[0].split("?par=")[1:])]
    hows = ["", *(how.split(">", 1)[1] for how in hows[1:])]
    read = [cells_of_page(page, how) for page, how in zip(pages, hows, strict=True)]
    assert {key: value for cells in read for key, value in cells.items()} == told and all(read)
    assert cells_of_rows(list(csv.reader(io.StringIO(text), delimiter=";"))[1:]) == told
    assert cells_of_rows(list(sheet.iter_rows(min_row=2, values_only=True))) == told


def test_the_api_is_for_those_who_see_the_questionnaire(closed, as_):
    open_one = make.questionnaire()
    address = "/api/v1/questionnaires/{}/results/"

    assert as_(None).get(address.format(closed.reference)).status_code == 404
    assert as_(AgentFactory()).get(address.format(open_one.reference)).status_code == 404
    assert as_(AgentFactory()).get(address.format("AAAAAA")).status_code == 404


def test_who_answered_is_told_beside_who_was_asked(closed, as_):
    lines = closed.release.content["who"]
    page = as_(AgentFactory()).get(at(closed, "results")).content.decode()

    # Five of the museum: told with the smallest of the others, and who didn't answer can't be found either.
    assert [(line["code"], line["codes"], line["people"]) for line in lines if line["axis"] == 0][-1][0] == OTHERS
    assert all(line["answers"] >= 11 for line in lines)
    assert "Qui a répondu" in page and "Musée" in page


def test_the_interval_is_that_of_wilson():
    """By hand, 20 of 100 with z = 2: centre (0.2 + 0.02) / 1.04, half 2·√(0.0016 + 0.0001) / 1.04."""
    low, high = representativeness.wilson(20, 100, z=2)

    assert (round(low, 4), round(high, 4)) == (0.1322, 0.2908)
    assert representativeness.wilson(0, 0) == (0.0, 1.0)
    low, high = representativeness.wilson(0, 10, z=2)
    # Nobody of ten: 0 to z² / (n + z²) = 4 / 14.
    assert (round(low, 10), round(high, 4)) == (0.0, 0.2857)


def test_gaps_in_points_and_which_are_notable():
    """20 of 100 answers, of 300 people among 1,000: 20 − 30 points; Wilson at 95 % is 13.3 to 28.9."""
    found = representativeness.gap(20, 100, 300, 1000)

    assert (found.points, round(found.low, 1), round(found.high, 1)) == (-10, -16.7, -1.1)
    assert found.is_notable
    # The same share of ten times fewer answers says nothing.
    assert not representativeness.gap(2, 10, 300, 1000).is_notable
    # Counted by tens, 20 may be 29: the interval holds all that it may be.
    tens = representativeness.gap_by_tens(20, 100, 300, 1000)
    assert tens.low < found.low and tens.high > representativeness.gap(29, 100, 300, 1000).high - 0.01
