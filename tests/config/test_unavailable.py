"""The database away, or a statement out of time: a sentence, when to come back, and what was typed."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import NotSupportedError, OperationalError, connection
from django.test import Client, RequestFactory

from src.config import errors
from src.directory.middleware import ViewerMiddleware

BODY = "Les volets du préau restent ouverts la nuit, <b>même</b> en hiver et sous la pluie."


@pytest.fixture
def away(monkeypatch):
    """Every request meets a database that refuses, before any view."""

    def refuses(self, request):
        raise OperationalError("could not connect to 10.0.0.1 as terrain")

    monkeypatch.setattr(ViewerMiddleware, "__call__", refuses)
    return Client(raise_request_exception=False)


def test_a_page_says_when_to_come_back(away):
    response = away.get("/idees/")

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Attendez une minute, puis réessayez." in response.content.decode()
    assert "10.0.0.1" not in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_form_comes_back_with_what_was_typed_and_can_be_sent_again(away):
    response = away.post(
        "/idees/deposer/?boite=a", {"body": BODY, "identity": "named", "token": "t-1", "csrfmiddlewaretoken": "c-1"}
    )
    page = response.content.decode()

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "&lt;b&gt;même&lt;/b&gt; en hiver et sous la pluie." in page
    assert '<input type="hidden" name="token" value="t-1">' in page
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="c-1">' in page
    assert 'action="/idees/deposer/?boite=a"' in page
    assert "Réessayer l’envoi" in page


def test_no_password_comes_back(away):
    for path in ("/connexion/", "/idees/deposer/"):
        page = away.post(path, {"login": "agent", "password": "un secret bien gardé"}).content.decode()

        assert "un secret bien gardé" not in page
        assert "Réessayer l’envoi" not in page


@pytest.mark.parametrize(("path", "accept"), [("/api/v1/ideas/", "*/*"), ("/idees/", "application/json")])
def test_a_program_reads_json(away, path, accept):
    response = away.get(path, headers={"accept": accept})

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response.json() == {
        "detail": "Le site ne peut pas répondre en ce moment. Rien n’a été enregistré. Réessayez dans une minute."
    }


def test_any_other_failure_stays_a_500():
    try:
        raise ValueError("secret")
    except ValueError:
        response = errors.server_error(RequestFactory().get("/"))

    assert (response.status_code, b"secret" in response.content) == (500, False)


@pytest.mark.parametrize(("number", "expected"), [(errno.ENOSPC, 503), (errno.EDQUOT, 503), (errno.ENOENT, 500)])
def test_a_full_disk_passes_and_a_missing_file_does_not(number, expected):
    try:
        raise OSError(number, "/srv/terrain/media/private/x.jpg")
    except OSError:
        response = errors.server_error(RequestFactory().get("/"))

    assert (response.status_code, "Retry-After" in response, b"/srv/" in response.content) == (
        expected,
        expected == 503,
        False,
    )


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_statement_out_of_time_is_a_503():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(5)")
    except OperationalError:
        response = errors.server_error(RequestFactory().get("/"))
    connection.close()

    assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_a_plan_kept_from_before_a_migration_is_a_503():
    try:
        raise NotSupportedError("cached plan must not change result type")
    except NotSupportedError:
        response = errors.server_error(RequestFactory().get("/"))

    assert (response.status_code, response["Retry-After"]) == (503, "30")


@pytest.mark.parametrize(
    ("command", "expected"),
    [(None, "statement_timeout=5000"), ("tick", "statement_timeout=60000"), ("migrate", "statement_timeout=0")],
)
def test_requests_are_hurried_and_commands_are_not(tmp_path, command, expected):
    from tests.suite import production_environment

    code = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"
    if command:
        run = f"import sys, runpy; sys.argv = ['manage.py', '{command}', '--help']\ntry: runpy.run_path('manage.py', run_name='__main__')\nexcept SystemExit: pass\n"
        code = run + code
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("TERRAIN_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).resolve().parents[2],
        env={**bare, **production_environment(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert expected in done.stdout.splitlines()[-1]
    assert "lock_timeout=2000" in done.stdout.splitlines()[-1]


def test_a_new_worker_has_everything_loaded_and_no_connection_open():
    code = (
        "import sys, src.config.wsgi\n"
        "from django.db import connection\n"
        "print('ideas.views.propose' in sys.modules, connection.connection)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "src.config.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == ["True", "None"]
