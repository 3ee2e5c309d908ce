"""The kiosk's browser is killed in the middle of a visit: its folder on the disk holds nothing of who was there.

A browser in private mode writes less; this one is in its ordinary mode, so that what the pages themselves forbid is seen.
"""

import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from ideas.models import Idea
from src.foundations.testing import drain_outbox
from src.kiosk import devices
from tests.browser.fixtures import ARGUMENTS, ORDINARY_BROWSERS, chromium, chromium_path  # noqa: F401

from .conftest import SECRET, TEXT, TITLE
from .test_browser import read_code, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# What an ordinary profile does by itself that a kiosk's policy switches off is left on: history, sessions, filling.
ORDINARY = [one for one in ARGUMENTS if one != "--disable-sync"]


class Profile:
    """A browser with its folder, killed without a word."""

    def __init__(self, browser_type, folder: Path):
        self.folder = folder
        self.context = browser_type.launch_persistent_context(
            str(folder), executable_path=chromium_path(ORDINARY_BROWSERS), args=ORDINARY, locale="fr-FR",
            viewport={"width": 1080, "height": 1920}, reduced_motion="reduce",
        )  # fmt: skip
        self.page = self.context.pages[0]
        self.page.set_default_timeout(45_000)

    def crash(self) -> None:
        """Kill the browser's first process, the one whose command names this folder and no type of child."""
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"--user-data-dir={self.folder}".encode() in words and not any(w.startswith(b"--type=") for w in words):
                os.kill(int(entry.name), signal.SIGKILL)
        time.sleep(1)

    def holds(self, *secrets: str) -> dict[str, list[str]]:
        """Files of the folder that hold one of the texts, in the ways a browser writes them."""
        # LevelDB keeps Latin-1 when it can.
        ways = ("utf-8", "utf-16-le", "latin-1")
        wanted = {secret.encode(way, "ignore"): secret for secret in secrets for way in ways}
        found = {}
        for path in self.folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                data = path.read_bytes()
                if hits := [secret for form, secret in wanted.items() if form in data]:
                    found[str(path.relative_to(self.folder))] = hits
        return found

    def rows(self, name: str, statement: str) -> list:
        """What a database of the profile holds; nothing when it was never made."""
        path = self.folder / "Default" / name
        if not path.exists():
            return []
        with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as base:
            return base.execute(statement).fetchall()


@pytest.fixture
def profile(chromium, tmp_path):  # noqa: F811
    opened = []

    def one(name="profil"):
        opened.append(Profile(chromium.browser_type, tmp_path / name))
        return opened[-1]

    yield one
    for made in opened:
        made.crash()


def at_kiosk(profile, depot, live_server):
    made = profile()
    cookie = {"name": devices.COOKIE, "value": depot.token, "url": live_server.url, "httpOnly": True}
    made.context.add_cookies([cookie])
    made.page.goto(f"{live_server.url}/borne/")
    return made


def settle() -> None:
    """Chromium writes its history and sessions some seconds after the fact."""
    time.sleep(6)


def test_a_crash_in_the_middle_of_writing_leaves_nothing_on_the_disk(profile, depot, live_server):
    made = at_kiosk(profile, depot, live_server)
    write(made.page)
    settle()

    made.crash()

    assert made.holds(TEXT, TEXT[:40], TITLE) == {}
    assert made.rows("Web Data", "SELECT name, value FROM autofill") == []
    assert not Idea.objects.exists()


def test_a_crash_after_sending_signing_in_and_reading_leaves_nothing_on_the_disk(profile, depot, live_server):
    made = at_kiosk(profile, depot, live_server)
    page = made.page
    page.goto(f"{live_server.url}/borne/connexion/") if page.url.endswith("/menu/") else page.get_by_role(
        "link", name="Se connecter"
    ).click()
    page.locator("[name=identifier]").fill("204117")
    page.locator("[name=secret]").fill(SECRET)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_text("Bonjour Nadia").wait_for()
    page.get_by_role("link", name="Déposer une idée").first.click()
    page.get_by_label("Qu’est-ce qui pourrait").fill(TEXT)
    page.locator("[name=title]").fill(TITLE)
    page.get_by_label("Nom protégé").check()
    page.get_by_role("button", name="Envoyer").click()
    code = read_code(page)
    reference = Idea.objects.get().reference
    settle()

    made.crash()

    assert made.holds(TEXT, TEXT[:40], TITLE, SECRET, code, code.replace("-", ""), reference, "Benali", "204117") == {}
    assert made.rows("Web Data", "SELECT name, value FROM autofill") == []
    assert made.rows("Login Data", "SELECT username_value FROM logins") == []
    titles = {title for (title,) in made.rows("History", "SELECT title FROM urls")}
    assert not [title for title in titles if "Nadia" in title or TITLE[:12] in title]
    drain_outbox()


def test_an_ordinary_page_is_found_by_the_same_search(profile, depot, live_server):
    """The control: without the kiosk's cookie, what is kept in the page and asked in an address is on the disk."""
    made = profile("ordinaire")
    made.page.goto(f"{live_server.url}/recherche/?q=ptarmigan")
    made.page.evaluate("localStorage.setItem('brouillon', 'lagopède alpin')")
    settle()

    made.crash()

    assert made.holds("ptarmigan") != {}
    assert made.holds("lagopède alpin") != {}
