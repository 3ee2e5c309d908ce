"""Sheets typed back: what a sheet says is kept as the web would keep it; the desk's rules hold for questionnaires."""

import html
import io
from types import SimpleNamespace

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from src.directory.enums import Role
from src.foundations import clock, documents
from src.foundations.plain_fields import plain_text
from src.foundations.testing import drain_outbox
from src.paper import registry
from src.paper import services as desk
from src.paper.models import Batch, FollowCode
from src.paper.services.batches import Filled, opened
from src.participation.enums import Channel, IdentityMode
from src.participation.models import SealedAuthor, Space
from src.questionnaires import asking, channels, services
from src.questionnaires.forms.sheet import SheetForm, posted
from src.questionnaires.models import AnswerSet, Question
from src.questionnaires.paper import KIND, about_of, sheets_for
from src.questionnaires.services.answering import read_answers
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, SiteFactory

from .test_asking import an_answer, question, questionnaires


def row_of(spec: asking.Question, position: int) -> Question:
    """A question of the database, unsaved, that the rules read as ``spec``."""
    lines = {"choices": spec.choices, "rows": spec.rows}
    kept = {name: [{"key": key, "label": f"{key} !"} for key in keys] for name, keys in lines.items() if keys}
    kept |= {name: value for name in ("least", "most") if (value := getattr(spec, name)) is not None}
    if spec.no_opinion:
        kept["no_opinion"] = True
    condition = (
        {"question": spec.condition.question, "values": list(spec.condition.values)} if spec.condition else None
    )
    return Question(
        key=spec.key, kind=spec.kind, text=f"{spec.key} ?", position=position, settings=kept, condition=condition,
        is_required=spec.required, is_personal=spec.personal,
    )  # fmt: skip


def revision_of(specs) -> SimpleNamespace:
    rows = [row_of(spec, position) for position, spec in enumerate(specs, start=1)]
    return SimpleNamespace(ordered=rows, specs=tuple(row.spec for row in rows), by_key={row.key: row for row in rows})


@given(questionnaires(), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_the_questions_a_sheet_is_kept_as_the_web_keeps_it(specs, data):
    revision = revision_of(specs)
    # Ticked on paper even where a condition hides the question.
    written = {spec.key: data.draw(an_answer(spec)) for spec in specs}
    written = {key: plain_text(value) if isinstance(value, str) else value for key, value in written.items() if value}
    on_the_web = asking.check(revision.specs, written)
    query = QueryDict(mutable=True)
    for name, values in posted(revision, written).items():
        query.setlist(name, values)

    form = SheetForm(SimpleNamespace(closed_at=None, introduction=""), revision, query)

    assert form.is_valid() == (on_the_web.is_valid and bool(on_the_web.answers)), form.errors
    if form.is_valid():
        assert form.answers == on_the_web.answers


@pytest.fixture
def place(db):
    """A questionnaire, a depot, two facilitators, and a place of elsewhere."""
    depot, elsewhere = SiteFactory(name="Dépôt des Tanneurs"), SiteFactory(name="Maison Nord")
    roles = [(Role.FACILITATOR, None)]
    return SimpleNamespace(
        made=make.questionnaire(),
        depot=depot,
        elsewhere=elsewhere,
        types=AgentFactory(roles=roles),
        looks=AgentFactory(roles=roles),
    )


def sheet(made, answers):
    return Filled(registry.form(KIND), about_of(made), posted(made.revision, answers))


def batch_of(place, made, *answers, unit=None, codes=()):
    batch = desk.open_batch(actor=place.types, unit=unit or place.depot, held_on=clock.today(), announced=len(answers))
    for position, one in enumerate(answers):
        filled = sheet(made, one)
        assert filled.is_valid(), filled.form.errors
        desk.type_sheet(
            actor=place.types, batch=batch, filled=filled, code=codes[position] if position < len(codes) else None
        )
    desk.close_typing(actor=place.types, batch=batch)
    return batch


def test_a_sheet_is_printed_typed_and_looked_at_on_the_screens_of_the_desk(place, as_):
    made = place.made
    run = desk.print_sheets(
        actor=place.types, paper=registry.form(KIND), about=about_of(made), unit=place.depot, count=1
    )
    number = FollowCode.objects.get(run=run.run).sheet_number
    printed = html.unescape(run.html)
    assert number in printed and "1. Faut-il des bancs" in printed and "Votre nom" not in printed
    assert printed.count('class="rule"') == asking.SHORT_MOST / 60, "as many lines as the text may be long"
    typist, colleague = as_(place.types), as_(place.looks)
    batch = desk.open_batch(actor=place.types, unit=place.depot, held_on=clock.today(), announced=1)
    here = reverse("paper:type", kwargs={"batch": batch.reference})

    screen = html.unescape(typist.get(here, {"lot-sheet": number}).content.decode())
    assert made.title in screen and "Qui écrit" not in screen
    empty = typist.post(here, {"lot-sheet": number})
    assert empty.status_code == 422 and "Répondez à cette question" in html.unescape(empty.content.decode())
    assert typist.post(here, {"lot-sheet": number, "q1-answer": "c1", "q2-answer": "Au quai"}).status_code == 303
    desk.close_typing(actor=place.types, batch=Batch.objects.get(pk=batch.pk))
    look, kept = reverse("paper:look", kwargs={"batch": batch.reference}), batch.sheets.get()
    again = {"lot-sheet": kept.pk, "action": "send", "q2-answer": "Au quai"}
    # The only sheet is typed blind: what differs is shown once, in the words of the boxes.
    differs = colleague.post(look, again | {"q1-answer": "c2"})
    assert differs.status_code == 422 and "Oui" in html.unescape(differs.content.decode())
    assert colleague.post(look, again | {"q1-answer": "c1", "compared": "1"}).status_code == 303

    sent = AnswerSet.objects.get()
    assert read_answers(sent) == {"q1": "c1", "q2": "Au quai"}
    assert (sent.channel, sent.identity_mode, sent.author) == (Channel.PAPER, IdentityMode.PROTECTED, None)
    assert not SealedAuthor.objects.exists() and not FollowCode.objects.filter(sheet_number=number).exists()
    assert typist.get(here, {"lot-sheet": number}).status_code in (303, 422)


def test_a_long_questionnaire_is_cut_nowhere_on_its_pages(place):
    """Counted on the document itself: one page drawn, one page printed."""
    kinds = [kind for kind in asking.KINDS for _twice in range(2)]
    rows = [row_of(question(f"q{n}", kind), n) for n, kind in enumerate(kinds, start=1)]
    asked = [{"kind": row.kind, "text": "Une question assez longue pour tenir sur deux lignes de la feuille. " * 2,
              "help": "Quelques mots pour aider. " * 4, "settings": row.settings} for row in rows]  # fmt: skip
    made = make.questionnaire(*asked)
    services.describe(questionnaire=made, title=made.title, introduction="Pourquoi nous demandons. " * 60, minutes=9)

    for large in (False, True):
        run = desk.print_sheets(
            actor=place.types, paper=registry.form(KIND), about=about_of(made), unit=place.depot, count=1, large=large
        )
        pages = pypdf.PdfReader(io.BytesIO(documents.pdf_or_html_response(run.html, "x").content)).pages
        assert len(pages) == run.html.count('<section class="page') > 2


def test_where_the_space_allows_it_a_sheet_is_anonymous(place):
    space = make.asked_space(identity_modes=["protected", "anonymous"])
    made = make.questionnaire(space=space)

    sent = services.take_sheet(
        questionnaire=made, revision=made.revision, answers={"q1": "c1"}, place=place.depot, token=make.uuid.uuid4()
    )

    assert sent.identity_mode == IdentityMode.ANONYMOUS


def test_the_same_sheet_sent_twice_is_counted_once(place):
    token = make.uuid.uuid4()
    sheets = [
        services.take_sheet(
            questionnaire=place.made,
            revision=place.made.revision,
            answers={"q1": "c1"},
            place=place.depot,
            token=token,
        )
        for _time in range(2)
    ]

    assert sheets[0] == sheets[1] and AnswerSet.objects.count() == 1


def test_a_place_outside_the_limits_is_refused_when_it_is_printed_and_typed(place):
    made = make.questionnaire(space=make.asked_space())
    Space.objects.filter(pk=made.space.pk).update(is_limited=True)
    made.space.limits.create(unit=place.elsewhere)
    made = make.again(made)
    paper = registry.form(KIND)

    with pytest.raises(ValidationError, match="Maison Nord"):
        desk.print_sheets(actor=place.types, paper=paper, about=about_of(made), unit=place.depot, count=1)
    with pytest.raises(ValidationError, match="Maison Nord"):
        batch_of(place, made, {"q1": "c1"})
    assert batch_of(place, made, {"q1": "c1"}, unit=place.elsewhere).sheets.count() == 1


def test_closed_its_sheets_are_set_aside_with_a_sentence(place, as_):
    batch = batch_of(place, place.made, {"q1": "c1"})
    assert about_of(place.made) in dict(sheets_for(place.types))
    services.close_questionnaire(questionnaire=place.made)

    kept = batch.sheets.get()
    assert not opened(kept).is_valid()
    page = as_(place.looks).post(
        reverse("paper:look", kwargs={"batch": batch.reference}),
        {"lot-sheet": kept.pk, "action": "send", "q1-answer": "c1"},
    )
    assert page.status_code == 422 and "ses résultats sont connus" in html.unescape(page.content.decode())
    assert about_of(place.made) not in dict(sheets_for(place.types))
    assert not AnswerSet.objects.exists()


def test_the_rail_reads_a_sheet_before_it_is_kept(place, as_):
    batch = desk.open_batch(actor=place.types, unit=place.depot, held_on=clock.today(), announced=1)

    page = as_(place.types).post(
        reverse("paper:type", kwargs={"batch": batch.reference}),
        {"lot-kind": f"{KIND}:{about_of(place.made)}", "q1-answer": "c1", "q2-answer": "Mon chef me harcèle."},
    )

    assert page.status_code == 200 and not batch.sheets.exists()


def test_the_ways_answers_came_are_told_apart_when_none_is_small(place):
    made = place.made
    for _person in range(12):
        make.send(made, {"q1": "c1"})
    assert channels.told(made) == {} and channels.ways_words(channels.rounded_counts(made)) == ""
    for _sheet in range(12):
        services.take_sheet(
            questionnaire=made,
            revision=made.revision,
            answers={"q1": "c2"},
            place=place.depot,
            token=make.uuid.uuid4(),
        )

    assert "10 sur papier, 10 sur le web." in channels.ways_words(channels.rounded_counts(made))
    told = services.close_questionnaire(questionnaire=made).content
    assert told["channels"] == {"rows": [["paper", 12], ["web", 12]], "together": 0}
    assert "12 sur papier, 12 sur le web." in channels.words(told["channels"])
    drain_outbox()


def test_a_way_too_small_is_not_told(place):
    made = place.made
    for _person in range(20):
        make.send(made, {"q1": "c1"})
    services.take_sheet(
        questionnaire=made, revision=made.revision, answers={"q1": "c2"}, place=place.depot, token=make.uuid.uuid4()
    )

    assert "channels" not in services.close_questionnaire(questionnaire=made).content
    drain_outbox()
