"""What the live check says: each thing it knows has its sentence, and chances are never rounded up."""

import pytest
from django.utils.translation import override

from panels import advice_words, quota_chart
from panels.advising import Bound, LiveCheck, Moved


@pytest.fixture(autouse=True)
def in_french():
    with override("fr"):
        yield


def plain(sentence: str) -> str:
    return " ".join(str(sentence).replace("\u00a0", " ").replace("\u202f", " ").split())


def lines(check) -> list[str]:
    return [plain(one) for one in advice_words.told(check).lines]


@pytest.mark.parametrize(
    ("millionths", "words"),
    [
        (48_999, "4,8 %"),
        (1_000_000, "100,0 %"),
        (999_999, "99,9 %"),
        (0, "0,0 %"),
        (999, "0,0 %"),
        (333_333, "33,3 %"),
    ],
)
def test_a_chance_is_cut_and_never_rounded_up(millionths, words):
    assert plain(advice_words.percent(millionths)) == words


def test_faults_come_before_everything():
    told = advice_words.told(LiveCheck(people=3, exists=False, faults=["Genre : les minimums…"]))

    assert (told.tone, told.lines) == ("danger", ["Genre : les minimums…"])


def test_without_anybody_it_says_so():
    told = advice_words.told(LiveCheck(people=0, exists=False))

    assert (told.tone, "Personne ne peut encore" in told.title) == ("info", True)


def test_a_panel_that_exists_tells_its_chance_its_limits_and_whom_to_tell():
    check = LiveCheck(
        people=412,
        exists=True,
        best_chance=48_321,
        limits=[Bound("Logement : Logement social", "minimum", 3_210), Bound("Âge : Jeune", "maximum", 900)],
        eaten=[("Logement : Logement social", 9, 10)],
        certain=1,
        without_chance=2,
    )

    told = advice_words.told(check)

    assert told.tone == "warn"
    assert lines(check) == [
        "412 personnes peuvent être tirées au sort.",
        "Meilleure chance minimale possible : 4,8 %. Aucun tirage équitable ne peut faire mieux.",
        "1 personne serait dans tous les panels : elle doit le savoir avant le tirage.",
        "2 personnes n’ont aucune chance : aucun panel ne peut les compter. "
        "Elles doivent le savoir, avec une raison écrite.",
        "Logement : Logement social : le quota prend 9 volontaires sur 10. Une personne qui renonce manquera.",
    ]
    assert [plain(one) for one in told.limits] == [
        "Logement : Logement social : le minimum. Une place de moins donnerait 0,3 % de plus "
        "à qui a le moins de chance.",
        "Âge : Jeune : le maximum. Une place de plus donnerait 0,0 % de plus à qui a le moins de chance.",
    ]


def test_no_panel_says_what_contradicts_what_could_move_and_how_many_more():
    free = [Moved("Genre : Femme", "minimum", 4, 3, False, quota=7)]
    crossed = [Moved("Genre : Femme + Âge : Jeune", "maximum", 1, 2, False)]
    kept = [Moved("Logement : Social", "minimum", 4, 3, True, quota=9)]
    told = advice_words.told(
        LiveCheck(
            people=12,
            exists=False,
            conflict=[Bound("Genre : Femme", "minimum"), Bound("Logement : Propriétaire", "maximum")],
            relaxations=[(free, 100_000), (crossed, 50_000)],
            signed_relaxations=[(kept, 80_000)],
            missing=2,
            missing_of=[("Logement : Social", 2)],
        )
    )

    assert told.tone == "danger"
    assert "Genre : Femme (minimum) · Logement : Propriétaire (maximum)" in plain(told.lines[1])
    assert plain(told.missing) == "Sans toucher aux quotas, il faut au moins 2 volontaires de plus."
    assert told.missing_of == ["Logement : Social : 2"]
    assert [one.may_be_filled for one in told.proposals] == [True, False]
    assert plain(told.proposals[0].sentence) == ("Genre : Femme (minimum), de 4 à 3. Chance minimale alors : 10,0 %.")
    assert "quota protégé" in told.to_sign[0].sentence


def test_a_chart_says_in_words_and_in_its_table_what_it_draws_and_hides_what_isnt_told():
    chart = quota_chart.QuotaChart(
        "Logement <b>",
        (quota_chart.Line("Social", 30, 5, 9), quota_chart.Line("Autre", None, 0, 20)),
        people=120,
        seats=20,
    )

    drawn = chart.draw()

    assert "Logement &lt;b&gt;" in drawn
    assert [plain(one) for row in chart.rows for one in row.values()] == [
        "Social", "30", "25 %", "5 – 9", "25 – 45 %", "Autre", "non donné", "non donné", "0 – 20", "0 – 100 %",
    ]  # fmt: skip
    assert plain("Social : 25 % des personnes, 25 – 45 % des places") in plain(drawn)
    assert quota_chart.QuotaChart("Vide", (), people=0, seats=1).draw()
