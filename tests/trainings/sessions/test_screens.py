"""The screens of sessions by requests alone: who reads what, what is kept typed, what each page costs."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from src.directory.enums import Role
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from tests.factories import training_sessions as made
from tests.factories import trainings
from tests.factories.directory import AgentFactory, UnitFactory
from trainings.sessions.cards import token_of
from trainings.sessions.models import AttendanceMark, AttendanceSheet, Booking, Convocation, Session

pytestmark = [pytest.mark.django_db, pytest.mark.files]
AT = "/formations/sessions/"
LEAD = "/formations/animation/"


@pytest.fixture
def unit():
    return UnitFactory()


def signed(user) -> Client:
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def at(moment):
    return time_machine.travel(moment, tick=False)


def hr(unit):
    return AgentFactory(unit=unit, roles=[(Role.HR, unit)])


def written(session, **more) -> dict:
    day = (clock.now() + timedelta(days=12)).date().isoformat()
    return {
        "title": "Mises en situation", "trainer": str(session.trainer_id), "place": "Salle 3", "capacity": "8",
        "day_1": day, "from_1": "09:00", "to_1": "12:00", **more,
    }  # fmt: skip


def test_an_agent_books_waits_and_gives_up_without_a_script(unit):
    first, second = made.agents(unit, 2)
    session = made.session(unit=unit, capacity=1)
    one, two = signed(first), signed(second)
    page = f"{AT}{session.reference}/"

    assert "1 place libre" in text(one.get(AT)) and "Me garder une place" in text(one.get(page))
    for _turn in range(2):
        assert one.post(f"{page}reserver/").status_code == 303
    assert "Votre place est gardée." in text(one.get(page, follow=True))
    assert "Cette séance est complète" in text(two.get(page))
    two.post(f"{page}reserver/")
    assert "au premier rang de la liste d’attente" in text(two.get(page))
    one.post(f"{page}ne-pas-venir/")
    assert "Votre place est gardée." in text(two.get(page))
    assert Booking.objects.count() == 2
    assert two.get(f"{page}agenda.ics").status_code == 404
    drain_outbox()


def test_an_organiser_prepares_opens_confirms_and_cancels(unit):
    version = trainings.published([made.module()], title="Accueillir en vrai")
    lead, agent, unmailed = made.trainer(unit), AgentFactory(unit=unit), AgentFactory(unit=unit, email="")
    office = signed(hr(unit))
    module = version.modules.get()
    sent = {**written(Session(trainer_id=lead.pk)), "module": str(module.pk), "unit": unit.code}

    refused = office.post(f"{AT}gestion/nouvelle/", {**sent, "capacity": "beaucoup", "place": "Salle <3>"})
    assert refused.status_code == 422 and "Écrivez un nombre entier" in text(refused)
    assert "Salle &lt;3&gt;" in text(refused)
    wrong = office.post(f"{AT}gestion/nouvelle/", {**sent, "day_2": sent["day_1"], "from_2": "14:00", "to_2": "17:00"})
    assert wrong.status_code == 422 and "donnez-en autant" in text(wrong)
    desk = office.post(f"{AT}gestion/nouvelle/", sent).url
    session = Session.objects.get()
    assert signed(agent).get(f"{AT}{session.reference}/").status_code == 404
    office.post(f"{desk}ouvrir/")
    for one in (agent, unmailed):
        signed(one).post(f"{AT}{session.reference}/reserver/")
    asked = text(office.get(f"{desk}confirmer/"))
    assert "1 personne par courriel." in asked and "1 personne sans courriel" in asked
    assert agent.get_full_name() in asked
    assert office.post(f"{desk}confirmer/").url == desk
    drain_outbox()
    seen = text(office.get(desk))
    assert "1 à imprimer" in seen and "Papier, à envoyer" in seen and "Courriel, envoyée" in seen
    printed = office.post(f"{desk}convocations/{unit.code}/")
    assert printed.status_code == 200
    assert Convocation.objects.get(channel="paper").sent_at is not None
    assert "1 à imprimer" not in text(office.get(desk))
    assert "X-WR-CALNAME" in text(signed(agent).get(f"{AT}{session.reference}/agenda.ics"))
    assert Convocation.objects.filter(booking__agent=agent, seen_at=None).count() == 2
    signed(agent).get(f"{AT}{session.reference}/")
    assert not Convocation.objects.filter(booking__agent=agent, seen_at=None).exists()

    assert office.post(f"{desk}annuler/", {"because": " "}).status_code == 422
    office.post(f"{desk}annuler/", {"because": "La salle est inondée."})
    assert "La salle est inondée." in text(signed(agent).get(f"{AT}{session.reference}/"))
    assert office.post(f"{desk}annuler/", {"because": "Encore."}).status_code == 409
    drain_outbox()


def test_a_change_is_refused_beside_its_field_and_kept_typed(unit):
    session = made.confirmed(AgentFactory(unit=unit), AgentFactory(unit=unit), unit=unit)
    office = signed(hr(unit))
    desk = f"{AT}gestion/{session.reference}/modifier/"

    assert "Salle des Tanneurs" in text(office.get(desk))
    refused = office.post(desk, written(session, capacity="1", title="Titre gardé"))
    assert refused.status_code == 422 and "2 personnes ont une place" in text(refused)
    assert "Titre gardé" in text(refused)
    assert office.post(desk, written(session)).status_code == 303
    assert set(Booking.objects.values_list("sequence", flat=True)) == {1}
    drain_outbox()


def test_people_of_another_branch_and_numbers_of_nobody_are_not_invited(unit):
    session = made.session(unit=unit)
    office = signed(hr(unit))
    at_desk = f"{AT}gestion/{session.reference}/inviter/"
    elsewhere = AgentFactory(unit=UnitFactory())

    refused = office.post(at_desk, {"names": f"{elsewhere.username}\n999999"})
    assert refused.status_code == 422 and "999999" in text(refused)
    assert office.post(at_desk, {"names": AgentFactory(unit=unit).username}).status_code == 303
    drain_outbox()


def test_who_organises_elsewhere_or_leads_another_session_reads_nothing(unit):
    session = made.confirmed(AgentFactory(unit=unit), unit=unit)
    drain_outbox()
    other = made.trainer(UnitFactory())

    for client, status in ((signed(other), 404), (signed(AgentFactory(unit=unit)), 403)):
        assert client.get(f"{AT}gestion/{session.reference}/").status_code == status
        assert client.get(f"{LEAD}{session.reference}/").status_code == status
        assert client.post(f"{LEAD}{session.reference}/presence/").status_code == status
    # Who organises reads no presence page that is the trainer's.
    assert signed(hr(unit)).get(f"{LEAD}{session.reference}/").status_code == 403


def test_the_trainer_reads_presence_and_nothing_of_the_training(unit):
    agent = AgentFactory(unit=unit)
    version = trainings.published([trainings.lesson(), made.module()], title="Avec une leçon")
    session = made.confirmed(agent, unit=unit, version=version)
    drain_outbox()
    slot, booking = session.slots.get(), Booking.objects.get()
    room = f"{LEAD}{session.reference}/"

    with at(slot.starts_at):
        lead = signed(session.trainer)
        page = text(lead.get(room))
        assert agent.get_full_name() in page and "À noter" in page
        assert "Accueillir</" not in page and "Leçon" not in page and agent.email not in page
        line = {"place": booking.pk, "demi-journee": "1"}
        assert lead.post(f"{room}presence/", {**line, "presence": "late"}).url.endswith(f"#place-{booking.pk}")
        assert AttendanceMark.objects.get().status == "late"
        lead.post(f"{room}presence/", {**line, "presence": ""})
        assert not AttendanceMark.objects.exists()
        lead.post(f"{room}presence/", {**line, "presence": "present", "feuille": "1"})
        assert AttendanceMark.objects.get().method == "paper"
        for wrong in (
            {**line, "presence": "ailleurs"},
            {"place": "x"},
            {**line, "demi-journee": "9", "presence": "late"},
        ):
            assert lead.post(f"{room}presence/", wrong).status_code == 404
        board = lead.get(f"{room}code/1/")
        assert board["Refresh"].isdigit() and "no-cache" in board["Cache-Control"]
        assert lead.get(f"{room}feuille/").status_code == 200
        broken = SimpleUploadedFile("scan.pdf", b"rien")
        assert lead.post(f"{room}verrouiller/", {"scan": broken}).status_code == 422
        assert lead.post(f"{room}verrouiller/").url == room
    sheet, lead = AttendanceSheet.objects.get(), signed(session.trainer)
    assert sheet.sha256 in text(lead.get(room))
    assert lead.get(f"{room}feuille-verrouillee/feuille/").status_code == 200
    assert lead.get(f"{room}feuille-verrouillee/numerisation/").status_code == 404
    assert lead.post(f"{room}verrouiller/").status_code == 409
    amend = f"{room}rectifier/{booking.pk}/1/"
    assert lead.post(amend, {"becomes": "absent", "reason": ""}).status_code == 422
    assert lead.post(amend, {"becomes": "absent", "reason": "Erreur de ligne."}).status_code == 303
    assert "rectifié : Erreur de ligne." in text(signed(agent).get(f"{AT}{session.reference}/"))
    assert AuditEntry.objects.filter(verb="trainings.names_opened").count() == 3
    drain_outbox()


def test_the_printed_card_gives_presence_with_the_code_of_the_room_alone(unit):
    agent = AgentFactory(unit=unit, email="")
    session = made.confirmed(agent, unit=unit)
    drain_outbox()
    booking = Booking.objects.get()
    card = f"{AT}carte/{token_of(booking)}/"
    anybody = Client()

    assert anybody.get(f"{AT}carte/{booking.pk}.faux/").status_code == 404
    early = text(anybody.get(card))
    assert agent.short_name in early and agent.last_name not in early and 'name="code"' not in early
    with at(session.slots.get().starts_at):
        lead = signed(session.trainer)
        code = lead.get(f"{LEAD}{session.reference}/code/1/").context["code"]
        assert lead.get(card).url == f"{LEAD}{session.reference}/#place-{booking.pk}"
        wrong = anybody.post(card, {"code": "12"})
        assert wrong.status_code == 422 and "Ce n’est pas le code de la salle" in text(wrong)
        assert anybody.post(card, {"code": code}).status_code == 303
        assert "Présence" in text(anybody.get(card))
    assert AttendanceMark.objects.get().method == "room_qr"


def test_codes_are_not_guessed(unit):
    agent = AgentFactory(unit=unit)
    session = made.confirmed(agent, unit=unit)
    drain_outbox()
    with at(session.slots.get().starts_at):
        person = signed(agent)
        answers = [
            person.post(f"{AT}{session.reference}/presence/", {"code": f"{number:06d}"}).status_code
            for number in range(12)
        ]
    assert answers == [422] * 10 + [429] * 2


def test_the_list_is_filtered_paged_and_downloaded(unit):
    version = trainings.published([made.module()], title="Cent dates")
    lead = made.trainer(unit)
    for number in range(23):
        made.session(unit=unit, version=version, lead=lead, days=3 + number, title=f"=Séance {number}")
    office = signed(hr(unit))

    page = office.get(f"{AT}gestion/")
    assert len(page.context["found"]) == 20 and page.context["next_page"]
    assert len(office.get(f"{AT}gestion/{page.context['next_page']}").context["found"]) == 3
    assert len(office.get(f"{AT}gestion/?etat=draft").context["found"]) == 0
    told = b"".join(office.get(f"{AT}gestion/liste.csv?formation={version.track.slug}").streaming_content).decode()
    assert told.count("Séance ") >= 23 and ";=Séance" not in told and ",=Séance" not in told
    assert office.get(f"{AT}gestion/liste.xlsx").status_code == 200
    assert office.get(f"{AT}gestion/liste.pdf").status_code == 404
    assert len(signed(AgentFactory(unit=unit)).get(AT).context["found"]) == 20


def counted(django_assert_max_num_queries, client, url) -> int:
    with django_assert_max_num_queries(60) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_cost_the_same_for_one_and_for_three(unit, django_assert_max_num_queries):
    version = trainings.published([made.module()], title="Budget")
    lead = made.trainer(unit)
    people = made.agents(unit, 5)
    costs = []
    for number in (1, 3):
        session = made.confirmed(*people[:number], unit=unit, version=version, lead=lead, days=2 + number, capacity=9)
        for _turn in range(number - 1):
            made.session(unit=unit, version=version, lead=lead, days=20)
        drain_outbox()
        clients = {"agent": signed(people[4]), "office": signed(hr(unit)), "lead": signed(lead)}
        for one in clients.values():
            one.get("/formations/")
        costs.append(
            {
                "list": counted(django_assert_max_num_queries, clients["agent"], AT),
                "session": counted(django_assert_max_num_queries, clients["agent"], f"{AT}{session.reference}/"),
                "desk": counted(django_assert_max_num_queries, clients["office"], f"{AT}gestion/"),
                "organise": counted(
                    django_assert_max_num_queries, clients["office"], f"{AT}gestion/{session.reference}/"
                ),
                "led": counted(django_assert_max_num_queries, clients["lead"], LEAD),
                "room": counted(django_assert_max_num_queries, clients["lead"], f"{LEAD}{session.reference}/"),
            }
        )
    assert costs[0] == costs[1] == BUDGET


BUDGET = {"list": 7, "session": 7, "desk": 7, "organise": 10, "led": 6, "room": 11}
