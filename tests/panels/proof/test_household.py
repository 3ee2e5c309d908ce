"""Homes of invented addresses: what is one home, what isn't, and what is nobody's; with what holds whatever is typed."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panels.proof.canonical import Refused
from panels.proof.household import Address, Households

SECRET = b"invented secret of a test"
HOMES = Households(SECRET, institutions=[Address("4 place des Tanneurs", "99120", "Marvenne")])


def key(lines, postcode="99120", town="Marvenne", homes=HOMES):
    return homes.key_of(Address(lines, postcode, town))


SAME = [
    ("12 rue de la Paix", "12 RUE DE LA PAIX"),
    ("12 rue de la Paix", "12, rue de la Paix"),
    ("12 rue de la Paix", "12  rue   de la Paix\n"),
    ("12 rue de la Paix", "12 r. de la Paix"),
    ("12 rue de la Paix", "n° 12 rue de la Paix"),
    ("12 rue de la Paix", "012 rue de la paix"),
    ("12 rue de l’Église", "12 rue de l'eglise"),
    ("12 rue de l'Église", "12 RUE DE L EGLISE"),
    ("3 bis avenue du Général-Roc", "3bis av. du gal Roc"),
    ("3 bis avenue du Général-Roc", "3 B, ave du Gén. Roc"),
    ("3bis r des Lavoirs", "3 bis rue des Lavoirs"),
    ("7 ter bd Saint-Aubin", "7T boulevard St Aubin"),
    ("7 quater quai aux Herbes", "7Q q. aux herbes"),
    ("21 place Sainte-Marthe", "21 pl. Ste Marthe"),
    ("5 faubourg des Potiers", "5 fbg des Potiers"),
    ("8 allée du Docteur-Lune", "8 all. du Dr Lune"),
    ("8 impasse du Puits", "8 imp du puits"),
    ("40 rue du 4-Septembre", "40 rue du 4 septembre"),
    ("12 rue des Cœurs", "12 rue des coeurs"),
    ("12 rue des Fleurs, bâtiment B, 3e étage", "Bât. B, 3ème étage, 12 rue des Fleurs"),
    ("12 rue des Fleurs esc. 2 apt 14", "12 rue des Fleurs, appartement 14, escalier 2"),
    ("Résidence Les Ormes, 9 route du Bac", "9 rte du Bac, résidence les Ormes"),
    ("Rés. Les Ormes 9 route du Bac", "9 route du Bac - résidence Les Ormes"),
    ("2 Grande Rue", "2 grande rue"),
    ("12 rue de la Paix", "１２ rue de la Paix"),
]
APART = [
    ("12 rue de la Paix", "14 rue de la Paix"),
    ("12 rue de la Paix", "12 rue de la Prairie"),
    ("12 rue de la Paix", "12 bis rue de la Paix"),
    ("12 rue de la Paix", "12 avenue de la Paix"),
    ("12 rue des Fleurs, bât. A", "12 rue des Fleurs, bât. B"),
    ("12 rue des Fleurs, esc. 1", "12 rue des Fleurs, esc. 2"),
    ("12 rue des Fleurs apt 14", "12 rue des Fleurs apt 15"),
    ("12 rue des Fleurs, bât. 2 esc. 1", "12 rue des Fleurs, bât. 1 esc. 2"),
    ("12 rue des Fleurs", "12 rue des Fleurs apt 15"),
    ("1 rue du 12 juin", "12 rue du 1 juin"),
    ("1 12 rue X", "11 2 rue X"),
]
NOBODYS = [
    "", "   ", "\n", "-", "?", "sans domicile", "rue de la Paix", "rue du 4 septembre", "appartement 12", "12",
    "Bât. B apt 4", "CCAS, 3 place du Marché", "c/o CCAS de Marvenne 3 place du Marché", "Foyer des Tanneurs, 8 quai Neuf",
    "8 quai Neuf, foyer de jeunes travailleurs", "EHPAD Les Glycines 22 chemin Creux", "E.H.P.A.D. Les Glycines, 22 chemin Creux",
    "CROUS, chambre 214, 5 avenue des Facultés", "5 av. des Facultés résidence universitaire",
    "Résidence sociale du Port, 17 quai Neuf", "Rés. sociale du Port, 17 quai Neuf", "Hôtel social 30 rue Basse",
    "30 rue Basse (domiciliation)", "domiciliée 30 rue Basse", "BP 40212", "12 rue Basse BP 402", "Poste restante 1 rue Haute",
    "4 place des Tanneurs", "4 pl. des tanneurs apt 7", "Caserne Vauclair, 1 route Neuve", "chez CHRS, 11 rue Basse",
]  # fmt: skip
NAMED = [
    "12 rue du Foyer", "3 place de la Caserne", "9 chemin du Couvent", "14 rue de l'Hôtel social", "2 impasse de la Maison de retraite",
    "6 avenue des Foyers",
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_home_however_written(one, other):
    assert key(one) == key(other) != ""


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_homes(one, other):
    assert "" not in (key(one), key(other))
    assert key(one) != key(other)


@pytest.mark.parametrize("lines", NOBODYS)
def test_nobody_s_home(lines):
    assert key(lines) == ""


@pytest.mark.parametrize("lines", NAMED)
def test_a_street_named_after_an_institution_is_a_street(lines):
    assert key(lines) != ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("75003", "Paris"), ("75003", "PARIS 3e arrondissement"), True),
        (("75003", "Paris"), (" 75 003", "Paris Cedex 03"), True),
        (("99120", "St-Aubin-sur-Marve"), ("99120", "Saint Aubin sur Marve"), True),
        (("99120", "Marvenne"), ("99121", "Marvenne"), False),
        (("99120", "Marvenne"), ("99120", "Saint-Aubin"), False),
    ],
)
def test_towns(one, other, same):
    found = [key("1 rue Haute", *place) for place in (one, other)]

    assert "" not in found
    assert (found[0] == found[1]) is same


@pytest.mark.parametrize("postcode", ["", "7500", "750033", "Paris", "9912O"])
def test_without_a_postcode_nobody_matches(postcode):
    assert key("1 rue Haute", postcode) == ""


def test_another_secret_gives_other_keys_and_a_short_one_is_refused():
    other = Households(b"another secret of a test")

    assert key("1 rue Haute") != key("1 rue Haute", homes=other) != ""
    with pytest.raises(Refused):
        Households(b"short")


LINES = st.text(max_size=40) | st.sampled_from([line for pair in SAME + APART for line in pair])


@settings(max_examples=200, deadline=None)
@given(LINES, st.text(max_size=12), st.text(max_size=12))
def test_any_text_has_sixteen_signs_or_none(lines, postcode, town):
    found = key(lines, postcode, town)

    assert found == "" or len(found) == 16 and set(found) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([line for pair in SAME + APART for line in pair] + NOBODYS + NAMED),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from(["NFC", "NFD", "NFKC"]),
    st.sampled_from([", ", "  ", "\t", " \n", " - ", "; "]),
)
def test_case_composition_and_punctuation_change_nothing(lines, case, form, space):
    assert key(case(unicodedata.normalize(form, lines)).replace(" ", space)) == key(lines)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 400),
    st.integers(1, 400),
    st.integers(1, 60),
    st.integers(1, 60),
    st.sampled_from(["apt", "esc", "bât"]),
)
def test_two_numbers_or_two_flats_never_match(number, other, flat, beside, part):
    one, two = f"{number} rue Haute {part} {flat}", f"{other} rue Haute {part} {beside}"

    assert (key(one) == key(two)) == ((number, flat) == (other, beside))
