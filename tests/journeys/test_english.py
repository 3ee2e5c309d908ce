"""The site in English in the served demo city: chosen at the foot of a page, kept by the account, and French nowhere."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.browser.fixtures import DESKTOP, PHONE
from tests.french import french_in

from . import city

pytestmark = pytest.mark.browser

BODY = "The gloves for the winter come in March. Ordering them in June, by size, would keep hands warm."
TITLE = "Order the gloves of the winter in June"
PAGES = 70


def speaks(someone, code: str):
    """The page says which language it is in."""
    assert someone.page.locator("html").get_attribute("lang") == code, someone.page.url
    return someone


def test_a_visitor_then_an_agent_read_and_write_in_english(person, served):
    # A visitor chooses for this device, comes back to the same page, and keeps it from page to page.
    visitor = speaks(person("anyone").go("/idees/?tri=soutiens"), "fr")
    visitor.press("English")
    speaks(visitor, "en").finds_no_fault()
    assert visitor.page.url == f"{served.url}/idees/?tri=soutiens"
    assert visitor.page.get_by_role("button", name="Français").get_attribute("lang") == "fr"
    speaks(visitor.go("/affichage/"), "en").reads("Display and keyboard")

    # An agent chooses for the account: every device of theirs speaks it, and this one forgets it with the session.
    nadia = speaks(person("agent", DESKTOP).sign_in(), "fr").press("English")
    speaks(nadia, "en").finds_no_fault()
    assert "langue" not in {cookie["name"] for cookie in nadia.page.context.cookies()}
    phone = speaks(person("agent", PHONE).sign_in("/idees/deposer/"), "en").finds_no_fault()
    phone.write("What could be better, and how?", BODY).write("A short title", TITLE)
    phone.page.get_by_role("radio", name=re.compile("With my name")).check()
    phone.press("Send my idea")
    speaks(phone, "en").reads("You will have a written answer before").finds_no_fault()

    # What people wrote stays theirs, and says in which language.
    nadia.go(city.idea(served, "Un carnet d'entretien"))
    speaks(nadia, "en").reads("Official answer").finds_no_fault()
    assert nadia.page.locator("h1").get_attribute("lang") == "fr"
    assert set(nadia.page.locator("main .prose").evaluate_all("all => all.map(one => one.lang)")) == {"fr"}

    # Back to French, from one device: the other follows at its next page.
    nadia.press("Français")
    speaks(nadia, "fr")
    speaks(phone.go("/idees/"), "fr").reads("Chaque idée est lue")


@pytest.mark.parametrize("persona", ["anyone", "agent2", "decideur", "rh", "facilitation", "admin"])
def test_a_page_in_english_holds_no_french_of_ours(person, served, persona):
    someone = person(persona)
    if persona == "anyone":
        someone.go("/")
    else:
        someone.sign_in()
    speaks(someone.press("English"), "en")

    faults, read, todo, seen, of_route = {}, 0, ["/", "/moi/", "/idees/", "/formations/", "/panels/"], set(), {}
    while todo and read < PAGES:
        address = todo.pop(0)
        path = urlsplit(address).path
        # Wagtail's own screens, mails drawn with examples of French content, files.
        elsewhere = path.startswith(("/deconnexion/", "/gestion/", "/prevenir/modeles/", "/media/", "/static/"))
        try:
            route = resolve(path).route
        except Resolver404:
            continue
        if address in seen or elsewhere or of_route.get(route, 0) >= 2:
            continue
        seen.add(address)
        of_route[route] = of_route.get(route, 0) + 1
        answer = someone.page.context.request.get(served.url + address)
        if answer.ok and "text/html" in answer.headers.get("content-type", ""):
            read += 1
            html = answer.text()
            if found := french_in(html):
                faults[address] = found[:5]
            links = (
                urljoin(address, link.replace("&amp;", "&")) for link in re.findall(r'<a [^>]*href="([^"#]+)', html)
            )
            todo += [link for link in links if link.startswith("/")]

    assert faults == {}, faults
    assert read > 20, read
