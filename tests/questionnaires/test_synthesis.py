"""A synthesis: 200 answers coded by two people, figures that open their answers, frozen, and never a small one."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle
from src.questionnaires import personal_data, synthesis_reading
from src.questionnaires.models import (
    AnswerSet,
    Citation,
    CodedText,
    FigureText,
    Synthesis,
    SynthesisChapter,
    SynthesisFigure,
    SynthesisParagraph,
)
from src.questionnaires.services import codebooks, coding
from src.questionnaires.services import synthesis as services
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, UnitFactory

from .test_coding import read_all, reader
from .test_screens import at

pytestmark = pytest.mark.django_db


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def written(book, *cited, publish=False) -> Synthesis:
    """A synthesis of one chapter and one paragraph that cites these themes."""
    held = services.begin_synthesis(questionnaire=book.questionnaire, title="Ce que vous avez dit")
    chapter = services.save_chapter(synthesis=held, title="Le travail")
    services.save_paragraph(chapter=chapter, text="Beaucoup parlent de cela.", themes=cited)
    return services.publish_synthesis(questionnaire=book.questionnaire) if publish else held


def coded(book, **sizes):
    """The first texts of the drawn order, coded so many a theme, from the first one; every text is read."""
    me, texts = reader(book), list(book.texts.all())
    coding.code_several(actor=me, codebook=book, texts=texts)
    for name, size in sizes.items():
        start, many = size if isinstance(size, tuple) else (0, size)
        theme = book.themes.get(name=name)
        coding.code_several(actor=me, codebook=book, texts=texts[start : start + many], add=theme)
    return me, texts


def test_two_hundred_answers_coded_by_two_and_each_figure_opens_its_answers(as_):
    """The whole way: read apart, agreement shown, settled, written, published, read by anybody of the circle."""
    texts = [f"Le planning arrive trop tard {n}" if n % 2 else f"Les vestiaires sont froids {n}" for n in range(200)]
    space = make.asked_space(circle=Circle.AGENTS)
    book = make.codebook(texts, "Horaires", "Locaux", space=space)
    hours, rooms = book.themes.all()
    first, second = reader(book), reader(book)
    double = coding.draw_double_reading(actor=first, codebook=book, first=first, second=second, size=200)
    sample = list(double.texts.select_related("answer"))
    right = {place: [hours.pk] if "planning" in text.words else [rooms.pk] for place, text in enumerate(sample)}
    read_all(first, double, right.get)
    # The second reader misses ten of them.
    read_all(second, double, lambda place: right[place] if place >= 10 else [])
    for person in (first, second):
        coding.finish_reading(actor=person, double=double)
    page = as_(first).get(at(book.questionnaire, "double", key="q1")).content.decode()
    assert "200 réponses lues par deux personnes, dont 190" in page and "Alpha de Krippendorff" in page
    for text in double.texts.all()[:10]:
        coding.code_text(actor=first, text=text, themes=right[sample.index(text)])
    client = as_(first)
    held = written(book, hours, rooms)
    draft = client.get(at(book.questionnaire, "synthesis_write")).content.decode()
    assert "100 réponses sur 200 parlent de « Horaires »" in plain(draft)

    # Each figure of the draft opens its answers; twelve of one may be read by all, one word hidden in the first.
    behind = at(book.questionnaire, "behind", theme=hours.reference)
    page = client.get(behind).content.decode()
    assert page.count('name="vu"') == 100 and "vestiaires" not in page
    shown = [text.reference for text in CodedText.objects.filter(codings__codes__theme=hours).distinct()[:12]]
    data = {"vu": shown, "montrer": shown, f"cacher-{shown[0]}": "planning"}
    assert client.post(behind, data).status_code == 303
    assert client.post(at(book.questionnaire, "synthesis_publish")).url == at(book.questionnaire, "synthesis")

    anybody = as_(AgentFactory())
    page = anybody.get(at(book.questionnaire, "synthesis")).content.decode()
    assert page.count(at(book.questionnaire, "figure", theme=hours.reference)) == 2
    figure = anybody.get(at(book.questionnaire, "figure", theme=hours.reference)).content.decode()
    assert figure.count("arrive trop tard") == 12 and figure.count("Le […] arrive") == 1
    # Nobody chose answers of the other one: none is shown; its organiser opens all of them.
    assert "arrive" not in (
        other := anybody.get(at(book.questionnaire, "figure", theme=rooms.reference)).content.decode()
    )
    assert "ne sont pas montrées" in other and "Toutes les réponses" not in other
    assert client.get(at(book.questionnaire, "behind", theme=rooms.reference)).content.decode().count("froids") == 100
    assert {one.count for one in SynthesisFigure.objects.filter(table__synthesis=held)} == {100}
    drain_outbox()


def test_a_published_synthesis_is_frozen_whatever_becomes_of_the_codes(as_):
    book = make.codebook([f"Mot {n}" for n in range(40)], "Horaires", "Locaux", "Gants")
    me, texts = coded(book, Horaires=15, Locaux=(10, 20), Gants=(0, 3))
    hours, rooms, gloves = book.themes.all()
    codebooks.merge_theme(theme=gloves, into=rooms)
    held = written(book, hours, gloves, publish=True)
    told = {one.name: (one.count, one.behind.count()) for one in SynthesisFigure.objects.all()}
    assert told == {"Horaires": (15, 15), "Locaux": (23, 23)}

    # What was merged is cited as the theme it is in; taken out again later, nothing moves.
    codebooks.take_out_theme(theme=type(gloves).objects.get(pk=gloves.pk))
    coding.code_several(actor=me, codebook=book, texts=texts, remove=hours)
    (chapter,) = synthesis_reading.published_chapters(held)
    assert [plain(one.sentence) for one in chapter.paragraphs[0].figures] == [
        "15 réponses sur 40 parlent de « Horaires ».",
        "23 réponses sur 40 parlent de « Locaux ».",
    ]
    assert services.publish_synthesis(questionnaire=book.questionnaire) == held
    chapter = SynthesisChapter.objects.get()
    for refused in (
        lambda: services.save_chapter(synthesis=held, title="Encore"),
        lambda: services.save_paragraph(chapter=chapter, text="Encore", themes=[]),
        lambda: services.begin_synthesis(questionnaire=book.questionnaire, title="Autre"),
        lambda: services.remove_part(part=chapter),
    ):
        with pytest.raises(ValidationError, match="ne change plus"):
            refused()
    for change in (
        lambda: Synthesis.objects.update(title="Autre"),
        lambda: SynthesisParagraph.objects.update(text="Autre"),
        lambda: SynthesisChapter.objects.all().delete(),
        lambda: Citation.objects.all().delete(),
        lambda: SynthesisFigure.objects.update(count=16),
        lambda: FigureText.objects.create(figure=SynthesisFigure.objects.first(), text=texts[39]),
        lambda: CodedText.objects.filter(pk=texts[0].pk).update(shown_at=held.published_at),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("sizes", "told", "hidden"),
    [
        pytest.param({"A": 20, "B": 10}, ["A"], ["B"], id="under k"),
        pytest.param({"A": 35, "B": 12}, ["B"], ["A"], id="all but five"),
        pytest.param({"A": 20, "B": 14}, ["A"], ["B"], id="one inside the other, six apart"),
        pytest.param({"A": 20, "B": (20, 15)}, ["A"], ["B"], id="two that leave five"),
        pytest.param({"A": 25, "B": (5, 12)}, ["A", "B"], [], id="thirteen apart"),
    ],
)
def test_no_small_figure_is_published_nor_found_between_two(sizes, told, hidden):
    book = make.codebook([f"Mot {n}" for n in range(40)], "A", "B")
    coded(book, **sizes)
    themes = {theme.name: theme for theme in book.themes.all()}
    held = written(book, *themes.values())
    if hidden:
        with pytest.raises(ValidationError) as refusal:
            services.publish_synthesis(questionnaire=book.questionnaire)
        assert [
            plain(one).startswith(f"Le chiffre de « {name} »") for name in hidden for one in refusal.value.messages
        ] == [True]
        paragraph = SynthesisParagraph.objects.get()
        services.save_paragraph(
            chapter=paragraph.chapter, text="Moins.", themes=[themes[name] for name in told], paragraph=paragraph
        )
    services.publish_synthesis(questionnaire=book.questionnaire)

    rows = list(synthesis_reading.export_rows(held))
    assert [row[1] for row in rows if row[3] != "non montré"] == sorted(told, key=lambda name: -rows_of(rows)[name])
    assert [row[1] for row in rows if row[3] == "non montré"] == hidden


def rows_of(rows) -> dict:
    return {row[1]: row[3] for row in rows}


def test_too_few_shown_answers_show_none_and_what_is_taken_away_stays_away():
    book = make.codebook([f"Appeler Karim {n:02d}" for n in range(30)], "Appels")
    coded(book, Appels=15)
    theme = book.themes.get()
    texts = list(book.texts.all()[:11])
    choose = services.choose_shown
    choose(questionnaire=book.questionnaire, choices={text: (True, ["Karim"]) for text in texts})
    written(book, theme, publish=True)
    figure = SynthesisFigure.objects.select_related("table").get()
    assert len(synthesis_reading.shown_texts(figure)) == 11
    assert all("[…]" in text and "Karim" not in text for text in synthesis_reading.shown_texts(figure))

    # Published: words hidden stay hidden, no answer is added, one taken away leaves too few.
    others = list(book.texts.all()[11:13])
    assert choose(questionnaire=book.questionnaire, choices={texts[0]: (True, []), others[0]: (True, [])}) == 0
    assert choose(questionnaire=book.questionnaire, choices={texts[0]: (False, [])}) == 1
    assert synthesis_reading.shown_texts(figure) == []
    assert choose(questionnaire=book.questionnaire, choices={texts[0]: (True, [])}) == 0
    with pytest.raises(ValidationError):
        choose(questionnaire=make.closed_with_texts(["x"] * 11), choices={texts[0]: (False, [])})


def test_answers_erased_leave_the_figure_and_take_their_words(settings):
    book = make.codebook([f"Mot {n}" for n in range(30)], "Mots")
    coded(book, Mots=15)
    services.choose_shown(questionnaire=book.questionnaire, choices={one: (True, []) for one in book.texts.all()})
    written(book, book.themes.get(), publish=True)
    settings.TERRAIN_ANSWERS_DAYS = -1
    personal_data._purge(clock.now(), apply=True)

    assert not AnswerSet.objects.exists() and not CodedText.objects.exists() and not FigureText.objects.exists()
    figure = SynthesisFigure.objects.select_related("table").get()
    assert (figure.count, synthesis_reading.shown_texts(figure)) == (15, [])


def test_what_keeps_a_synthesis_from_being_published():
    book = make.codebook([f"Mot {n}" for n in range(30)], "A", "B")
    with pytest.raises(ValidationError, match="Écrivez d’abord"):
        services.publish_synthesis(questionnaire=book.questionnaire)
    held = services.begin_synthesis(questionnaire=book.questionnaire, title="Synthèse")
    with pytest.raises(ValidationError, match="un chapitre au moins"):
        services.publish_synthesis(questionnaire=book.questionnaire)
    services.save_chapter(synthesis=held, title="Vide")
    with pytest.raises(ValidationError, match="Vide.*pas encore de paragraphe"):
        services.publish_synthesis(questionnaire=book.questionnaire)
    other = make.codebook([f"Mot {n}" for n in range(12)], "Ailleurs")
    with pytest.raises(ValidationError, match="questionnaire"):
        services.save_paragraph(chapter=SynthesisChapter.objects.get(), text="Texte.", themes=[other.themes.get()])
    with pytest.raises(ValidationError, match="clos"):
        services.begin_synthesis(questionnaire=make.questionnaire(), title="Trop tôt")


def test_a_synthesis_is_for_the_circle_of_its_space(as_):
    unit = UnitFactory()
    space = make.asked_space(circle=Circle.MEMBERS, member_unit=unit)
    book = make.codebook([f"Mot {n}" for n in range(30)], "=HYPERLINK(1)", "B", space=space)
    coded(book, **{"=HYPERLINK(1)": 12, "B": (2, 13)})
    theme, other = book.themes.all()
    organiser = as_(reader(book))
    addresses = [
        at(book.questionnaire, "synthesis"),
        at(book.questionnaire, "synthesis_print"),
        at(book.questionnaire, "themes_csv"),
        at(book.questionnaire, "themes_xlsx"),
        at(book.questionnaire, "figure", theme=theme.reference),
    ]
    written(book, theme)
    assert {organiser.get(address).status_code for address in addresses} == {404}
    services.publish_synthesis(questionnaire=book.questionnaire)

    member, stranger = as_(AgentFactory(unit=unit)), as_(AgentFactory())
    assert {member.get(address).status_code for address in addresses} == {200}
    assert {stranger.get(address).status_code for address in addresses} == {404}
    for name in ("reading", "synthesis_write", "synthesis_publish"):
        assert member.get(at(book.questionnaire, name)).status_code == 404
    assert member.get(at(book.questionnaire, "behind", theme=theme.reference)).status_code == 404
    assert organiser.get(at(book.questionnaire, "figure", theme="ZZZZZZ")).status_code == 404
    answer = member.get(at(book.questionnaire, "themes_xlsx"))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [[cell.value for cell in row][1:4:2] for row in sheet.iter_rows(min_row=2)] == [
        ["B", 13], ["=HYPERLINK(1)", 12],
    ]  # fmt: skip
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    drain_outbox()


def test_whoever_has_no_account_prints_and_takes_away_what_everybody_may_read(client):
    """Counted by network: the bucket of each gesture is known there too."""
    book = make.codebook([f"Mot {n}" for n in range(30)], "A", space=make.asked_space(circle=Circle.EVERYONE))
    coded(book, A=12)
    written(book, book.themes.get(), publish=True)

    for name in ("synthesis", "synthesis_print", "themes_csv", "themes_xlsx"):
        assert client.get(at(book.questionnaire, name)).status_code == 200, name
    drain_outbox()


def test_pages_take_the_same_statements_however_many(as_, django_assert_num_queries):
    book = make.codebook([f"Mot {n}" for n in range(60)], "A", "B", "C")
    coded(book, A=20, B=(20, 15))
    a, b, _c = book.themes.all()
    held = written(book, a)
    client = as_(AgentFactory(roles=[(Role.ADMINISTRATOR, None)]))
    pages = {"synthesis_write": 20, "codebook": 19}
    for name, count in pages.items():
        with django_assert_num_queries(count):
            client.get(at(book.questionnaire, name, **({"key": "q1"} if name == "codebook" else {})))
    chapter = services.save_chapter(synthesis=held, title="Deux")
    for _time in range(3):
        services.save_paragraph(chapter=chapter, text="Encore.", themes=[a, b])
        codebooks.save_theme(codebook=book, name=f"D{_time}", definition="Encore.")
    for name, count in pages.items():
        with django_assert_num_queries(count):
            client.get(at(book.questionnaire, name, **({"key": "q1"} if name == "codebook" else {})))
    services.publish_synthesis(questionnaire=book.questionnaire)
    with django_assert_num_queries(18):
        client.get(at(book.questionnaire, "synthesis"))


def test_two_tabs_choose_answers_without_undoing_each_other(as_):
    book = make.codebook([f"Mot {n}" for n in range(30)], "Mots")
    me, texts = coded(book, Mots=15)
    one, two = (text.reference for text in texts[:2])
    client, address = as_(me), at(book.questionnaire, "behind", theme=book.themes.get().reference)

    def shown():
        return {text.reference: text.hidden_words for text in CodedText.objects.filter(shown_at__isnull=False)}

    client.post(address, {"vu": [one, two], "montrer": [one], f"cacher-{one}": "Mot", f"avant-{one}": ""})
    # The other tab was opened before: what it didn't touch stays as the first one left it.
    client.post(address, {"vu": [one, two], "montrer": [two], f"cacher-{one}": "", f"avant-{one}": ""})
    assert shown() == {one: ["Mot"], two: []}
    client.post(address, {"vu": [one, two], "etait": [one, two], "montrer": [two], f"cacher-{two}": "x"})
    assert shown() == {two: ["x"]}

    # What can't be kept comes back as it was typed.
    refused = client.post(address, {"vu": [one], "montrer": [one], f"cacher-{one}": "y" * 90})
    assert refused.status_code == 422 and "y" * 90 in refused.content.decode()
    assert shown() == {two: ["x"]}
