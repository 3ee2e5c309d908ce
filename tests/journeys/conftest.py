"""A served demo city for the whole module, and people who walk through it in a real Chromium."""

import re
import time

import pytest

from tests.browser.checks import faults, watch
from tests.browser.fixtures import PHONE, chromium, open_page  # noqa: F401
from tests.browser.server import Nursery

from . import city


@pytest.fixture(scope="session")
def nursery():
    """The one loaded server of this process."""
    loaded = Nursery()
    yield loaded
    loaded.close()


@pytest.fixture(scope="module")
def served(chromium, nursery):  # noqa: F811
    """The real `serve`, relay running, over a copy of the demo city; the same one for a module's journeys."""
    with nursery.serving() as running:
        yield running


class Person:
    """Somebody at a window: acts by visible words, and finds every screen met without fault."""

    # Where pages run no script, the checks would wait for ever.
    js = True

    def __init__(self, page, served, username):
        self.page, self.served, self.username = page, served, username
        self.heard = watch(page)
        self.actions = 0

    def sign_in(self, next_address="/"):
        city.sign_in(self.page, self.served.url, self.username, next_address=next_address)
        return self

    def go(self, address):
        self.page.goto(self.served.url + address)
        return self

    def click(self, name, role="link", exact=False):
        """Follow a link, press a button, tick a box: one action."""
        words = name if isinstance(name, re.Pattern) else loose(name, exact)
        self.page.get_by_role(role, name=words).first.click()
        self.actions += 1
        self.page.wait_for_load_state("load")
        return self

    def press(self, name):
        return self.click(name, "button", exact=True)

    def choose(self, label):
        """One of the cards of a choice, or a box, by its words."""
        self.page.get_by_label(loose(label)).first.check()
        self.actions += 1
        return self

    def write(self, label, text):
        self.page.get_by_label(loose(label)).first.fill(text)
        self.actions += 1
        return self

    def pick(self, label, option):
        self.page.get_by_label(loose(label)).first.select_option(option)
        self.actions += 1
        return self

    def reads(self, text):
        """The words are on the page, whatever its kind of spaces and apostrophes."""
        found = plain(self.page.locator("main").inner_text())
        assert plain(text) in found, found[:1500]
        return self

    def finds_no_fault(self):
        """axe and the house's checks pass, the console is silent, the policy refused nothing."""
        assert self.js, "checks are scripts: look at this screen in a window that runs them"
        assert (faults(self.page), self.heard) == ([], []), self.page.url
        return self

    def reload_until(self, text, seconds=25):
        """The relay works in its own time: read the page again until the words are there."""
        deadline = time.monotonic() + seconds
        while plain(text) not in plain(self.page.locator("main").inner_text()):
            assert time.monotonic() < deadline, f"never read: {text}\n{self.page.locator('main').inner_text()[:1500]}"
            time.sleep(0.4)
            self.page.reload()
        return self


def plain(text: str) -> str:
    """French as one types it: plain spaces, straight apostrophes."""
    return re.sub(r"\s+", " ", text.replace("’", "'"))


def loose(words: str, exact=False) -> re.Pattern:
    """A pattern for visible words, whatever their spaces and apostrophes."""
    body = re.escape(words).replace("'", "['’]").replace(r"\ ", r"\s+")
    return re.compile(f"^\\s*{body}\\s*$" if exact else body)


@pytest.fixture
def person(served, open_page):  # noqa: F811
    """``person("agent", shape, scheme, js=…)``: a persona of the demo city in a window of their own."""

    def opened(username, shape=PHONE, scheme="light", *, js=True):
        page = open_page(shape, scheme, js=js, reduced_motion="reduce")
        somebody = Person(page, served, username)
        somebody.js = js
        return somebody

    return opened
