"""The strings in every form a persona of the city can open, and in every question readers may ask: `make hostile`."""

import json
import re
import time
import zlib
from collections import Counter
from datetime import date
from itertools import zip_longest
from urllib.parse import quote

from django.apps import apps
from django.db import transaction

from ideas.forms.fields import plain_text
from ideas.models import Idea
from src.config.api import api
from src.foundations import ratelimit
from tests.access.addresses import addresses, fill

from .campaign import WHO, clients, post, values
from .corpus import STRINGS, WORST, batched, faults, forms
from .generated import LEFT_OUT, told
from .reach import ADMINISTRATION, Met, key_of, reached, route_of, undone

# Not kept on purpose: what is secret is typed again.
SECRET = re.compile(r"password|secret|code|otp|token|csrf", re.I)


def strings(asked, folder):
    """Each string in each field of each form that a persona of the city can open.

    A form whose pages are slow takes the worst strings, then as many others as fit in its time; what is left is told.
    """
    people, wrong = clients(), []
    found = discover(people, folder, asked.routes)
    print(f"  {len(found)} formulaires", flush=True)
    # One line a form: a run of some addresses leaves the figures of the others.
    known = asked.known if asked.routes else {}
    known_forms = {
        name: figures for name, figures in known.get("by_form", {}).items() if not re.search(asked.routes, name)
    }
    others = [line for line in known.get("faults", []) if not re.search(asked.routes, route_of(line.split()[1][:-1]))]
    counted = Counter({key: value for key, value in known.items() if key == "questions"})
    for number, (key, one) in enumerate(ours_first(found), start=1):
        sent, started = Counter(), time.process_time()
        trials = trials_of(one.form, wide=key[0].startswith("gestion/"))
        with undone(people[one.who], one.steps) as client:
            for place, (data, asks_back) in enumerate(trials):
                if time.process_time() > started + asked.seconds_a_form:
                    sent["left"] = len(trials) - place
                    break
                _tried(client, one, data, sent, wrong, asks_back=asks_back)
        known_forms[_form_name(key)] = {"fields": len(one.form["fields"]), "on": f"{date.today()}", **sent}
        if number % 10 == 0 or sent["left"]:
            print(f"  {number} {key[0]} {dict(sent)} {len(wrong)} en défaut", flush=True)
    if not asked.routes:
        ask_readers(people, counted, wrong)
    for figures in known_forms.values():
        counted.update({name: value for name, value in figures.items() if name != "on"})
    figures = {
        "strings": len(set(STRINGS)),
        "forms": len(known_forms),
        **counted,
        "by_form": dict(sorted(known_forms.items())),
    }
    return figures, sorted({*wrong, *others})


def _form_name(key) -> str:
    """A form as the evidence names it: its address, and what tells it from another at the same address."""
    route, names = key
    return f"{route} {zlib.crc32(' '.join(names).encode()):08x}"


def trials_of(form, *, wide: bool) -> list[tuple[dict, bool]]:
    """What is posted to a form, the worst first: its texts together, then its choices one by one in between.

    ``True`` beside those whose refused texts must come back.
    """
    # Short for the fields people fill; the administration's, whose pages are slow, take more at a time.
    texts = [
        (
            {name: written(value, text) if name in form["texts"] else value for name, value in form["fields"].items()},
            True,
        )
        for text in [*WORST, *batched(900 if wide else 300)]
    ]
    names = sorted(set(form["fields"]) - form["texts"])
    names += [name for name in form["texts"] if written(form["fields"][name], "") != ""]
    choices = [
        ({**form["fields"], name: text}, False)
        for name in (names[:: len(names) // 12 + 1] if wide else names)
        for text in (*WORST[:2], *WORST[3:], *STRINGS[:: 150 if wide else 90])
    ]
    mixed = [one for pair in zip_longest(texts[len(WORST) :], choices) for one in pair if one is not None]
    return texts[: len(WORST)] + mixed


def written(value: str, text: str) -> str:
    """A text as its field takes it: an editor's in the shape of the editor, so that it isn't refused for its shape."""
    if value != "null" and not value.startswith('{"blocks"'):
        return text
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def ask_readers(people, counted, wrong) -> None:
    """The strings as questions to lists, search boxes and the API."""
    for who, share in (("agent", 1), ("personne", 9)):
        for address, names in asked_of_readers().items():
            for name in names:
                # Every string is searched; the other questions take one in five.
                for text in {one[:300] for one in (*STRINGS[:: share if name == "q" else 5 * share], *WORST)}:
                    url = f"{address}?{name}={quote(text, errors='surrogatepass')}"
                    with transaction.atomic():
                        ratelimit.forget_memory()
                        response = people[who].get(url)
                        body = response.getvalue() if response.streaming else response.content
                        transaction.set_rollback(True)
                    counted["questions"] += 1
                    _judged(f"{who} {address}?{name}", text, response, body, wrong)


def ours_first(found) -> list:
    """What people fill before the administration's own screens."""
    return sorted(found.items(), key=lambda one: (one[0][0].startswith("gestion/"), one[0]))


def discover(people, folder, routes: str = "") -> dict:
    """One example of each form: by its route and its fields; of the addresses that match ``routes`` alone.

    The site's are those its screens lead to; the steps of ideas and the administration are opened one by one.
    """
    real, found = values(), {}
    if not routes.startswith("^gestion"):
        found = {key: one for key, one in reached(folder).forms.items() if re.search(routes, key[0])}
    ours = [one for one in addresses() if not LEFT_OUT.match(one.route) and re.search(routes, one.route)]
    for who in WHO:
        client = people[who or "personne"]
        for address in ours:
            of_administration = address.route.startswith(ADMINISTRATION)
            if who not in ("admin", "edition") if of_administration else "transition" not in address.parameters:
                continue
            for filled in _fillings(address, real):
                with transaction.atomic():
                    ratelimit.forget_memory()
                    response = client.get(filled)
                    body = response.getvalue() if response.streaming else response.content
                    transaction.set_rollback(True)
                if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
                    continue
                for form in forms(body):
                    target = form["action"].split("?")[0] or filled
                    route = route_of(target)
                    if route and not LEFT_OUT.match(route) and re.search(routes, route):
                        found.setdefault(key_of(route, form), Met(who or "personne", target, form))
    return found


def _fillings(address, real) -> list[str]:
    """An address once for each stage of an idea and each step, else with a few values of its parameter."""
    if not address.parameters:
        return [fill(address, {})]
    names = [name for name in address.parameters if name in real]
    if "transition" in names:
        stages = dict(Idea.objects.values_list("stage_id", "reference"))
        ways = apps.get_model("workflow.Transition").objects.values_list("from_stage_id", "slug")
        return [
            fill(address, {"reference": stages[stage], "transition": slug}) for stage, slug in ways if stage in stages
        ]
    many = 8 if names == ["reference"] else 4
    return [
        fill(address, {name: real[name][turn % len(real[name])] for name in names if real[name]})
        for turn in range(many)
    ]


def asked_of_readers() -> dict[str, list[str]]:
    """Addresses that take a question, with its names; those of the API from its own description."""
    schema = api.get_openapi_schema()
    found = {"/recherche/": ["q", "genre"], "/idees/": ["q", "etape", "page"], "/idees/export.csv": ["q"]}
    for path, operations in schema["paths"].items():
        names = [one["name"] for one in operations.get("get", {}).get("parameters", []) if one["in"] == "query"]
        if names and "{" not in path:
            found[path] = names
    return found


def _tried(client, one: Met, data, counted, wrong, *, asks_back: bool) -> None:
    """A text that passes is looked at where it leads; one that is refused must come back."""
    where = f"{one.who} {one.target}"
    text = str(next((data[name] for name in one.form["texts"]), next(iter(data.values()), "")))
    (response, body), *landed = post(client, one.target, data, follow=asks_back)
    counted["posts"] += 1
    counted[f"status {response.status_code}"] += 1
    _judged(where, text, response, body, wrong)
    for page, html in landed:
        counted["landed"] += 1
        _judged(f"{where}, then", text, page, html, wrong)
    if not asks_back or response.status_code != 422:
        return
    back = [shown["fields"] for shown in forms(body)]
    for name in one.form["texts"]:
        if name in one.form["secrets"] or SECRET.search(name) or not any(name in fields for fields in back):
            continue
        counted["texts back"] += 1
        shown = [fields[name] for fields in back if name in fields]
        # A browser shows a NUL as the replacement sign; a field of one line shows its lines as one.
        wanted = " ".join(plain_text(data[name]).split())
        if not any(" ".join(plain_text(typed.replace("\ufffd", "")).split()) == wanted for typed in shown):
            wrong.append(f"{where}: {name} lost {data[name][:40]!r}")


def _judged(where, text, response, body, wrong) -> None:
    if response.status_code >= 500:
        error = getattr(response, "exc_info", None)
        wrong.append(f"{where}: status {response.status_code}, {text[:40]!r} {told(error[1]) if error else ''}")
    if response.headers.get("Content-Type", "").startswith("text/html") and "/gestion/" not in where:
        wrong += [f"{where}: {fault}" for fault in faults(body)]
