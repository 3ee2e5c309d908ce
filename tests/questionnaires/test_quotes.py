"""Quoted answers reported, hidden, removed, objected to; answers set aside by organisers, brought back, told in words."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from src.directory.enums import Role
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.enums import IdentityMode, Visibility
from src.questionnaires import organising, selectors, synthesis_reading
from src.questionnaires import services as answering
from src.questionnaires.models import CodedText, QuoteAppeal, QuoteCase, QuoteReport, SynthesisFigure
from src.questionnaires.services import codebooks, coding, quotes
from src.questionnaires.services import synthesis as writing
from src.questionnaires.todo import to_moderate
from tests.factories import questionnaires as make
from tests.factories.barometers import crowd
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.participation import grant_in_space

from .test_coding import reader
from .test_screens import at
from .test_synthesis import plain, written

pytestmark = pytest.mark.django_db
WHY = "Ces mots visaient une collègue, que tout le monde reconnaît."


def quoted(many=12, mode=IdentityMode.PROTECTED):
    """A published synthesis whose one figure quotes each of these answers; its questionnaire, and who wrote first."""
    made, author = make.questionnaire(make.short_text()), AgentFactory()
    make.send(made, {"q1": "Les horaires de Karim sont impossibles."}, actor=author, mode=mode)
    crowd(made, *(({"q1": f"Les horaires changent trop, fois {number:02d}."}, 1) for number in range(many - 1)))
    crowd(made, ({"q1": "Rien à dire."}, 12))
    answering.close_questionnaire(questionnaire=made)
    book = codebooks.open_codebook(questionnaire=make.again(made), key="q1")
    codebooks.save_theme(codebook=book, name="Horaires", definition="Ce qui parle des horaires.")
    coding.code_several(actor=reader(book), codebook=book, texts=book.texts.all())
    speaking = [one for one in book.texts.select_related("answer", "codebook") if "horaires" in one.words]
    coding.code_several(actor=reader(book), codebook=book, texts=speaking, add=book.themes.get())
    writing.choose_shown(questionnaire=book.questionnaire, choices={one: (True, []) for one in speaking})
    written(book, book.themes.get(), publish=True)
    drain_outbox()
    return make.again(made), author


def first_quote():
    return next(one for one in CodedText.objects.select_related("answer") if "Karim" in one.words)


def figure():
    return SynthesisFigure.objects.select_related("table", "theme").get()


def figure_page(made):
    return at(made, "figure", theme=figure().theme.reference)


def quote_at(made, name, quote=None):
    return at(made, name, quote=(quote or first_quote()).reference)


def moderator_of(made):
    person = AgentFactory()
    grant_in_space(person, Role.MODERATOR, made.space)
    return type(person).objects.get(pk=person.pk)


def report_by_three(made, as_):
    for _unit in range(3):
        client = as_(AgentFactory(unit=UnitFactory()))
        sent = client.post(quote_at(made, "quote_report"), {"reason_code": "personnes", "words": "Il se reconnaîtra."})
        assert sent.status_code == 303 and sent.url == figure_page(made)
    drain_outbox()


class TestModeration:
    def test_three_units_hide_it_and_it_leaves_its_place(self, as_):
        made, _author = quoted()
        assert "Karim" in as_(AgentFactory()).get(figure_page(made)).content.decode()

        report_by_three(made, as_)

        page = plain(as_(AgentFactory()).get(figure_page(made)).content.decode())
        assert "Karim" not in page and "Signalée : masquée en attente d’une lecture." in page
        # The eleven others are still read: what is hidden still counts among those that were chosen.
        assert page.count("Les horaires changent trop") == 11 and figure().count == 12
        synthesis = plain(as_(AgentFactory()).get(at(made, "synthesis")).content.decode())
        assert "1 réponse citée est masquée par la modération" in synthesis
        assert QuoteCase.objects.get().reports.count() == 3

    @pytest.mark.parametrize("mode", [IdentityMode.NAMED, IdentityMode.PROTECTED])
    def test_removed_its_author_is_told_objects_and_somebody_else_answers(self, as_, mode):
        made, author = quoted(mode=mode)
        report_by_three(made, as_)
        first, second = moderator_of(made), moderator_of(made)
        assert [item.url for item in to_moderate(as_(first).get("/").wsgi_request.viewer)] == [
            reverse("questionnaires:quotes")
        ]
        client = as_(first)
        assert quote_at(made, "quote_decide") in client.get(reverse("questionnaires:quotes")).content.decode()
        unsaid = client.post(quote_at(made, "quote_decide"), {"decision": "remove"})
        assert unsaid.status_code == 422 and "Choisissez un motif" in plain(unsaid.content.decode())
        decision = {"decision": "remove", "reason_code": "personnes", "words": WHY}
        assert client.post(quote_at(made, "quote_decide"), decision).status_code == 303
        # The other tab of the same moderator, and a colleague's: one decision.
        late = as_(second).post(quote_at(made, "quote_decide"), decision, follow=True)
        assert "a décidé le" in plain(late.content.decode())
        drain_outbox()

        told = InboxItem.objects.filter(code="questionnaires.quote_removed")
        assert told.count() == 1 and (told.get().user_id == author.pk) == (mode == IdentityMode.NAMED)
        page = plain(as_(AgentFactory()).get(figure_page(made)).content.decode())
        assert "Retirée par la modération" in page.replace("Retiré par", "Retirée par") and "Karim" not in page
        own = as_(author)
        shown = plain(own.get(quote_at(made, "quote")).content.decode())
        assert "Karim" in shown and WHY in shown and "Contester" in shown
        assert own.post(quote_at(made, "quote"), {"words": "Non."}).status_code == 422
        objection = {"words": "Je parle des horaires de l’équipe, pas de lui."}
        assert own.post(quote_at(made, "quote"), objection).status_code == 303
        again = own.post(quote_at(made, "quote"), objection, follow=True)
        assert "Il n’y a plus rien à contester" in plain(again.content.decode())
        assert QuoteAppeal.objects.count() == 1
        answer = {"restored": "1", "words": "Ces mots parlent bien des horaires de toute l’équipe."}
        # Whoever removed it doesn't answer; somebody else does.
        assert as_(first).post(quote_at(made, "quote_decide"), answer).status_code == 403
        assert as_(second).post(quote_at(made, "quote_decide"), answer).status_code == 303
        drain_outbox()
        assert first_quote().visibility == Visibility.SHOWN
        assert InboxItem.objects.filter(code="questionnaires.quote_objection").count() == 1
        assert "Karim" in as_(AgentFactory()).get(figure_page(made)).content.decode()

    def test_kept_the_same_reason_hides_it_no_more(self, as_):
        made, _author = quoted()
        report_by_three(made, as_)
        assert as_(moderator_of(made)).post(quote_at(made, "quote_decide"), {"decision": "keep"}).status_code == 303
        report_by_three(made, as_)
        drain_outbox()

        assert first_quote().visibility == Visibility.SHOWN and QuoteReport.objects.count() == 6

    def test_who_may_do_what(self, as_):
        made, author = quoted()
        other, elsewhere = AgentFactory(), AgentFactory(roles=[(Role.MODERATOR, UnitFactory())])
        form = {"reason_code": "injure"}

        assert as_(None).get(quote_at(made, "quote_report")).status_code == 302
        assert as_(author).post(quote_at(made, "quote_report"), form).status_code == 403
        for person in (other, elsewhere):
            for name in ("quote", "quote_decide"):
                assert as_(person).get(quote_at(made, name)).status_code == 404
                assert as_(person).post(quote_at(made, name), {"words": WHY}).status_code == 404
        assert as_(other).get(reverse("questionnaires:quotes")).status_code == 404
        assert as_(other).get(at(made, "quote_report", quote="ZZZZZZZZ")).status_code == 404
        # Whoever reported doesn't decide.
        judge = moderator_of(made)
        as_(judge).post(quote_at(made, "quote_report"), form)
        assert as_(judge).post(quote_at(made, "quote_decide"), {"decision": "keep"}).status_code == 403
        drain_outbox()
        assert not QuoteCase.objects.exclude(state="open").exists()

    def test_what_isnt_quoted_isnt_reported(self, as_):
        made, _author = quoted()
        # Taken away by an organiser: the eleven others stand, then too few do.
        writing.choose_shown(questionnaire=made, choices={first_quote(): (False, [])})
        assert as_(AgentFactory()).get(quote_at(made, "quote_report")).status_code == 404
        other = next(one for one in CodedText.objects.all() if one.shown_at)
        assert as_(AgentFactory()).get(quote_at(made, "quote_report", other)).status_code == 200
        writing.choose_shown(questionnaire=made, choices={other: (False, [])})
        left = next(one for one in CodedText.objects.all() if one.shown_at)
        assert as_(AgentFactory()).get(quote_at(made, "quote_report", left)).status_code == 404

    def test_hostile_words_come_out_as_text_and_bad_input_is_refused(self, as_):
        made, _author = quoted()
        client = as_(AgentFactory())
        wrong = client.post(quote_at(made, "quote_report"), {"reason_code": "rien", "words": "<script>x"})
        assert wrong.status_code == 422 and "&lt;script&gt;x" in wrong.content.decode()
        client.post(quote_at(made, "quote_report"), {"reason_code": "injure", "words": '<img src=x onerror="a()">'})
        page = as_(moderator_of(made)).get(quote_at(made, "quote_decide")).content.decode()
        assert "<img src=x" not in page and "&lt;img src=x" in page
        drain_outbox()

    def test_the_page_of_a_figure_costs_the_same_whatever_is_hidden(self, as_):
        made, _author = quoted()
        client, costs = as_(AgentFactory()), []
        client.get(figure_page(made))
        for _time in range(2):
            with CaptureQueriesContext(connection) as seen:
                client.get(figure_page(made))
            costs.append(len(seen))
            if len(costs) == 1:
                report_by_three(made, as_)
        assert costs[0] == costs[1]

    def test_a_decision_no_longer_changes(self):
        made, _author = quoted()
        quote = first_quote()
        quote.codebook.questionnaire = made
        quotes.report(actor=AgentFactory(), quote=quote, reason_code="injure")
        quotes.keep(actor=moderator_of(made), quote=quote)
        drain_outbox()
        with pytest.raises(IntegrityError), transaction.atomic():
            QuoteCase.objects.update(state="removed", reason_code="injure", text=WHY)
        with pytest.raises(IntegrityError), transaction.atomic():
            CodedText.objects.update(visibility="removed")


class TestSetAside:
    @pytest.fixture
    def book(self):
        return make.codebook(
            ["Karim est un voleur."] + [f"Les horaires changent, fois {number:02d}" for number in range(29)],
            "Horaires",
        )

    def where(self, book, name, text=None):
        extra = {"text": text.reference} if text else {}
        return at(book.questionnaire, name, key=book.key, **extra)

    def test_nobody_reads_it_and_it_can_be_brought_back(self, book, as_):
        me, text = reader(book), first_quote()
        client = as_(me)
        coding.code_several(actor=me, codebook=book, texts=book.texts.all(), add=book.themes.get())
        assert "Mettre à l’écart" in plain(client.get(self.where(book, "code", text)).content.decode())
        assert client.post(self.where(book, "set_aside", text), {"reason": ""}).status_code == 422
        assert client.post(self.where(book, "set_aside", text), {"reason": "publicite"}).status_code == 422
        assert client.post(self.where(book, "set_aside", text), {"reason": "injure"}).status_code == 303

        for address in (
            self.where(book, "coded"),
            self.where(book, "codebook_words"),
            self.where(book, "code_next"),
            at(book.questionnaire, "texts"),
            at(book.questionnaire, "behind", theme=book.themes.get().reference),
        ):
            assert "voleur" not in client.get(address, follow=True).content.decode(), address
        assert "voleur" not in b"".join(client.get(at(book.questionnaire, "texts_csv")).streaming_content).decode()
        assert client.get(self.where(book, "code", text)).status_code == 404
        assert len(organising.texts_of(book.questionnaire)[0]["texts"]) == 29
        assert len(synthesis_reading.told_themes(book)[0]) == 29
        method = plain(client.get(at(book.questionnaire, "results")).content.decode())
        assert "Moins de 11 réponses libres ont été mises à l’écart" in method
        assert "Moins de 11 réponses libres" in plain(
            client.get(f"/api/v1/questionnaires/{book.questionnaire.reference}/results/").json()["method"]
        )
        assert "voleur" in client.get(self.where(book, "aside")).content.decode()
        # Twice, from another tab, then back: as it was coded.
        assert client.post(self.where(book, "set_aside", text), {"reason": "injure"}).status_code == 404
        for _time in range(2):
            assert client.post(self.where(book, "bring_back"), {"reponse": text.reference}).status_code == 303
        assert len(synthesis_reading.told_themes(book)[0]) == 30
        verbs = AuditEntry.objects.filter(verb__startswith="questionnaires.answer_").order_by("pk")
        assert list(verbs.values_list("verb", flat=True)) == [
            "questionnaires.answer_set_aside",
            "questionnaires.answer_brought_back",
        ]

    def test_eleven_are_counted_one_by_one_in_words(self, book):
        release = make.again(book.questionnaire).release
        assert "écart" not in selectors.method_words(release)
        for text in book.texts.all()[:11]:
            quotes.set_aside(text=text, reason="personnes")
        assert "11 réponses libres ont été mises à l’écart" in plain(selectors.method_words(release))

    def test_chosen_by_a_page_made_before_it_stays_aside(self, book):
        text = first_quote()
        stale = CodedText.objects.select_related("codebook").get(pk=text.pk)
        quotes.set_aside(text=text, reason="injure")
        stale.refresh_from_db()
        writing.choose_shown(questionnaire=book.questionnaire, choices={stale: (True, [])})
        assert CodedText.objects.get(pk=text.pk).shown_at is None
        with pytest.raises(IntegrityError), transaction.atomic():
            CodedText.objects.filter(pk=text.pk).update(shown_at="2026-03-02T00:00:00Z")

    def test_what_two_people_are_reading_waits(self, book, as_):
        first, second = reader(book), reader(book)
        codebooks.save_theme(codebook=book, name="Autre", definition="Le reste, en une phrase.")
        coding.draw_double_reading(actor=first, codebook=book, first=first, second=second, size=30)
        refused = as_(first).post(self.where(book, "set_aside", first_quote()), {"reason": "injure"})
        assert refused.status_code == 422 and "Deux personnes lisent cette réponse" in plain(refused.content.decode())

    def test_only_organisers(self, book, as_):
        for name, text in (("aside", None), ("set_aside", first_quote())):
            assert as_(AgentFactory()).get(self.where(book, name, text)).status_code == 404
        assert as_(AgentFactory()).post(self.where(book, "bring_back"), {"reponse": "x"}).status_code == 404
        assert as_(reader(book)).post(self.where(book, "bring_back"), {"reponse": "\x00"}).status_code == 404


def test_a_moderator_of_the_whole_city_has_them_all(as_):
    made, _author = quoted()
    quotes_of = AgentFactory(roles=[(Role.MODERATOR, None)])
    as_(AgentFactory()).post(quote_at(made, "quote_report"), {"reason_code": "injure"})
    drain_outbox()

    page = as_(quotes_of).get(reverse("questionnaires:quotes")).content.decode()

    assert quote_at(made, "quote_decide") in page
