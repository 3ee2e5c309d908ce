"""The display switch without script, and the gallery only staff know of."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from theme import views
from theme.display import chosen_theme


class Account:
    def __init__(self, is_authenticated=True, is_staff=False):
        self.is_authenticated = is_authenticated
        self.is_staff = is_staff
        self.first_name = "Nadia"


@pytest.fixture(autouse=True)
def _french():
    with override("fr"):
        yield


def ask(view, path="/affichage/", data=None, user=None, cookies=None, **kwargs):
    factory = RequestFactory()
    request = factory.post(path, data) if data is not None else factory.get(path)
    request._dont_enforce_csrf_checks = True
    request.user = user or Account(is_authenticated=False)
    request.COOKIES.update(cookies or {})
    return view(request, **kwargs)


@pytest.mark.parametrize("word", ["clair", "sombre", "auto"])
def test_display_keeps_the_choice_and_goes_back(word):
    response = ask(views.display, data={"theme": word, "next": "/idees/"})

    cookie = response.cookies["theme"]
    assert (response.status_code, response.url, cookie.value) == (303, "/idees/", word)
    assert (cookie["samesite"], bool(cookie["httponly"]), cookie["max-age"]) == ("Lax", True, 365 * 24 * 3600)


def test_the_slash_key_is_turned_off_and_on_again():
    off = ask(views.display, data={"theme": "auto"})
    on = ask(views.display, data={"theme": "auto", "slash": "on"})
    without = ask(views.display, cookies={"touche": off.cookies["touche"].value}).content.decode()
    with_it = ask(views.display, cookies={"touche": on.cookies["touche"].value}).content.decode()

    assert (off.cookies["touche"].value, on.cookies["touche"].value) == ("non", "oui")
    assert ("theme/js/search.js" in without, 'id="id_slash" checked' in without) == (False, False)
    assert ("theme/js/search.js" in with_it, 'id="id_slash" checked' in with_it) == (True, True)


def test_display_refuses_another_word_and_says_so():
    response = ask(views.display, data={"theme": "rose"})

    assert response.status_code == 400
    assert "Choisissez l’un des trois affichages." in response.content.decode()
    assert "<title>Erreur\u00a0:" in response.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://exemple.fr/", "//exemple.fr", "javascript:alert(1)", "http:///x", ""])
def test_display_never_leads_out_of_the_site(elsewhere):
    assert ask(views.display, data={"theme": "auto", "next": elsewhere}).url == "/"


@pytest.mark.parametrize(("kept", "expected"), [("sombre", "sombre"), ("", "auto"), ("<b>", "auto")])
def test_display_shows_the_present_choice(kept, expected):
    html = ask(views.display, cookies={"theme": kept}).content.decode()

    assert f'value="{expected}" id="id_theme_' in html
    # The display, and the box of the / key.
    assert html.count(" checked") == 2


@pytest.mark.parametrize(
    ("kept", "attribute"),
    [("sombre", ' data-theme="dark"'), ("clair", ' data-theme="light"'), ("auto", ""), ("x", "")],
)
def test_page_carries_the_theme_chosen(kept, attribute):
    html = ask(views.display, cookies={"theme": kept}).content.decode()

    assert f'<html lang="fr"{attribute}>' in html


def test_no_request_no_theme():
    assert chosen_theme(None) == ""


@pytest.mark.parametrize("user", [Account(is_authenticated=False), Account()])
@pytest.mark.parametrize(("view", "kwargs"), [(views.gallery, {}), (views.gallery_page, {"name": "idee"})])
def test_gallery_does_not_exist_for_others(user, view, kwargs):
    from django.http import Http404  # only here: what a stranger meets

    with pytest.raises(Http404):
        ask(view, user=user, **kwargs)


def test_gallery_shows_staff_every_component():
    response = ask(views.gallery, path="/galerie/", user=Account(is_staff=True))

    assert response.status_code == 200
    assert response.content.decode().count("data-specimen=") > 60


@pytest.mark.parametrize("name", ["accueil", "idees", "idee", "deposer", "lettre", "affiche"])
def test_gallery_shows_staff_whole_pages(name):
    response = ask(views.gallery_page, user=Account(is_staff=True), name=name)

    assert (response.status_code, response.content.decode().count("<h1>")) == (200, 1)


def test_gallery_has_no_other_page():
    from django.http import Http404  # only here: what a typing error meets

    with pytest.raises(Http404):
        ask(views.gallery_page, user=Account(is_staff=True), name="../base")
