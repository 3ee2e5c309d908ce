"""The gate of a room: a refusal has its status, its words and what was typed; a person is led on."""

import html

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from src.foundations import gates
from src.foundations.keyset import BadCursor
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db
TYPED = "Une phrase assez longue pour qu'on la rende à qui l'a écrite."


class Over(Exception):
    """It isn't possible any more."""


GATE = gates.Gate("ballots", home="ballots:list", moved_on=(Over, ValidationError), by_network={"send": (2, 60)})


def asked(answer, *, by=None, method="GET", data=None, network="203.0.113.7"):
    """What a view that raises ``answer`` (or returns it) gives through the gate."""
    from src.directory.viewer import as_viewer

    request = getattr(RequestFactory(), method.lower())("/scrutins/SC-1/", data or {}, REMOTE_ADDR=network)
    request.viewer, request.user, request.kiosk = as_viewer(by), by, None
    if by is None:
        from django.contrib.auth.models import AnonymousUser

        request.user = AnonymousUser()

    def view(request):
        if isinstance(answer, Exception):
            raise answer
        return answer(request)

    return GATE.tells(view)(request)


@pytest.mark.parametrize(
    ("refusal", "status", "words"),
    [
        (PermissionDenied("Ce vote est à d'autres."), 403, "Ce vote est à d"),
        (PermissionDenied(), 403, "Ce geste ne vous revient pas."),
        (Over("Le scrutin est clos."), 409, "Le scrutin est clos."),
        (ValidationError(["Trop tard.", "Deux fois."]), 409, "Trop tard. Deux fois."),
        (gates.TooFast(), 429, "Attendez une minute"),
    ],
    ids=["words", "no words", "over", "a service's sentences", "too fast"],
)
def test_a_refusal_has_its_status_its_words_and_what_was_typed(refusal, status, words):
    response = asked(refusal, by=AgentFactory(), method="POST", data={"body": TYPED})
    page = response.content.decode().replace("’", "'").replace("&#x27;", "'").replace("\u202f", " ")

    assert (response.status_code, words in page, TYPED in page) == (status, True, True)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers.get("Retry-After") == ("60" if status == 429 else None)


def test_what_a_view_says_is_secret_never_comes_back():
    def view(request):
        request.keeps_nothing_typed = True
        raise Over("Le scrutin est clos.")

    response = asked(view, by=AgentFactory(), method="POST", data={"choice": TYPED})

    assert (response.status_code, TYPED in html.unescape(response.content.decode())) == (409, False)


def test_a_visitor_is_led_to_the_door_and_a_form_of_theirs_is_refused():
    led = asked(PermissionDenied("Non."))
    refused = asked(PermissionDenied("Non."), method="POST")

    assert (led.status_code, led.url) == (302, "/connexion/?next=/scrutins/SC-1/")
    assert refused.status_code == 403


def test_an_old_page_of_a_list_leads_to_its_first_and_nothing_invisible_is_told():
    assert asked(BadCursor(), by=AgentFactory()).url == "/scrutins/SC-1/"
    with pytest.raises(Http404):
        asked(Http404("Rien."), by=AgentFactory())


def test_what_leaves_no_network_is_kept_by_no_cache():
    def view(request):
        request.leaves_no_network = True
        return HttpResponse("ok")

    assert asked(view).headers["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in asked(lambda _request: HttpResponse("ok")).headers


def test_a_gesture_is_counted_by_account_or_by_network():
    def view(request):
        GATE.calm(request, "send", 3)
        return HttpResponse("ok")

    person = AgentFactory()

    assert [asked(view, by=person).status_code for _turn in range(4)] == [200, 200, 200, 429]
    assert asked(view, by=AgentFactory()).status_code == 200
    assert [asked(view).status_code for _turn in range(3)] == [200, 200, 429]
    assert asked(view, network="198.51.100.9").status_code == 200
