"""Letters, calls and text messages for people without e-mail; never for what isn't signed."""

import datetime

import pytest
from django.core import mail as outgoing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from src.directory.enums import Role
from src.directory.services import grant_role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices import services
from src.notices.enums import CallOutcome, ErrandState, Means
from src.notices.models import Errand, InboxItem, LetterBatch, MailMessage, Reach
from src.notices.without_mail import letters, selectors, sms, todo
from src.notices.without_mail.services import draw_letters, note_call, set_reach
from tests.factories.directory import AgentFactory, DirectionFactory, ExternalFactory, UnitFactory
from tests.factories.notices import DutyCalls, IdeaMoved

pytestmark = pytest.mark.django_db
BACKEND = "src.directory.backends.DirectoryBackend"
GATEWAY = {"URL": "https://sms.example/send", "TOKEN": "jeton", "SENDER": "MARVENNE", "BACKEND": ""}


def words(title="Un banc à l’abri"):
    return {"title": title, "reference": "7K3F9Q"}


@pytest.fixture
def place():
    direction = DirectionFactory(name="Propreté")
    return UnitFactory(parent=direction, name="Dépôt des Tanneurs", kind="site")


def without_mail(place, means, phone="", **values):
    person = AgentFactory(email=None, unit=place, **values)
    set_reach(person, means, phone)
    return person


def tell(*people, handles=(), key="k", code=IdeaMoved.code, title="Un banc à l’abri"):
    services.send(code, recipients=[person.pk for person in people], handles=handles, context=words(title), key=key)
    drain_outbox()


def facilitator_of(place):
    return AgentFactory(unit=place, roles=[(Role.FACILITATOR, place)])


# ---------------------------------------------------------------------------------------------------- who is told how
def test_each_is_told_by_the_way_they_chose_and_once(place):
    letter = without_mail(place, Means.LETTER)
    call = without_mail(place, Means.CALL, "06 01 02 03 04")
    none = without_mail(place, Means.NONE)
    silent = AgentFactory(email=None, unit=place)
    mail = AgentFactory(unit=place)
    services.set_channel(muted := without_mail(place, Means.LETTER), "followed", "product")

    for _ in range(2):
        tell(letter, call, none, silent, mail, muted)

    assert InboxItem.objects.count() == 6
    assert sorted(Errand.objects.values_list("user_id", "means")) == [(letter.pk, "letter"), (call.pk, "call")]
    assert [message.to for message in outgoing.outbox] == [[mail.email]]
    assert Reach.objects.get(user=call).phone == "0601020304"


def test_what_is_addressed_to_a_handle_is_never_carried(place, sealed):
    """A letter in a mailroom, or a facilitator on the phone, would learn who wrote it."""
    author = without_mail(place, Means.LETTER)
    tell(handles=[sealed(author)])
    tell(handles=[sealed(author)], code=DutyCalls.code, key="duty")
    assert InboxItem.objects.count() == 2
    assert not Errand.objects.exists()
    assert "handle" not in {field.name for field in Errand._meta.get_fields()}
    assert set(MailMessage.objects.values_list("state", flat=True)) == {"sent"}
    assert outgoing.outbox == []


def test_a_call_needs_a_number_in_the_form_in_the_service_and_in_the_database(place, client):
    person = AgentFactory(email=None, unit=place)
    with pytest.raises(ValidationError):
        set_reach(person, Means.CALL, "")
    with pytest.raises(ValidationError):
        set_reach(person, Means.CALL, "pas un numéro")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reach.objects.create(user=person, means=Means.CALL)
    client.force_login(person, backend=BACKEND)
    assert client.post(reverse("notices:reach"), {"means": "call", "phone": ""}).status_code == 422
    assert client.post(reverse("notices:reach"), {"means": "call", "phone": "06 01"}).status_code == 422
    assert client.post(reverse("notices:reach"), {"means": "call", "phone": "06 01 02 03 04"}).status_code == 302
    page = client.get(reverse("notices:reach")).content.decode()
    assert "0601020304" in page
    assert "nom protégé" in page
    assert "Par SMS" not in page  # no gateway


def test_whoever_has_no_address_is_offered_no_mail(place, client):
    person = without_mail(place, Means.LETTER)
    services.set_channel(person, "mine", "digest")  # chosen while they had one
    client.force_login(person, backend=BACKEND)

    page = client.get(reverse("notices:settings"))

    form = page.context["form"]
    assert [value for value, _label in form.fields["usual"].choices] == ["mail", "each"]
    assert [value for value, _label in form.fields["mine"].choices] == ["mail", "product", "none"]
    assert (form["mine"].value(), form["usual"].value()) == ("product", "each")
    assert "any_hour" not in form.fields
    each = {"usual": "each", "mine": "none", "followed": "product", "news": "mail"}
    assert client.post(reverse("notices:settings"), {**each, "news": "digest"}).status_code == 422
    assert client.post(reverse("notices:settings"), each).status_code == 302
    tell(person)
    assert not Errand.objects.exists()
    client.post(reverse("notices:settings"), {"usual": "mail"})
    tell(person, key="again")
    assert Errand.objects.get().means == "letter"


def test_whoever_has_an_address_chooses_elsewhere(client):
    client.force_login(AgentFactory(), backend=BACKEND)
    assert client.get(reverse("notices:reach")).url == reverse("notices:settings")


def test_a_choice_of_ones_own_is_told_by_the_way_chosen_and_once(place, client):
    person = AgentFactory(email=None, unit=place)
    client.force_login(person, backend=BACKEND)
    for phone in ("06 01 02 03 04", "0601020304", "0601020305"):
        client.post(reverse("notices:reach"), {"means": "call", "phone": phone})
    assert InboxItem.objects.filter(user=person, code="notices.reach").count() == 2  # the same number tells nothing
    assert Errand.objects.filter(user=person, means="call").count() == 2
    client.post(reverse("notices:reach"), {"means": "none"})
    assert set(Errand.objects.values_list("state", flat=True)) == {ErrandState.GIVEN_UP}
    said = client.get(reverse("notices:inbox")).content.decode()
    assert "vous attendent sur Terrain" in said
    assert not InboxItem.objects.filter(code="notices.reach").exclude(category="account").exists()


def test_another_choice_stops_what_waited(place):
    person = without_mail(place, Means.LETTER, "0601020304")
    assert Reach.objects.get(user=person).phone == ""  # a number nobody needs isn't kept
    tell(person)
    set_reach(person, Means.NONE)
    assert Errand.objects.get().state == ErrandState.GIVEN_UP


# --------------------------------------------------------------------------------------------------------- letters
def test_letters_are_drawn_by_place_printed_and_ticked(place, client):
    other = UnitFactory(parent=DirectionFactory(name="Rues"), name="Cour des Lilas", kind="site")
    people = [without_mail(place, Means.LETTER, first_name="Nadia", last_name=f"Nom{n}") for n in range(3)]
    away = without_mail(other, Means.LETTER)
    tell(*people, away)
    tell(people[0], key="second", title="Une rampe")
    helper = facilitator_of(place)
    client.force_login(helper, backend=BACKEND)

    page = client.get(reverse("notices:errands")).content.decode()
    assert "3 lettres" in page
    assert "Cour des Lilas" not in page
    answer = client.post(reverse("notices:draw", args=[place.pk]))
    batch = LetterBatch.objects.get()
    assert answer.url == reverse("notices:batch", args=[batch.pk])
    listed = client.get(answer.url).content.decode()
    assert listed.count("Nadia Nom") == 3
    html = letters.batch_html(batch)
    assert html.count('class="letter"') == 3
    assert "Une rampe" in html
    assert "Dépôt des Tanneurs" in html
    assert away.get_full_name() not in html
    got = client.get(reverse("notices:batch_letters", args=[batch.pk]))
    assert got.status_code == 200
    assert "no-store" in got["Cache-Control"]
    assert client.post(reverse("notices:draw", args=[place.pk])).url == reverse("notices:errands")
    assert LetterBatch.objects.count() == 1

    tomorrow = clock.today() + datetime.timedelta(days=1)
    assert client.post(reverse("notices:batch", args=[batch.pk]), {"on": tomorrow.isoformat()}).status_code == 422
    for _ in range(2):
        client.post(reverse("notices:batch", args=[batch.pk]), {"on": clock.today().isoformat()})
    batch.refresh_from_db()
    assert (batch.posted_on, batch.posted_by) == (clock.today(), helper)
    assert set(Errand.objects.filter(batch=batch).values_list("state", flat=True)) == {ErrandState.DONE}
    assert Errand.objects.get(user=away).state == ErrandState.WAITING


def test_a_letter_says_how_much_more_waits(place):
    person = without_mail(place, Means.LETTER)
    for number in range(6):
        tell(person, key=str(number), title="Une idée " + "très longue " * 60)
    batch = draw_letters(actor=facilitator_of(place), unit=place)
    html = letters.batch_html(batch)
    assert html.count("<strong>") == 4
    assert "2 autres messages vous y attendent" in html


def test_letters_printed_again_another_day_are_the_same(place, time_machine):
    tell(without_mail(place, Means.LETTER))
    batch = draw_letters(actor=facilitator_of(place), unit=place)
    first = letters.batch_html(batch)

    time_machine.move_to(clock.now() + datetime.timedelta(days=3))

    assert letters.batch_html(batch) == first


def test_letters_print_where_pango_is_missing(place, client, monkeypatch):
    from src.foundations import documents

    def missing():
        raise documents.PdfUnavailable("no Pango")

    monkeypatch.setattr(documents, "_weasyprint", missing)
    person = without_mail(place, Means.LETTER)
    tell(person)
    helper = facilitator_of(place)
    batch = draw_letters(actor=helper, unit=place)
    client.force_login(helper, backend=BACKEND)
    answer = client.get(reverse("notices:batch_letters", args=[batch.pk]))
    assert answer["Content-Type"].startswith("text/html")
    assert person.get_full_name() in answer.content.decode()


def test_nobody_else_finds_these_pages(place, client):
    elsewhere = UnitFactory(parent=DirectionFactory(name="Rues"), name="Cour des Lilas", kind="site")
    person = without_mail(place, Means.CALL, "0601020304")
    tell(person)
    writer = without_mail(place, Means.LETTER)
    tell(writer, key="l")
    batch = draw_letters(actor=facilitator_of(place), unit=place)
    partner = ExternalFactory()
    until = clock.today() + datetime.timedelta(days=30)
    grant_role(user=partner, role=Role.FACILITATOR, unit=place, starts_on=clock.today(), ends_on=until)
    addresses = [
        reverse("notices:batch", args=[batch.pk]),
        reverse("notices:batch_letters", args=[batch.pk]),
        reverse("notices:call", args=[person.pk]),
    ]
    for somebody in (AgentFactory(unit=place), partner, facilitator_of(elsewhere)):
        client.force_login(somebody, backend=BACKEND)
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
        assert client.post(reverse("notices:draw", args=[place.pk])).status_code == 404
        assert todo.errands_for_me(as_viewer(somebody)) == []


# ----------------------------------------------------------------------------------------------------------- calls
def test_a_call_goes_from_no_answer_to_told_then_to_the_next(place, client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 25, 10, 0, tzinfo=datetime.UTC), tick=False)
    first, second = (without_mail(place, Means.CALL, f"060102030{n}") for n in (1, 2))
    tell(first)
    tell(first, key="more", title="Une rampe")
    tell(second)
    helper = facilitator_of(place)
    client.force_login(helper, backend=BACKEND)
    assert [item.title for item in todo.errands_for_me(as_viewer(helper))] == ["2 collègues à appeler"]
    address = reverse("notices:call", args=[first.pk])
    page = client.get(address).content.decode()
    assert "0601020301" in page
    assert "Une rampe" in page
    assert client.post(address, {}).status_code == 422

    answer = client.post(address, {"outcome": CallOutcome.NO_ANSWER})
    assert answer.url == reverse("notices:call", args=[second.pk])
    assert client.get(address).status_code == 404  # tomorrow
    client.post(reverse("notices:call", args=[second.pk]), {"outcome": CallOutcome.TOLD})
    assert Errand.objects.get(user=second).state == ErrandState.DONE

    time_machine.shift(datetime.timedelta(days=1))
    client.force_login(helper, backend=BACKEND)
    assert "1 appel sans réponse" in client.get(address).content.decode()
    client.post(address, {"outcome": CallOutcome.NO_ANSWER})
    time_machine.shift(datetime.timedelta(days=1))
    client.force_login(helper, backend=BACKEND)
    client.post(address, {"outcome": CallOutcome.NO_ANSWER})
    assert set(Errand.objects.filter(user=first).values_list("state", flat=True)) == {ErrandState.GIVEN_UP}
    assert client.post(address, {"outcome": CallOutcome.TOLD}).url == reverse("notices:errands")


@pytest.mark.parametrize("outcome", [CallOutcome.STOP, CallOutcome.WRONG_NUMBER])
def test_whoever_asks_not_to_be_called_is_called_no_more_and_their_number_goes(place, outcome):
    person = without_mail(place, Means.CALL, "0601020304")
    tell(person)
    note_call(person, outcome)
    tell(person, key="later")
    assert list(Errand.objects.values_list("state", flat=True)) == [ErrandState.GIVEN_UP]
    assert list(Reach.objects.values_list("means", "phone")) == [("none", "")]
    assert selectors.calls(as_viewer(facilitator_of(place))) == []


# ----------------------------------------------------------------------------------------------------- text messages
class Gateway:
    """A gateway that answers as told, and remembers."""

    answers: list = []
    sent: list = []

    def __init__(self, configured):
        pass

    def send(self, *, to, text, key):
        Gateway.sent.append((to, text, key))
        if Gateway.answers and (answer := Gateway.answers.pop(0)):
            raise answer


@pytest.fixture
def gateway(settings, monkeypatch):
    settings.TERRAIN_SMS = {**GATEWAY, "BACKEND": f"{__name__}.Gateway"}
    monkeypatch.setattr(Gateway, "answers", [])
    monkeypatch.setattr(Gateway, "sent", [])
    return Gateway


def test_text_messages_are_off_by_default(place):
    person = without_mail(place, Means.SMS, "0601020304")
    tell(person)
    assert (sms.is_on(), sms.deliver(), Errand.objects.get().state) == (False, 0, ErrandState.WAITING)


@pytest.mark.parametrize("missing", ["URL", "TOKEN", "SENDER"])
def test_a_half_configured_gateway_is_off_and_says_what_is_missing(settings, missing):
    settings.TERRAIN_SMS = {**GATEWAY, missing: ""}
    assert not sms.is_on()
    assert sms.faults() == [f"TERRAIN_SMS_{missing}"]


def test_a_gateway_in_clear_is_refused(settings):
    settings.TERRAIN_SMS = {**GATEWAY, "URL": "http://sms.example/"}
    assert not sms.is_on()


def test_one_text_message_leaves_once_and_fits(place, gateway, client):
    person = without_mail(place, Means.SMS, "0601020304")
    tell(person, title="Une idée au titre interminable " * 8)
    sms.deliver()
    sms.deliver()
    [(to, text, key)] = gateway.sent
    assert to == "0601020304"
    assert len(text) <= 160
    assert text.startswith("Terrain : Du nouveau")
    assert text.endswith("/moi/messages/")
    assert person.username not in key
    assert Errand.objects.get().state == ErrandState.DONE
    client.force_login(person, backend=BACKEND)
    assert "Par SMS" in client.get(reverse("notices:reach")).content.decode()


@pytest.mark.parametrize(
    ("answers", "copies", "state"),
    [
        ([sms.Refused("400")], 1, ErrandState.GIVEN_UP),
        ([sms.NotNow("503"), sms.NotNow("503"), sms.NotNow("503"), None], 4, ErrandState.DONE),
        ([OSError("cut"), None], 2, ErrandState.DONE),
        ([OSError("cut"), OSError("cut"), None], 2, ErrandState.UNCERTAIN),
    ],
)
def test_at_most_two_copies_may_have_left(place, gateway, time_machine, answers, copies, state):
    time_machine.move_to(clock.now(), tick=False)
    tell(without_mail(place, Means.SMS, "0601020304"))
    gateway.answers.extend(answers)
    for _ in range(6):
        sms.deliver()
        time_machine.shift(datetime.timedelta(minutes=11))
    assert len(gateway.sent) == copies
    assert Errand.objects.get().state == state


def test_a_sender_that_died_is_taken_up_once(place, gateway, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    tell(without_mail(place, Means.SMS, "0601020304"))
    Errand.objects.update(state=ErrandState.CLAIMED, claimed_at=clock.now(), attempts=1)
    sms.deliver()
    assert gateway.sent == []
    time_machine.shift(datetime.timedelta(minutes=11))
    sms.deliver()
    assert len(gateway.sent) == 1


@pytest.mark.parametrize(
    ("status", "raised"),
    [(200, None), (202, None), (400, sms.Refused), (401, sms.Refused), (429, sms.NotNow), (503, sms.NotNow)],
)
def test_the_http_gateway_says_what_it_knows(monkeypatch, status, raised):
    asked = {}

    def answer(url, **given):
        asked.update(given, url=url)
        found = sms.requests.Response()
        found.status_code = status
        return found

    monkeypatch.setattr(sms.requests, "post", answer)
    line = sms.HttpGateway(GATEWAY)
    if raised:
        with pytest.raises(raised):
            line.send(to="0601020304", text="Bonjour", key="k")
    else:
        line.send(to="0601020304", text="Bonjour", key="k")
    assert asked["headers"]["Authorization"] == "Bearer jeton"
    assert asked["timeout"] == 10
    assert asked["json"] == {"from": "MARVENNE", "to": "0601020304", "text": "Bonjour"}


def test_a_server_error_of_the_gateway_leaves_a_doubt(monkeypatch):
    found = sms.requests.Response()
    found.status_code = 500
    monkeypatch.setattr(sms.requests, "post", lambda url, **given: found)
    with pytest.raises(sms.requests.HTTPError):
        sms.HttpGateway(GATEWAY).send(to="06", text="x", key="k")
