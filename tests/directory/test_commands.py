"""Letters from the command line, and what the whole room promises."""

import io
import json

import pytest
from django.core.management import call_command

from src.directory import apps as directory_app
from src.directory.models import PersonalCode
from src.foundations import documents, personal_data
from tests.factories.directory import AgentFactory, SiteFactory

pytestmark = pytest.mark.django_db


def _issue(*args):
    out = io.StringIO()
    try:
        call_command("issue_codes", *map(str, args), stdout=out, stderr=io.StringIO())
        return 0, json.loads(out.getvalue())
    except SystemExit as stop:
        return stop.code, None


@pytest.fixture
def site():
    site = SiteFactory(code="TAN", name="Dépôt des Tanneurs")
    for name in ("aa", "bb"):
        AgentFactory(username=name, email=None, unit=site)
    return site


def test_letters_are_written_once_and_readable_by_their_owner_alone(site, tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "pdf", lambda html, base_url=None: b"%PDF " + html.encode())
    out = tmp_path / "lettres.pdf"

    assert _issue("--site", "tan", "--out", out, "--dry-run") == (0, {"letters": 2})
    assert (PersonalCode.objects.count(), out.exists()) == (0, False)
    assert _issue("--site", "tan", "--out", out) == (0, {"letters": 2})
    assert (PersonalCode.objects.count(), out.stat().st_mode & 0o777) == (2, 0o600)
    assert _issue("--site", "tan", "--out", tmp_path / "again.pdf") == (0, {"letters": 0})
    assert _issue("--site", "tan", "--out", tmp_path / "again.pdf", "--again") == (0, {"letters": 2})
    assert PersonalCode.objects.filter(revoked_at__isnull=True).count() == 2


def test_letters_fall_back_to_a_page_without_pango(site, tmp_path, monkeypatch):
    def missing(html, base_url=None):
        raise documents.PdfUnavailable("pango")

    monkeypatch.setattr(documents, "pdf", missing)

    assert _issue("--site", "TAN", "--out", tmp_path / "lettres.pdf") == (0, {"letters": 2})
    page = (tmp_path / "lettres.html").read_text()
    assert (page.count("<section"), page.count("<link"), "@page" in page) == (2, 0, True)


@pytest.mark.parametrize("case", ["unknown site", "file there", "no folder"])
def test_misuse_issues_nothing(site, tmp_path, case):
    out = tmp_path / "lettres.pdf"
    code = "NULLE" if case == "unknown site" else "TAN"
    if case == "file there":
        out.write_text("former letters")
    if case == "no folder":
        out = tmp_path / "nowhere" / "lettres.pdf"

    assert _issue("--site", code, "--out", out) == (2, None)
    assert PersonalCode.objects.count() == 0


def test_every_table_of_the_room_says_how_it_leaves():
    from django.apps import apps

    missing = personal_data.models_without_declaration(apps)

    assert [label for label in missing if label.startswith("directory.")] == []
    assert directory_app.DirectoryConfig.label == "directory"


def test_export_and_erasure_of_a_person(site):
    from src.directory.enums import Role
    from src.directory.models import User
    from tests.factories.directory import grant

    agent = AgentFactory(username="leaving", personnel_number="Z9", unit=site)
    grant(agent, Role.EDITOR)

    held = personal_data.export_of(agent)
    assert held["directory.User"][0]["personnel_number"] == "Z9"
    assert held["directory.Affectation"][0]["unit"] == "Dépôt des Tanneurs"
    assert held["directory.RoleGrant"][0]["unit"] == ""
    personal_data.erase(agent)

    kept = User.objects.get(pk=agent.pk)
    assert (kept.first_name, kept.last_name, kept.email, kept.personnel_number, kept.is_active) == (
        "",
        "",
        None,
        None,
        False,
    )
    assert not kept.username.startswith("leaving")
    assert personal_data.export_of(kept).keys() <= {"directory.User"}
