"""Another platform's projects: whole, twice without a double, with one bad line, undone; nothing owed meanwhile."""

import io
import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from src.accountability.measure_file import checked_mapping, mapping_named, read_projects
from src.accountability.models import ColumnMapping, Measure, MeasureImport, Milestone
from src.accountability.services import adopt
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.imports import Unreadable
from tests.factories.directory import AgentFactory, DirectionFactory

pytestmark = pytest.mark.django_db
DATA = os.environ.get("TERRAIN_DATA")
REAL = Path(DATA or "/nowhere") / "paris-bp-projets-laureats-2014-2019.csv"
HEAD = (
    "identifiant_projet_gagnant;titre_projet_gagnant;avancement_projet;edition;direction_pilote_projet;thematique;"
    "adresse_projet_gagnant;budget_global_projet_gagnant;echelle_bp;livraison_prev_projet;ouverture_projet;"
    "debut_etudes_projet;lancement_procedure_projet;lancement_travaux_projet"
)
GOOD = (
    "12;Des arbres fruitiers;TRAVAUX;2018;Parcs et jardins;Environnement;Rue des Clos;90000;Budget participatif;"
    "2999-03;Non ouvert;2019-01;2019-05;2020-02"
)


def csv(tmp_path, *lines, name="projets.csv"):
    path = tmp_path / name
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


def run(path, *options):
    """What the command said, and its last line of counts."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("import_measures", str(path), *options, stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    lines = out.getvalue().replace("\u00a0", " ").strip().split("\n")
    return code, lines[:-1], json.loads(lines[-1]), err.getvalue()


def test_a_project_becomes_a_measure_with_its_steps(tmp_path):
    direction = DirectionFactory(name="Parcs et jardins")

    code, _said, counts, _err = run(csv(tmp_path, GOOD), "--licence", "Open data, ODbL")

    measure = Measure.objects.get()
    assert (code, counts["created"]) == (0, 1)
    assert (measure.title, measure.status, measure.year, measure.budget) == (
        "Des arbres fruitiers",
        "works",
        2018,
        90000,
    )
    assert (measure.unit, measure.direction, measure.heard_on) == (direction, direction, None)
    assert measure.is_published and not measure.is_silent(clock.today() + timedelta(days=5000))
    assert list(measure.milestones.order_by("id").values_list("title", "planned_on", "done_on")) == [
        ("Début des études", None, date(2019, 1, 1)),
        ("Lancement de la procédure", None, date(2019, 5, 1)),
        ("Lancement des travaux", None, date(2020, 2, 1)),
        ("Livraison", date(2999, 3, 1), None),
    ]
    assert measure.import_batch.licence_note == "Open data, ODbL"


def test_done_elsewhere_is_to_confirm_here_and_a_passed_day_is_no_step_made(tmp_path):
    done = GOOD.replace("12;", "13;").replace("TRAVAUX", "FIN").replace("2999-03;Non ouvert", "2021-03;2021-04")
    stuck = GOOD.replace("12;", "14;").replace("TRAVAUX", "ETUDES")
    left = GOOD.replace("12;", "15;").replace("TRAVAUX", "ABANDONNÉ")

    assert run(csv(tmp_path, done, stuck, left))[2]["created"] == 3

    found = {measure.import_key.split(":")[1]: measure for measure in Measure.objects.all()}
    assert (found["13"].status, found["13"].delivered_on) == ("delivered", date(2021, 4, 1))
    assert list(found["14"].milestones.exclude(done_on=None).values_list("title", flat=True)) == ["Début des études"]
    assert (found["15"].status, found["15"].stopped_on, found["15"].stop_text != "") == ("stopped", None, True)


def test_every_fault_is_told_at_once_with_its_line_and_nothing_is_written(tmp_path):
    bad = GOOD.replace("12;", "13;").replace("TRAVAUX", "PEUT-ÊTRE").replace("2018", "deux mille")
    path = csv(tmp_path, GOOD, bad, GOOD, "trop;court")

    code, said, counts, _err = run(path)

    assert code == 1
    assert said == [
        "Ligne 3 : l’état « PEUT-ÊTRE » n’est pas dans la correspondance.",
        "Ligne 3 : « deux mille » n’est pas une année.",
        "Ligne 4 : « 12 » est déjà à la ligne 2.",
        "Ligne 5 : 2 cellules au lieu de 14.",
    ]
    assert counts == {"read": 4, "created": 0, "updated": 0, "unchanged": 0, "errors": 4}
    assert not Measure.objects.exists() and not MeasureImport.objects.exists()
    code, said, counts, _err = run(path, "--skip-errors")
    assert (code, counts["created"], Measure.objects.count()) == (1, 1, 1)


def test_a_dry_run_writes_nothing(tmp_path):
    code, _said, counts, _err = run(csv(tmp_path, GOOD), "--dry-run")

    assert (code, counts["created"]) == (0, 1)
    assert not Measure.objects.exists() and not ColumnMapping.objects.exists()


def test_what_changed_there_changes_here_until_somebody_adopts_it(tmp_path):
    unit = DirectionFactory(name="Parcs et jardins")
    decider = AgentFactory(unit=unit, roles=[(Role.DECISION_MAKER, unit)])
    run(csv(tmp_path, GOOD))
    later = GOOD.replace("TRAVAUX", "LIVRAISON").replace("90000", "95000")
    assert run(csv(tmp_path, later))[2] == {"read": 1, "created": 0, "updated": 1, "unchanged": 0, "errors": 0}
    assert Measure.objects.get().budget == 95000

    adopt(Measure.objects.get(), actor=decider, unit=unit)

    assert run(csv(tmp_path, GOOD))[2]["unchanged"] == 1
    assert Measure.objects.get().budget == 95000


def test_an_undo_leaves_what_was_adopted(tmp_path):
    unit = DirectionFactory(name="Parcs et jardins")
    decider = AgentFactory(unit=unit, roles=[(Role.DECISION_MAKER, unit)])
    run(csv(tmp_path, GOOD, GOOD.replace("12;", "13;")))
    kept = Measure.objects.get(import_key__endswith=":12")
    adopt(kept, actor=decider, unit=unit)
    batch = MeasureImport.objects.get()

    out = io.StringIO()
    call_command("import_measures", "--undo", str(batch.pk), stdout=out)

    assert json.loads(out.getvalue()) == {"measures": 1, "kept": 1}
    assert list(Measure.objects.all()) == [kept]
    assert not Milestone.objects.exclude(measure=kept).exists()


def test_a_mapping_of_ones_own_is_kept_for_the_next_file(tmp_path):
    rules = tmp_path / "carte.json"
    rules.write_text(
        json.dumps(
            {"columns": {"key": "n", "title": "nom", "status": "etat", "year": "an"}, "statuses": {"ok": "works"}}
        )
    )
    first, second = tmp_path / "un.csv", tmp_path / "deux.csv"
    first.write_text("n,nom,etat,an\n1,Un abri à vélos,ok,2020\n", encoding="utf-8")
    second.write_text("n,nom,etat,an\n2,Un second abri,ok,2021\n", encoding="utf-8")

    assert run(first, "--mapping", "abris", "--mapping-file", str(rules))[2]["created"] == 1
    assert run(second, "--mapping", "abris")[2]["created"] == 1

    assert ColumnMapping.objects.get().name == "abris"
    assert Measure.objects.count() == 2


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([], "columns"),
        (
            {"columns": {"key": "a", "title": "b", "status": "c", "year": "d"}, "statuses": {"FIN": "verified"}},
            "verified",
        ),
        ({"columns": {"key": "a"}, "statuses": {"x": "works"}, "autre": 1}, "autre"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused_in_words(rules, said):
    with pytest.raises(Unreadable, match=said):
        checked_mapping(rules)


@pytest.mark.parametrize("data", [b"", b"\x00\x01;\x02\n", b"a;a\n1;2\n", b"seule\n", "é;b\n".encode("utf-16")])
def test_what_is_no_table_is_refused_in_words(data):
    with pytest.raises(Unreadable):
        read_projects(data, mapping_named("budget-participatif"), today=clock.today())


def test_misuse_ends_with_its_counts():
    code, _said, counts, err = run("/nowhere.csv", "--mapping", "inconnue")

    assert (code, counts["errors"]) == (2, 1)
    assert "budget-participatif" in err


@pytest.mark.skipif(not DATA, reason="TERRAIN_DATA names no folder of shared data")
def test_the_whole_real_file_comes_in_once_and_leaves_whole(tmp_path):
    code, said, counts, _err = run(REAL)
    batch = MeasureImport.objects.get()
    assert (code, counts) == (0, {"read": 982, "created": 982, "updated": 0, "unchanged": 0, "errors": 0})
    assert said == [f"Import {batch.pk} : annulez-le avec --undo {batch.pk}."]

    again = run(REAL)[2]

    assert again == {"read": 982, "created": 0, "updated": 0, "unchanged": 982, "errors": 0}
    states = {status: Measure.objects.filter(status=status).count() for status in ("delivered", "works", "stopped")}
    assert states == {"delivered": 748, "works": 111, "stopped": 56}
    assert not Measure.objects.filter(status="verified").exists()
    assert not Measure.objects.silent(clock.today() + timedelta(days=3650)).exists()
    assert MeasureImport.objects.count() == 1
    bad = tmp_path / "une-ligne.csv"
    bad.write_text(REAL.read_text(encoding="utf-8-sig").replace(";FIN;", ";PRESQUE;", 1), encoding="utf-8")
    code, said, counts, _err = run(bad, "--mapping", "budget-participatif")
    assert (code, len(said), counts["errors"], counts["updated"]) == (1, 1, 1, 0)

    call_command("import_measures", "--undo", str(batch.pk), stdout=io.StringIO())

    assert (Measure.objects.count(), Milestone.objects.count(), MeasureImport.objects.count()) == (0, 0, 0)
