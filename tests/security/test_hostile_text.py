"""Hostile text in every field of every form: never a 500, nothing lost, nothing alive on a page or in a file."""

import csv
import io
import uuid
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from ideas.forms.fields import plain_text
from ideas.models import Idea, IdeaComment
from src.directory.models import User
from src.foundations import ratelimit
from src.foundations.testing import drain_outbox, forget_effects
from tests.access.addresses import WHOLE, addresses, fill
from tests.access.world import build_world
from tests.ideas_screens.city import BODY, City

from .corpus import FORMULAS, LINKS, MARK, STRINGS, WORST, XSS, faults, forms

pytestmark = pytest.mark.shows_syntax("hostile strings are template syntax too, typed on purpose")
FORM = "application/x-www-form-urlencoded"
NEW = "/idees/deposer/"


@pytest.fixture
def city(db):
    return City()


def signed(user) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def post(client, address, data):
    """POST as a hostile program does: lone surrogates and all. The pace isn't what is tested here."""
    ratelimit.forget_memory()
    return client.post(address, urlencode(data, errors="surrogatepass", doseq=True), content_type=FORM)


def undone(client, address, data):
    with transaction.atomic():
        response = post(client, address, data)
        _ = response.getvalue() if response.streaming else response.content
        transaction.set_rollback(True)
    return response


def proposal(**changes):
    return {"boite": "plus-simple", "body": BODY, "title": "Un banc à l'abri près du portail", "identity": "named",
            "token": str(uuid.uuid4()), "seen": "", "action": "send", **changes}  # fmt: skip


def batches(strings, limit):
    """Texts of at most ``limit`` signs that hold them all, one a line."""
    text = ""
    for string in strings:
        if len(string) + 1 > limit:
            yield string
            continue
        if len(text) + len(string) + 1 > limit:
            yield text
            text = ""
        text += string + "\n"
    yield text


# ------------------------------------------------------------------------------------------------ whole pages
def test_the_corpus_is_large():
    assert len(set(STRINGS)) >= 300


@pytest.mark.slow
def test_every_string_in_a_body_and_a_comment_is_shown_as_text(city):
    author, reader = signed(city.author), signed(city.reader)
    idea = city.opened()
    refused = []
    for number, text in enumerate(batches(STRINGS, 1400)):
        sent = post(
            author, NEW, proposal(body=f"{BODY}\n{text}", title=f"Une idée numéro {number} du banc", seen=_all())
        )
        said = post(
            reader, f"/idees/{idea.reference}/commenter/", {"text": text, "identity": "named", "token": uuid.uuid4()}
        )
        for response in (sent, said):
            assert response.status_code in (303, 422), (text[:80], response.status_code)
            refused += faults(response.content) if response.status_code == 422 else []
    assert refused == []
    assert Idea.objects.count() >= 8
    assert IdeaComment.objects.count() >= 6
    for shown in Idea.objects.all():
        page = reader.get(f"/idees/{shown.reference}/")
        assert page.status_code == 200
        assert faults(page.content) == []
    for page in ("/idees/", "/idees/miennes/", "/", "/moi/messages/"):
        assert faults(author.get(page).content) == []
    forget_effects()


def _all() -> str:
    return ",".join(Idea.objects.values_list("reference", flat=True))


@pytest.mark.slow
def test_every_string_as_a_title_is_shown_as_text_and_exported_dead(city):
    author = signed(city.author)
    # `make hostile` types all of them in every field.
    for title in STRINGS if WHOLE else STRINGS[::3]:
        response = undone(author, NEW, proposal(title=f"{title[:100]}", body=BODY, seen=_all()))
        assert response.status_code in (200, 303, 422), (title[:80], response.status_code)
        assert response.status_code == 303 or faults(response.content) == [], title
    for number, title in enumerate([*FORMULAS, *XSS[:20]]):
        post(author, NEW, proposal(title=f"{title} et {number} mots de plus"[:120], seen=_all()))
    listed = author.get("/idees/")
    assert faults(listed.content) == []
    file = b"".join(author.get("/idees/export.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file), delimiter=";"))
    assert len(rows) == Idea.objects.count() + 1 > 40
    cells = [cell for row in rows[1:] for cell in row]
    # "−1" and a quoted formula are text; a spreadsheet runs what starts with one of these, blanks aside.
    alive = [cell for cell in cells if cell.strip("\u00a0\ufeff\u3000 \t\r\n")[:1] in tuple("=+-@＝＋－＠|%")]
    assert alive == []
    api = author.get("/api/v1/ideas/")
    assert api.headers["Content-Type"].startswith("application/json")
    forget_effects()


def test_what_was_typed_comes_back_whole_when_refused(city):
    author = signed(city.author)
    for text in batches([*XSS, *LINKS, *STRINGS[-60:]], 4000):
        response = post(author, NEW, proposal(body=text, title="Un banc près du portail", identity=""))
        assert response.status_code == 422
        kept = next(form for form in forms(response.content) if "body" in form["fields"])["fields"]["body"]
        # A browser shows a NUL as the replacement sign.
        assert plain_text(kept.replace("\ufffd", "")) == plain_text(text)
        assert faults(response.content) == []


def test_links_of_strangers_are_marked_and_false_ones_are_text(city):
    author = signed(city.author)
    text = BODY + "\n" + "\n".join(LINKS) + "\nhttps://ville.example/travaux"
    assert post(author, NEW, proposal(body=text)).status_code == 303
    page = signed(city.reader).get(f"/idees/{Idea.objects.get().reference}/")

    assert faults(page.content) == []
    assert b'<a href="https://ville.example/travaux" rel="nofollow noopener noreferrer ugc">' in page.content
    forget_effects()


# -------------------------------------------------------------------------------------------------- every form
def pages(city) -> list:
    """(who, address) of every page with a form, at a state that offers it."""
    opened, asked, studied, prepared = city.opened(), city.asked(), city.studied(), city.prepared()
    mine = city.submitted("Une poubelle de plus à l'arrêt du tram")
    oriented, soon = city.oriented(), city.countersigned_soon()
    to_decide = city.to_decide("Des casiers pour toute l'équipe de nuit")
    forget_effects()

    def step(idea, slug):
        return f"/idees/{idea.reference}/etape/{slug}/"

    return [
        (None, "/connexion/"),
        (None, "/affichage/"),
        (city.author, NEW),
        (city.author, "/moi/messages/reglages/"),
        (city.author, f"/idees/{mine.reference}/modifier/"),
        (city.author, f"/idees/{mine.reference}/recue/"),
        (city.author, f"/idees/{mine.reference}/retirer/"),
        (city.author, step(asked, "answer_screening")),
        (city.reader, f"/idees/{opened.reference}/"),
        (city.moderator, step(mine, "screen")),
        (city.moderator, step(mine, "ask_screening")),
        (city.moderator, step(mine, "remove")),
        (city.correspondent, step(opened, "orient")),
        (city.correspondent, step(oriented, "start_study")),
        (city.correspondent, step(oriented, "propose_transfer")),
        (city.correspondent, step(studied, "close_study")),
        (city.assessors[0], f"/idees/{studied.reference}/evaluer/"),
        (city.assessors[0], step(studied, "ask_study")),
        (city.delegate, step(soon, "countersign_accepted")),
        (city.delegate, step(soon, "send_back")),
        (city.decider, step(to_decide, "decide_accepted")),
        (city.decider, step(to_decide, "back_to_study")),
        (city.decider, step(prepared, "decide_declined")),
        (city.decider, "/idees/atelier/annonces/"),
    ]


@pytest.mark.slow
def test_the_worst_strings_in_every_field_of_every_form(city):
    faulty, tried = [], 0
    for who, address in pages(city):
        client = signed(who)
        page = client.get(address)
        assert page.status_code == 200, (address, page.status_code)
        assert faults(page.content) == [], address
        for form in forms(page.content):
            target = urlsplit(form["action"]).path or address
            if target in ("/deconnexion/", "/affichage/") and address != target:
                continue
            for name in form["fields"]:
                worst = WORST if WHOLE else WORST[tried % 2 :: 2]
                for text in worst if name in form["texts"] else WORST[3:5]:
                    response = undone(client, target, {**form["fields"], name: text})
                    tried += 1
                    if response.status_code >= 500 or (
                        response.headers.get("Content-Type", "").startswith("text/html") and faults(response.content)
                    ):
                        faulty.append((target, name, text[:30], response.status_code))
    assert faulty == []
    assert tried > (300 if WHOLE else 200)


def test_a_megabyte_comes_back_in_the_form(city):
    text = "é" * 500_000
    response = post(signed(city.author), NEW, proposal(body=text))

    assert response.status_code == 422
    assert text in response.content.decode()


@pytest.mark.slow
def test_the_worst_strings_in_every_question_of_an_address(city):
    idea = city.opened()
    forget_effects()
    names = {
        "/idees/": ("q", "etape", "direction", "boite", "mot", "genre", "tri", "page"),
        "/idees/export.csv": ("q", "direction", "mot"),
        f"/idees/{idea.reference}/": ("commentaires", "commentaire", "fil", "repondre", "file"),
        NEW: ("boite", "nouvelle"),
        "/idees/atelier/to_screen/": ("direction", "age", "page"),
        f"/idees/{idea.reference}/etape/remove_open/": ("file",),
        "/api/v1/ideas/": ("q", "step", "outcome", "direction", "space", "tag", "kind", "sort", "cursor"),
        "/api/v1/spaces/": ("q", "cursor", "limit"),
        "/qualite/": ("q", "direction", "genre", "tri"),
        "/moi/messages/": ("page",),
        "/connexion/": ("next", "matricule"),
        "/affichage/": ("next",),
    }
    client, visitor = signed(city.moderator), signed(None)
    short = [text[:300] for text in (*WORST, *XSS[::12], *STRINGS[-75:-5:6], *FORMULAS[::16], "a" * 300)]
    some = short if WHOLE else short[::2]
    faulty = []
    for address, questions in names.items():
        for name in questions:
            for text in some if name in ("q", "page", "cursor", "commentaires") else some[::4]:
                ratelimit.forget_memory()
                url = f"{address}?{name}={quote(text, errors='surrogatepass')}"
                with transaction.atomic():
                    response = (visitor if address == "/connexion/" else client).get(url)
                    body = response.getvalue() if response.streaming else response.content
                    transaction.set_rollback(True)
                html = response.headers.get("Content-Type", "").startswith("text/html")
                if response.status_code >= 500 or (html and faults(body)):
                    faulty.append((address, name, text[:40], response.status_code, faults(body)[:2] if html else ""))
    assert faulty == []


@pytest.mark.slow
def test_the_process_editor_bears_hostile_words(city):
    """The administration's own pages: the default process' form with every text replaced, and the search boxes."""
    from src.workflow.models import Process

    client = signed(city.admin)
    active = Process.objects.get(slug="permanent-box")
    made = client.post(f"/gestion/parcours/nouvelle-version/{active.pk}/")
    assert made.status_code in (302, 303)
    draft = Process.objects.get(status="draft")
    address = f"/gestion/parcours/edit/{draft.pk}/"
    form = max(forms(client.get(address).content), key=lambda found: len(found["fields"]))
    assert len(form["texts"]) > 100
    for text in WORST if WHOLE else WORST[1::2]:
        filled = {name: text[:2000] if name in form["texts"] else value for name, value in form["fields"].items()}
        for target in (address, f"/gestion/parcours/edit/{active.pk}/"):
            assert undone(client, target, filled).status_code < 500, (target, text[:20])
    for text in (*WORST[:2], *WORST[3:]):
        for address in (
            "/gestion/parcours/",
            "/gestion/annuaire/personnes/",
            "/gestion/annuaire/unites/",
            "/gestion/pages/search/",
        ):
            url = f"{address}?q={quote(text, errors='surrogatepass')}"
            assert client.get(url).status_code < 500, url
    forget_effects()


# -------------------------------------------------------------------------------------------------- assignment
def every_field() -> dict:
    """Every column of every model of ours, with a value that would show."""
    from django.apps import apps

    names = {}
    for model in apps.get_models():
        if model.__module__.startswith(("src.", "ideas.")):
            for column in model._meta.concrete_fields:
                names |= {column.name: "1", column.attname: "1"}
    return {**names, "is_superuser": "on", "is_staff": "on", "stage_kind": "accepted", "author": "1", "groups": "1"}


def columns(idea_or_comment, but=()) -> dict:
    drawn = {"id", "reference", "handle", "submission_token", "owed", "created_at", "stage_since", *but}
    fields = [field for field in idea_or_comment._meta.concrete_fields if field.name not in drawn]
    return {field.name: getattr(idea_or_comment, field.attname) for field in fields}


@pytest.mark.parametrize("identity", ["named", "protected"])
def test_a_proposal_keeps_only_what_its_form_offers(city, identity):
    client, extra = signed(city.author), every_field()
    post(client, NEW, proposal(identity=identity))
    plain = Idea.objects.get()

    post(client, NEW, {**extra, **proposal(identity=identity, seen=_all())})

    stuffed = Idea.objects.exclude(pk=plain.pk).get()
    assert columns(stuffed) == columns(plain)
    assert (stuffed.counts.supports, stuffed.owed.promised_on) == (0, plain.owed.promised_on)
    forget_effects()


def test_each_gesture_changes_only_what_its_form_offers(city):
    idea, extra = city.opened(), every_field()
    comment = {"text": "D'accord.", "identity": "named"}
    reader = signed(city.reader)
    here = f"/idees/{idea.reference}/"
    kept = [column.name for column in User._meta.concrete_fields if column.name != "last_login"]
    accounts = list(User.objects.order_by("pk").values(*kept))
    offered = {"parent", "official", "token", "identity"}
    post(reader, f"{here}commenter/", {**comment, "token": uuid.uuid4()})
    post(
        reader,
        f"{here}commenter/",
        {**{k: v for k, v in extra.items() if k not in offered}, **comment, "token": uuid.uuid4()},
    )
    first, second = IdeaComment.objects.order_by("pk")
    assert columns(first) == columns(second)

    before = columns(Idea.objects.get(pk=idea.pk))
    for verb, data in {"soutenir/": {"soutien": "1"}, "suivre/": {"suivi": "1"}}.items():
        assert post(reader, here + verb, {**extra, **data}).status_code == 303
    assert columns(Idea.objects.get(pk=idea.pk)) == before

    mine = city.submitted("Une poubelle de plus à l'arrêt du tram")
    before = columns(mine, but=("title", "body", "body_html"))
    text = {"title": "Une poubelle de plus au tram", "body": BODY}
    assert post(signed(city.author), f"/idees/{mine.reference}/modifier/", {**extra, **text}).status_code == 303
    mine.refresh_from_db()
    assert (mine.title, columns(mine, but=("title", "body", "body_html"))) == (text["title"], before)
    assert post(signed(city.moderator), f"/idees/{mine.reference}/etape/screen/", extra).status_code == 303
    mine.refresh_from_db()
    moved = {"stage", "stage_kind", "title", "body", "body_html", "first_read_on", "first_read_by"}
    assert mine.stage_kind == "open"
    assert columns(mine, but=moved) == {name: value for name, value in before.items() if name not in moved}

    for address, data in {"/moi/messages/reglages/": {}, "/affichage/": {"theme": "sombre"}}.items():
        post(reader, address, {**extra, **data})
    assert list(User.objects.order_by("pk").values(*kept)) == accounts
    forget_effects()


def test_nobody_writes_under_anothers_draft_parent_or_token(city):
    """References typed into hidden fields: another idea's comment, another's token."""
    one, two = city.opened("Une première idée pour le dépôt"), city.opened("Une seconde idée pour le dépôt")
    reader = signed(city.reader)
    post(reader, f"/idees/{one.reference}/commenter/", {"text": "Oui.", "identity": "named", "token": uuid.uuid4()})
    above = IdeaComment.objects.get()
    post(
        reader,
        f"/idees/{two.reference}/commenter/",
        {"text": "Non.", "identity": "named", "parent": above.reference, "token": uuid.uuid4()},
    )

    assert IdeaComment.objects.filter(idea=two).exclude(parent=None).count() == 0
    forget_effects()


# ------------------------------------------------------------------------------------- forgery, redirects, hosts
# Without cookies to abuse: they answer reading programs, and 405 to anything else.
EXEMPT = {
    "api/v1/",
    "api/v1/ballots/",
    "api/v1/ballots/<reference>/",
    "api/v1/barometers/",
    "api/v1/barometers/<barometer>/",
    "api/v1/consultations/",
    "api/v1/consultations/<slug>/",
    "api/v1/ideas/",
    "api/v1/ideas/<reference>/",
    "api/v1/identity-openings/",
    "api/v1/measures/",
    "api/v1/measures/<reference>/",
    "api/v1/moderation/",
    "api/v1/openapi.json",
    "api/v1/panels/",
    "api/v1/panels/<slug>/",
    "api/v1/plans/",
    "api/v1/plans/<reference>/",
    "api/v1/quality/",
    "api/v1/quality/<point>/",
    "api/v1/questionnaires/",
    "api/v1/questionnaires/<reference>/",
    "api/v1/questionnaires/<reference>/results/",
    "api/v1/responses/",
    "api/v1/responses/figures/",
    "api/v1/search/",
    "api/v1/spaces/",
    "api/v1/texts/",
    "api/v1/texts/<reference>/",
    "api/v1/texts/<reference>/changes/<version>/",
    "api/v1/texts/<reference>/contributions/",
}


def test_every_post_address_refuses_a_form_from_elsewhere(db):
    world = build_world()
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(User.objects.get(username="admin"), backend="src.directory.backends.DirectoryBackend")
    taken = {}
    for address in addresses():
        with transaction.atomic():
            response = client.post(
                fill(address, world.values("admin", "own")),
                {"soutien": "1"},
                headers={"Origin": "https://evil.example"},
            )
            transaction.set_rollback(True)
        if response.status_code != 403:
            taken[address.route] = response.status_code

    # The one write of the API: a key in a header, no cookie that a form from elsewhere could abuse.
    assert taken.pop("api/v1/visits/") == 401
    # 404: Wagtail's own doors that don't exist here; 301: an address without its final bar.
    assert {route: status for route, status in taken.items() if status not in (301, 404, 405)} == {}
    assert {route for route, status in taken.items() if status == 405} <= EXEMPT | {"healthz", "readyz"}
    forget_effects()


NEXT = [
    "//evil.example", "///evil.example", "////evil.example/", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "https://evil.example",
    "http://evil.example/", "https:evil.example", "https:/evil.example", "https:///evil.example", "javascript:alert(1)", "data:text/html,x",
    "/\t/evil.example", "\t//evil.example", "/%09/evil.example", "/%5cevil.example", " //evil.example", "/\n/evil.example", "//evil。example",
    "https://testserver@evil.example", "https://testserver.evil.example", "//testserver@evil.example", "/\u2028/evil.example", "//[::1]/",
    "http:\\\\evil.example", "hTTps://evil.example", "/\x00/evil.example", "..//evil.example", "@evil.example", "evil.example",
]  # fmt: skip


def leaves(location: str) -> bool:
    """Whether a browser that follows this Location, from a page of ours, is on another host afterwards."""
    cleaned = "".join(sign for sign in location if sign not in "\t\r\n").strip().replace("\\", "/")
    parts = urlsplit(cleaned)
    return bool(parts.scheme or parts.netloc or cleaned.startswith("//")) and not cleaned.startswith(
        "http://testserver/"
    )


def test_nothing_leads_out_of_the_site(city):
    from src.directory.models import User as Account

    account = Account.objects.get(pk=city.reader.pk)
    account.set_password("trois-mots-choisis-4")
    account.save()
    city.agent("agent", "Nadia", "Benali", "conductrice")  # a persona of the sign-in page
    idea = city.opened()
    forget_effects()
    reader, out = signed(account), []

    def gestures(target) -> dict:
        word = quote(target, safe="")
        return {
            "sign in": undone(
                Client(), f"/connexion/?next={word}", {"identifier": "paul", "secret": "trois-mots-choisis-4"}
            ),
            "sign in, form": undone(
                Client(), "/connexion/", {"identifier": "paul", "secret": "trois-mots-choisis-4", "next": target}
            ),
            "code": undone(Client(), "/connexion/", {"identifier": "paul", "mail": "1", "next": target}),
            "persona": undone(Client(), "/connexion/demonstration/", {"persona": "agent", "next": target}),
            "display": undone(Client(), "/affichage/", {"theme": "sombre", "next": target}),
            "support": undone(reader, f"/idees/{idea.reference}/soutenir/?retour={word}", {"soutien": "1"}),
            "follow": undone(reader, f"/idees/{idea.reference}/suivre/", {"suivi": "1", "retour": target}),
            "sign out": undone(signed(account), "/deconnexion/", {"next": target}),
        }

    # The doors that obey an address of ours; the code keeps its own for later.
    obedient = {
        name for name, answer in gestures("/idees/?q=1").items() if answer.headers.get("Location") == "/idees/?q=1"
    }
    assert obedient == {"sign in", "sign in, form", "persona", "display", "support", "follow", "sign out"}
    for target in NEXT:
        word = quote(target, safe="")
        answers = gestures(target)
        for name in ("/connexion/", "/affichage/", "/gestion/login/", "/deconnexion/"):
            answers[f"GET {name}"] = signed(None if name != "/deconnexion/" else account).get(f"{name}?next={word}")
        for name, response in answers.items():
            assert response.status_code < 500, (name, target)
            location = response.headers.get("Location", "")
            if location and leaves(location):
                out.append((name, target, location))
            elif response.status_code == 200 and f'href="{target}"' in response.content.decode():
                out.append((name, target, "link"))
    assert out == []


HOSTS = ["evil.example", "testserver.evil.example", "testserver@evil.example", "evil.example:80", "127.0.0.1.evil.example", "testserver:80@evil.example", "[::1]evil", "évil.example", ""]  # fmt: skip


def test_a_false_host_gets_nothing_and_mails_carry_the_sites_address(city, settings):
    for host in HOSTS:
        assert Client(raise_request_exception=False).get("/idees/", HTTP_HOST=host).status_code in (
            (400,) if host else (200, 400)
        ), host
    pages = Client().get(
        "/idees/", HTTP_X_FORWARDED_HOST="evil.example", HTTP_FORWARDED="host=evil.example", HTTP_X_HOST="evil.example"
    )
    assert pages.status_code == 200
    assert "evil.example" not in pages.content.decode()

    client = Client(HTTP_HOST="localhost", HTTP_X_FORWARDED_HOST="evil.example")
    client.post("/connexion/", {"identifier": "paul", "mail": "1"})
    idea = city.submitted()
    from ideas import services

    services.screen(idea=idea, actor=city.moderator)
    drain_outbox()
    written = "\n".join(
        f"{message.subject}\n{message.body}\n{getattr(message, 'alternatives', '')}" for message in mail.outbox
    )
    assert settings.SITE_URL in written
    assert "evil.example" not in written
    assert "localhost" not in written.replace("terrain@localhost", "")
    assert MARK not in written
