"""The sign-in door, walked without a browser."""

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from src.directory import personas, throttle
from src.directory.enums import Role
from src.directory.models import PersonalCode
from src.directory.services.codes import issue_codes
from src.foundations import clock
from src.foundations.models import AuditEntry, OutboxEvent
from src.foundations.outbox import _payload
from src.foundations.testing import drain_outbox
from tests.factories.directory import AgentFactory, SiteFactory, UnitFactory, grant

pytestmark = pytest.mark.django_db
SECRET = "trois mots choisis"
DOOR = "/connexion/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def _post(client, identifier, secret, **more):
    return client.post(DOOR, {"identifier": identifier, "secret": secret, **more})


def _signed_in(client):
    return client.session.get("_auth_user_id")


def _body(response):
    """The page without what each form draws anew."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


@pytest.mark.parametrize("name", ["username", "email", "personnel_number"])
def test_one_name_of_three_and_a_password_open_the_session(client, name):
    agent = AgentFactory(username="nadia", personnel_number="A204117", password=SECRET)

    response = _post(client, getattr(agent, name), SECRET)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert _signed_in(client) == str(agent.pk)
    assert client.session["_auth_user_backend"] == "src.directory.backends.DirectoryBackend"


def test_name_is_read_whatever_its_case(client):
    agent = AgentFactory(username="nadia", personnel_number="A204117", email="nadia@ville.example", password=SECRET)

    for typed in ("NADIA", "a204117", "Nadia@Ville.Example", "  nadia "):
        visitor = Client()
        _post(visitor, typed, SECRET)
        assert _signed_in(visitor) == str(agent.pk)


def test_door_shows_one_name_one_secret_one_button(client):
    page = client.get(DOOR).content.decode()

    assert "Identifiant, e-mail ou matricule" in page
    assert "Se connecter" in page
    assert "<h1" in page


def test_session_cookie_changes_at_sign_in(client):
    AgentFactory(username="nadia", password=SECRET)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key

    _post(client, "nadia", SECRET)

    assert client.session.session_key != planted


def test_refusals_are_the_same_for_known_unknown_closed_and_without_password():
    AgentFactory(username="nadia", password=SECRET)
    AgentFactory(username="ferme", password=SECRET, is_active=False)
    AgentFactory(username="sansmdp", password=None)
    answers = []
    for name, secret in (("nadia", "wrong" * 3), ("nobody", "wrong" * 3), ("ferme", SECRET), ("sansmdp", "wrong" * 3)):
        visitor = Client()
        response = _post(visitor, name, secret)
        assert _signed_in(visitor) is None
        answers.append((response.status_code, _body(response).replace(name.encode(), b"?")))

    assert len(set(answers)) == 1


def test_codes_refused_alike_for_unknown_used_and_expired_people():
    agent = AgentFactory(email=None, username="aaaa")
    used, expired = AgentFactory(email=None, username="bbbb"), AgentFactory(email=None, username="cccc")
    codes = {one.user.username: one.code for one in issue_codes([agent, used, expired])}
    PersonalCode.objects.filter(user=used).update(used_at=clock.now())
    PersonalCode.objects.filter(user=expired).update(expires_at=clock.now())
    answers = set()
    for name, secret in (
        ("zzzz", codes["aaaa"]), ("aaaa", "0" * 13), ("bbbb", codes["bbbb"]), ("cccc", codes["cccc"]),
    ):  # fmt: skip
        response = _post(Client(), name, secret)
        answers.add((response.status_code, _body(response).replace(name.encode(), b"?")))

    assert len(answers) == 1


def test_eleventh_guess_is_refused_even_with_the_right_secret(client):
    AgentFactory(username="nadia", email="nadia@ville.example", password=SECRET)

    statuses = [_post(client, ("nadia", "nadia@ville.example")[n % 2], "wrong").status_code for n in range(10)]
    eleventh = _post(client, "nadia", SECRET)

    assert (statuses, eleventh.status_code) == ([200] * 10, 429)
    assert _signed_in(client) is None


def test_unknown_names_are_limited_alike(client):
    statuses = [_post(client, "nobody", "wrong").status_code for _n in range(11)]

    assert statuses == [200] * 10 + [429]


def test_victim_of_guesses_comes_back_after_a_quarter_of_an_hour(client):
    AgentFactory(username="nadia", password=SECRET)
    for _n in range(15):
        _post(client, "nadia", "wrong")

    with time_machine.travel(clock.now() + datetime.timedelta(minutes=15), tick=False):
        _post(client, "nadia", SECRET)

    assert _signed_in(client)


def test_colleagues_behind_one_address_are_not_blocked_by_one_of_them():
    AgentFactory(username="paul", password=SECRET)
    for _n in range(12):
        _post(Client(), "nadia", "wrong")
    visitor = Client()

    _post(visitor, "paul", SECRET)

    assert _signed_in(visitor)


def test_besieging_one_account_does_not_close_the_door_of_the_building(monkeypatch):
    monkeypatch.setattr(throttle, "PER_ADDRESS", 2)
    AgentFactory(username="paul", password=SECRET)
    besieged = {_post(Client(), "nadia", "wrong").status_code for _n in range(30)}
    visitor = Client()

    _post(visitor, "paul", SECRET)

    assert besieged == {200, 429}
    assert _signed_in(visitor)


def test_a_whole_building_signs_in_by_one_address(monkeypatch):
    monkeypatch.setattr(throttle, "PER_ADDRESS", 1)
    people = [AgentFactory(password=SECRET) for _n in range(15)]

    statuses = [_post(Client(), person.username, SECRET).status_code for person in people]

    assert statuses == [302] * 15


def test_guesses_at_many_accounts_are_limited_by_address(monkeypatch):
    monkeypatch.setattr(throttle, "PER_ADDRESS", 1)

    statuses = [_post(Client(), f"nobody{n}", "wrong").status_code for n in range(12)]

    assert statuses == [200] * 10 + [429] * 2


def test_success_gives_the_guesses_back():
    AgentFactory(username="nadia", password=SECRET)
    for _n in range(30):
        visitor = Client()
        _post(visitor, "nadia", SECRET)
        assert _signed_in(visitor)


@pytest.mark.parametrize(
    "destination",
    [
        "//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example", "http:///evil.example",
        "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", " //evil.example", "javascript:alert(1)",
        "data:text/html,x", "///evil.example", "/\\/evil.example", "//evil.example\\@testserver", "https://testserver@evil.example",
        "//testserver.evil.example", "ftp://testserver/", "evil.example", "%2F%2Fevil.example", "https://evil。example",
        "\x00/evil", "/\x00//evil.example", "http://testserver:80@evil.example/", "http://[::1", "//%65vil.example",
    ],
)  # fmt: skip
def test_next_never_leaves_the_site(destination):
    AgentFactory(username="nadia", password=SECRET)
    for response in (
        _post(Client(), "nadia", SECRET, next=destination),
        Client().post(f"{DOOR}?{'next=' + destination}", {"identifier": "nadia", "secret": SECRET}),
    ):
        assert (response.status_code, response["Location"]) == (302, "/")


def test_next_leads_where_one_was_going(client):
    AgentFactory(username="nadia", password=SECRET)

    response = _post(client, "nadia", SECRET, next="/idees/deposer/?x=1")

    assert response["Location"] == "/idees/deposer/?x=1"


def test_email_code_opens_the_session(client):
    agent = AgentFactory(username="nadia", email="nadia@ville.example", personnel_number="A1")

    asked = client.post(DOOR, {"identifier": "A1", "mail": "1", "next": "/idees/"})
    row = OutboxEvent.objects.get()
    payload = _payload(row)
    code = re.search(r"^[A-Z0-9]{3,}(-[A-Z0-9]+)*$", payload["text"], re.M).group()
    page = client.get(asked["Location"])
    done = client.post(asked["Location"], {"code": code, "action": "verify"})

    assert (row.topic, row.payload, payload["to"]) == ("mail.send", row.payload, "nadia@ville.example")
    assert code not in str(row.payload)
    assert "nadia@ville.example" not in page.content.decode()
    assert (done.status_code, done["Location"]) == (302, "/idees/")
    assert _signed_in(client) == str(agent.pk)
    drain_outbox()
    (sent,) = mail.outbox
    assert (sent.recipients(), sent.message()["To"]) == (["nadia@ville.example"], "nadia@ville.example")
    assert code in sent.body


def test_email_code_pages_tell_nothing_about_the_account():
    AgentFactory(username="nadia", email="nadia@ville.example")
    AgentFactory(username="sansmail", email=None)
    seen = set()
    for name in ("nadia", "sansmail", "nobody"):
        visitor = Client()
        asked = visitor.post(DOOR, {"identifier": name, "mail": "1"})
        page = visitor.get(asked["Location"])
        wrong = visitor.post(asked["Location"], {"code": "ZZZZZZ", "action": "verify"})
        seen.add(
            (asked.status_code, asked["Location"], page.status_code, _body(page), wrong.status_code, _body(wrong))
        )

    assert len(seen) == 1
    assert sorted(OutboxEvent.objects.values_list("topic", flat=True)) == [
        "directory.no_mail", "directory.no_mail", "mail.send",
    ]  # fmt: skip
    drain_outbox()


def test_printed_code_sets_a_secret_of_ones_own_once(client):
    agent = AgentFactory(username="nadia", email=None, personnel_number="204117", unit=UnitFactory())
    (issued,) = issue_codes([agent])

    first = _post(client, "204117", issued.spaced.lower().replace("0", "o"), next="/idees/")
    assert (first["Location"], _signed_in(client)) == (reverse("directory:own_secret"), None)
    assert "Choisissez votre mot de passe" in client.get(first["Location"]).content.decode()
    short = client.post(first["Location"], {"password": "court", "again": "court"})
    assert (short.status_code, _signed_in(client)) == (200, None)
    done = client.post(first["Location"], {"password": SECRET, "again": SECRET})

    assert (done["Location"], _signed_in(client)) == ("/idees/", str(agent.pk))
    again = Client()
    assert _post(again, "204117", issued.code).status_code == 200
    assert _signed_in(again) is None
    _post(again, "204117", SECRET)
    assert _signed_in(again) == str(agent.pk)


def test_code_of_one_person_does_not_open_another_account(client):
    agent, other = AgentFactory(email=None), AgentFactory(email=None)
    (issued,) = issue_codes([agent])

    response = _post(client, other.username, issued.code)

    assert response.status_code == 200
    assert "directory_first_use" not in client.session


def test_two_people_with_one_letter_leave_one_winner():
    agent = AgentFactory(username="nadia", email=None)
    (issued,) = issue_codes([agent])
    one, two = Client(), Client()
    for visitor in (one, two):
        assert _post(visitor, "nadia", issued.code).status_code == 302

    one.post(reverse("directory:own_secret"), {"password": SECRET, "again": SECRET})
    late = two.post(reverse("directory:own_secret"), {"password": "une autre phrase", "again": "une autre phrase"})

    assert _signed_in(one)
    assert (late.status_code, _signed_in(two)) == (200, None)
    assert "plus valable" in late.content.decode()


def test_codes_are_kept_as_hashes_and_never_logged(caplog):
    agent = AgentFactory(email=None)
    (issued,) = issue_codes([agent])

    _post(Client(), agent.username, issued.code)

    kept = PersonalCode.objects.get()
    assert len(kept.code_hash) == 64
    assert issued.code not in f"{kept.__dict__}{list(AuditEntry.objects.values())}{caplog.text}"


def test_leaving_clears_the_device(client):
    client.force_login(AgentFactory())

    assert client.get("/deconnexion/").status_code == 200
    response = client.post("/deconnexion/")

    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "no-store" in response["Cache-Control"]
    assert _signed_in(client) is None


def test_signed_in_person_is_not_sent_round_in_circles(client):
    client.force_login(AgentFactory(first_name="Nadia", last_name="Benali"))

    response = client.get(f"{DOOR}?next=/gestion/")

    assert response.status_code == 200
    assert "Nadia Benali" in response.content.decode()


def test_persona_card_signs_in_at_once_in_the_demo_city(client, settings):
    settings.TERRAIN_DEMO = True
    nadia = AgentFactory(username="agent", first_name="Nadia")

    page = client.get(DOOR).content.decode()
    response = client.post(reverse("directory:persona"), {"persona": "agent", "next": "/idees/"})

    assert "Nadia Benali" in page
    assert (response["Location"], _signed_in(client)) == ("/idees/", str(nadia.pk))


def test_persona_cards_are_each_under_one_short_heading(client, settings):
    settings.TERRAIN_DEMO = True

    page = client.get(DOOR).content.decode()

    headings = ("Agentes et agents", "Étude et décision", "Équipe du site", "Secret des auteurs", "Panel et garants")
    assert tuple(re.findall(r"<h3>(.*?)</h3>", page)) == headings
    assert sorted(re.findall(r'name="persona" value="(\w+)"', page)) == sorted(personas.USERNAMES)


@pytest.mark.parametrize("persona", ["nobody", "", "root", "ordinary"])
def test_only_personas_have_cards(client, settings, persona):
    settings.TERRAIN_DEMO = True
    AgentFactory(username="ordinary")

    assert client.post(reverse("directory:persona"), {"persona": persona}).status_code == 404
    assert _signed_in(client) is None


def test_cards_do_not_exist_outside_the_demo_city(client, settings):
    settings.TERRAIN_DEMO = False
    AgentFactory(username="agent")

    assert client.post(reverse("directory:persona"), {"persona": "agent"}).status_code == 404
    assert "Nadia Benali" not in client.get(DOOR).content.decode()
    assert _signed_in(client) is None


@pytest.mark.parametrize("path", ["/gestion/login/", "/gestion/password_reset/", "/_util/login/"])
def test_admin_forms_lead_to_the_one_door(client, path):
    response = client.get(f"{path}?next=/gestion/pages/")
    target = "/connexion/?next=%2Fgestion%2Fpages%2F"

    assert (response.status_code, response["Location"]) == (302, target)


def test_no_public_sign_up_and_no_allauth_address_of_its_own(client):
    from django.urls import NoReverseMatch

    for name in ("account_signup", "account_email", "account_reset_password", "account_change_password",
                 "socialaccount_signup", "socialaccount_connections"):  # fmt: skip
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/accounts/login/").status_code == 404


def test_facilitator_gives_a_new_code_with_two_witnesses(client):
    site = SiteFactory()
    facilitator = AgentFactory(roles=[(Role.FACILITATOR, site)])
    person = AgentFactory(username="nadia", email=None, unit=site)
    one, two = AgentFactory(), AgentFactory()
    (former,) = issue_codes([person])
    client.force_login(facilitator)
    form = {"person": "nadia", "first_witness": one.username, "second_witness": two.username, "seen": "on"}

    page = client.post(reverse("directory:codes"), form)

    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}", page.content.decode()).group()
    assert "no-store" in page["Cache-Control"]
    assert _post(Client(), "nadia", former.code).status_code == 200
    assert _post(Client(), "nadia", code).status_code == 302
    assert code not in client.get(reverse("directory:codes")).content.decode()
    entry = AuditEntry.objects.get(verb="directory.code_reissued")
    assert len(entry.payload["witnesses"]) == 2
    assert "nadia" not in f"{entry.payload}{entry.object_ref}"


def test_new_codes_are_refused_without_two_other_colleagues_or_outside_ones_places(client):
    site = SiteFactory()
    facilitator = AgentFactory(username="malika", roles=[(Role.FACILITATOR, site)])
    AgentFactory(username="here", email=None, unit=site)
    AgentFactory(username="elsewhere", email=None, unit=SiteFactory())
    AgentFactory(username="chief", unit=site, roles=[(Role.DECISION_MAKER, site)])
    AgentFactory(username="one"), AgentFactory(username="two")
    client.force_login(facilitator)
    for person, first, second, seen in (
        ("here", "one", "one", "on"), ("here", "one", "here", "on"), ("here", "malika", "one", "on"),
        ("here", "one", "nobody", "on"), ("here", "one", "two", ""), ("elsewhere", "one", "two", "on"),
        ("chief", "one", "two", "on"), ("malika", "one", "two", "on"), ("nobody", "one", "two", "on"),
    ):  # fmt: skip
        client.post(
            reverse("directory:codes"),
            {"person": person, "first_witness": first, "second_witness": second, "seen": seen},
        )

    assert PersonalCode.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "codes", "letters"),
    [(None, 404, 404), (Role.FACILITATOR, 200, 404), (Role.HR, 404, 200), (Role.ADMINISTRATOR, 200, 200),
     (Role.MODERATOR, 404, 404)],
)  # fmt: skip
def test_code_screens_exist_for_their_roles_alone(client, role, codes, letters):
    client.force_login(AgentFactory(roles=[(role, None)] if role else []))

    assert client.get(reverse("directory:codes")).status_code == codes
    assert client.get(reverse("directory:letters")).status_code == letters


def test_code_screens_ask_visitors_to_sign_in(client):
    for name in ("directory:codes", "directory:letters"):
        response = client.get(reverse(name))
        assert (response.status_code, response["Location"].split("?")[0]) == (302, "/connexion/")


def test_letters_of_a_site_are_made_after_a_confirmation(client, monkeypatch):
    site = SiteFactory()
    for name in ("a1", "a2"):
        AgentFactory(username=name, email=None, unit=site)
    AgentFactory(username="with-mail", unit=site)
    AgentFactory(username="with-secret", email=None, password=SECRET, unit=site)
    AgentFactory(username="other-site", email=None, unit=SiteFactory())
    client.force_login(AgentFactory(roles=[(Role.HR, None)]))
    url = reverse("directory:letters")

    asked = client.post(url, {"site": site.pk})
    assert "2 lettres" in asked.content.decode()
    assert PersonalCode.objects.count() == 0
    made = client.post(url, {"site": site.pk, "confirm": "1"})

    assert made.status_code == 200
    assert set(PersonalCode.objects.values_list("user__username", flat=True)) == {"a1", "a2"}
    assert "attachment" in made["Content-Disposition"]
    again = client.post(url, {"site": site.pk, "confirm": "1"})
    assert PersonalCode.objects.count() == 2
    assert "Personne ici" in again.content.decode()


def test_human_resources_of_one_branch_write_to_their_own_sites_only(client):
    mine, theirs = SiteFactory(), SiteFactory()
    agent = AgentFactory()
    grant(agent, Role.HR, mine)
    client.force_login(agent)

    assert client.post(reverse("directory:letters"), {"site": theirs.pk}).status_code == 403
    assert client.post(reverse("directory:letters"), {"site": mine.pk}).status_code == 200


def test_letter_carries_the_code_and_its_qr_only_the_number():
    from src.directory.letters import _door, letters_html

    agent = AgentFactory(email=None, personnel_number="204117", unit=SiteFactory(name="Dépôt des Tanneurs"))
    (issued,) = issue_codes([agent])

    html = letters_html([issued], place="Tanneurs")

    assert issued.spaced in html
    assert "204117" in html
    assert "Dépôt des Tanneurs" in html
    assert issued.code not in _door(issued)
    assert "data:image/" in html


def test_provider_button_shows_only_when_configured(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "ProConnect" not in client.get(DOOR).content.decode()
    app = {
        "provider_id": "ville",
        "name": "ProConnect",
        "client_id": "terrain",
        "settings": {"server_url": "https://sso.ville.example/realm"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    page = client.get(DOOR)

    assert "Se connecter avec ProConnect" in page.content.decode()
    assert "form-action 'self' https://sso.ville.example" in page["Content-Security-Policy"]
