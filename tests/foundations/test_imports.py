"""An import command that could not start still ends with its JSON line, so that another program can read it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
NOTHING = {"read": 0, "created": 0, "updated": 0, "unchanged": 0, "errors": 1}
MISUSES = [
    ("import_directory", ["absent.csv"]),
    ("import_directory", [__file__, "--map", "nothing"]),
    ("import_decidim", []),
    ("import_decidim", ["absent.csv"]),
    ("import_decidim", [__file__]),
    ("import_decidim", ["--undo", "123456789"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("command", "arguments"), MISUSES)
def test_misuse_says_why_then_its_counts(command, arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        call_command(command, *arguments)

    said = capsys.readouterr()
    assert (stop.value.code, json.loads(said.out)) == (2, NOTHING)
    assert len(said.err.strip().splitlines()) == 1


def test_wrong_option_ends_with_the_counts_too():
    done = subprocess.run(
        [sys.executable, "manage.py", "import_decidim", "--kind", "novels"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, json.loads(done.stdout)) == (2, NOTHING)
