"""The house keeps its rules: top level, module sentences, template hygiene, records of decisions."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["src", "ideas", "consultations", "panels", "trainings", "theme"]
TRACKED = [
    ROOT / line
    for line in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
]
PYTHON = [p for p in TRACKED if p.suffix == ".py" and p.exists() and p.relative_to(ROOT).parts[0] in ROOMS]
TEMPLATES = [p for p in TRACKED if p.suffix == ".html" and p.exists() and "templates" in p.parts]


def test_top_level_holds_what_the_card_names():
    allowed = {
        "src",
        "consultations",
        "ideas",
        "panels",
        "trainings",
        "theme",
        "tests",
        "docs",
        "changelog.d",
        ".ci",
        "requirements.txt",
        "requirements.in",
        "requirements-dev.txt",
        "requirements-dev.in",
        "manage.py",
        "README.md",
        "Makefile",
        "pyproject.toml",
        ".gitignore",
        "SECURITY.md",
        "LICENSE",
        "CHANGELOG.md",
        "UPGRADE.md",
    }

    found = {path.relative_to(ROOT).parts[0] for path in TRACKED}

    assert found - allowed == set()


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in PYTHON
        if "migrations" not in path.parts
        and path.read_text().strip()
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def test_no_junk_drawer():
    drawers = [str(p) for p in PYTHON if p.stem in {"utils", "helpers", "misc", "common"}]

    assert drawers == []


def test_templates_carry_no_inline_style_script_or_unsafe_text():
    unsafe = re.compile(r"""\sstyle=|\son[a-z]+=["']|<script(?![^>]*\bsrc=)|<style|\|\s*safe\b""")

    found = [
        f"{path.relative_to(ROOT)}: {match.group(0).strip()}"
        for path in TEMPLATES
        if not {"mail", "print", "letters"} & set(path.parts)
        for match in unsafe.finditer(re.sub(r"{% comment.*?endcomment %}|{#.*?#}", "", path.read_text(), flags=re.S))
    ]

    assert found == []


def test_every_form_that_posts_carries_its_token():
    missing = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        for form in re.findall(r"<form\b[^>]*method=[\"']?post.*?</form>", path.read_text(), re.S | re.I)
        if "csrf_token" not in form and "csrf_field" not in form
    ]

    assert missing == []


def test_no_path_of_a_machine_in_the_repository():
    places = re.compile(r"/work/|/root/|/opt/wheels|pypi-more")
    texts = {".py", ".md", ".html", ".txt", ".in", ".toml", ".json", ".css", ".js", ".po", ""}

    found = [
        str(path.relative_to(ROOT))
        for path in TRACKED
        if path.exists()
        and path.suffix in texts
        and path.name != "test_layout.py"
        and places.search(path.read_text(errors="ignore"))
    ]

    assert found == []


@pytest.mark.parametrize("record", sorted((ROOT / "docs/adr").glob("*.md")), ids=lambda p: p.name)
def test_decision_records_have_their_parts(record):
    text = record.read_text()

    assert re.match(r"\d{4}-[a-z0-9-]+\.md$", record.name)
    assert re.search(r"^# ADR " + record.name[:4], text, re.M), "the title repeats the number"
    assert re.search(r"^\*?\*?(Status|Statut)", text, re.M | re.I)


def test_decision_records_have_one_number_each():
    numbers = [path.name[:4] for path in (ROOT / "docs/adr").glob("*.md")]

    assert len(numbers) == len(set(numbers))


def test_text_is_marked_safe_behind_four_doors_only():
    doors = {
        "src/foundations/documents.py",
        "src/foundations/fields.py",
        "src/foundations/text.py",
        "theme/templatetags/theme.py",
    }

    marking = {
        str(path.relative_to(ROOT)) for path in PYTHON if re.search(r"mark_safe\(|SafeString\(", path.read_text())
    }

    assert marking - doors == set()


def test_every_template_is_used():
    """A template nobody names is dead; those that a framework finds by their place are exempt."""
    found_by_place = ("django/forms/", "account/", "mfa/", "socialaccount/", "wagtailadmin/", "admin/")
    sources = [path for path in TRACKED if path.suffix in {".py", ".html", ".txt"} and path.exists()]
    texts = {path: path.read_text() for path in sources if "migrations" not in path.parts}
    errors = {f"{code}.html" for code in ("400", "403", "403_csrf", "404", "413", "429", "500", "503")}

    unused = []
    for path in TEMPLATES:
        name = str(path).split("/templates/", 1)[1]
        if name in errors or name.startswith(found_by_place):
            continue
        folder, stem = name.rsplit("/", 1) if "/" in name else ("", name)
        if not any(
            name in text
            or f"{folder}/" in text
            and stem in text
            or (
                "tests" not in other.parts
                and re.search(rf"""["'](?:[\w/]*/)?{re.escape(stem.rsplit(".", 1)[0])}["'.]""", text)
            )
            for other, text in texts.items()
            if other != path
        ):
            unused.append(name)

    assert unused == []
