"""The field's two files: every fault with its line, and a draw whose files are the same bytes for the same inputs."""

import csv
import io
import json
import random
import subprocess
import sys
from collections import Counter

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from panels.lottery import field_files
from panels.lottery.field_files import FaultyFiles, read
from panels.management.commands.draw_pool import Command

CATEGORIES = """category,feature,min,max
gender,female,4,6
gender,male,4,6
age,16-34,3,5
age,35+,5,7
"""


def respondents(many: int = 40, header: str = "nationbuilder_id,gender,age,name,primary_address1,primary_zip") -> str:
    """People of four kinds; the first two write one address in two ways, the next two left it blank."""
    streets = ["12 rue de la Paix", "12, R. DE LA PAIX", "", ""] + [f"{place} rue Haute" for place in range(4, many)]
    lines = [
        f"{100 + place},{('Female', 'male')[place % 2]},{('16-34', '35+', '35+')[place % 3]},"
        f'Nom {place},"{streets[place]}",75010'
        for place in range(many)
    ]
    return "\n".join([header, *lines]) + "\n"


def faults_of(categories: str, people: str, seats: int = 10) -> list[str]:
    with pytest.raises(FaultyFiles) as refused:
        read(categories.encode(), people.encode(), seats)
    return [str(fault) for fault in refused.value.faults]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "categories.csv").write_text(CATEGORIES)
    (tmp_path / "respondents.csv").write_text(respondents())
    return tmp_path


def drawn(folder, out: str = "out", **options) -> dict[str, bytes]:
    wanted = {"seats": 10, "seed": 7, "panels": 40, **options}
    call_command(
        Command(),
        categories=folder / "categories.csv",
        respondents=folder / "respondents.csv",
        out=folder / out,
        **wanted,
    )
    return {file.name: file.read_bytes() for file in (folder / out).iterdir()}


def rows_of(data: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_the_table_the_chances_and_the_report_agree(folder, capsys):
    files = drawn(folder)

    assert set(files) == {"table.csv", "chances.csv", "report.json"}
    table, chances, report = (
        rows_of(files["table.csv"]),
        rows_of(files["chances.csv"]),
        json.loads(files["report.json"]),
    )
    seats = [f"seat_{place}" for place in range(1, 11)]
    counts = Counter(row[seat] for row in table for seat in seats)
    assert [row["row"] for row in table] == [str(number) for number in range(40)]
    assert {one["ticket"]: int(one["appearances"]) for one in chances} == {
        f"{100 + n}": counts[f"{100 + n}"] for n in range(40)
    }
    assert all(float(one["chance"]) == int(one["appearances"]) / 40 for one in chances)
    assert report["minimum"] == min(counts.values()) / 40 == report["floor"] / 40
    assert report["bound"] >= report["minimum"]
    assert (report["people"], report["seats"], report["panels"]) == (40, 10, 40)
    assert "Chance minimale" in capsys.readouterr().out


def test_columns_that_are_no_category_are_carried_along(folder):
    first = rows_of(drawn(folder)["chances.csv"])[0]

    assert (first["ticket"], first["nationbuilder_id"], first["name"]) == ("100", "100", "Nom 0")
    assert first["primary_address1"] == "12 rue de la Paix"


def test_two_spellings_of_an_address_never_sit_together_and_blanks_may(folder):
    files = drawn(folder)

    rows = [set(row.values()) for row in rows_of(files["table.csv"])]
    assert not any({"100", "101"} <= row for row in rows)
    chances = {one["ticket"]: one["household"] for one in rows_of(files["chances.csv"])}
    assert (chances["100"], chances["101"], chances["102"], chances["103"]) == ("100", "100", "", "")
    report = json.loads(files["report.json"])
    assert (report["households"], report["address_columns"]) == (1, ["primary_address1", "primary_zip"])
    assert json.loads(drawn(folder, "apart", no_households=True)["report.json"])["households"] == 0


@pytest.mark.parametrize(
    "header, first, second",
    [
        ("id,g,address", '"12 rue de la Paix, 75010 Paris"', '"12 r. de la Paix 75010 PARIS"'),
        ("id,g,address", "12 rue de la Paix", '"12, rue de la paix"'),
        ("id,g,address,zip", "12 rue de la Paix,EH1 2AB", "12 rue de la Paix,EH1 2AB"),
        (
            "id,g,adresse,complement,code_postal,ville",
            "12 rue de la Paix,apt 3,75010,Paris",
            "12 rue de la Paix,Appt. 3,75010,PARIS",
        ),
    ],
)
def test_a_postcode_is_read_where_it_is_written(header, first, second):
    files = read(b"category,name,min,max\ng,x,1,1\n", f"{header}\n1,x,{first}\n2,x,{second}\n".encode(), 1)

    assert files.pool.households() == {"1": ("1", "2")}


@pytest.mark.parametrize(
    "first, second",
    [
        (",75010", ",75010"),
        ("12 rue de la Paix,75010", "12 rue de la Paix,75011"),
        ("12 rue A,", "12 rue A,"),
        ("CCAS 1 rue A,75010",) * 2,
    ],
)
def test_blanks_neighbours_and_institutions_are_no_household(first, second):
    people = f"id,g,address,zip\n1,x,{first}\n2,x,{second}\n"

    assert read(b"category,name,min,max\ng,x,1,1\n", people.encode(), 1).pool.households() == {}


def test_a_complement_without_a_street_is_no_household():
    people = b"id,g,address,complement,zip\n1,x,,3 cour Est,75010\n2,x,,3 cour Est,75010\n"

    assert read(b"category,name,min,max\ng,x,1,1\n", people, 1).pool.households() == {}


def test_a_city_names_addresses_that_are_no_household(folder):
    (folder / "institutions.txt").write_text("12 rue de la Paix, 75010\n")

    report = json.loads(drawn(folder, institutions=folder / "institutions.txt")["report.json"])

    assert report["households"] == 0


def test_the_same_inputs_give_the_same_bytes_whatever_their_order_and_place(folder, tmp_path):
    first = drawn(folder)
    other = tmp_path / "elsewhere"
    other.mkdir()
    header, *lines = respondents().splitlines()
    random.Random(3).shuffle(lines)
    (other / "respondents.csv").write_text("\n".join([header, *lines]))
    top, *quotas = CATEGORIES.splitlines()
    (other / "categories.csv").write_text("\n".join([top, *reversed(quotas)]))

    assert drawn(other) == first
    assert drawn(other, "again", seed=8)["table.csv"] != first["table.csv"]


def test_semicolons_windows_letters_and_other_headings_are_read():
    categories = "feature;value;min;max;min_flex;max_flex\nâge;jeune;1;2;0;3\nâge;âgé;1;2;;-1\n".encode("cp1252")
    people = "id;âge\n1;Jeune\n2;ÂGÉ\n3; âgé \n".encode("cp1252")

    files = read(categories, people, 2)

    assert [(one.value, one.minimum, one.maximum, one.least, one.most) for one in files.pool.quotas] == [
        ("jeune", 1, 2, 0, 3),
        ("âgé", 1, 2, 0, None),
    ]
    assert [(one.ticket, one.values) for one in files.pool.people] == [
        ("1", {"âge": "jeune"}),
        ("2", {"âge": "âgé"}),
        ("3", {"âge": "âgé"}),
    ]


def test_respondents_without_an_identifier_take_their_rank():
    files = read(CATEGORIES.encode(), b"gender,age\nfemale,35+\nmale,16-34\n", 10)

    assert [one.ticket for one in files.pool.people] == ["1", "2"]
    assert files.remarks == (
        "Les répondants n’ont pas de colonne d’identifiant : leur rang dans le fichier en tient lieu.",
    )


def test_every_fault_of_both_files_is_told_at_once_with_its_line():
    categories = "category,name,min,max,min_flex\ngender,female,4,trois,\ngender,Female,1,2,2\nage,35+,6,5,\n,x,1,2,\n"
    people = "id,gender,age\n1,female,35+\n1,other,35+\n,female,\n4,female\n"

    assert faults_of(categories, people) == [
        "catégories, ligne 2 : « trois » n’est pas un nombre entier (max).",
        "catégories, ligne 3 : « gender : Female » est déjà à la ligne 2.",
        "catégories, ligne 4 : le minimum (6) est plus grand que le maximum (5).",
        "catégories, ligne 5 : le critère ou la valeur est vide.",
        "répondants, ligne 5 : 2 cellules pour 3 colonnes.",
        "répondants, ligne 3 : l’identifiant « 1 » est déjà à la ligne 2.",
        "répondants, ligne 4 : l’identifiant est vide.",
    ]


def test_faults_of_people_are_told_with_their_line():
    people = 'id,gender,age\n1,female,35+\n1,other,35+\n,female,\n"a,b",male,35+\n'

    assert faults_of(CATEGORIES, people) == [
        "répondants, ligne 3 : l’identifiant « 1 » est déjà à la ligne 2.",
        "répondants, ligne 3 : la valeur « other » de « gender » n’est pas dans les catégories.",
        "répondants, ligne 4 : l’identifiant est vide.",
        "répondants, ligne 4 : « age » est vide.",
        "répondants, ligne 5 : l’identifiant « a,b » contient une virgule ou une barre.",
    ]


def test_missing_columns_are_named():
    assert faults_of("category,min\na,1\n", "id,gender\n1,female\n") == [
        "catégories, ligne 1 : il manque la colonne « name », la colonne « max »."
    ]
    assert faults_of(CATEGORIES, "id,gender,Gender\n1,female,male\n") == [
        "répondants, ligne 1 : la colonne « gender » est là 2 fois.",
        "répondants, ligne 1 : il manque la colonne « age » des catégories.",
    ]
    assert faults_of("category,name,min,max\n", "id\n") == [
        "catégories, ligne 1 : il n’y a aucun quota.",
        "répondants, ligne 1 : il n’y a personne.",
    ]


def test_a_category_that_looks_like_an_address_is_a_category():
    categories = b"category,name,min,max\ncity,Paris,1,2\ncity,Lyon,1,2\n"

    files = read(categories, b"id,address,city\n1,3 rue A,Paris\n2,3 rue A,Lyon\n3,3 rue A,Paris\n", 2)

    assert files.addresses == ("address",)
    streets = read(b"category,name,min,max\nvoie,large,1,2\n", b"id,voie,zip\n1,large,75010\n2,large,75010\n", 2)
    assert (streets.addresses, streets.pool.households()) == ((), {})


def test_faulty_files_leave_with_1_and_write_nothing(folder, capsys):
    (folder / "respondents.csv").write_text("id,gender,age\n1,other,35+\n")

    with pytest.raises(SystemExit) as left:
        drawn(folder)

    assert left.value.code == 1
    assert "répondants, ligne 2 : la valeur « other »" in capsys.readouterr().err
    assert not (folder / "out").exists()


def test_quotas_that_no_panel_meets_leave_with_1_and_what_could_be_done(folder, capsys):
    (folder / "categories.csv").write_text(CATEGORIES.replace("16-34,3,5", "16-34,8,9").replace("35+,5,7", "35+,1,2"))
    (folder / "respondents.csv").write_text(respondents(15))

    with pytest.raises(SystemExit) as left:
        drawn(folder)

    told = capsys.readouterr().err
    assert left.value.code == 1
    assert "« age : 16-34 » : il faut au moins 8 personnes, il y en a 5 ; il en manque 3." in told
    assert "le minimum de « age : 16-34 » passe de 8 à" in told
    assert "Sans toucher aux quotas, il faudrait 3 personnes de plus, dont au moins : 3 « age : 16-34 »." in told
    assert not (folder / "out").exists()


def test_a_missing_file_and_impossible_numbers_leave_with_2(folder):
    (folder / "categories.csv").unlink()

    for options in ({}, {"seats": 0}, {"panels": 0}):
        with pytest.raises(CommandError) as left:
            drawn(folder, **options)
        assert left.value.returncode == 2


def test_warnings_are_told_before_the_draw_and_in_the_report(folder, capsys):
    (folder / "categories.csv").write_text(CATEGORIES + "seat,kept,1,1\nseat,barred,0,0\nseat,open,0,10\n")
    head, *lines = respondents().splitlines()
    lines = [f"{line},{('kept', 'barred')[place] if place < 2 else 'open'}" for place, line in enumerate(lines)]
    (folder / "respondents.csv").write_text("\n".join([f"{head},seat", *lines]))

    report = json.loads(drawn(folder)["report.json"])

    assert report["warnings"] == [
        "Seront dans tous les panels, et doivent le savoir avant : 100.",
        "N’ont aucune chance, à cause de le maximum de « seat : barred » : 101.",
        "« seat : kept » prend 1 de ses 1 volontaires : une personne qui renonce manquera.",
    ]
    assert (report["certain"], report["without_chance"]) == (["100"], ["101"])
    assert "Attention : Seront dans tous les panels" in capsys.readouterr().err


def test_a_percentage_is_cut_and_never_rounded_up():
    from panels.lottery.words import percent

    assert [percent(chance) for chance in (0.1, 0.113772999, 1 / 3, 1, 0.0999999)] == [
        "10,000 %",
        "11,377 %",
        "33,333 %",
        "100,000 %",
        "9,999 %",
    ]


def test_the_solver_loads_only_when_a_draw_begins():
    code = "import sys, panels.lottery; from panels.lottery import field_files; sys.exit('highspy' in sys.modules)"

    assert (
        subprocess.run([sys.executable, "-c", code], cwd=field_files.__file__.rsplit("/panels/", 1)[0]).returncode == 0
    )
