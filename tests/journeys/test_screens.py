"""Every page of the product as its persona meets it: at 360 and 1280 px, and in the dark; and what a first view weighs."""

import gzip
import zlib

import pytest

from tests.access.addresses import WHOLE
from tests.browser import checks
from tests.browser.fixtures import DESKTOP, PHONE, chromium  # noqa: F401

from .screens import ADMIN, SCREENS, SITE, Visits

pytestmark = pytest.mark.browser

KB = 1024
# Colours alone change with the scheme, the place of things with the width.
BY_COLOUR = (checks.axe_colours, checks.control_borders)
BY_WIDTH = tuple(check for check in checks.CHECKS if check not in (checks.reflow, checks.focus_walk))
# A builder's tool that shows every component; all that is held of a moderator; every answer to thirty questions.
ASKED_WHOLE = {"galerie", "mes-donnees-moderation", "questionnaire-resultats-direction"}
HEAVIEST = ("accueil-agent", "connexion", "idees", "deposer", "idee-essai", "bilan", "atelier", "decider")


@pytest.fixture(scope="module")
def visits(served, chromium):  # noqa: F811
    """One window for each persona, signed in once."""
    contexts = []

    def new_page():
        context = chromium.new_context(locale="fr-FR", reduced_motion="reduce", viewport=size(PHONE))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(45_000)
        page.heard = checks.watch(page)
        return page

    yield Visits(served, new_page)
    for context in contexts:
        context.close()


def size(shape) -> dict:
    return {"width": shape[0], "height": shape[1]}


def turn(screen, of: int) -> int:
    """Which of ``of`` groups a screen is in, always the same one."""
    return zlib.crc32(screen.name.encode()) % of


def on_a_phone(screen, page) -> list[str]:
    """Everything; axe on two screens in three, the way of the keyboard on one (on all with TERRAIN_WHOLE=1)."""
    left_out = () if WHOLE else ((checks.axe,), (checks.focus_walk,), (checks.focus_walk,))[turn(screen, 3)]
    return look(page, PHONE, "light", tuple(check for check in checks.CHECKS if check not in left_out))


def on_a_desk(screen, page) -> list[str]:
    """What depends on the width; axe on the third of the screens that it didn't read on a phone."""
    left_out = (checks.axe,) if not WHOLE and turn(screen, 3) else ()
    return look(page, DESKTOP, "light", tuple(check for check in BY_WIDTH if check not in left_out))


def in_the_dark(screen, page) -> list[str]:
    """Colours come from the theme, looked at in every shape on its own pages: one screen in four shows its dark ones."""
    shape = {0: PHONE, 1: DESKTOP}.get(turn(screen, 8))
    return look(page, shape, "dark", BY_COLOUR) if shape else []


def told(page, screen) -> list[str]:
    """What the browser complained about, the expected status aside."""
    return [line for line in page.heard if screen.status < 400 or str(screen.status) not in line]


def look(page, shape, scheme, some) -> list[str]:
    page.set_viewport_size(size(shape))
    page.emulate_media(color_scheme=scheme)
    page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
    return [f"{shape[0]} {scheme}: {check.__name__}: {fault}" for check in some for fault in check(page)]


@pytest.mark.parametrize("screen", SITE, ids=lambda screen: screen.name)
def test_every_page_is_met_without_fault(visits, served, screen):
    page = visits.page_for(screen)
    page.set_viewport_size(size(PHONE))
    page.emulate_media(color_scheme="light")
    page.heard.clear()

    status = screen.open(page, served)

    faults = [
        *on_a_phone(screen, page),
        *on_a_desk(screen, page),
        *in_the_dark(screen, page),
    ]
    assert (status, faults, told(page, screen)) == (screen.status, [], []), faults
    # With the 85 KB every page shares (sheet, fonts, icons, modules), a first view stays under 150 KB.
    weight = page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
    assert weight <= 64 * KB or screen.name in ASKED_WHOLE, weight


@pytest.mark.parametrize("screen", ADMIN, ids=lambda screen: screen.name)
def test_the_administration_has_no_fault_that_axe_sees(visits, served, screen):
    """Wagtail's own part too: version 7.4 has none on these pages, so none is listed as known."""
    page = visits.page_for(screen)
    page.set_viewport_size(size(DESKTOP))
    page.emulate_media(color_scheme="light")
    page.heard.clear()

    status = screen.open(page, served)

    faults = [*look(page, DESKTOP, "light", (checks.axe,)), *look(page, DESKTOP, "dark", (checks.axe_colours,))]
    assert (status, faults, told(page, screen)) == (screen.status, [], []), faults


@pytest.mark.parametrize("name", HEAVIEST)
def test_first_view_is_light(visits, served, name):
    """An empty cache, everything counted as it passes: 150 KB in all, 8 KB of style and 6 KB of script once compressed."""
    screen = SCREENS[name]
    page = visits.new_page()
    page.context.add_cookies(visits.page_for(screen).context.cookies())
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    passed, bodies = [], {"stylesheet": [], "script": []}
    network.on("Network.loadingFinished", lambda event: passed.append(event["encodedDataLength"]))
    page.on("response", lambda response: bodies.get(response.request.resource_type, []).append(response))

    screen.open(page, served)
    page.wait_for_load_state("networkidle")

    weights = {kind: sum(len(gzip.compress(found.body())) for found in some) for kind, some in bodies.items()}
    page.context.close()
    assert (sum(passed) <= 150 * KB, weights["stylesheet"] <= 8 * KB, weights["script"] <= 6 * KB) == (
        True,
        True,
        True,
    ), (sum(passed), weights)


def test_a_page_with_faults_is_seen(visits, served):
    """The checks bite: the same page, with an unnamed field, a link told by colour and pale words, isn't without fault."""
    page = visits.new_page()
    page.goto(served.url + "/affichage/")
    page.evaluate(
        """() => {
          const main = document.querySelector('main');
          main.insertAdjacentHTML('beforeend', '<p class="planted">Un <a href="/idees/">lien</a> discret</p><input>');
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('.planted{color:#ccc!important}.planted a{text-decoration:none!important}');
          document.adoptedStyleSheets = [sheet];
        }"""
    )

    found = " ".join(checks.axe(page) + checks.colour_only_links(page))
    page.context.close()
    assert ("axe color-contrast" in found, "axe label" in found, "colour alone" in found) == (True, True, True)
