"""The nets under every test catch what they say they catch."""

import re
from pathlib import Path

import pytest
from django.test import Client

from src.foundations import outbox
from src.foundations.testing import forget_effects
from tests import answers, conftest

TESTS = Path(__file__).resolve().parents[1]


def end_of_test(item):
    """What happens once a test's body is over."""
    net = conftest.pytest_runtest_call(item)
    next(net)
    with pytest.raises(StopIteration):
        net.send(None)


@pytest.mark.django_db
def test_an_effect_left_due_fails_its_test_and_is_named(request):
    outbox.emit("test.left", {})

    with pytest.raises(AssertionError, match=r"call drain_outbox\(\): \['test.left'\]"):
        end_of_test(request.node)

    forget_effects()
    end_of_test(request.node)


@pytest.mark.django_db
@pytest.mark.leaves_effects("this test tries the way out of the net")
def test_a_test_about_an_effect_not_run_may_leave_it(request):
    outbox.emit("test.left", {})

    end_of_test(request.node)


def test_each_way_out_says_why():
    silent = [
        f"{path.relative_to(TESTS)}: {reason}"
        for path in TESTS.rglob("test_*.py")
        for reason in re.findall(r"pytest\.mark\.(?:leaves_effects|shows_syntax)\b(.*)", path.read_text())
        if not re.fullmatch(r'\("(\S+ ){3,}\S+"\),?', reason)
    ]

    assert silent == []


FORM = '<form class="a" method="post" action="/x/">{}<button>Envoyer</button></form>'


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<p>Bonjour {{ person.name }}</p>", "template syntax"),
        ("<p>{% translate 'Bonjour' %}</p>", "template syntax"),
        ("<p>{# deux\nlignes #}</p>", "template syntax"),
        ("<p>Encore %(count)s idées</p>", "template syntax"),
        (FORM.format(""), "no security token"),
        (FORM.format("").replace('"post"', "POST"), "no security token"),
        (FORM.format("") + FORM.format('<input name="csrfmiddlewaretoken">'), "no security token"),
    ],
)
def test_a_broken_page_is_named(page, fault):
    assert fault in answers.fault_in(page.encode())


@pytest.mark.parametrize(
    "page",
    [
        "<p>100 % (presque) de {texte}</p>",
        "<pre>{{ x }}</pre><code>{% y %}</code><textarea>%(z)s</textarea><script>{{}}</script>",
        '<input name="q" value="{{ 7*7 }}">',
        '<form method="get"></form>' + FORM.format('<input name="csrfmiddlewaretoken">'),
    ],
)
def test_a_sound_page_is_left_alone(page):
    assert answers.fault_in(page.encode()) == ""


def test_a_broken_page_fails_the_test_that_asked_for_it(client, settings):
    settings.ROOT_URLCONF = "tests.house.broken_urls"

    with pytest.raises(AssertionError, match="^/: a form that posts has no security token"):
        client.get("/")
    assert Client.request.__module__ == "tests.answers"
