"""Headers of every answer, and the id that ties a line of log to a request."""

import json
import logging

import pytest
from csp.middleware import CSPMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpResponse, JsonResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.test import RequestFactory

from src.foundations.addresses import client_address, truncated
from src.foundations.logs import JsonFormatter, current_request_id
from src.foundations.middleware import RequestIdMiddleware, ResponseHeadersMiddleware

RF = RequestFactory()


class SignedIn:
    is_authenticated = True


def answer(path="/idees/", response=None, user=None, session=None):
    """An answer through the chain in the order of the settings."""
    request = RF.get(path)
    request._cached_user = user or AnonymousUser()
    if session is not None:
        request.session = session
    chain = CSPMiddleware(lambda _: response or HttpResponse("x"))
    return XFrameOptionsMiddleware(ResponseHeadersMiddleware(chain))(request)


def test_a_public_page_closes_devices_frames_and_other_origins():
    response = answer()

    assert response["Permissions-Policy"].startswith("camera=(), geolocation=()")
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "Cache-Control" not in response
    assert "script-src 'self';" in response["Content-Security-Policy"] + ";"
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_admin_has_its_own_policy_and_may_frame_its_previews():
    response = answer("/gestion/pages/2/edit/preview/")

    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "script-src 'self' 'unsafe-inline'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe-eval" not in response["Content-Security-Policy"]


def test_a_views_own_policy_is_kept_even_in_the_admin():
    given = HttpResponse("x")
    given["Content-Security-Policy"] = "sandbox; default-src 'none'"

    assert answer("/gestion/x/", given)["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("response", [HttpResponse("x"), JsonResponse({})])
def test_what_a_signed_in_person_reads_stays_out_of_caches(response):
    assert set(answer(response=response, user=SignedIn())["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_a_page_that_used_a_session_stays_out_of_caches_and_a_picture_may_be_kept():
    session = SessionStore()
    session["draft"] = "x"

    assert "no-store" in answer(session=session)["Cache-Control"]
    assert "Cache-Control" not in answer(response=HttpResponse("x", content_type="image/png"), user=SignedIn())


def test_a_request_has_an_id_that_its_logs_and_its_answer_carry():
    seen = []

    def view(request):
        seen.extend([request.request_id, current_request_id.get()])
        return HttpResponse("x")

    response = RequestIdMiddleware(view)(RF.get("/"))

    assert seen == [response["X-Request-ID"]] * 2
    assert len(seen[0]) == 32
    assert current_request_id.get() == ""


@pytest.mark.parametrize(
    ("given", "kept"), [("a" * 20, True), ("A" * 20, False), ("x\r\nSet-Cookie: a=b", False), ("a" * 200, False)]
)
def test_a_proxys_id_is_kept_when_it_has_the_form_of_one(given, kept):
    response = RequestIdMiddleware(lambda _: HttpResponse("x"))(RF.get("/", headers={"X-Request-ID": given}))

    assert (response["X-Request-ID"] == given) is kept


def access_line(caplog, request):
    caplog.set_level(logging.INFO, logger="terrain.access")
    RequestIdMiddleware(lambda _: HttpResponse("x"))(request)
    line = json.loads(JsonFormatter().format(caplog.records[-1]))
    return {key: line.get(key) for key in ("event", "method", "route", "status", "ip_net")}


class Match:
    def __init__(self, route):
        self.route = route


def test_an_access_line_has_the_route_not_the_address_nor_the_query(caplog):
    request = RF.get("/idees/K4T9MZ/?q=CANARI", REMOTE_ADDR="203.0.113.9")
    request.resolver_match = Match("idees/<str:reference>/")

    assert access_line(caplog, request) == {
        "event": "request",
        "method": "GET",
        "route": "idees/<str:reference>/",
        "status": 200,
        "ip_net": "203.0.113.0/24",
    }


def test_a_gesture_leaves_no_network_and_a_sign_in_does(caplog):
    lines = []
    for route in ("idees/deposer/", "connexion/"):
        request = RF.post(f"/{route}", REMOTE_ADDR="203.0.113.9")
        request.resolver_match = Match(route)
        lines.append(access_line(caplog, request)["ip_net"])

    assert lines == [None, "203.0.113.0/24"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2::9", "2001:db8:1::/48"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_an_address_is_cut_to_its_network(address, network):
    assert truncated(address) == network


@pytest.mark.parametrize(
    ("count", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "x", "9.9.9.9"),
    ],
)
def test_only_the_proxies_settings_trust_say_where_a_request_comes_from(settings, count, forwarded, expected):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count
    request = RF.get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="9.9.9.9")

    assert client_address(request) == expected
