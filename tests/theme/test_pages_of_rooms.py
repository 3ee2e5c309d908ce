"""Pages of every room compose the theme: options a component declares, classes the theme styles, icons it has."""

import re
from pathlib import Path

import pytest

from tests.theme.css import ROOM, STYLESHEET
from theme.templatetags.theme import icon_names

HOUSE = ROOM.parent
# Wagtail's own admin has its own looks; so have mails and paper.
ELSEWHERE = {"admin", "wagtailadmin", "mail", "print", "letters"}
PAGES = sorted(
    path
    for room in (HOUSE / "src", HOUSE / "ideas")
    for path in room.rglob("*.html")
    if not ELSEWHERE & set(path.parts) and not path.stem.startswith("letter")
)
CLASS = re.compile(r"\.([a-z][\w-]*)")
STYLED = set(CLASS.findall(STYLESHEET.read_text()))


def styled_by_its_room(path: Path) -> set[str]:
    """Classes of the room's own stylesheet, where it has one (a kiosk's screens are for standing people)."""
    room = HOUSE / Path(*path.relative_to(HOUSE).parts[: 2 if path.is_relative_to(HOUSE / "src") else 1])
    return {name for sheet in (room / "static").rglob("*.css") for name in CLASS.findall(sheet.read_text())}


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def declared(component: str) -> set[str]:
    """The words of a component's Options line."""
    opening = re.match(
        r"\{% comment %\}\n(.*?)ARIA", (ROOM / f"templates/theme/c/{component}.html").read_text(), re.DOTALL
    )
    return set(re.findall(r"[a-z_]+", opening.group(1)))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_page_gives_components_only_what_they_declare(path):
    text = path.read_text()
    calls = re.findall(r'{%\s*include "theme/c/(\w+)\.html"(?: with (.*?))?( only)?\s*%}', text, re.DOTALL)
    calls += re.findall(r'{%\s*drawn_once "theme/c/(\w+)\.html"(.*?)()\s*%}', text, re.DOTALL)

    wrong = {
        (component, option)
        for component, options, _only in calls
        for option in re.findall(r"(?:^|\s)(\w+)=", options)
        if option not in declared(component)
    }
    assert wrong == set()


# A piece for other sites, which give its classes their looks.
ELSEWHERE = "card_fragment.html"


@pytest.mark.parametrize("path", [path for path in PAGES if path.name != ELSEWHERE], ids=named)
def test_page_invents_no_class(path):
    text = re.sub(r"{%.*?%}|{#.*?#}", " ", path.read_text(), flags=re.DOTALL)
    text = re.sub(r'[^\s"]*{{.*?}}[^\s"]*', " ", text)

    used = {name for value in re.findall(r'\sclass="([^"]*)"', text) for name in value.split()}
    assert used - STYLED - styled_by_its_room(path) == set()


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_page_uses_icons_that_exist(path):
    used = set(re.findall(r'{%\s*icon "([^"]+)"|icon="([^"]+)"', path.read_text()))

    assert {name for pair in used for name in pair if name} - icon_names() == set()


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_page_has_nothing_the_policy_refuses(path):
    text = path.read_text()

    assert " style=" not in text
    assert "<style" not in text
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []
    assert re.findall(r"\son[a-z]+=\"", text) == []
    assert "|safe" not in text
