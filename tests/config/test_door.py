"""The door: what never reaches Django."""

from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest

from src.config.wsgi import application


def asked(query: str, **environ) -> tuple[str, bytes]:
    """The status line and the body of one request."""
    told = []
    given = {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz", "QUERY_STRING": query, "SERVER_NAME": "testserver",
             "SERVER_PORT": "80", "wsgi.input": BytesIO(), "wsgi.url_scheme": "http", **environ}  # fmt: skip
    body = b"".join(application(given, lambda status, headers, *_rest: told.append(status)))
    return told[0], body


@pytest.mark.django_db
def test_an_endless_question_is_refused_and_a_long_one_answered():
    endless = "&".join(f"q{number}=x" for number in range(10_500))
    odd = {"CONTENT_TYPE": "multipart/form-data; boundary=a; charset=utf-7"}

    with pytest.raises(Exception, match="exceeded"):
        WSGIRequest({"REQUEST_METHOD": "GET", "QUERY_STRING": endless, "wsgi.input": BytesIO(), **odd})
    assert asked(endless, **odd)[0] == "414 URI Too Long"
    assert asked("q=" + "a" * 20_000)[0] == "200 OK"


@pytest.mark.django_db
def test_what_is_refused_on_the_way_out_has_the_policy_too(client):
    """An address without its final bar, too long to be led to the one that has it."""
    refused = client.get("/suivre/terminer", {"q": "é" * 3_000})

    assert refused.status_code == 400
    assert "default-src" in refused["Content-Security-Policy"]
