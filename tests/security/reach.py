"""Every form and page of the demo city: from the screens of tests/journeys/screens.py, by their links and their buttons.

A form is told by its address and its fields, with who meets it and the steps that lead there (each undone). Nothing is
listed by room: a screen, a link or a button is enough for a new one to be reached.
"""

import copy
import random
import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from types import SimpleNamespace
from unittest import mock
from urllib.parse import urlencode, urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from src.directory.models import User
from src.foundations import ratelimit
from tests.journeys.screens import SCREENS, SECRET, addressed, six_digits

from .corpus import forms
from .generated import LEFT_OUT, undoing

FORM = "application/x-www-form-urlencoded"
ADMINISTRATION = ("gestion/", "_util/")
# Pages of one route that taught nothing: opened by one persona, by all of them.
OPENED_BY_EACH, OPENED_BY_ALL, KEPT = 4, 9, 40
# Forms sent one after the other, and questions answered in a row.
STEPS, QUESTIONS, SEED = 7, 14, 20261129
SENTENCE = "Une patère par personne dans le couloir du dépôt : les vestes mouillées sont par terre chaque matin."


@dataclass(frozen=True)
class Met:
    """A form as somebody meets it: who, where it is posted, what it holds, and what is done before."""

    who: str
    target: str
    form: dict
    steps: tuple = ()


@dataclass
class Reach:
    """What was found: forms by route and names of fields, values of the parameters of each route, pages read, doors."""

    forms: dict = field(default_factory=dict)
    values: dict = field(default_factory=lambda: defaultdict(dict))
    pages: dict = field(default_factory=dict)
    behind: dict = field(default_factory=dict)

    def filled(self, route: str, draw) -> dict:
        """Real values of the parameters of one address, drawn; the API's are those of its room's pages."""
        route = next((ours + route[len(its) :] for its, ours in ROOMS.items() if route.startswith(its)), route)
        known = list(self.values.get(re.sub(r"\{(\w+)\}", r"<\1>", route), {}).values())
        known = known or [
            one for name, some in self.values.items() if _plain(name) == _plain(route) for one in some.values()
        ]
        return draw.choice(known) if known else {}


# The API names its rooms in English.
ROOMS = {
    "api/v1/ideas/": "idees/",
    "api/v1/measures/": "engagements/",
    "api/v1/plans/": "engagements/plans/",
    "api/v1/questionnaires/{reference}/results/": "questionnaires/{reference}/resultats/",
    "api/v1/questionnaires/": "questionnaires/",
    "api/v1/barometers/": "questionnaires/barometres/",
    "api/v1/consultations/{slug}/": "consultations/{slug}/suivre/",
    "api/v1/quality/": "qualite/",
    "api/v1/texts/{reference}/changes/": "textes/{reference}/changements/",
    "api/v1/texts/": "textes/",
}


def _plain(route: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


def route_of(target: str) -> str:
    """The route of an address; nothing when it has none."""
    try:
        return str(resolve(urlsplit(target).path).route)
    except Resolver404:
        return ""


def key_of(route: str, form: dict) -> tuple:
    """What tells a form from another: its address and its fields, whatever row they are of."""
    return route, tuple(sorted({re.sub(r"-[0-9A-Z]{6,8}$|\d+", "N", name) for name in form["fields"]}))


def asked(client: Client, target: str, data: dict | None = None):
    """A page read, or a form posted, and where it leads: the address and the body of the last page."""
    ratelimit.forget_memory()
    if data is None:
        response = client.get(target)
    else:
        response = client.post(target, urlencode(data, errors="surrogatepass", doseq=True), content_type=FORM)
    for _turn in range(4):
        if response.status_code not in (301, 302, 303):
            break
        target = urljoin(target, response.headers["Location"])
        if urlsplit(target).netloc not in ("", "testserver"):
            return target, response, b""
        ratelimit.forget_memory()
        response = client.get(target)
    body = response.getvalue() if response.streaming else response.content
    html = response.headers.get("Content-Type", "").startswith("text/html")
    return target, response, body if html else b""


class undone:  # noqa: N801 - reads as a sentence where it is used
    """What is done inside goes away, the cookies too. The steps are done first, and draw the same references each time."""

    def __init__(self, client: Client, steps=()):
        self.client, self.steps = client, steps

    def __enter__(self):
        self.kept = copy.deepcopy(self.client.cookies)
        self.block = undoing()
        self.block.__enter__()
        self.drawn = mock.patch("secrets.choice", random.Random(SEED).choice)
        self.drawn.__enter__()
        for target, data in self.steps:
            asked(self.client, target, data)
        return self.client

    def __exit__(self, *error):
        self.drawn.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
        self.client.cookies = self.kept


class People(dict):
    """Signed-in clients by persona, made when asked for."""

    def __missing__(self, who: str) -> Client:
        client = self[who] = Client(raise_request_exception=False)
        if who != "personne":
            client.force_login(User.objects.get(username=who), backend="src.directory.backends.DirectoryBackend")
        return client


@cache
def reached(folder) -> Reach:
    """Everything the screens of a copy of the city lead to, found once: its parts share it."""
    people, found, seen, opened, by_each = People(), Reach(), set(), Counter(), Counter()
    waiting = deque(_screens(folder))
    while waiting:
        who, target = waiting.popleft()
        route = route_of(target)
        enough = opened[route] >= OPENED_BY_ALL or by_each[who, route] >= OPENED_BY_EACH
        if (who, target) in seen or LEFT_OUT.match(route) or enough:
            continue
        seen.add((who, target))
        with undone(people[who]) as client:
            here, response, body = asked(client, target)
        if response.status_code != 200 or not body:
            continue
        # Where one lands: a page behind a door is read once the door is open.
        if route != (route := route_of(here)):
            found.behind.setdefault((who, route), []).append(target)
        found.pages.setdefault((who, target), route)
        known = len(found.forms), len(found.values)
        waiting += [(who, link) for link in _noted(found, who, here, body, ())]
        # A page that leads to a form or to an address nobody had met is of another state: it takes nobody's turn.
        if known == (len(found.forms), len(found.values)):
            opened[route] += 1
            by_each[who, route] += 1
    print(f"  {len(found.pages)} pages, {len(found.forms)} formulaires par les liens", flush=True)
    _pressed(found, people)
    print(f"  {len(found.forms)} formulaires avec ceux que des gestes ouvrent", flush=True)
    return found


def _screens(folder) -> list[tuple[str, str]]:
    served = SimpleNamespace(url="http://testserver", var=folder)
    return [
        (screen.who or "personne", addressed(screen.address, served))
        for screen in SCREENS.values()
        if not screen.address.startswith("/gestion/")
    ]


def _noted(found: Reach, who: str, here: str, body: bytes, steps: tuple) -> list[str]:
    """Keep the forms of a page and the values of its addresses; its links."""
    links = []
    for link in dict.fromkeys(re.findall(rb'\shref="([^"#]+)', body)):
        target = urljoin(here, unescape(link.decode("utf-8", "replace")))
        if urlsplit(target).netloc not in ("", "testserver"):
            continue
        target = target.removeprefix("http://testserver")
        if _valued(found, target) and not route_of(target).startswith(ADMINISTRATION):
            links.append(target)
    for form in _forms(body, "get"):
        target = urljoin(here, form["action"])
        if route_of(target) == route_of(here):
            links += [f"{target.split('?')[0]}?{urlencode(data)}" for data in typed({**form, "page": body})]
    for form in _forms(body):
        for action in dict.fromkeys([form["action"], *form["actions"]]):
            target = urljoin(here, action).removeprefix("http://testserver").split("?")[0]
            route = _valued(found, target)
            if not route or LEFT_OUT.match(route) or route.startswith(ADMINISTRATION):
                continue
            found.forms.setdefault(key_of(route, form), Met(who, target, {**form, "page": body}, steps))
    return links


def _forms(body: bytes, method: str = "post") -> list[dict]:
    """A page holds more than its forms: the rest isn't parsed."""
    return forms(b"".join(re.findall(rb"<form\b.*?</form>", body, re.S)), method)


def _valued(found: Reach, target: str) -> str:
    try:
        match = resolve(urlsplit(target).path)
    except Resolver404:
        return ""
    values, route = {name: str(value) for name, value in match.kwargs.items()}, str(match.route)
    if values and len(found.values[route]) < KEPT:
        found.values[route].setdefault(tuple(values.values()), values)
    return route


def _pressed(found: Reach, people: People) -> None:
    """Each form sent as a person would, once for each of its buttons: the pages and forms that opens."""
    done, seen = set(), set(found.pages.values())
    while todo := [(key, one) for key, one in found.forms.items() if key not in done]:
        for key, one in todo:
            done.add(key)
            if len(one.steps) >= STEPS:
                continue
            for data in typed(one.form):
                steps = (*one.steps, (one.target, data))
                with undone(people[one.who], one.steps) as client:
                    here, response, body = asked(client, one.target, data)
                    if response.status_code < 500 and body:
                        _gone_on(found, client, one, here, body, steps, seen)


def _gone_on(found: Reach, client, one: Met, here: str, body: bytes, steps: tuple, seen: set) -> None:
    """What a form opened: its page, the next ones of the same questions, the links nobody had, the page of a code."""
    waiting = deque((link, steps) for link in _noted(found, one.who, here, body, steps))
    waiting += [(link, steps) for link in found.behind.get((one.who, route_of(one.target)), ())]
    posted = one.target
    for _turn in range(QUESTIONS):
        route = route_of(one.target)
        again = [form for form in _forms(body) if {route_of(urljoin(here, form["action"])), route_of(here)} == {route}]
        if not again or here == posted:
            break
        step = urljoin(here, again[0]["action"]), typed({**again[0], "page": body})[0]
        posted, (here, response, body) = step[0], asked(client, *step)
        steps = (*steps, step)
        waiting += [(link, steps) for link in _noted(found, one.who, here, body, steps)]
    if code := re.search(rb"slip__code[^>]*>([^<]+)", body):
        step = "/suivre/", {"code": code[1].decode()}
        here, response, body = asked(client, *step)
        _noted(found, one.who, here, body, (*steps, step))
    while waiting:
        link, steps = waiting.popleft()
        route = route_of(link) + "?" * ("?" in link and route_of(link) == route_of(here))
        # Leaving the kiosk would close it to the links that follow.
        if (
            route in ("", "?", "borne/fin/")
            or route in seen
            or LEFT_OUT.match(route)
            or len(steps) > STEPS + QUESTIONS
        ):
            continue
        at, response, body = asked(client, link)
        if response.status_code == 200 and body:
            seen.add(route)
            steps = (*steps, (link, None))
            waiting += [(further, steps) for further in _noted(found, one.who, at, body, steps)]


def typed(form: dict) -> list[dict]:
    """The form filled as a person would, with each of its buttons; and as it stands."""
    page = form.get("page", b"").decode("utf-8", "replace")
    filled = form["fields"] | {name: value for name, value in form["boxes"].items() if not form["fields"].get(name)}
    for name in form["texts"]:
        if not filled[name]:
            filled[name] = _word(name, page)[: 37 if name in form["lines"] else None]
    buttons = list(dict.fromkeys(form["buttons"]))[:4] or [("", "")]
    pressed = [{**filled, **({name: value} if name else {})} for name, value in buttons]
    return pressed + [dict(form["fields"])] * (form["fields"] != filled)


def _word(name: str, page: str) -> str:
    if re.search(r"password|secret", name):
        return SECRET
    if re.search(r"sheet|number|count", name):
        return "1"
    if "code" in name:
        key = re.search(r"<code[^>]*>([A-Z2-7 ]{16,})</code>", page)
        said = re.search(r"\b[0-9A-Z]{10}\b|\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?:-[0-9A-Z]+)*\b", page)
        return six_digits(key[1].replace(" ", "")) if key else said[0] if said else "0"
    return SENTENCE
