"""Every message Terrain can send, drawn from its example: in text, in HTML, in a browser."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from src.directory.enums import Role
from src.notices import digest, mass_views, messages, registry
from src.notices.models import InboxItem
from tests.browser.checks import axe
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401 - fixtures
from tests.factories.directory import AgentFactory
from tests.notices.conftest import ALL

BACKEND = "src.directory.backends.DirectoryBackend"
CODES = sorted(ALL)
LEFT_OPEN = re.compile(r"%\(|%s|\{\{|\{%|\bNone\b|<class|__proxy__")


# A mail is an article in a mailbox's own page: landmarks are the mailbox's.
OF_A_PAGE = ("axe landmark-one-main:", "axe region:")


def faults_of_a_mail(page) -> list[str]:
    found = [fault for fault in axe(page) if not fault.startswith(OF_A_PAGE)]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the screen")
    return found


@pytest.fixture(autouse=True)
def _everything(monkeypatch, _messages):
    monkeypatch.setattr(registry, "_notices", dict(ALL))


def plain(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_says_something_whole_in_both_languages(code, language):
    notice = registry.get(code)
    said = messages.render(notice, notice.example, language)
    assert notice.example, "a message shows an example of itself"
    assert not said.is_empty
    assert said.subject == said.subject.strip()
    assert len(said.subject) <= 120
    for words in (said.subject, said.text, said.html):
        assert not LEFT_OPEN.search(words), LEFT_OPEN.search(words)
    with translation.override(language):
        assert plain(str(notice.why)) in plain(said.text)
    # A mail loads nothing from elsewhere and runs nothing.
    assert not re.search(r"<(img|script|iframe|link|object)\b|src=|url\(|@import", said.html)
    if notice.mutable:
        assert messages.MUTE_MARK in said.text
        assert messages.MUTE_MARK in said.html
    else:
        assert messages.MUTE_MARK not in said.html


@pytest.mark.django_db
def test_administrators_alone_read_the_gallery(client):
    administrator, plain = AgentFactory(roles=[(Role.ADMINISTRATOR, None)]), AgentFactory()
    client.force_login(administrator, backend=BACKEND)
    pages = -(-len(CODES) // mass_views.MODELS_A_PAGE)
    page = "".join(client.get(reverse("notices:models"), {"page": n + 1}).content.decode() for n in range(pages))
    for code in CODES:
        assert reverse("notices:model", args=[code]) in page
        mail = client.get(reverse("notices:model", args=[code]))
        assert mail.status_code == 200
        assert "default-src 'none'" in mail["Content-Security-Policy"]
    assert client.get(reverse("notices:model", args=["ideas.nothing"])).status_code == 404
    client.force_login(plain, backend=BACKEND)
    assert client.get(reverse("notices:models")).status_code == 404
    assert client.get(reverse("notices:model", args=[CODES[0]])).status_code == 404


def test_each_mail_holds_in_a_browser(open_page):  # noqa: F811 - the fixture
    """axe finds nothing, and nothing is wider than a phone; light and dark."""
    found = {}
    for shape, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
        page = open_page(shape, scheme)
        for code in CODES:
            notice = registry.get(code)
            page.set_content(messages.render(notice, notice.example, "fr").html)
            if faults := faults_of_a_mail(page):
                found[code, scheme] = faults
    assert found == {}


@pytest.mark.django_db
def test_the_summary_holds_in_a_browser(open_page):  # noqa: F811 - the fixture
    person = AgentFactory()
    items = [
        InboxItem(pk=number, code=code, context=registry.get(code).example)
        for number, code in enumerate(CODES, start=1)
        if registry.get(code).mutable
    ]
    page = open_page(PHONE, "light")
    page.set_content(digest.words(person, items).html)
    assert faults_of_a_mail(page) == []
