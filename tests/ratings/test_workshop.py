"""What handlers do: answer, turn a suggestion into an idea, look at series, send links; and what others can't."""

import datetime
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from consultations.ratings import jobs, rules, services
from consultations.ratings.models import AnomalyFlag, ProblemReport, RatingPoint, Suggestion, VisitBatch, VisitLink
from consultations.ratings.services import visiting
from ideas.models import Idea
from src.accountability.models import ResponseOwed
from src.accountability.services import escalate
from src.directory.enums import Role
from src.directory.services import close_unit
from src.foundations import clock
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox, forget_effects
from src.notices.models import InboxItem
from src.participation.enums import IdentityMode
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory, SiteFactory
from tests.factories.ideas import BoxFactory
from tests.factories.ratings import PointFactory

pytestmark = pytest.mark.django_db
ANSWER = "La borne marche de nouveau depuis jeudi. Merci de l'avoir dit."


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def point():
    return PointFactory(name="Mairie des Quais")


@pytest.fixture
def correspondent(point):
    return AgentFactory(unit=point.unit, roles=[(Role.IDEA_CORRESPONDENT, point.unit.direction)])


@pytest.fixture
def stranger():
    return AgentFactory(unit=PointFactory().unit, roles=[(Role.IDEA_CORRESPONDENT, PointFactory().unit.direction)])


def reported(point, contact="yvette@quai.example") -> ProblemReport:
    report = services.report_problem(point=point, text="La borne est en panne depuis mardi.", contact=contact).report
    drain_outbox()
    return report


def test_an_answer_leaves_to_the_contact_which_is_erased(point, correspondent, mailoutbox):
    report = reported(point)
    mailoutbox.clear()

    page = client_of(correspondent).post(f"/qualite/atelier/signalements/{report.reference}/", {"answer": ANSWER})
    drain_outbox()

    report.refresh_from_db()
    owed = ResponseOwed.objects.get(subject_reference=report.reference)
    assert page.status_code == 303
    assert (report.state, report.answer, report.contact, owed.answered_on) == ("answered", ANSWER, None, clock.today())
    (mail,) = mailoutbox
    assert mail.to == ["yvette@quai.example"] and ANSWER in mail.body
    assert not OutboxEvent.objects.exclude(sealed_payload=None).exists()


def test_an_answer_is_given_once_and_stays(point, correspondent):
    report = reported(point, contact="")
    services.answer_report(report=report, actor=correspondent, text=ANSWER)

    with pytest.raises(TransitionNotAllowed):
        services.answer_report(report=report, actor=correspondent, text="Une tout autre réponse, plus longue.")
    for change in ({"answer": "Autre"}, {"contact": b"x", "contact_kind": "mail"}, {"text": "Autre"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProblemReport.objects.filter(pk=report.pk).update(**change)
    forget_effects()


def test_those_who_answer_for_the_unit_hear_of_a_report_without_its_words(point, correspondent, stranger):
    report = reported(point)

    (message,) = InboxItem.objects.filter(code="ratings.problem_reported")
    assert message.user_id == correspondent.pk
    assert report.reference in str(message.context) and "panne" not in str(message.context)


def test_another_unit_sees_nothing(point, stranger):
    report, client = reported(point), client_of(stranger)
    suggestion = services.suggest(point=point, text="Un banc devant la porte")
    flag = AnomalyFlag.objects.create(point=point, pattern=1, day=clock.today(), ratings=20, found_on=clock.today())

    addresses = [
        f"signalements/{report.reference}/",
        f"suggestions/{suggestion.reference}/",
        f"series/{flag.pk}/",
        f"points/{point.reference}/",
        f"points/{point.reference}/affiche/",
    ]
    assert {client.get(f"/qualite/atelier/{one}").status_code for one in addresses} == {404}
    assert "panne" not in client.get("/qualite/atelier/signalements/").content.decode()
    assert client_of(AgentFactory()).get("/qualite/atelier/").status_code == 404
    assert Client().get("/qualite/atelier/").status_code == 302
    for change in (
        lambda: services.answer_report(report=report, actor=stranger, text=ANSWER),
        lambda: services.make_idea(suggestion=suggestion, actor=stranger, box="x"),
        lambda: services.set_aside(suggestion=suggestion, actor=stranger, reason="Non merci"),
    ):
        with pytest.raises(PermissionDenied):
            change()
    forget_effects()


def test_handled_by_and_may_handle_agree(point, correspondent, stranger):
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    for user in (correspondent, stranger, admin, AgentFactory(), None):
        handled = set(RatingPoint.objects.handled_by(user).values_list("pk", flat=True))
        assert handled == {one.pk for one in RatingPoint.objects.all() if rules.may_handle(user, one)}


def test_a_suggestion_becomes_an_idea_without_its_author(point, correspondent):
    box = BoxFactory(slug="plus-simple", identity_modes=[str(mode) for mode in IdentityMode])
    suggestion = services.suggest(point=point, text="Un banc dehors")
    address = f"/qualite/atelier/suggestions/{suggestion.reference}/"
    client = client_of(correspondent)
    assert "plus-simple" in client.get(address).content.decode()

    answers = [client.post(address, {"geste": "idee", "box": box.slug}).status_code for _twice in range(2)]
    drain_outbox()

    idea = Idea.objects.get()
    suggestion.refresh_from_db()
    assert answers == [303, 303]
    assert (idea.identity_mode, idea.author, idea.direction) == ("anonymous", None, point.unit.direction)
    assert idea.body.startswith("Un banc dehors") and correspondent.last_name not in idea.body
    assert (suggestion.state, suggestion.idea, suggestion.handled_by) == (
        "taken",
        idea.get_absolute_url(),
        correspondent,
    )
    assert client.get(suggestion.idea).status_code == 200


def test_a_suggestion_is_set_aside_with_its_reason(point, correspondent):
    suggestion = services.suggest(point=point, text="Une caisse pour les chiens")
    address, client = f"/qualite/atelier/suggestions/{suggestion.reference}/", client_of(correspondent)

    assert client.post(address, {"geste": "ecarter", "reason": " "}).status_code == 422
    assert client.post(address, {"geste": "ecarter", "reason": "Dit ailleurs"}).status_code == 303
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.reason) == ("set_aside", "Dit ailleurs")


def test_a_series_is_looked_at_once(point, correspondent):
    flag = AnomalyFlag.objects.create(point=point, pattern=1, day=clock.today(), ratings=20, found_on=clock.today())
    client = client_of(correspondent)
    for note in ("Une classe", "Autre chose"):
        client.post(f"/qualite/atelier/series/{flag.pk}/", {"note": note})

    flag.refresh_from_db()
    assert (flag.note, flag.looked_by) == ("Une classe", correspondent)


def test_pages_of_the_workshop_open_and_print(point, correspondent, django_assert_num_queries):
    client = client_of(correspondent)
    for number in range(3):
        reported(point)
        if number in (0, 2):
            with django_assert_num_queries(8):
                client.get("/qualite/atelier/signalements/")
    for page in (
        "",
        "suggestions/",
        "series/",
        "visites/",
        f"points/{point.reference}/",
        "signalements/?etat=open&q=borne",
    ):
        assert client.get(f"/qualite/atelier/{page}").status_code == 200, page
    poster = client.get(f"/qualite/atelier/points/{point.reference}/affiche/?format=a5").content.decode()
    assert "كيف كانت زيارتك" in poster and f"/n/{point.reference}/" in poster
    file = b"".join(client.get("/qualite/atelier/signalements/export.csv").streaming_content).decode()
    assert "panne" in file and "yvette" not in file
    assert "Répondre aux signalements" in client.get("/").content.decode()
    forget_effects()


# ------------------------------------------------------------------------------------------------ visits, file and API
def sent(client, text, gesture="envoyer"):
    file = SimpleUploadedFile("passages.csv", text if isinstance(text, bytes) else text.encode())
    return client.post("/qualite/atelier/visites/", {"file": file, "geste": gesture})


def test_a_file_is_looked_at_then_sent_whole(point, correspondent, mailoutbox):
    client = client_of(correspondent)
    text = (
        f"point;contact;langue\n{point.reference};ana@porto.example;pt\n{point.reference.lower()};bo@quai.example;\n"
    )

    assert sent(client, text, "essai").status_code == 200
    assert (VisitLink.objects.count(), len(mailoutbox)) == (0, 0)
    assert sent(client, text).status_code == 303
    drain_outbox()

    assert {mail.to[0] for mail in mailoutbox} == {"ana@porto.example", "bo@quai.example"}
    assert VisitBatch.objects.get().links == VisitLink.objects.count() == 2
    everything = json.dumps([list(row) for row in VisitLink.objects.values_list()], default=str)
    assert "porto" not in everything and "porto" not in str(list(OutboxEvent.objects.values()))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("point;contact\nZZZZZZ;a@b.example\n{ref};pas-une\n", ["Ligne 2", "Ligne 3"]),
        ("point;contact\n{ref};a@b.example\n{ref};a@b.example\n", ["Ligne 3", "deux fois"]),
        ("point;contact;langue\n{ref};a@b.example;zz\n", ["Ligne 2", "langue"]),
        ("{ref};0612345678\n", ["première ligne"]),
        ("point;contact\n{ref};06 12 34 56 78\n", ["SMS"]),
        ("point;contact\n", ["aucun passage"]),
        (b"point;contact\n\xff\xfe;a@b.example", ["UTF-8"]),
        ('point;contact\n{ref};"a@b.example\n', ["un guillemet n’est pas fermé"]),
    ],
)
def test_one_wrong_line_and_nothing_leaves(point, correspondent, text, told):
    text = text.replace("{ref}", point.reference) if isinstance(text, str) else text
    answer = sent(client_of(correspondent), text)

    assert (answer.status_code, VisitLink.objects.count()) == (422, 0)
    page = answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    assert [words for words in told if words not in page] == []


def test_a_file_for_another_unit_is_refused(point, stranger):
    answer = sent(client_of(stranger), f"point,contact\n{point.reference},a@b.example\n")

    assert (answer.status_code, VisitLink.objects.count()) == (422, 0)


def test_the_api_takes_visits_with_a_key_and_no_other(point, mailoutbox):
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    key, token = services.make_key(actor=admin, name="Rendez-vous")
    body = {"visits": [{"point": point.reference, "contact": "ana@porto.example", "language": "pt"}]}

    def call(data, key=token):
        head = {"Authorization": f"Bearer {key}"} if key else {}
        return Client().post("/api/v1/visits/", data, content_type="application/json", headers=head)

    assert [call(body, wrong).status_code for wrong in ("", "x", "é" * 50)] == [401, 401, 401]
    assert call({**body, "dry_run": True}).json() == {"sent": 0, "checked": 1}
    assert VisitLink.objects.count() == 0
    assert (call(body).status_code, VisitLink.objects.count()) == (201, 1)
    wrong = call({"visits": [*body["visits"], {"point": "ZZZZZZ", "contact": "a@b.example"}]})
    assert wrong.status_code == 422 and "Passage 2" in wrong.json()["problems"][0].replace("\u00a0", " ")
    assert call({"visits": [{**body["visits"][0], "name": "Ana"}]}).status_code == 422
    assert client_of(admin).post("/api/v1/visits/", body, content_type="application/json").status_code == 401
    key.refresh_from_db()
    assert key.used_on == clock.today() and token not in str(vars(key))
    services.revoke_key(actor=admin, key=key)
    assert call(body).status_code == 401
    with pytest.raises(PermissionDenied):
        services.make_key(actor=AgentFactory(), name="x")
    drain_outbox()


def test_the_same_call_under_its_key_is_answered_again_and_nothing_leaves_twice(point, mailoutbox):
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    _key, token = services.make_key(actor=admin, name="Rendez-vous")
    _other, other = services.make_key(actor=admin, name="Autre programme")
    visits = [{"point": point.reference, "contact": "ana@porto.example"}]

    def call(name, given=None, token=token):
        head = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": name} if name else {})
        body = {"visits": given or visits}
        return Client().post("/api/v1/visits/", body, content_type="application/json", headers=head)

    answers = [call("lot-2026-11-29.1") for _retry in range(3)]
    drain_outbox()

    assert [(one.status_code, one.json()) for one in answers] == [(201, {"sent": 1, "checked": 1})] * 3
    assert (VisitLink.objects.count(), len(mailoutbox)) == (1, 1)
    more = call("lot-2026-11-29.1", [*visits, {"point": point.reference, "contact": "bo@quai.example"}])
    assert more.status_code == 409 and "déjà servi" in more.json()["detail"]
    assert [call(name).status_code for name in ("court", "é" * 10, "a b c d e f", "x" * 65)] == [422] * 4
    assert VisitLink.objects.count() == 1
    assert [call("lot-2026-11-29.1", token=other).status_code, call("").status_code] == [201, 201]
    assert VisitLink.objects.count() == 3
    assert "lot-2026" not in str(list(VisitBatch.objects.values()))
    forget_effects()


def test_two_calls_at_once_under_one_key_leave_one_sending(point, monkeypatch):
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    key, _token = services.make_key(actor=admin, name="Rendez-vous")
    visits = [visiting.Visit(point, "mail", "ana@porto.example")]
    real = visiting.send_links

    def beaten(**given):
        """The other call commits first."""
        monkeypatch.setattr(visiting, "send_links", real)
        visiting.send_once(visits=visits, key=key, request="lot-0001")
        return real(**given)

    monkeypatch.setattr(visiting, "send_links", beaten)
    batch = visiting.send_once(visits=visits, key=key, request="lot-0001")

    assert (VisitBatch.objects.get(), VisitLink.objects.count()) == (batch, 1)
    forget_effects()


def test_every_fault_of_a_file_is_told_with_its_line(point, correspondent):
    text = (
        "point;contact;langue\n"
        f'{point.reference};"pas-une";zz\n'
        f'ZZZZZZ;"deux\nlignes@x";fr\n'
        f"{point.reference};06 12 34 56 78;français\n"
        "ZZZZZZ\n"
    )

    answer = sent(client_of(correspondent), text)

    page = answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    assert (answer.status_code, VisitLink.objects.count()) == (422, 0)
    for told in ("Ligne 2", "Ligne 4", "Ligne 5", "Ligne 6"):
        assert told in page
    line = next(one for one in page.splitlines() if "Ligne 2" in one).split("Ligne 4")[0]
    assert "langue" in line and "adresse" in line


@pytest.mark.parametrize("text", ["point;contact;courriel\n{ref};a@b.example;c@d.example\n", "point;point;contact\n"])
def test_two_columns_that_say_the_same_are_refused(point, correspondent, text):
    answer = sent(client_of(correspondent), text.replace("{ref}", point.reference))

    assert answer.status_code == 422
    assert "Deux colonnes" in answer.content.decode()


def test_what_is_late_climbs_and_is_seen_by_everybody(point, correspondent):
    services.report_problem(
        point=point, text="Une panne qui dure longtemps", at=clock.now() - datetime.timedelta(days=60)
    )
    drain_outbox()
    escalate(clock.now())
    for _twice in range(2):
        jobs.tell_late(clock.now())
    drain_outbox()

    assert InboxItem.objects.filter(code="ratings.report_late", user=correspondent).count() == 4
    page = Client().get(point.get_absolute_url()).content.decode()
    assert "jours de retard" in page and "panne" not in page
    assert Suggestion.objects.count() == 0


def test_a_contact_waits_ninety_days_at_most(point):
    report = reported(point)
    services.reporting.forget_contacts(clock.now() + datetime.timedelta(days=100), apply=True)
    report.refresh_from_db()
    assert report.contact is None


def test_administrators_make_points_and_evaluations():
    admin = client_of(AgentFactory(roles=[(Role.ADMINISTRATOR, None)]))
    unit = PointFactory().unit
    data = {
        "name": "Guichet des actes",
        "kind": "counter",
        "unit": unit.pk,
        "opened_on": "2026-01-05",
        "closed_on": "",
    }

    assert admin.get("/gestion/qualite/points/new/").status_code == 200
    assert admin.post("/gestion/qualite/points/new/", data).status_code == 302
    point = RatingPoint.objects.get(name="Guichet des actes")
    drain_outbox()
    inline = {
        "criteria-TOTAL_FORMS": 1,
        "criteria-INITIAL_FORMS": 0,
        "criteria-MIN_NUM_FORMS": 0,
        "criteria-MAX_NUM_FORMS": 1000,
        "criteria-0-label": "Horaires lisibles",
        "criteria-0-result": "yes",
        "criteria-0-ORDER": 1,
    }
    evaluation = {
        "point": point.pk,
        "evaluator": "Cabinet",
        "grid": "G1",
        "evaluated_on": "2026-02-01",
        "result": "obtained",
        "label": "",
        "valid_until": "",
        "summary": "",
        "is_published": "on",
        **inline,
    }
    assert admin.get("/gestion/qualite/evaluations/new/").status_code == 200
    assert admin.post("/gestion/qualite/evaluations/new/", evaluation).status_code == 200
    assert point.evaluations.count() == 0
    evaluation |= {"label": "Clair", "valid_until": "2028-02-01"}
    assert admin.post("/gestion/qualite/evaluations/new/", evaluation).status_code == 302
    assert point.evaluations.get().criteria.count() == 1
    assert "Horaires lisibles" in Client().get(point.get_absolute_url()).content.decode()
    assert client_of(AgentFactory(roles=[(Role.EDITOR, None)])).get("/gestion/qualite/points/").status_code in (
        302,
        403,
    )


def test_a_closing_unit_gives_its_points_to_its_successor(point):
    unit, heir = point.unit, SiteFactory(parent=point.unit.direction)

    close_unit(unit, successor=heir)

    point.refresh_from_db()
    assert point.unit == heir
    forget_effects()
