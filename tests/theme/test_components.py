"""Components keep their word: options told, every one in the gallery, no unknown variable, no class of the page's own."""

import html
import re
from pathlib import Path

import pytest
from django.template import Context, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.translation import override

from tests.theme.css import ROOM, STYLESHEET
from tests.theme.strict import Unknown, strict_engine
from theme import gallery
from theme.templatetags.theme import icon_names

COMPONENTS = sorted((ROOM / "templates" / "theme" / "c").glob("*.html"))
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
SHELVES = gallery.context()["shelves"]
SPECIMENS = [
    pytest.param(shelf.component, sample.options, id=f"{shelf.component}-{sample.label}")
    for shelf in SHELVES
    for sample in shelf.specimens
]


def request_context(**values):
    request = RequestFactory().get("/galerie/")
    context = Context(values)
    context.request = request
    return context


def draw(component, options):
    with override("fr"):
        return strict_engine().get_template(f"theme/c/{component}.html").render(request_context(**options))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_opens_with_its_options_and_aria_duty(path):
    opening = re.match(r"\{% comment %\}\n(.*?)\{% endcomment %\}", path.read_text(), re.DOTALL)

    assert opening, "no opening comment"
    assert opening.group(1).startswith("Options: ")
    assert "ARIA duty: " in opening.group(1) or path.stem in {"form_fields"}


def test_every_component_has_its_shelf():
    shown = {shelf.component for shelf in SHELVES} | set(gallery.FRAME)

    assert shown == {path.stem for path in COMPONENTS}


@pytest.mark.parametrize(("component", "options"), SPECIMENS)
def test_specimen_is_drawn_without_an_unknown_variable(component, options):
    assert draw(component, options).strip()


@pytest.mark.parametrize(("component", "options"), SPECIMENS)
def test_every_option_of_a_specimen_is_declared(component, options):
    declared = re.match(
        r"\{% comment %\}\n(.*?)ARIA", (ROOM / f"templates/theme/c/{component}.html").read_text(), re.DOTALL
    )
    words = set(re.findall(r"[a-z_]+", declared.group(1)))

    assert set(options) - words == set()


def test_an_unknown_variable_is_refused():
    with pytest.raises(Unknown, match="label"):
        strict_engine().from_string("{{ label }}").render(Context())
    with pytest.raises(Unknown):
        draw("plaque", {})


def test_an_unknown_icon_is_refused():
    with pytest.raises(LookupError, match="no-such-icon"):
        strict_engine().from_string('{% icon "no-such-icon" %}').render(Context())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOM / "templates")))
def test_template_has_nothing_the_policy_refuses(path):
    text = path.read_text()
    mail = "mail" in path.parts

    assert " style=" not in text
    assert mail or "<style" not in text
    assert re.findall(r"<script(?![^>]*\ssrc=)", text) == []
    assert re.findall(r"\son\w+=", text) == []
    assert "|safe" not in text
    assert "http://" not in re.sub(r'xmlns="[^"]*"', "", text)


def test_every_icon_used_exists():
    rooms = [ROOM, ROOM.parent / "ideas", ROOM.parent / "src"]
    used = {
        (str(path.name), name)
        for room in rooms
        for path in room.rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text())
    }

    assert {(path, name) for path, name in used if name not in icon_names()} == set()
    assert {name for _path, name in used} <= icon_names()


def test_sprite_is_what_its_list_says():
    assert icon_names() == set((ROOM / "icons.txt").read_text().split())


def test_every_icon_is_named_somewhere():
    """Each weighs on every first view."""
    rooms = [ROOM.parent / name for name in ("src", "ideas", "consultations", "theme")]
    said = "\n".join(path.read_text() for room in rooms for kind in ("*.py", "*.html") for path in room.rglob(kind))

    assert [name for name in icon_names() if not re.search(rf"(?<![\w-]){name}(?![\w-])", said)] == []


def test_sprite_carries_its_notice():
    assert "ISC" in (ROOM / "static/theme/icons.svg").read_text()[:300]
    assert (ROOM / "static/theme/icons.LICENSE.txt").read_text().startswith("ISC License")
    fonts = ROOM / "static/theme/fonts"
    assert all("SIL Open Font License" in text.read_text() for text in fonts.glob("LICENSE-*.txt"))
    assert len(list(fonts.glob("LICENSE-*.txt"))) == 2


def test_every_class_of_the_theme_is_styled():
    styled = set(re.findall(r"\.([a-z][\w-]*)", STYLESHEET.read_text()))
    used = set()
    for path in TEMPLATES:
        if {"mail", "print"} & set(path.parts) or path.stem in {"lettre", "affiche"}:
            continue
        text = re.sub(r"{%.*?%}", " ", path.read_text())
        text = re.sub(r'[^\s"]*{{.*?}}[^\s"]*', " ", text)
        for value in re.findall(r'class="([^"]*)"', text):
            used |= set(value.split())

    assert used - styled == set()


def test_every_style_of_a_component_is_used():
    text = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(), flags=re.DOTALL)
    layer = text[text.index("@layer components{") : text.index("@layer utilities{")]
    styled = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r'url\("[^"]*"\)|\d*\.\d+\w*', "", layer)))
    written = "".join(path.read_text() for path in [*TEMPLATES, *ROOM.rglob("*.py")])
    # Offered to pages, or made of an option.
    offered = {
        *("grid--small", "multi", "photo", "ruletree", "when-no", "when-remove", "when-yes"),
        *("btn--quiet", "btn--danger", "btn--link", "k-idea", "k-consult", "k-panel", "k-train"),
    }

    assert {name for name in styled if not re.search(rf"\b{re.escape(name)}\b", written)} - offered == set()


def test_words_of_a_component_are_escaped():
    shown = draw("notice", {"text": "<b>Oui</b>", "title": "<i>A</i>"})

    assert "<b>" not in shown and "<i>" not in shown
    assert html.unescape(shown).count("<b>Oui</b>") == 1


def test_button_of_a_list_says_which_idea():
    shown = draw("support_button", {"support_url": "/s/", "total": 3, "subject": "Un banc", "supported": True})

    assert 'aria-pressed="true"' in shown
    assert 'name="soutien" value="0"' in shown
    assert re.sub(r"<[^>]+>", "", shown).split() == ["3", "Soutenir", ":", "Un", "banc"]


def test_token_of_a_form_is_there_even_with_only():
    template = strict_engine().from_string(
        '{% include "theme/c/follow_button.html" with follow_url="/s/" following=False only %}'
    )

    assert 'name="csrfmiddlewaretoken"' in template.render(request_context())


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "429", "500", "503"])
def test_error_page_needs_no_context(name):
    with override("fr"):
        shown = strict_engine().get_template(f"{name}.html").render(request_context() if name < "500" else Context())

    assert shown.count("<h1>") == 1
    assert name[:3] in shown


@pytest.mark.parametrize("path", sorted(ROOM.rglob("*.html")), ids=lambda path: path.name)
def test_template_compiles(path: Path):
    try:
        strict_engine().from_string(path.read_text())
    except TemplateSyntaxError as error:  # pragma: no cover
        pytest.fail(str(error))
