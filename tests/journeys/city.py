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


def ballot(served, title: str) -> str:
    """The reference of the ballot whose title starts so, with its slash."""
    return value(served, "SELECT reference FROM ballots_ballot WHERE title LIKE ? || '%'", title) + "/"


def barometer(served) -> str:
    """The reference of the one barometer."""
    return value(served, "SELECT reference FROM questionnaires_barometer")


def reform_text(served, title: str) -> str:
    """The reference of the text whose title starts so, with its slash."""
    return value(served, "SELECT reference FROM texts_reformtext WHERE title LIKE ? || '%'", title) + "/"


def unit(served, title: str, label: str) -> str:
    """The key of an article of a text, by its number."""
    statement = (
        "SELECT DISTINCT u.key FROM texts_textunit u JOIN texts_textversion v ON v.id = u.version_id "
        "JOIN texts_reformtext t ON t.id = v.text_id WHERE u.label = ? AND t.title LIKE ? || '%'"
    )
    return value(served, statement, label, title)


def group(served, slug: str) -> str:
    """The address of the meetings of a space."""
    statement = (
        "SELECT m.reference FROM meetings_meetingseries m JOIN participation_space s ON s.id = m.space_id "
        "WHERE s.slug = ?"
    )
    return f"/reunions/{value(served, statement, slug)}/"


def meeting(served, slug: str, state: str) -> str:
    """The address of the last meeting of a space in that state."""
    statement = (
        "SELECT m.reference FROM meetings_meeting m JOIN participation_space s ON s.id = m.space_id "
        "WHERE s.slug = ? AND m.state = ? ORDER BY m.starts_at DESC LIMIT 1"
    )
    return f"{group(served, slug)}{value(served, statement, slug, state)}/"


def rated_point(served, name: str) -> str:
    """The reference of the rating point whose name starts so, with its slash."""
    return value(served, "SELECT reference FROM ratings_ratingpoint WHERE name LIKE ? || '%'", name) + "/"


def account(served, username: str) -> int:
    """The key of an account."""
    return value(served, "SELECT id FROM directory_user WHERE username = ?", username)


def measure(served, title: str) -> str:
    """The address of the measure whose title starts so."""
    statement = "SELECT reference FROM accountability_measure WHERE replace(title, '’', '''') LIKE ? || '%'"
    return f"/engagements/{value(served, statement, title)}/"


def quote(served, title: str) -> str:
    """The address where the author of the idea whose title holds this answers about a quote."""
    statement = (
        "SELECT q.reference FROM publishing_quoterequest q JOIN ideas_idea i ON i.reference = q.subject_reference "
        "WHERE i.title LIKE '%' || ? || '%'"
    )
    return f"/citations/{value(served, statement, title)}/"


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
