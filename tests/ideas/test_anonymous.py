"""Writing signed out with a code of the place: what opens, what is refused, and that nothing of the author is kept."""

import datetime
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from ideas import services
from ideas.models import Idea
from src.directory.enums import Role
from src.foundations import clock, ratelimit
from src.foundations.testing import drain_outbox
from src.paper.models import FollowCode
from src.participation.enums import Circle, IdentityMode
from src.participation.models import SealedAuthor, SiteCode
from src.participation.services import site_codes
from tests.factories.directory import AgentFactory, SiteFactory
from tests.factories.ideas import BODY, BoxFactory
from tests.factories.participation import SpaceFactory

HERE = "/idees/anonyme/"
TITLE = "Un banc à l'abri près du portail"
PHONE = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "TelephoneCanari/7.1"}
ALL_MODES = [IdentityMode.NAMED, IdentityMode.PROTECTED, IdentityMode.ANONYMOUS]


@pytest.fixture
def depot(db):
    ratelimit.forget_memory()
    return SiteFactory(name="Dépôt des Tanneurs")


@pytest.fixture
def box(depot):
    return BoxFactory(name="Plus simple", identity_modes=ALL_MODES)


@pytest.fixture
def malika(depot):
    return AgentFactory(first_name="Malika", roles=[(Role.FACILITATOR, depot)])


@pytest.fixture
def code(depot, box, malika):
    made = site_codes.printed_code(actor=malika, unit=depot, space=box, week=clock.week_of())
    return site_codes.in_clear(made)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def ticket_of(response) -> str:
    found = re.search(r'name="entree" value="([^"]+)"', response.content.decode())
    assert found, words(response)[:2000]
    return found[1]


def opened(code, client=None) -> tuple[Client, str]:
    client = client or Client(**PHONE)
    return client, ticket_of(client.post(HERE, {"code": code}))


def sent_code(response) -> str:
    return re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}", response.content.decode())[0]


def dump() -> str:
    """Every row of every table, as text: what whoever reads the database finds."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            told += [f"{table} {row!r}" for row in cursor.fetchall()]
    return "\n".join(told)


def test_signed_out_the_code_of_the_place_opens_the_form_and_a_return_code_is_shown_once(box, code):
    client, ticket = opened(f"{code[:5]} {code[5:].lower()}")

    response = client.post(HERE, {"entree": ticket, "body": BODY, "title": TITLE})

    idea = Idea.objects.get()
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert (idea.identity_mode, idea.author_id, idea.signed_as, idea.site_id, idea.direction_id, idea.unit_id) == (
        "anonymous", None, "Anonyme", None, None, box.steering_unit_id,
    )  # fmt: skip
    assert idea.week == clock.week_of() and idea.created_at == clock.week_start_moment()
    assert not SealedAuthor.objects.exists()
    drain_outbox()

    later = Client(**PHONE)
    assert later.post("/suivre/", {"code": sent_code(response)}).status_code == 303
    page = words(later.get("/suivre/"))
    assert "Un banc" in page and "Anonyme" in page
    assert "Rattacher" not in page and "rejoint vos idées" not in page


def test_no_row_of_any_table_leads_to_the_author(box, code):
    before = dump()
    client, ticket = opened(code)
    response = client.post(HERE, {"entree": ticket, "body": BODY, "title": TITLE})
    drain_outbox()

    new = [line for line in dump().splitlines() if line not in set(before.splitlines())]
    assert new and response.status_code == 200
    seed = site_codes.read_pass(ticket).seed
    said = "\n".join(new)
    for canary in ("203.0.113", "TelephoneCanari", seed, ticket[:40], code, sent_code(response).replace("-", "")):
        assert canary not in said
    # No row of an account, a session or a place came or changed; limits are counted in memory.
    tables = {line.split()[0] for line in new}
    assert not {name for name in tables if re.search("session|user|sealedauthor|keyring|ratebucket|sitecode", name)}
    ours = next(line for line in new if line.startswith("ideas_idea "))
    # Nothing of this moment either: the row says its Monday.
    now = timezone.now()
    assert f"{now:%Y-%m-%d %H}" not in ours
    assert set(client.cookies) <= {"csrftoken"}


def test_no_line_of_the_log_says_from_which_network(box, caplog):
    caplog.set_level("INFO", logger="terrain.access")
    Client(**PHONE).get(HERE)
    Client(**PHONE).get("/suivre/")
    lines = [record for record in caplog.records if getattr(record, "route", "") in ("idees/anonyme/", "suivre/")]
    assert len(lines) == 2 and not any(getattr(line, "ip_net", "") for line in lines)


def test_the_same_page_sent_twice_leaves_one_idea_and_gives_the_same_code(box, code):
    client, ticket = opened(code)
    first = client.post(HERE, {"entree": ticket, "body": BODY, "title": TITLE})
    again = client.post(HERE, {"entree": ticket, "body": f"{BODY} Autre chose.", "title": "Un tout autre titre"})

    assert sent_code(first) == sent_code(again)
    assert "premier texte" in words(again)
    assert (Idea.objects.count(), Idea.objects.get().title, FollowCode.objects.count()) == (1, TITLE, 1)
    # Each opening is for one text; another one opens for another text.
    _client, other = opened(code)
    client.post(HERE, {"entree": other, "body": BODY, "title": "Une deuxième idée du dépôt"})
    assert Idea.objects.count() == 2
    drain_outbox()


def test_a_code_opens_so_many_forms_an_hour_and_wrong_ones_are_counted_without_a_row(box, code, monkeypatch):
    monkeypatch.setattr(site_codes, "OPENED_AN_HOUR", 2)
    monkeypatch.setattr(site_codes, "EVERYWHERE", 6)
    for _time in range(2):
        opened(code)
    assert Client().post(HERE, {"code": code}).status_code == 429
    answers = [Client().post(HERE, {"code": wrong}) for wrong in ("AAAAAAAAAA", "court", "ZZZZZ-ZZZZZ")]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert Client().post(HERE, {"code": code}).status_code == 429
    assert not apps.get_model("foundations", "RateBucket").objects.exists()


def test_a_code_is_worth_its_week_and_no_longer(depot, box, malika, code, monkeypatch):
    following = site_codes.printed_code(actor=malika, unit=depot, space=box, week=clock.week_of() + timedelta(days=7))
    assert Client().post(HERE, {"code": site_codes.in_clear(following)}).status_code == 422
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=7))
    monkeypatch.setattr(clock, "today", lambda: timezone.localdate(now + timedelta(days=7)))

    assert Client().post(HERE, {"code": code}).status_code == 422
    assert Client().post(HERE, {"code": site_codes.in_clear(following)}).status_code == 200


def test_after_two_hours_nothing_is_sent_and_the_text_is_kept_on_the_page(box, code, monkeypatch):
    client, ticket = opened(code)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=site_codes.PASS_SECONDS + 1))

    late = client.post(HERE, {"entree": ticket, "body": BODY, "title": TITLE})
    assert late.status_code == 422 and "nulle part où" in words(late) and not Idea.objects.exists()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=2))
    again = client.post(HERE, {"code": code, "body": BODY, "title": TITLE})
    assert "nulle part où" in words(again)
    assert client.post(HERE, {"entree": "n'importe quoi", "body": BODY, "title": TITLE}).status_code == 422
    assert not Idea.objects.exists()


def test_only_spaces_that_allow_it_from_the_code_to_the_row(depot, box, malika, code):
    strict = BoxFactory(identity_modes=[IdentityMode.NAMED, IdentityMode.PROTECTED])
    members = BoxFactory(identity_modes=ALL_MODES, circle=Circle.MEMBERS)
    for space in (strict, members):
        with pytest.raises(ValidationError):
            site_codes.printed_code(actor=malika, unit=depot, space=space, week=clock.week_of())
        entry = site_codes.Entry(space, "a" * 32)
        with pytest.raises((ValidationError, PermissionDenied)):
            services.send_anonymous(entry=entry, body=BODY, title=TITLE)
    _client, ticket = opened(code)
    # The pass says its space: nothing of the form leads to another one.
    _client.post(HERE, {"entree": ticket, "boite": strict.slug, "body": BODY, "title": TITLE})
    idea = Idea.objects.get()
    assert idea.space_id == box.pk
    drain_outbox()
    # The database refuses it whatever the service says, and so a seal and a place.
    copy = Idea.objects.get()
    copy.pk, copy.owed_id, copy.space = None, None, strict
    copy.reference, copy.handle, copy.submission_token = "ZZZZZ1", "0" * 32, None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SealedAuthor.objects.create(handle=idea.handle, ciphertext=b"x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(site=depot)


def test_an_account_never_writes_anonymously(box, code):
    nadia = AgentFactory(first_name="Nadia")
    client = Client()
    _client, ticket = opened(code)
    client.force_login(nadia, backend="src.directory.backends.DirectoryBackend")

    page = words(client.get(HERE))
    refused = client.post(HERE, {"entree": ticket, "body": BODY, "title": TITLE})

    assert "Déconnectez-vous d’abord" in page and "Votre compte" in page
    assert refused.status_code == 403 and "nulle part où" in words(refused)
    with pytest.raises(ValidationError):
        services.submit_idea(actor=nadia, space=box, body=BODY, title=TITLE, identity_mode="anonymous")
    assert not Idea.objects.exists()
    out = client.post("/deconnexion/", {"next": HERE})
    assert out["Location"] == HERE
    assert client.post("/deconnexion/", {"next": "//ailleurs.example"})["Location"].startswith("/connexion/")


def test_the_safe_rail_speaks_before_anything_is_written(box, code):
    client, ticket = opened(code)
    text = "Mon chef me harcèle depuis des mois, il me touche et m'insulte devant toute l'équipe."

    held = client.post(HERE, {"entree": ticket, "body": text, "title": "Ce que je vis au dépôt"})
    assert not Idea.objects.exists() and ticket in held.content.decode()
    client.post(HERE, {"entree": ticket, "body": text, "title": "Ce que je vis au dépôt", "en_idee": "1"})
    assert Idea.objects.count() == 1
    drain_outbox()


def test_the_team_asks_and_the_author_answers_by_code(box, code):
    client, ticket = opened(code)
    response = client.post(HERE, {"entree": ticket, "body": BODY, "title": TITLE})
    drain_outbox()
    moderator = AgentFactory(roles=[(Role.MODERATOR, None)])
    services.ask_author(idea=Idea.objects.get(), actor=moderator, text="Combien de places faudrait-il ?")

    later = Client(**PHONE)
    later.post("/suivre/", {"code": sent_code(response)})
    assert "Combien de places" in words(later.get("/suivre/"))
    assert later.post("/suivre/repondre/", {"text": "Six places suffiraient."}).status_code == 303
    entry = Idea.objects.get().journal.order_by("id").last()
    assert (entry.text, entry.actor_id) == ("Six places suffiraient.", None)
    assert entry.at == clock.week_start_moment()
    drain_outbox()


def test_facilitators_print_for_their_places_and_stop_what_leaked(depot, box, malika):
    client = Client()
    client.force_login(malika, backend="src.directory.backends.DirectoryBackend")
    elsewhere = SiteFactory(name="Crèche des Peupliers")
    asked = {"space": box.slug, "week": clock.week_of().isoformat()}

    assert client.post("/idees/codes-de-site/", asked | {"unit": elsewhere.pk}).status_code == 422
    sheet = client.post("/idees/codes-de-site/", asked | {"unit": depot.pk})
    made = SiteCode.objects.get()
    assert sheet.status_code == 200 and made.unit_id == depot.pk
    client.post("/idees/codes-de-site/", asked | {"unit": depot.pk})
    assert SiteCode.objects.count() == 1
    with pytest.raises(PermissionDenied):
        site_codes.printed_code(actor=AgentFactory(), unit=depot, space=box, week=clock.week_of())

    clear = site_codes.in_clear(made)
    assert client.post("/idees/codes-de-site/", {"arreter": made.pk}).status_code == 303
    assert Client().post(HERE, {"code": clear}).status_code == 422
    client.post("/idees/codes-de-site/", asked | {"unit": depot.pk})
    assert SiteCode.objects.count() == 2
    agent = Client()
    agent.force_login(AgentFactory(), backend="src.directory.backends.DirectoryBackend")
    assert agent.get("/idees/codes-de-site/").status_code == 404
    assert Client().get("/idees/codes-de-site/").status_code == 302


def test_codes_of_old_weeks_go(depot, box, malika):
    SiteCode.objects.create(unit=depot, space=box, week=datetime.date(2020, 1, 6), code_hash="a" * 32)
    from src.participation.jobs import forget_site_codes

    forget_site_codes(clock.now())
    assert not SiteCode.objects.exists()


def test_a_sheet_said_anonymous_carries_no_number(box):
    from src.paper.forms import WhoForm

    form = WhoForm({"who-last_name": "Benali", "who-number": "204117"}, prefix="who", identity="anonymous")
    assert not form.is_valid() and form.author is None
    assert "anonymous" not in {key for key, _label in _choices(SpaceFactory())}
    assert "anonymous" in {key for key, _label in _choices(box)}


def _choices(space):
    from ideas.paper.sheets import proposal

    return proposal(space.slug, None).fields["identity"].choices


@pytest.mark.parametrize(
    ("signed_in", "offered"), [(False, ["protected", "anonymous"]), (True, ["named", "protected"])]
)
def test_a_kiosk_offers_it_to_who_isnt_signed_in(box, signed_in, offered):
    from ideas.paper.sheets import proposal
    from src.kiosk.forms import fitted

    identity = fitted(proposal(box.slug, None), signed_in=signed_in).fields["identity"]
    assert [key for key, _label in identity.choices] == offered
    assert signed_in or identity.initial == "anonymous"
