"""The screens of texts: contributing, organising from nothing to the end, moderating; and who may not."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.texts import services
from consultations.texts.models import ChangedSpan, ContributionOutcome, ReformText, TextCase, UnitContribution
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.foundations.text import plain_to_html
from src.notices.models import InboxItem
from src.participation.enums import Circle, IdentityMode, Visibility
from tests.factories.consultations import dossier
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.ideas import BoxFactory
from tests.factories.participation import grant_in_space
from tests.factories.texts import again, contribute, docx, reform_text, second_version, text_space, unit_of

pytestmark = pytest.mark.django_db


def at(text, name="detail", **kwargs):
    return reverse(f"texts:{name}", kwargs={"reference": text.reference, **kwargs})


def posted(text, label="1", **words):
    data = {"kind": "amend", "proposal": "Trois semaines avant.", "body": "Trop court.", "identity": "named"}
    return {**data, "token": str(uuid.uuid4()), **words}


def test_contributing_then_changing_replying_supporting_and_taking_back(as_):
    text, author, colleague = reform_text(), AgentFactory(), AgentFactory()
    forget_effects()
    mine, theirs = as_(author), as_(colleague)
    page = at(text, "unit", key=unit_of(text).key)

    sent = mine.post(page, posted(text, identity="protected"))
    one = UnitContribution.objects.get()
    assert sent.status_code == 303 and sent.url == at(text, "contribution", contribution=one.reference)
    assert "Changer mes mots" in mine.get(sent.url).content.decode()
    assert "Changer mes mots" not in theirs.get(sent.url).content.decode()
    changed = mine.post(at(text, "change", contribution=one.reference), {"body": "Mieux.", "proposal": "Un mois."})
    assert changed.status_code == 303
    assert theirs.post(at(text, "change", contribution=one.reference), {"body": "Moi."}).status_code == 404
    assert mine.post(at(text, "support", contribution=one.reference), {"soutien": "1"}).status_code == 303
    assert theirs.post(at(text, "support", contribution=one.reference), {"soutien": "1"}).status_code == 303
    replied = theirs.post(sent.url, {"body": "Pareil chez nous.", "identity": "named", "token": str(uuid.uuid4())})
    assert replied.status_code == 303
    assert mine.post(at(text, "withdraw", contribution=one.reference)).status_code == 409

    one.refresh_from_db()
    assert (one.proposal, one.counts.supports, one.replies.get().body) == ("Un mois.", 1, "Pareil chez nous.")
    drain_outbox()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"kind": ""}, "Dites ce que vous voulez faire de cet article."),
        ({"proposal": ""}, "Écrivez la rédaction que vous proposez."),
        ({"kind": "question", "body": ""}, "Écrivez votre question."),
        ({"identity": "anonymous"}, "Choisissez comment vous contribuez."),
        ({"body": "a" * 1501}, "Raccourcissez votre texte"),
        ({"body": "\x00", "kind": "question"}, "Écrivez votre question."),
    ],
)
def test_bad_input_is_answered_in_words_and_what_was_typed_stays(as_, words, sentence):
    text = reform_text()
    forget_effects()
    data = {name: value.encode("utf-8", "replace").decode() for name, value in posted(text, **words).items()}

    response = as_(AgentFactory()).post(at(text, "unit", key=unit_of(text).key), data)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert data["proposal"] in response.content.decode()
    assert not UnitContribution.objects.exists()


def test_a_testimony_is_held_before_anything_is_kept(as_):
    text = reform_text()
    forget_effects()
    words = posted(text, kind="question", body="Mon chef me harcèle sexuellement depuis des mois.")

    response = as_(AgentFactory()).post(at(text, "unit", key=unit_of(text).key), words)

    assert response.status_code != 303
    assert not UnitContribution.objects.exists()


def test_a_text_from_a_file_to_its_closing(organised, as_):
    space, client = organised
    begun = client.post(reverse("texts:create"), {"space": space.pk, "title": "Charte", "introduction": ""})
    text = ReformText.objects.get()
    assert begun.url == at(text, "bring")
    broken = client.post(begun.url, {"file": SimpleUploadedFile("t.docx", b"PK\x03\x04rien"), "paste": ""})
    assert broken.status_code == 422 and "abîmé" in broken.content.decode()
    file = SimpleUploadedFile(
        "t.docx", docx(["Article 1. Prévenir. Deux semaines avant.", "Article 2. Échanger. Oui."])
    )
    assert client.post(begun.url, {"file": file, "paste": ""}).url == at(text, "write")
    one = text.draft.units.get(label="2")
    edited = {"kind": "article", "label": "2", "title": "Échanger", "body": "Deux collègues échangent un service."}
    assert client.post(at(text, "edit", key=one.key), edited).status_code == 303
    for name in ("write", "preview", "publish", "describe", "bring"):
        assert client.get(at(text, name)).status_code == 200
    assert as_(AgentFactory()).get(at(text)).status_code == 404
    assert client.post(at(text, "publish")).url == at(text)

    said = contribute(again(text), body="Trop court.", proposal="Trois semaines avant.")
    asked = contribute(again(text), label="2", kind="question", body="Et le repos ?")
    assert client.post(at(text, "begin")).status_code == 303
    first = again(text).draft.units.get(label="1")
    rewritten = {"kind": "article", "label": "1", "title": "Prévenir", "body": "Trois semaines avant."}
    assert client.post(at(text, "edit", key=first.key), rewritten).status_code == 303
    refused = client.post(at(text, "publish"))
    assert refused.status_code == 409 and "2 contributions n’ont pas de suite." in refused.content.decode()
    span = ChangedSpan.objects.get()
    decide = at(text, "decide")
    assert client.get(decide, {"c": [said.reference]}).status_code == 200
    bad = client.post(decide, {"envoi": "1", "c": said.reference, "kind": "taken", "reason": ""})
    assert bad.status_code == 422 and "Choisissez le changement qui la reprend" in bad.content.decode()
    assert (
        client.post(decide, {"envoi": "1", "c": said.reference, "kind": "taken", "spans": span.pk}).status_code == 303
    )
    answered = {"envoi": "1", "c": asked.reference, "kind": "answered", "reason": "Il est garanti."}
    assert client.post(decide, answered).status_code == 303
    assert client.post(at(text, "publish")).url == at(text, "changes", version=2)

    page = (
        as_(AgentFactory())
        .get(at(text, "changes", version=2))
        .content.decode()
        .replace("\xa0", " ")
        .replace("\u202f", " ")
    )
    assert "<del>" in page and "<ins>" in page
    assert "Remplacé : « Deux » par « Trois »." in page
    assert "Repris de 1 contribution" in page and "Trop court." in page
    assert client.post(at(text, "close")).status_code == 303
    drain_outbox()
    assert InboxItem.objects.filter(code="texts.outcome").count() == 2
    assert again(text).closed_at is not None


def test_bulk_outcomes_by_list_share_a_theme_and_say_so(organised):
    space, client = organised
    text = reform_text(space=space)
    for _n in range(3):
        contribute(text)
    contribute(text, kind="question", body="Et là ?")
    data = {"tout": "1", "genre": "amend", "envoi": "1", "kind": "set_aside", "reason": "Le repos.", "theme": "Délai"}

    page = client.get(at(text, "decide"), {"tout": "1", "genre": "amend"}).content.decode()
    references = [one.reference for one in UnitContribution.objects.filter(kind="amend")]
    assert all(f'value="{reference}"' in page for reference in references)
    assert client.post(at(text, "decide"), data).status_code == 303

    assert list(ContributionOutcome.objects.values_list("theme", flat=True)) == ["Délai"] * 3
    assert "1 contribution attend sa suite." in client.get(at(text, "queue")).content.decode()
    forget_effects()


def test_wording_is_said_and_unsaid(organised):
    space, client = organised
    text = reform_text(space=space)
    second_version(text)
    span = ChangedSpan.objects.get()

    page = client.get(at(text, "spans"))
    assert client.post(at(text, "spans"), {"changement": span.pk, "redaction": "1"}).status_code == 303
    span.refresh_from_db()
    said = span.is_editorial
    client.post(at(text, "spans"), {"changement": span.pk, "redaction": "0"})
    client.post(at(text, "spans"), {"changement": "²", "redaction": "1"})
    span.refresh_from_db()

    assert page.status_code == 200 and said and not span.is_editorial
    forget_effects()


def test_what_is_reported_hides_is_read_removed_contested_and_restored(as_, settings):
    settings.TERRAIN_REPORTING_UNITS = 2
    text = reform_text()
    author, moderator, other = AgentFactory(), AgentFactory(), AgentFactory()
    for person in (moderator, other):
        grant_in_space(person, Role.MODERATOR, text.space)
    one = contribute(text, actor=author, kind="question", body="Des mots qui blessent.")
    for unit in (UnitFactory(), UnitFactory()):
        report = at(text, "report", contribution=one.reference)
        assert as_(AgentFactory(unit=unit)).post(report, {"reason_code": "injure", "words": ""}).status_code == 303
    one.refresh_from_db()
    assert one.visibility == Visibility.WITHHELD
    stranger = as_(AgentFactory())
    assert (
        "Des mots qui blessent"
        not in stranger.get(at(text, "contribution", contribution=one.reference)).content.decode()
    )

    moderate = at(text, "moderate", contribution=one.reference)
    assert stranger.get(moderate).status_code == 404
    words = "Cette contribution visait une personne par son prénom."
    assert as_(moderator).get(reverse("texts:moderation")).status_code == 200
    removed = as_(moderator).post(moderate, {"decision": "remove", "reason_code": "injure", "words": words})
    assert removed.status_code == 303
    contested = as_(author).post(
        at(text, "object", contribution=one.reference), {"words": "Je parlais du travail, de personne en particulier."}
    )
    assert contested.status_code == 303
    assert as_(moderator).post(moderate, {"restored": "1", "words": words}).status_code == 403
    assert as_(other).post(moderate, {"restored": "1", "words": words}).status_code == 303

    drain_outbox()
    one.refresh_from_db()
    assert one.visibility == Visibility.SHOWN
    assert TextCase.objects.get().appeal.state == "restored"
    assert list(InboxItem.objects.filter(user=author).order_by("pk").values_list("code", flat=True)) == [
        "texts.removed",
        "texts.objection",
    ]


@pytest.mark.parametrize("where", ["city", "branch", "elsewhere"])
def test_a_moderator_of_the_city_or_of_the_branch_finds_what_is_reported(as_, where):
    unit = UnitFactory()
    text = reform_text(space=text_space(steering_unit=unit))
    place = {"city": None, "branch": unit, "elsewhere": UnitFactory()}[where]
    moderator = AgentFactory(roles=[(Role.MODERATOR, place)])
    one = contribute(text, kind="question", body="Des mots qui blessent.")
    services.report(actor=AgentFactory(), contribution=one, text=text, reason_code="injure")
    forget_effects()

    page = as_(moderator).get(reverse("texts:moderation")).content.decode()

    assert (at(text, "moderate", contribution=one.reference) in page) == (where != "elsewhere")


def test_nobody_else_reads_a_text_of_members_or_organises_it(as_):
    members = reform_text(space=text_space(circle=Circle.MEMBERS, member_unit=UnitFactory()))
    forget_effects()
    agent = as_(AgentFactory())
    key = unit_of(members).key
    reading = [
        at(members),
        at(members, "unit", key=key),
        at(members, "contributions"),
        at(members, "contributions_csv"),
    ]
    writing = [at(members, name) for name in ("write", "queue", "publish", "close", "spans", "preview")]

    assert {agent.get(url).status_code for url in [*reading, *writing]} == {404}
    assert agent.get(f"/api/v1/texts/{members.reference}/").status_code == 404
    assert as_(None).get(at(members, "write")).url.startswith("/connexion/")


def test_files_and_the_api_say_what_pages_say(as_):
    text = reform_text()
    one = contribute(text, mode=IdentityMode.PROTECTED, body="=1+1")
    services.decide(text=again(text), contributions=[one], kind="set_aside", reason="Le repos d'abord.")
    reader = as_(AgentFactory())

    csv = b"".join(reader.get(at(text, "contributions_csv")).streaming_content).decode()
    data = json.loads(reader.get(at(text, "contributions_json")).content)
    api = reader.get(f"/api/v1/texts/{text.reference}/contributions/").json()

    assert "'=1+1" in csv and "Nom protégé" in csv
    # Not told yet: nobody else reads the outcome.
    assert data["contributions"] == api["items"] and api["items"][0]["outcome"] is None
    assert api["items"][0]["by"] == "" and api["items"][0]["week"] == one.week.isoformat()
    assert reader.get("/api/v1/texts/").json()["items"][0]["contributions"] == 1
    services.close_text(text=again(text))
    assert reader.get(f"/api/v1/texts/{text.reference}/contributions/").json()["items"][0]["outcome"] == "set_aside"
    drain_outbox()


@pytest.mark.parametrize("rows", [1, 3])
def test_what_pages_cost(as_, rows):
    text = reform_text()
    for _n in range(rows):
        one = contribute(text)
    forget_effects()
    client = as_(AgentFactory())
    client.get(at(text))
    pages = {
        "text": at(text),
        "unit": at(text, "unit", key=unit_of(text).key),
        "contributions": at(text, "contributions"),
        "contribution": at(text, "contribution", contribution=one.reference),
        "list": reverse("texts:list"),
    }
    costs = {}
    for name, address in pages.items():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        costs[name] = len(asked)

    assert costs == {"text": 10, "unit": 11, "contributions": 10, "contribution": 9, "list": 7}


def test_sixty_articles_and_two_thousand_contributions_open_in_twelve_statements(as_, django_assert_max_num_queries):
    articles = [(str(n), f"Article {n}", f"Les mots de l'article numéro {n} de ce long texte.") for n in range(1, 61)]
    text = reform_text(articles=articles)
    units = list(text.current.units.order_by("position"))
    first = contribute(text)
    UnitContribution.objects.bulk_create(
        UnitContribution(
            unit=units[n % 60],
            kind="amend",
            identity_mode=IdentityMode.PROTECTED,
            signed_as="Nom protégé",
            week=first.week,
            created_at=first.created_at,
            body=f"Contribution {n}",
            body_html=plain_to_html(f"Contribution {n}"),
            proposal=f"Autre rédaction {n}",
        )
        for n in range(1999)
    )
    draft = second_version(text, {"1": "Les mots du premier article, autrement.", "9": "Le neuvième est réécrit."})
    changed = ChangedSpan.objects.filter(version=draft).select_related("version")
    everybody = UnitContribution.objects.all()
    services.decide(text=again(text), contributions=everybody, kind="taken", theme="Tout", spans=changed[:1])
    ChangedSpan.objects.filter(version=draft, sources__isnull=True).update(is_editorial=True)
    services.publish_version(version=draft)
    forget_effects()
    client = as_(AgentFactory())

    for address in (at(text), at(text, "version", version=1), at(text, "changes", version=2)):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_the_list_begins_with_what_one_may_say_and_ends_with_what_is_closed(as_):
    opened = reform_text(space=text_space(circle=Circle.EVERYONE), title="Charte ouverte")
    over = text_space(circle=Circle.EVERYONE)
    reform_text(space=over, title="Charte étudiée")
    over.phases.update(ends_at=clock.now())
    closed = reform_text(space=text_space(circle=Circle.EVERYONE), title="Charte close")
    closed.space.phases.update(ends_at=clock.now())
    services.close_text(text=again(closed))
    for later in range(19):
        reform_text(space=over, title=f"Charte plus récente {later}")
    client, titles = as_(AgentFactory()), []
    page = client.get("/textes/")
    titles += [card.text.title for card in page.context["cards"]]
    titles += [card.text.title for card in client.get("/textes/" + page.context["next_page"]).context["cards"]]

    assert (titles[0], titles[-1], len(titles)) == (opened.title, closed.title, 22)
    forget_effects()


def test_the_page_of_subjects_leads_to_what_agents_read_and_say(as_):
    dossier(space=BoxFactory(circle=Circle.EVERYONE))
    visitor, agent = (client.get("/consultations/").content.decode() for client in (Client(), as_(AgentFactory())))

    for page in (visitor, agent):
        assert all(f'href="{address}"' in page for address in ("/textes/", "/qualite/", "/questionnaires/"))
    assert 'href="/reunions/"' in agent and 'href="/reunions/"' not in visitor
