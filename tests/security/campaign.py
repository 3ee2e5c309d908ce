"""The three parts of `make hostile`, over a copy of the demo city: see tests/hostile.py."""

import copy
import csv
import io
import re
import subprocess
import sys
import time
import zipfile
from collections import Counter
from urllib.parse import quote, urlencode

from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from ideas.forms.fields import plain_text
from ideas.models import Idea
from src.config.api import api
from src.directory.models import User
from src.foundations import ratelimit
from tests.access.addresses import addresses, fill

from .corpus import FORMULAS, MARK, STRINGS, WORST, faults, forms
from .generated import LEFT_OUT, Generator, armed, attack

FORM = "application/x-www-form-urlencoded"
# Personas whose screens differ; the others hold the same roles elsewhere.
WHO = [None, "agent", "correspondant", "instructeur", "decideur", "moderation", "facilitation", "edition", "admin"]
LIVE = tuple("=+-@＝＋－＠|%")
BLANKS = "\u00a0\ufeff\u3000 \t\r\n\u061c\u200f"
# Not kept on purpose: what is secret is typed again.
SECRET = re.compile(r"password|secret|code|otp|token|csrf", re.I)


def clients() -> dict[str, Client]:
    found = {}
    for name in WHO:
        client = Client(raise_request_exception=False)
        if name:
            user = User.objects.get(username=name)
            client.force_login(user, backend="src.directory.backends.DirectoryBackend")
        found[name or "personne"] = client
    return found


def values() -> dict[str, list]:
    """Real values of each parameter of an address, by its name."""

    def column(label: str, name: str, many: int = 40) -> list:
        return list(apps.get_model(label).objects.values_list(name, flat=True).distinct()[:many])

    by_stage = {stage: reference for stage, reference in Idea.objects.values_list("stage__slug", "reference")}
    keys = sorted({str(pk) for label in ("directory.Unit", "directory.User", "directory.RoleGrant", "participation.Space",
                   "workflow.Process", "wagtailcore.Page") for pk in column(label, "pk", 6)})  # fmt: skip
    pages = [str(pk) for pk in column("wagtailcore.Page", "pk")]
    return {
        "reference": list(by_stage.values()),
        "transition": column("workflow.Transition", "slug", 60),
        "code": column("directory.Unit", "code"),
        "box": column("participation.Space", "slug"),
        "batch": column("paper.Batch", "reference"),
        "sheet": column("wall.Sheet", "reference", 6),
        "gesture": ["repondre", "retirer", "contester"],
        "pk": keys,
        **dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "page_pk"), pages),
        "name": ["to_screen", "to_orient", "to_study", "to_decide", "overdue", "funnel", "delays", "accueil", "idees"],
        "_fields": [tuple(form.base_fields) for form in _form_classes()],
    }  # fmt: skip


def _form_classes():
    from django import forms as django_forms

    waiting = [django_forms.BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(("src.", "ideas.")) and getattr(kind, "base_fields", None):
            yield kind


def post(client, address, data):
    """A form posted as a hostile program does, undone."""
    ratelimit.forget_memory()
    kept = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = client.post(address, urlencode(data, errors="surrogatepass", doseq=True), content_type=FORM)
        body = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = kept
    return response, body


# ------------------------------------------------------------------------------------------------------- strings
def strings(asked, _folder):
    """Each string in each field of each form that a persona of the city can open."""
    people, wrong, counted, started = clients(), [], Counter(), time.monotonic()
    found = discover(people)
    print(f"  {len(found)} formulaires", flush=True)
    for number, ((route, _names), (who, target, form)) in enumerate(ours_first(found)):
        if asked.minutes and time.monotonic() > started + 60 * asked.minutes:
            counted["forms not reached"] = len(found) - number
            break
        if number % 10 == 9:
            print(f"  {number} formulaires, {counted['posts']} envois, {len(wrong)} en défaut", flush=True)
        counted["forms"] += 1
        counted["fields"] += len(form["fields"])
        # Short for the fields people fill; the administration's, whose pages are slow, take more at a time.
        wide = route.startswith("gestion/")
        for text in [*batched(900 if wide else 300), *WORST]:
            data = {name: text if name in form["texts"] else value for name, value in form["fields"].items()}
            _tried(people[who], who, target, data, form, counted, wrong)
        choices = sorted(set(form["fields"]) - form["texts"])
        for name in choices[:: len(choices) // 12 + 1] if wide else choices:
            for text in (*WORST[:2], *WORST[3:], *STRINGS[:: 150 if wide else 90]):
                _tried(people[who], who, target, {**form["fields"], name: text}, None, counted, wrong)
    print(f"  {counted['posts']} envois, {len(wrong)} en défaut", flush=True)
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
    figures = {"strings": len(set(STRINGS)), "routes_with_a_form": len({route for route, _names in found}), **counted}
    return figures, sorted(set(wrong))


def ours_first(found) -> list:
    """What people fill before the administration's own screens."""
    return sorted(found.items(), key=lambda one: (one[0][0].startswith("gestion/"), one[0]))


def batched(limit: int = 110) -> list[str]:
    """Every string, alone when long, several on a line otherwise: a field that takes a hundred signs takes them all."""
    texts, text = [], ""
    for string in STRINGS:
        if len(string) + 1 > limit:
            texts.append(string)
        elif len(text) + len(string) + 1 > limit:
            texts.append(text)
            text = string
        else:
            text = f"{text} {string}" if text else string
    return [*texts, text]


def discover(people) -> dict:
    """One example of each form: by its route and its fields."""
    real, found = values(), {}
    ours = [one for one in addresses() if not LEFT_OUT.match(one.route)]
    for who, client in people.items():
        for address in ours:
            if address.route.startswith(("gestion/", "_util/")) and who not in ("admin", "edition"):
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
                    route = _route(target)
                    if route and not LEFT_OUT.match(route):
                        found.setdefault((route, tuple(sorted(form["fields"]))), (who, target, form))
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


def _route(target: str) -> str:
    try:
        return str(resolve(target).route)
    except Resolver404:
        return ""


def asked_of_readers() -> dict[str, list[str]]:
    """Addresses that take a question, with its names; those of the API from its own description."""
    schema = api.get_openapi_schema()
    found = {"/recherche/": ["q", "genre"], "/idees/": ["q", "etape", "page"], "/idees/export.csv": ["q"]}
    for path, operations in schema["paths"].items():
        names = [one["name"] for one in operations["get"].get("parameters", []) if one["in"] == "query"]
        if names and "{" not in path:
            found[path] = names
    return found


def _tried(client, who, target, data, form, counted, wrong) -> None:
    response, body = post(client, target, data)
    counted["posts"] += 1
    counted[f"status {response.status_code}"] += 1
    _judged(f"{who} {target}", str(next(iter(data.values()), ""))[:40], response, body, wrong)
    if form is None or response.status_code != 422:
        return
    back = [one["fields"] for one in forms(body)]
    for name in form["texts"]:
        if SECRET.search(name) or not any(name in fields for fields in back):
            continue
        counted["texts back"] += 1
        shown = [fields[name] for fields in back if name in fields]
        # A browser shows a NUL as the replacement sign; a field of one line shows its lines as one.
        wanted = " ".join(plain_text(data[name]).split())
        if not any(" ".join(plain_text(one.replace("\ufffd", "")).split()) == wanted for one in shown):
            wrong.append(f"{who} {target}: {name} lost {data[name][:40]!r}")


def _judged(where, text, response, body, wrong) -> None:
    if response.status_code >= 500:
        wrong.append(f"{where}: status {response.status_code}, {text[:40]!r}")
    if response.headers.get("Content-Type", "").startswith("text/html") and "/gestion/" not in where:
        wrong += [f"{where}: {fault}" for fault in faults(body)]


# ------------------------------------------------------------------------------------------------------ requests
def requests(asked, _folder):
    """Requests drawn from the URLconf and the API's description."""
    people = {name: armed(client) for name, client in clients().items()}
    generator = Generator(asked.seed, people, values(), api.get_openapi_schema())
    counted, wrong = attack(
        generator, people, asked.requests, lambda sent, bad: print(f"  {sent} requêtes, {bad} en défaut", flush=True)
    )
    return {"requests": asked.requests, "seed": asked.seed, "addresses": len(generator.routes), **counted}, wrong


# --------------------------------------------------------------------------------------------------------- pages
def pages(_asked, folder):
    """The strings stored as ideas, titles and comments, then looked at in Chromium and exported."""
    stored = store()
    figures, wrong = exported()
    looked, refused = look(folder, stored)
    return {"ideas": len(stored), **figures, **looked}, [*wrong, *refused]


def store() -> list[str]:
    """Ideas and comments whose words are the strings; the references of the ideas."""
    from ideas import services
    from src.foundations import outbox
    from src.participation.models import Space

    author, reader = User.objects.get(username="agent"), User.objects.get(username="agent2")
    space = Space.objects.get(slug="plus-simple")
    made, text = [], "En attendant le camion, il n'y a nulle part où s'asseoir au sec, même l'hiver. "
    for number, words in enumerate(batched(900)):
        title = plain_text(STRINGS[number * 7 % len(STRINGS)][:60], one_line=True) + f" et dix mots {number}"
        body = plain_text(text + words)[:1900]
        with transaction.atomic():
            idea = services.submit_idea(
                actor=author, space=space, body=body, title=title[:119], identity_mode="named", submission_token=None
            ).idea
            services.comment(idea=idea, actor=reader, body=plain_text(words)[:1400] or "vide", identity_mode="named")
        made.append(idea.reference)
    for number, formula in enumerate(FORMULAS):
        services.submit_idea(
            actor=author, space=space, body=text, title=plain_text(f"{formula} et dix {number}", one_line=True)[:119],
            identity_mode="named", submission_token=None,
        )  # fmt: skip
    while outbox.drain(limit=500):
        pass
    return made


def exported() -> tuple[dict, list[str]]:
    """Every file a persona may take away, its cells read again."""
    people, wrong, counted = clients(), [], Counter()
    reports = [
        fill(one, {"name": name})
        for one in addresses()
        if "rapports" in one.route
        for name in ("funnel", "delays", "overdue")
    ]
    for address in [
        "/idees/export.csv",
        *(f"{report}?export={kind}" for report in reports for kind in ("csv", "xlsx")),
    ]:
        response = people["admin"].get(address)
        body = response.getvalue() if response.streaming else response.content
        if response.status_code != 200 or "html" in response.headers["Content-Type"]:
            continue
        counted["files"] += 1
        if body.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                live = sum(
                    len(re.findall(rb"<f[ >/]", archive.read(name))) for name in archive.namelist() if "sheet" in name
                )
            wrong += [f"{address}: {live} live formulas"] if live else []
            continue
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
        counted["cells"] += sum(map(len, rows))
        wrong += [
            f"{address}: {cell[:40]!r}" for row in rows[1:] for cell in row if cell.strip(BLANKS)[:1] in LIVE
        ]  # fmt: skip
    return dict(counted), wrong


def look(folder, references) -> tuple[dict, list[str]]:
    """The pages that show them, as three personas: refusals of the policy, windows opened, scripts run."""
    import urllib.request

    from playwright.sync_api import sync_playwright

    from tests.browser.fixtures import ARGUMENTS, DESKTOP, chromium_path
    from tests.browser.server import ROOT, free_port
    from tests.journeys.city import sign_in

    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "manage.py", "serve", "--port", str(port), "--no-ticker"], cwd=ROOT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    wrong, counted = [], Counter()
    lists = ["/", "/idees/", "/idees/?tri=recentes&page=2", "/recherche/?q=banc", f"/recherche/?q={quote('<script>' + MARK)}",
             "/idees/miennes/", "/moi/messages/", "/idees/atelier/to_screen/", "/idees/deposer/"]  # fmt: skip
    try:
        for _turn in range(150):
            try:
                urllib.request.urlopen(f"{url}/healthz", timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
            for who in ("agent", "agent2", "moderation"):
                page = browser.new_context(
                    viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, locale="fr-FR"
                ).new_page()
                heard = []
                page.on("dialog", lambda dialog: (heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
                page.on("pageerror", lambda error: heard.append(f"script {error}"))
                page.on(
                    "console", lambda line: heard.append(line.text) if "Content Security Policy" in line.text else None
                )
                page.on(
                    "request", lambda sent: heard.append(f"asked {sent.url}") if "evil.example" in sent.url else None
                )
                sign_in(page, url, who)
                for address in [*lists, *(f"/idees/{reference}/" for reference in references)]:
                    heard.clear()
                    answer = page.goto(url + address)
                    counted["looked"] += 1
                    wrong += [f"{who} {address}: {line[:160]}" for line in heard]
                    if answer.status >= 500:
                        wrong.append(f"{who} {address}: status {answer.status}")
            browser.close()
    finally:
        process.terminate()
        process.wait(20)
    return {"pages_in_chromium": counted["looked"], "personas": 3}, wrong
