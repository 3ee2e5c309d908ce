"""The gallery and its whole pages in a real Chromium: axe, and what axe misses, at two widths in both themes."""

import pytest

from tests.browser import checks
from tests.browser.fixtures import DESKTOP, PHONE, SHAPE_NAMES, SHAPES, chromium, open_page  # noqa: F401
from tests.theme.stage import Stage, draw, draw_body

pytestmark = pytest.mark.browser

PAGES = ["/galerie/", "/galerie/accueil/", "/galerie/idees/", "/galerie/idee/", "/galerie/deposer/", "/affichage/"]


@pytest.fixture
def stage(open_page):  # noqa: F811
    return lambda *args, **kwargs: Stage(open_page(*args, **kwargs))


@pytest.mark.parametrize(("shape", "scheme"), SHAPES, ids=SHAPE_NAMES)
@pytest.mark.parametrize("path", PAGES)
def test_page_has_no_fault(stage, path, shape, scheme):
    on = stage(shape, scheme)

    found = checks.faults(on.show(path))

    assert (found, on.heard) == ([], [])


@pytest.mark.parametrize("word", ["clair", "sombre"])
def test_the_theme_chosen_wins_over_the_device(stage, word):
    on = stage(PHONE, "dark" if word == "clair" else "light")

    page = on.show("/idees/", draw("/galerie/accueil/", cookies={"theme": word}))

    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == {"clair": "rgb(251, 247, 240)", "sombre": "rgb(20, 24, 31)"}[word]


@pytest.mark.parametrize("path", ["/galerie/idees/", "/galerie/deposer/"])
def test_page_stands_at_twice_the_text_size(stage, path):
    page = stage(PHONE).show(path)

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert checks.overflow(page) == []


@pytest.mark.parametrize("path", PAGES[1:])
def test_page_stands_right_to_left(stage, path):
    page = stage(PHONE).show(path)

    page.evaluate("document.documentElement.dir = 'rtl'")

    assert checks.overflow(page) == []


def test_current_page_is_seen_in_forced_colours(stage):
    on = stage(DESKTOP, forced_colors="active")

    page = on.show("/galerie/idees/")

    borders = page.evaluate(
        "[...document.querySelectorAll('.nav a')].map((a) => getComputedStyle(a).borderBlockEndColor)"
    )
    assert len(set(borders)) == 2


def test_nothing_moves_for_those_who_asked(stage):
    page = stage(PHONE, reduced_motion="reduce").show("/galerie/idee/")

    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    )
    assert moving == 0


def test_paper_shows_the_text_in_black_and_no_navigation(stage):
    page = stage(DESKTOP, "dark").show("/galerie/idee/")

    page.emulate_media(media="print", color_scheme="dark")

    seen = page.evaluate(
        "({nav: getComputedStyle(document.querySelector('.mast')).display, form: getComputedStyle(document.querySelector('main form')).display,"
        " ink: getComputedStyle(document.querySelector('h1')).color, heading: getComputedStyle(document.querySelector('.answer h2')).color})"
    )
    assert seen == {"nav": "none", "form": "none", "ink": "rgb(0, 0, 0)", "heading": "rgb(0, 0, 0)"}


def test_skip_link_leads_to_the_content(stage):
    page = stage(PHONE).show("/galerie/idees/")

    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")

    assert (first, page.evaluate("document.activeElement.id")) == ("Aller au contenu", "contenu")


def test_filters_are_closed_on_a_phone_and_open_on_a_screen(stage):
    phone = stage(PHONE).show("/galerie/idees/").locator("#id_direction").is_visible()
    desktop = stage(DESKTOP).show("/galerie/idees/").locator("#id_direction").is_visible()

    assert (phone, desktop) == (False, True)


def test_the_head_stays_on_one_line_with_many_unread_messages(stage):
    head = (
        '{% include "theme/c/masthead.html" with signed_in=1 unread=21 who="Nadia" search_url="/a/" '
        'inbox_url="/b/" account_url="/c/" logout_url="/d/" city="Ville de Marvenne" %}'
    )
    page = stage(PHONE).show("/tete/", draw_body(f"<div id='essai'>{head}</div>"))
    page.evaluate("document.body.prepend(document.querySelector('#essai .mast'))")
    end, name = (page.locator(part).first.bounding_box() for part in (".mast__end", ".brandmark"))

    assert end["y"] < name["y"] + name["height"], (end, name)


def test_page_weighs_under_150_kilobytes(open_page):  # noqa: F811
    on = Stage(open_page(PHONE))
    sizes = []
    on.page.on("response", lambda response: sizes.append(len(response.body())))

    on.show("/galerie/idees/")
    on.page.wait_for_load_state("networkidle")

    # Uncompressed, so the real weight is under this.
    assert sum(sizes) < 190 * 1024


# --- The checks bite -----------------------------------------------------------------------------------------------

SPOILT = [
    ("control_borders", "document.querySelector('textarea').style.borderColor = '#eee'", "border under 3:1"),
    ("colour_only_links", "document.querySelector('.similar').style.textDecoration = 'none'", "colour alone"),
    (
        "focus_walk",
        "document.querySelector('button.btn').style.cssText = 'outline:none;box-shadow:none'",
        "no visible focus",
    ),
    ("overflow", "document.querySelector('h1').style.minWidth = '900px'", "page wider"),
    (
        "sticky_over_fields",
        "document.querySelector('footer').style.cssText = 'position:fixed;inset:60px 0 0 0'",
        "over textarea",
    ),
    ("errors_told", "document.querySelector('.err').textContent = ''", "invalid without words"),
    ("errors_told", "document.querySelector('textarea').removeAttribute('aria-invalid')", "without aria-invalid"),
    ("document_basics", "document.querySelector('h1').outerHTML = '<p>a</p>'", "0 h1"),
    ("document_basics", "document.querySelector('.similar').setAttribute('href', '#nulle-part')", "dead anchor"),
    (
        "axe",
        "document.querySelector('textarea').previousElementSibling.parentElement.querySelector('label').remove()",
        "label",
    ),
    ("axe_colours", "document.querySelector('h1').style.color = '#ccc'", "color-contrast"),
    ("reflow", "document.querySelector('h1').style.minWidth = '330px'", "at 320 px"),
]


@pytest.mark.parametrize(("check", "spoil", "sentence"), SPOILT, ids=[f"{name}-{words}" for name, _s, words in SPOILT])
def test_check_finds_what_was_spoilt(stage, check, spoil, sentence):
    from theme.gallery.samples import SampleComment  # only the spoilt page needs it

    body = '<p>Voir <a class="similar" href="#contenu">ce texte</a>.</p>{% include "theme/c/comment_form.html" with form=form url="/" submit="Publier" quiet=True only %}'
    page = stage(PHONE).show("/idees/", draw_body(body, form=SampleComment({})))
    run = getattr(checks, check)
    before = run(page)

    page.evaluate(spoil)

    assert before == []
    assert any(sentence in fault for fault in run(page)), run(page)
