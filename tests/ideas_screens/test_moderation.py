"""The screens of moderation: reporting, the moderators' desk, the author's page, the figures."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ideas import selectors, services
from ideas.models import Idea, IdeaCase, IdeaReport
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.notices import todo
from tests.factories.directory import AgentFactory, ExternalFactory, UnitFactory
from tests.factories.ideas import IdeaCommentFactory

pytestmark = pytest.mark.django_db
WHY = "Votre texte désigne une personne, décrivez la situation."


@pytest.fixture
def idea(city):
    made = city.opened("Remplacer la cireuse du hall")
    forget_effects()
    return made


@pytest.fixture
def second(city):
    return city.agent("marc", "Marc", "Delorme", "", (Role.MODERATOR, None))


def report(idea, number=1, reason="injure", comment=None):
    for _ in range(number):
        fresh = Idea.objects.select_related("space", "unit", "transfer_to").get(pk=idea.pk)
        person = AgentFactory(unit=UnitFactory())
        services.report(idea=fresh, comment=comment, actor=person, reason_code=reason)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_reporting_and_taking_it_back(city, as_, idea):
    client, address = as_(city.reader), f"/idees/{idea.reference}/signaler/"

    assert "Signaler cette idée" in text_of(client.get(f"/idees/{idea.reference}/"))
    assert "Personne ne voit" not in text_of(client.get(address))
    refused = client.post(address, {"text": "Sans motif."})
    sent = client.post(address, {"reason_code": "injure", "text": "Le ton blesse."})
    again = client.post(address, {"reason_code": "secret"})

    assert (refused.status_code, sent.status_code, again.status_code) == (422, 303, 303)
    assert "Sans motif." in text_of(refused)
    assert IdeaReport.objects.get().reason_code == "injure"
    assert "Vous avez signalé ce texte" in text_of(client.get(address))
    client.post(address, {"action": "withdraw"})
    assert not IdeaReport.objects.exists() and IdeaCase.objects.get().state == "dropped"
    forget_effects()


def test_the_third_to_report_reads_what_happens_though_the_idea_is_hidden(city, as_, idea):
    report(idea, 2)
    client, address = as_(city.reader), f"/idees/{idea.reference}/signaler/"

    answer = client.post(address, {"reason_code": "injure"}, follow=True)

    assert answer.status_code == 200 and "Vous avez signalé ce texte" in text_of(answer)
    assert idea.title not in text_of(answer)
    assert client.get(f"/idees/{idea.reference}/").status_code == 404
    assert client.post(address, {"reason_code": "injure"}).status_code == 303, "sent twice"
    client.post(address, {"action": "withdraw"})
    assert client.get(address).status_code == 404
    forget_effects()


def test_who_reports_nothing_reads_no_button(city, as_, idea):
    for person in (city.author, ExternalFactory(), None):
        page = as_(person).get(f"/idees/{idea.reference}/")
        assert "Signaler cette idée" not in text_of(page)
    assert as_(city.author).get(f"/idees/{idea.reference}/signaler/").status_code == 403
    assert as_(None).get(f"/idees/{idea.reference}/signaler/").status_code == 302


def test_the_desk_names_no_reporter_and_goes_to_the_next(city, as_, idea):
    other = city.opened("Une seconde pointeuse")
    services.report(idea=other, actor=city.reader, reason_code="secret", text="Un code d'alarme y figure.")
    report(idea, 3)
    client = as_(city.moderator)

    queue = client.get("/idees/atelier/moderation/")
    assert [row.reference for row in queue.context["rows"]] == [other.reference, idea.reference]
    page = text_of(client.get(f"/idees/{other.reference}/moderer/?file=1"))
    assert "Un code d’alarme y figure." in page and "Kerbrat" not in page and "Paul" not in page
    after = client.post(f"/idees/{other.reference}/moderer/", {"file": "1", "next": "1", "decision": "garder"})
    assert after.headers["Location"] == f"/idees/{idea.reference}/moderer/?file=1"
    words = {"decision": "retirer", "file": "1", "next": "1"}
    refused = client.post(f"/idees/{idea.reference}/moderer/", words)
    assert refused.status_code == 422 and set(refused.context["form"].errors) == {"reason_code", "text"}
    end = client.post(f"/idees/{idea.reference}/moderer/", {**words, "reason_code": "injure", "text": WHY})
    assert end.headers["Location"] == reverse("ideas:moderation")
    late = client.post(f"/idees/{idea.reference}/moderer/", {**words, "reason_code": "injure", "text": WHY})
    assert late.status_code == 403
    forget_effects()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", {"idea", "comment"}),
        ("genre=idee", {"idea"}),
        ("genre=commentaire", {"comment"}),
        ("motif=secret", {"comment"}),
        ("boite=plus-simple", {"idea", "comment"}),
        ("boite=ailleurs", set()),
        ("etat=masques", {"idea"}),
        ("etat=decides", set()),
        ("etat=inconnu&genre=x&motif=y", {"idea", "comment"}),
    ],
)
def test_the_queue_is_filtered(city, as_, idea, asked, expected):
    comment = IdeaCommentFactory(idea=city.opened("Une seconde pointeuse"))
    report(idea, 3)
    report(comment.idea, reason="secret", comment=comment)

    rows = as_(city.moderator).get(f"/idees/atelier/moderation/?{asked}").context["rows"]

    assert {"comment" if row.comment else "idea" for row in rows} == expected
    forget_effects()


def test_the_author_reads_why_and_objects_once(city, as_, idea, second):
    services.take_off(idea=idea, actor=city.moderator, reason_code="personnes", text=WHY)
    drain_outbox()
    client, address = as_(city.author), f"/idees/{idea.reference}/contester/"

    page = text_of(client.get(f"/idees/{idea.reference}/"))
    assert WHY in page and "Inès R. a lu ce texte" in page and "Contester cette décision" in page
    assert client.post(address, {"text": "Non."}).status_code == 422
    assert client.post(address, {"text": "Gaston est le surnom de la machine."}).status_code == 303
    assert "Vous avez contesté. Une autre personne que Inès R." in text_of(client.get(address))
    assert client.post(address, {"text": "Gaston est le surnom de la machine."}).status_code == 409
    assert as_(city.reader).get(address).status_code == 404
    assert as_(city.moderator).get(f"/idees/{idea.reference}/moderer/").context["form"] is None
    answer = {"decision": "maintenir", "text": "Le surnom désigne aussi une personne connue."}
    assert as_(second).post(f"/idees/{idea.reference}/moderer/", answer).status_code == 303
    told = text_of(client.get(address))
    assert "Marc D. a lu votre contestation : la décision est maintenue." in told and answer["text"].split()[0] in told
    drain_outbox()


def test_a_testimony_in_an_objection_meets_the_rail(city, as_, idea):
    services.take_off(idea=idea, actor=city.moderator, reason_code="personnes", text=WHY)
    address = f"/idees/{idea.reference}/contester/"

    answer = as_(city.author).post(
        address, {"text": "Mon chef me harcèle tous les jours et me traite de bonne à rien."}
    )

    assert answer.status_code == 200 and not answer.headers.get("Location")
    assert "peuvent vous aider" in text_of(answer)
    assert not IdeaCase.objects.filter(appeal__isnull=False).exists()
    forget_effects()


def test_what_waits_stands_on_the_list_of_the_moderators_alone(city, idea):
    report(idea)

    def kinds(user):
        return [item.kind for item in todo.items(as_viewer(user)) if "moderation" in item.kind]

    assert kinds(city.moderator) == ["ideas.moderation.a-lire"]
    assert kinds(city.reader) == kinds(city.correspondent) == []
    forget_effects()


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_takes_as_many_statements_whatever_its_length(city, as_, count, django_assert_num_queries):
    for number in range(count):
        report(city.opened(f"Une seconde pointeuse {number}"))
    viewer = as_viewer(city.moderator)
    viewer.roles, viewer.own_handles  # noqa: B018 - paid by the request

    with django_assert_num_queries(2):
        found = selectors.moderation_queue(viewer)

    assert len(found.rows) == count
    forget_effects()


def test_figures_show_no_small_number(city, as_, idea):
    report(idea, 3)
    services.keep(
        idea=Idea.objects.select_related("space", "unit", "transfer_to").get(pk=idea.pk), actor=city.moderator
    )
    small = text_of(as_(city.reader).get("/idees/moderation/"))
    assert small.count("Moins de 11 : rien n’est montré.") == 4 and "signalements reçus" not in small
    IdeaCase.objects.bulk_create(
        [
            IdeaCase(
                idea=idea, state="removed", reason_code=reason, text=WHY, opened_at=clock.now(), due_on=clock.today(),
                decided_at=clock.now(), decided_by=city.moderator,
            )
            for reason in ["secret"] * 12 + ["publicite"] * 3
        ]
    )  # fmt: skip

    page = as_(city.reader).get("/idees/moderation/")

    tables = {table["caption"]: table["rows"] for table in page.context["tables"]}
    assert tables["Ce qui est décidé"] == [["En tout", "16"]]
    # Fifteen removed would say, by a subtraction, that one was kept.
    assert tables["Pourquoi des textes sont retirés"] == []
    assert tables["Contestations"] == []
    assert as_(ExternalFactory()).get("/idees/moderation/").status_code == 403
    told = as_(city.reader).get("/api/v1/moderation/").json()
    assert [(line["label"], line["texts"]) for line in told["decisions"]] == [("En tout", 16)]
    assert (told["reasons"], told["objections"], told["smallest_count"]) == ([], [], 11)
    refused = {who: as_(who and ExternalFactory()).get("/api/v1/moderation/") for who in (None, "external")}
    assert [answer.status_code for answer in refused.values()] == [401, 403]
    assert refused["external"].json() == {"detail": "Ces chiffres sont pour les agentes et les agents de la Ville."}
    forget_effects()


def test_a_page_read_before_somebody_else_decided_decides_nothing(city, as_, idea, second):
    report(idea)
    address = f"/idees/{idea.reference}/moderer/"
    read = as_(second).get(address).context["form"]["decisions"].value()
    fresh = Idea.objects.select_related("space", "unit", "transfer_to").get(pk=idea.pk)
    services.keep(idea=fresh, actor=city.moderator)

    for words in ({"decision": "garder"}, {"decision": "retirer", "reason_code": "injure", "text": WHY}):
        answer = as_(second).post(address, {**words, "decisions": read})
        assert answer.status_code == 409
        assert "Inès R. a décidé le" in text_of(answer)

    assert IdeaCase.objects.get().state == "kept"
    forget_effects()


@pytest.mark.parametrize("decision", ["garder", "retirer"])
def test_once_the_day_has_passed_an_administrator_decides(city, as_, idea, decision):
    report(idea, 3)
    client, address = as_(city.admin), f"/idees/{idea.reference}/moderer/"
    assert client.get(address).status_code == 404
    assert selectors.moderation_counts(city.admin)["a-lire"] == 0
    IdeaCase.objects.update(due_on=clock.today() - timedelta(days=1))

    assert selectors.moderation_counts(city.admin)["a-lire"] == 1
    answer = client.post(address, {"decision": decision, "reason_code": "injure", "text": WHY})

    assert answer.status_code == 303
    assert IdeaCase.objects.get().state == {"garder": "kept", "retirer": "removed"}[decision]
    forget_effects()
