"""The safe rail as a rule: what it notices, what it leaves alone, on invented and on real sentences."""

import csv
import os
from pathlib import Path

import pytest

from ideas.demo_ideas import FROM_THE_PAGE
from ideas.demo_more import MORE
from src.participation import safe_rail
from src.participation.rail_lexicon import ALERT, DANGER, DISCRIMINATION, HARASSMENT, RACISM, SELF_HARM, SEXUAL
from tests.growth import assert_linear

from .rail_corpus import FITTED_IDEAS, FITTED_TESTIMONIES, UNSEEN_IDEAS, UNSEEN_TESTIMONIES

DATA = Path(os.environ.get("TERRAIN_DATA", "../shared/data"))


@pytest.mark.parametrize(
    ("testimonies", "ideas"), [(FITTED_TESTIMONIES, FITTED_IDEAS), (UNSEEN_TESTIMONIES, UNSEEN_IDEAS)]
)
def test_nine_testimonies_of_ten_are_noticed_and_few_ideas_are(testimonies, ideas):
    missed = [text for text in testimonies if not safe_rail.notices(text)]
    alarmed = [text for text in ideas if safe_rail.notices(text)]

    assert len(missed) <= 0.10 * len(testimonies), missed
    assert len(alarmed) <= 0.15 * len(ideas), alarmed


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("On m'a refusé le poste parce que je suis enceinte.", {DISCRIMINATION}),
        ("Mon chef me HARCÈLE depuis des mois.", {HARASSMENT}),
        ("Un collègue m’a mis la main aux fesses.", {SEXUAL}),
        ("On a dessiné une croix gammée sur mon casier.", {RACISM}),
        ("Un collègue a failli tomber du toit hier.", {DANGER}),
        ("Je n'ai plus envie de vivre.", {SELF_HARM}),
        ("J'ai vu de fausses factures.", {ALERT}),
        ("Nous sommes harcelés par les moustiques.", set()),
        ("Il y a un danger de glisser sur le carrelage.", set()),
        ("", set()),
        ("\x00\ud800 <script>", set()),
    ],
)
def test_each_theme_is_told_apart(text, themes):
    assert safe_rail.notices(text) == themes


def test_a_testimony_at_the_end_of_a_long_idea_is_noticed():
    text = "Un banc près du portail suffirait. " * 50 + "Et mon chef m'insulte tous les jours."

    assert safe_rail.notices(text) == {HARASSMENT}


def test_the_demo_city_writes_ideas_not_testimonies():
    texts = [f"{tale.title}\n{tale.body}" for tale in (*FROM_THE_PAGE, *MORE)]
    texts += [said.text for tale in (*FROM_THE_PAGE, *MORE) for said in tale.comments]

    assert [text for text in texts if safe_rail.notices(text)] == []


@pytest.mark.parametrize("said", ["me a de la ", "cause ", "je m ", "a"])
def test_a_hostile_text_costs_no_more_than_its_length(said):
    assert_linear(safe_rail.notices, lambda length: said * (length // len(said)), size=25_000)


@pytest.mark.skipif(not DATA.exists(), reason="the folder of shared data (TERRAIN_DATA) isn't there")
@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("decidim-comments-mel-2019.csv", ("body",)),
        ("decidim-proposals-mel-2019.csv", ("title", "body")),
        ("paris-bp-projets-laureats-2014-2019.csv", None),
    ],
)
def test_what_real_people_proposed_is_left_alone(name, columns):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    texts = ["\n".join(value or "" for key, value in row.items() if not columns or key in columns) for row in rows]

    assert all(texts)
    assert [text for text in texts if safe_rail.notices(text)] == []
