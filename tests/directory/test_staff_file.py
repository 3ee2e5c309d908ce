"""The staff file: whatever a personnel office exports, whole or not at all."""

import datetime
import io
import json

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.directory.enums import Role
from src.directory.models import Affectation, Unit, User
from src.directory.services.importing import import_directory
from src.foundations import clock
from src.foundations.imports import Unreadable
from src.foundations.models import AuditEntry
from tests.factories.directory import AgentFactory, ExternalFactory, UnitFactory, grant

pytestmark = pytest.mark.django_db
HEAD = (
    "Matricule;Nom;Prénom;Courriel;Unité;Fonction;Famille de métiers;Accueil du public;Encadrant;Date début;Date fin"
)
HEAD = HEAD.replace("Accueil du public", "Accueil public")
UNITS = "code;libellé;type;code parent;sigle\nPRO;Propreté;Direction;;PRO\nPRO-COL;Collecte;service;PRO;\nTAN;Tanneurs;site;PRO-COL;\n"
NADIA = "a204117;Benali;Nadia;nadia@ville.example;TAN;Conductrice;Conduite;oui;non;01/02/2021;"
PAUL = "204118;Kerbrat;Paul;;PRO-COL;Accueil;Accueil;x;;2020-03-01;"


def _file(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode()


def _run(*args):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_directory", *map(str, args), stdout=out, stderr=err)
        code = 0
    except SystemExit as stop:
        code = stop.code
    lines = out.getvalue().splitlines()
    return code, lines[:-1], json.loads(lines[-1]) if lines else None, err.getvalue()


@pytest.fixture
def files(tmp_path):
    def write(data, name="agents.csv"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def loaded():
    return import_directory(_file(NADIA, PAUL), units_data=UNITS.encode())


def _counts(read, created=0, updated=0, unchanged=0, errors=0):
    return {"read": read, "created": created, "updated": updated, "unchanged": unchanged, "errors": errors}


def test_two_files_make_units_people_and_posts(loaded):
    assert loaded.counts == _counts(5, created=5)
    nadia = User.objects.get(personnel_number="A204117")
    post = nadia.current_affectation
    assert (nadia.username, nadia.email, nadia.first_name, nadia.last_name, nadia.has_usable_password()) == (
        "a204117", "nadia@ville.example", "Nadia", "Benali", False,
    )  # fmt: skip
    assert (post.unit.code, post.job_title, post.job_family.name, post.in_contact_with_public, post.is_manager) == (
        "TAN", "Conductrice", "Conduite", True, False,
    )  # fmt: skip
    assert (post.starts_on, post.ends_on) == (datetime.date(2021, 2, 1), None)
    assert dict(Unit.objects.values_list("code", "headcount")) == {"PRO": 2, "PRO-COL": 2, "TAN": 1}
    assert hasattr(nadia, "keyring")


def test_same_file_twice_changes_nothing(loaded):
    entries = AuditEntry.objects.count()

    again = import_directory(_file(NADIA, PAUL), units_data=UNITS.encode())

    assert again.counts == _counts(5, unchanged=5)
    assert (User.objects.count(), Affectation.objects.count(), AuditEntry.objects.count()) == (2, 2, entries)


def test_units_may_come_in_the_file_of_people():
    head = "matricule;nom;prenom;code_direction;direction;code_service;libelle_service;code_site;libelle_site"
    report = import_directory(
        _file("1;A;B;PRO;Propreté;COL;Collecte;TAN;Tanneurs", "2;C;D;PRO;Propreté;;;;", "3;E;F;PRO;;COL;;;", head=head)
    )

    assert report.counts == _counts(3, created=3)
    assert list(Unit.objects.order_by("path").values_list("code", "name", "kind", "headcount")) == [
        ("PRO", "Propreté", "direction", 3), ("COL", "Collecte", "service", 2), ("TAN", "Tanneurs", "site", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        _file(NADIA, PAUL).decode().encode("utf-8-sig"),
        _file(NADIA, PAUL).decode().encode("cp1252"),
        _file(NADIA, PAUL).decode().encode("utf-16"),
        _file(NADIA, PAUL).replace(b"\n", b"\r\n"),
        _file(NADIA, PAUL).replace(b";", b","),
        _file(NADIA, PAUL).replace(b";", b"\t"),
        _file(NADIA, PAUL) + b"\n;;;;;;;;;;\n\n",
        b"\n".join(b'"' + line.replace(b";", b'";"') + b'"' for line in _file(NADIA, PAUL).split(b"\n")),
    ],
    ids=["bom", "cp1252", "utf-16", "crlf", "commas", "tabs", "empty lines", "quotes"],
)
def test_usual_exports_are_read_alike(data):
    report = import_directory(data, units_data=UNITS.encode())

    assert report.counts == _counts(5, created=5)
    assert User.objects.filter(first_name="Nadia", current_affectation__unit__code="TAN").count() == 1


def test_all_errors_are_told_at_once_with_their_line_and_nothing_is_written(loaded, files):
    AgentFactory(username="pris", email="pris@ville.example", personnel_number="X9")
    ExternalFactory(personnel_number="EXT1")
    before = (User.objects.count(), Affectation.objects.count())
    bad = _file(
        NADIA,
        NADIA,
        "1;Nom;Prénom;pas une adresse;TAN;;;;;;",
        "2;Nom;Prénom;;NULLE-PART;;;;;;",
        "3;;Prénom;;TAN;;;;;;",
        "4;Nom;Prénom;pris@ville.example;TAN;;;;;;",
        "5;Nom;Prénom;;TAN;;;;;2024-05-01;2024-04-01",
        "6;Nom;Prénom;;TAN;;;;;31/02/2024;",
        "7;Nom;Prénom;;TAN;;;peut-être;;;",
        "mat ri/cule;Nom;Prénom;;TAN;;;;;;",
        "8;Nom;Prénom;;TAN;;;;;;;trop;de;cellules",
        "pris;Nom;Prénom;;TAN;;;;;;",
        "EXT1;Nom;Prénom;;TAN;;;;;;",
        "9;Nom;Prénom;;TAN;" + "x" * 130 + ";;;;;",
    )

    code, lines, counts, _err = _run(files(bad))

    assert code == 1
    assert [line.split(":")[0].strip() for line in lines] == [f"ligne {n}" for n in range(3, 16)]
    assert counts == _counts(14, errors=13)
    assert (User.objects.count(), Affectation.objects.count()) == before


def test_dry_run_tells_and_writes_nothing(files):
    code, lines, counts, _err = _run(
        files(_file(NADIA, PAUL)), "--units", files(UNITS.encode(), "units.csv"), "--dry-run"
    )

    assert (code, lines, counts) == (0, [], _counts(5, created=5))
    assert (User.objects.count(), Unit.objects.count()) == (0, 0)


def test_changes_of_name_post_and_flags(loaded):
    changed = import_directory(
        _file(
            "A204117;Benali-Roux;Nadia;nadia.roux@ville.example;PRO-COL;Cheffe d'équipe;Conduite;oui;oui;01/06/2024;",
            "204118;Kerbrat;Paul;;PRO-COL;Accueil;Accueil;non;;2020-03-01;",
        )
    )

    assert changed.counts == _counts(2, updated=2)
    nadia = User.objects.get(personnel_number="A204117")
    assert (nadia.last_name, nadia.email) == ("Benali-Roux", "nadia.roux@ville.example")
    assert list(nadia.affectations.order_by("starts_on").values_list("unit__code", "starts_on", "ends_on")) == [
        ("TAN", datetime.date(2021, 2, 1), datetime.date(2024, 5, 31)),
        ("PRO-COL", datetime.date(2024, 6, 1), None),
    ]
    assert nadia.current_affectation.is_manager
    assert User.objects.get(personnel_number="204118").current_affectation.in_contact_with_public is False
    assert dict(Unit.objects.values_list("code", "headcount")) == {"PRO": 2, "PRO-COL": 2, "TAN": 0}


def test_columns_the_file_lacks_are_left_alone(loaded):
    report = import_directory(
        _file("A204117;Benali;Nadia;TAN", "204118;Kerbrat;Paul;PRO-COL", head="matricule;nom;prenom;unite")
    )

    assert report.counts == _counts(2, unchanged=2)
    assert User.objects.get(personnel_number="A204117").email == "nadia@ville.example"


def test_addresses_may_change_hands_in_one_file(loaded):
    import_directory(_file(NADIA, PAUL.replace("Paul;;", "Paul;paul@ville.example;")))
    swapped = import_directory(
        _file(NADIA.replace("nadia@", "paul@"), PAUL.replace("Paul;;", "Paul;nadia@ville.example;"))
    )

    assert swapped.counts == _counts(2, updated=2)
    assert dict(User.objects.values_list("first_name", "email")) == {
        "Nadia": "paul@ville.example", "Paul": "nadia@ville.example",
    }  # fmt: skip


def test_leaver_loses_post_roles_and_sign_in_and_may_come_back(loaded):
    paul = User.objects.get(personnel_number="204118")
    given = grant(paul, Role.EDITOR)
    yesterday = (clock.today() - datetime.timedelta(days=1)).isoformat()
    gone = _file(NADIA, PAUL[:-1] + ";" + yesterday)

    assert import_directory(gone).counts == _counts(2, updated=1, unchanged=1)
    paul.refresh_from_db()
    given.refresh_from_db()
    assert (paul.is_active, paul.current_affectation, paul.holds_roles) == (False, None, False)
    assert given.ends_on is not None
    assert import_directory(gone).counts == _counts(2, unchanged=2)

    back = import_directory(_file(NADIA, PAUL.replace("2020-03-01", clock.today().isoformat())))
    paul.refresh_from_db()
    assert (back.counts["updated"], paul.is_active, paul.current_affectation.unit.code) == (1, True, "PRO-COL")


def test_people_not_in_the_file_stay_unless_asked(loaded):
    others = [AgentFactory(personnel_number=f"K{n}", unit=UnitFactory()) for n in range(3)]

    assert import_directory(_file(NADIA, PAUL)).counts == _counts(2, unchanged=2)
    assert User.objects.filter(is_active=True).count() == 5
    closed = import_directory(_file(NADIA, PAUL), close_missing=True)

    assert (closed.counts, closed.closed) == (_counts(2, updated=3, unchanged=2), 3)
    assert list(User.objects.filter(pk__in=[one.pk for one in others], is_active=True)) == []


def test_truncated_file_does_not_close_half_of_the_city():
    unit = UnitFactory()
    for n in range(12):
        AgentFactory(personnel_number=f"K{n}", unit=unit)
    rows = _file(f"K0;Nom;Prénom;{unit.code}", head="matricule;nom;prenom;unite")

    refused = import_directory(rows, close_missing=True)
    assert (refused.counts["errors"], User.objects.filter(is_active=True).count()) == (1, 12)
    forced = import_directory(rows, close_missing=True, force_closing=True)

    assert (forced.closed, User.objects.filter(is_active=True).count()) == (11, 1)


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ("PRO;Autre;Direction;;", [5]),
        ("X;Nom;galaxie;PRO;", [5]),
        ("X;Nom;service;NULLE;", [5]),
        ("X;Nom;service;;", [5]),
        ("X;Nom;direction;TAN;", [5]),
        (";Nom;service;PRO;", [5]),
        ("A;a;service;B;\nB;b;service;C;\nC;c;service;A;", [5, 6, 7]),
        ("X;Nom;service;X;", [5]),
    ],
)
def test_units_that_make_no_tree_are_refused(row, lines):
    report = import_directory(_file(PAUL), units_data=(UNITS + row).encode(), names=("", "units"))

    assert sorted({problem.line for problem in report.problems if problem.file == "units"}) == lines
    assert Unit.objects.count() == 0


def test_unit_file_renames_moves_and_closes(loaded):
    head = "code;nom;type;parent;date_fermeture;successeur\n"
    rows = "PRO;Propreté et ressources;direction;;;\nNET;Nettoiement;service;PRO;;\nPRO-COL;Collecte;service;PRO;2024-12-31;NET\nTAN;Tanneurs;site;NET;;"

    report = import_directory(_file(NADIA, PAUL.replace("PRO-COL", "NET")), units_data=(head + rows).encode())

    assert report.counts == _counts(6, created=1, updated=4, unchanged=1)
    closed = Unit.objects.get(code="PRO-COL")
    assert (closed.valid_until, closed.successor.code) == (datetime.date(2024, 12, 31), "NET")
    assert Unit.objects.get(code="TAN").parent.code == "NET"
    assert dict(Unit.objects.values_list("code", "headcount")) == {"PRO": 2, "NET": 2, "PRO-COL": 0, "TAN": 1}


def test_mapping_names_unusual_headers(loaded, files):
    data = _file("A204117;Benali;Nadia;TAN", head="Mat. RH;Nom;Prénom;Centre de coût")

    code, lines, counts, _err = _run(files(data), "--map", "number=Mat. RH", "--map", "unit=Centre de coût")

    assert (code, lines, counts) == (0, [], _counts(1, unchanged=1))


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"\x00\x01\x02", b"PK\x03\x04" + bytes(range(256))],
    ids=["empty", "blank", "nul", "zip"],
)
def test_what_is_no_table_is_refused_with_a_sentence(data, files):
    with pytest.raises(Unreadable):
        import_directory(data)
    code, lines, counts, err = _run(files(data))

    assert (code, lines, counts) == (2, [], _counts(0, errors=1))
    assert err.strip()


def test_missing_columns_are_all_named(files):
    code, lines, counts, _err = _run(files(b"bonjour;monde\n1;2\n"))

    assert code == 1
    assert len(lines) == 3
    assert counts["errors"] == 3


def test_missing_file_is_misuse(tmp_path):
    assert _run(tmp_path / "nowhere.csv")[0] == 2
    assert _run(tmp_path / "nowhere.csv", "--map", "nonsense")[0] == 2


def test_megabyte_in_a_cell_is_an_error_of_its_line(loaded):
    report = import_directory(_file(NADIA, "9;" + "x" * 1_000_000 + ";Prénom;;TAN;;;;;;", PAUL))

    assert [problem.line for problem in report.problems] == [3]
    assert "guillemet" in str(report.problems[0])


def test_quotation_mark_left_open_is_told(loaded):
    report = import_directory(_file(NADIA, '9;"Nom;Prénom;;TAN;;;;;;', *[PAUL] * 30))

    assert [problem.line for problem in report.problems] == [3]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=5), max_size=6))
def test_no_content_breaks_the_import(rows):
    text = "matricule;nom;prenom;unite\n" + "\n".join(";".join(row) for row in rows)
    try:
        report = import_directory(text.encode("utf-8", "replace"), dry_run=True)
    except Unreadable:
        return
    assert report.read == report.created + report.unchanged + report.updated or report.problems
    assert User.objects.count() == 0
