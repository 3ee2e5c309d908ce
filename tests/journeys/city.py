"""What journeys ask of the served demo city: who to be, where an idea is. Read-only: people act through the browser."""

import sqlite3
from urllib.parse import urlsplit


def sign_in(page, url: str, persona: str, *, next_address: str = "/") -> None:
    """Be somebody in one click: the persona's card on the sign-in page."""
    page.goto(f"{url}/connexion/?next={next_address}")
    page.locator(f"button[name=persona][value='{persona}']").click()
    page.wait_for_url(f"{url}{next_address}")


def rows(served, statement: str, *parameters) -> list[tuple]:
    """Read the served database, without ever writing to it."""
    connection = sqlite3.connect(f"file:{served.var / 'terrain.sqlite3'}?mode=ro", uri=True, timeout=20)
    try:
        return connection.execute(statement, parameters).fetchall()
    finally:
        connection.close()


def value(served, statement: str, *parameters):
    """The first column of the one row there must be."""
    ((found, *_),) = rows(served, statement, *parameters)
    return found


def idea(served, title: str) -> str:
    """The address of the idea whose title starts so; of the first, where it was copied to another space."""
    statement = "SELECT reference FROM ideas_idea WHERE replace(title, '’', '''') LIKE ? || '%' ORDER BY id LIMIT 1"
    return f"/idees/{value(served, statement, title)}/"


def questionnaire(served, title: str) -> str:
    """The reference of the questionnaire whose title starts so, with its slash."""
    return value(served, "SELECT reference FROM questionnaires_questionnaire WHERE title LIKE ? || '%'", title) + "/"


def account(served, username: str) -> int:
    """The key of an account."""
    return value(served, "SELECT id FROM directory_user WHERE username = ?", username)


def measure(served, title: str) -> str:
    """The address of the measure whose title starts so."""
    statement = "SELECT reference FROM accountability_measure WHERE replace(title, '’', '''') LIKE ? || '%'"
    return f"/engagements/{value(served, statement, title)}/"


def plan(served, title: str) -> str:
    """The address of the plan whose title starts so."""
    statement = "SELECT reference FROM accountability_plan WHERE replace(title, '’', '''') LIKE ? || '%'"
    return f"/engagements/plans/{value(served, statement, title)}/"


def process(served, version: int | None = None, slug: str = "permanent-box") -> int:
    """The key of a version of a process; without one, of the first there is."""
    found = dict(rows(served, "SELECT version, id FROM workflow_process WHERE slug = ?", slug))
    return found[min(found) if version is None else version]


def path_of(page) -> str:
    """The address of the page, without the server."""
    return urlsplit(page.url).path
