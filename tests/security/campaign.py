"""What `make hostile` shares, its requests and its pages (the strings: campaign_strings.py): see tests/hostile.py."""

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

from ideas.forms.fields import plain_text
from ideas.models import Idea
from src.config.api import api
from src.directory.models import User
from src.foundations import ratelimit
from tests.access.addresses import addresses, fill

from .corpus import FORMULAS, MARK, STRINGS, batched
from .generated import Generator, armed, attack, undoing
from .reach import People, reached

FORM = "application/x-www-form-urlencoded"
# Personas whose screens differ; the others hold the same roles elsewhere.
WHO = [None, "agent", "correspondant", "instructeur", "decideur", "moderation", "facilitation", "edition", "admin"]
LIVE = tuple("=+-@＝＋－＠|%")
BLANKS = "\u00a0\ufeff\u3000 \t\r\n\u061c\u200f"


def clients() -> People:
    """Those who are everywhere; the others sign in when a screen is theirs."""
    people = People()
    for name in WHO:
        people[name or "personne"]  # noqa: B018 - a client is made
    return people


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
        "_fields": [tuple(form.base_fields) for form in form_classes()],
    }  # fmt: skip


def form_classes():
    """Every form of ours that has fields."""
    from django import forms as django_forms

    waiting = [django_forms.BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(("src.", "ideas.", "consultations.")) and getattr(kind, "base_fields", None):
            yield kind


def post(client, address, data, *, follow=False) -> list[tuple]:
    """A form posted as a hostile program does, undone: the answer, and the page it leads to when that is looked at too."""
    ratelimit.forget_memory()
    kept = copy.deepcopy(client.cookies)
    with undoing():
        told = [_read(client.post(address, urlencode(data, errors="surrogatepass", doseq=True), content_type=FORM))]
        leads = told[0][0].headers.get("Location", "") if follow else ""
        if leads.startswith("/"):
            told.append(_read(client.get(leads)))
        transaction.set_rollback(True)
    client.cookies = kept
    return told


def _read(response) -> tuple:
    return response, response.getvalue() if response.streaming else response.content


# ------------------------------------------------------------------------------------------------------ requests
def requests(asked, folder):
    """Requests drawn from the URLconf and the API's description, their parameters those of real pages of each room."""
    found, known = reached(folder), values()
    known["_fields"] += [tuple(one.form["fields"]) for one in found.forms.values()]
    people = {name: armed(client) for name, client in clients().items()}
    generator = Generator(asked.seed, people, known, api.get_openapi_schema(), found.filled)
    counted, wrong = attack(
        generator, people, asked.requests, lambda sent, bad: print(f"  {sent} requêtes, {bad} en défaut", flush=True)
    )
    return {
        "requests": asked.requests,
        "seed": asked.seed,
        "addresses": len(generator.routes),
        "filled": len(found.values),
        **counted,
    }, wrong


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
