"""Open answers read with a codebook: one by one, several at once, undone; two readings apart, compared, settled."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from src.directory.enums import Role
from src.questionnaires import coding_reading as reading
from src.questionnaires.models import Cause, Codebook, CodedText, Coding, CodingStep, DoubleReading, Slot, Theme
from src.questionnaires.services import codebooks, coding
from src.questionnaires.services.synthesis import coded_sets
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory
from tests.factories.participation import grant_in_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def book():
    """Twenty answers and two themes."""
    return make.codebook([f"Réponse {n:02d}" for n in range(20)], "Horaires", "Matériel")


def reader(book):
    person = AgentFactory()
    grant_in_space(person, Role.FACILITATOR, book.questionnaire.space)
    return type(person).objects.get(pk=person.pk)


def themes(book):
    return list(book.themes.filter(merged_into__isnull=True))


def counts(book):
    _read, sets = coded_sets(book)
    names = dict(book.themes.values_list("pk", "name"))
    return {names[pk]: len(texts) for pk, texts in sets.items()}


def test_reading_begins_after_closing_once_in_a_drawn_order():
    open_one = make.questionnaire(make.short_text())
    with pytest.raises(ValidationError, match="clos"):
        codebooks.open_codebook(questionnaire=open_one, key="q1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Codebook.objects.create(
            questionnaire=open_one,
            question=open_one.revision.ordered[0],
            key="q1",
            k=11,
            opened_at="2026-01-01T00:00Z",
        )
    with pytest.raises(ValidationError, match="peu de personnes"):
        codebooks.open_codebook(questionnaire=make.closed_with_texts(["Peu"] * 10), key="q1")
    made = make.closed_with_texts([f"Texte {n:02d}" for n in range(40)])

    first = codebooks.open_codebook(questionnaire=made, key="q1")

    assert codebooks.open_codebook(questionnaire=made, key="q1") == first
    order = [text.words for text in first.texts.select_related("answer")]
    assert sorted(order) == [f"Texte {n:02d}" for n in range(40)] != order
    # Rows are written in the drawn order: a key says nothing that the reference doesn't.
    assert [text.pk for text in first.texts.all()] == sorted(text.pk for text in first.texts.all())


def test_a_reworded_question_is_read_whole_without_the_wording_too_few_answered():
    space = make.asked_space()
    made = make.closed_with_texts(["Avant"] * 15, space=space)
    assert [len(answers) for _question, answers in codebooks.readable_answers(made).values()] == [15]
    assert codebooks.readable_answers(make.closed_with_texts(["Sensible"] * 15, is_sensitive=True)) == {}


def test_one_by_one_then_changed_and_undone(book):
    me, (hours, tools) = reader(book), themes(book)
    text = book.texts.first()

    assert coding.code_text(actor=me, text=text, themes=[hours.pk, tools.pk])
    # Sent twice, written once.
    assert not coding.code_text(actor=me, text=text, themes=[tools.pk, hours.pk])
    assert coding.code_text(actor=me, text=text, themes=[])
    assert counts(book) == {"Horaires": 0, "Matériel": 0} and reading.progress(book).read == 1

    assert coding.undo_last(actor=me, codebook=book) == 1
    assert counts(book) == {"Horaires": 1, "Matériel": 1}
    assert coding.undo_last(actor=me, codebook=book) == 1
    assert reading.progress(book).read == 0
    with pytest.raises(ValidationError, match="rien à annuler"):
        coding.undo_last(actor=me, codebook=book)
    assert [step.cause for step in CodingStep.objects.order_by("pk")] == [
        Cause.HAND, Cause.HAND, Cause.UNDO, Cause.UNDO,
    ]  # fmt: skip
    other = make.codebook(["x"] * 12, "Ailleurs")
    with pytest.raises(ValidationError, match="thème"):
        coding.code_text(actor=me, text=text, themes=[other.themes.get().pk])


def test_somebody_else_s_choice_is_not_overwritten_unseen(book):
    me, other, (hours, tools) = reader(book), reader(book), themes(book)
    text = book.texts.first()
    coding.code_text(actor=other, text=text, themes=[hours.pk])

    with pytest.raises(coding.CodedMeanwhile) as refusal:
        coding.code_text(actor=me, text=text, themes=[tools.pk], seen=0)
    assert coding.code_text(actor=me, text=text, themes=[tools.pk], seen=refusal.value.coding.version)
    # The same choice as theirs is no conflict, and what one undoes is one's own.
    assert not coding.code_text(actor=other, text=text, themes=[tools.pk], seen=0)
    with pytest.raises(ValidationError, match="entre-temps|depuis"):
        coding.undo_last(actor=other, codebook=book)


def test_several_at_once(book):
    me, (hours, tools) = reader(book), themes(book)
    some = list(book.texts.all()[:5])

    assert coding.code_several(actor=me, codebook=book, texts=some, add=hours) == 5
    assert coding.code_several(actor=me, codebook=book, texts=some[:3], add=tools) == 3
    assert coding.code_several(actor=me, codebook=book, texts=some, add=hours) == 0
    assert coding.code_several(actor=me, codebook=book, texts=some, remove=hours) == 5
    # Without its only theme, an answer is to be read again.
    assert (counts(book), reading.progress(book).read) == ({"Horaires": 0, "Matériel": 3}, 3)
    assert coding.code_several(actor=me, codebook=book, texts=some[4:]) == 1
    assert reading.listed(book, reading.Filters(state=reading.NO_THEME)).count() == 1
    assert coding.undo_last(actor=me, codebook=book) == 1
    assert coding.undo_last(actor=me, codebook=book) == 5
    assert counts(book) == {"Horaires": 5, "Matériel": 3}


def test_merged_split_and_taken_out_again_nothing_coded_is_lost(book):
    me, (hours, tools) = reader(book), themes(book)
    texts = list(book.texts.all())
    coding.code_several(actor=me, codebook=book, texts=texts[:6], add=hours)
    coding.code_several(actor=me, codebook=book, texts=texts[4:10], add=tools)

    codebooks.merge_theme(theme=tools, into=hours)
    assert counts(book) == {"Horaires": 10}
    assert reading.listed(book, reading.Filters(theme=hours)).count() == 10
    new = coding.split_theme(actor=me, theme=hours, texts=texts[8:12], name="Gants", definition="Les gants manquent.")
    assert (counts(book), new.split_from) == ({"Horaires": 8, "Gants": 2}, None)
    assert Theme.objects.get(pk=new.pk).split_from == hours
    assert coding.undo_last(actor=me, codebook=book) == 2
    codebooks.take_out_theme(theme=Theme.objects.get(pk=tools.pk))
    assert counts(book) == {"Horaires": 6, "Matériel": 6, "Gants": 0}
    codebooks.remove_theme(theme=new)
    for refused in (
        lambda: codebooks.remove_theme(theme=hours),
        lambda: codebooks.merge_theme(theme=hours, into=hours),
        lambda: codebooks.save_theme(codebook=book, name="horaires", definition="Encore."),
    ):
        with pytest.raises(ValidationError):
            refused()


def test_lists_words_and_what_the_machine_proposes():
    bus = [f"Le bus passe en retard le matin {n}" for n in range(12)]
    cold = [f"Les vestiaires sont froids l'hiver {n}" for n in range(12)]
    book = make.codebook([*bus, *cold], "Transports", "Locaux")
    me, (transport, rooms) = reader(book), themes(book)
    texts = list(book.texts.select_related("answer"))
    late = [text for text in texts if "bus" in text.words]
    warm = [text for text in texts if "bus" not in text.words]
    coding.code_several(actor=me, codebook=book, texts=late[:10], add=transport)
    coding.code_several(actor=me, codebook=book, texts=warm[:2], add=rooms)

    assert reading.listed(book, reading.Filters(words="vestiaire froid")).count() == 12
    assert reading.listed(book, reading.Filters(state=reading.UNREAD, words="BUS")).count() == 2
    assert [(one.theme, one.nearest) for one in reading.hints_for(book, late[11])] == [(transport, 5)]
    assert {text.pk for text in reading.close_to(book, rooms)} == {text.pk for text in warm[2:]}
    assert {line.word for line in reading.unread_words(book)} >= {"vestiaires", "froids"}
    assert {line.word for line in reading.recurrent_words(book)} >= {"bus", "retard", "vestiaires"}
    assert reading.theme_lines(book)[0].terms[:1] != []


def test_two_people_do_not_begin_at_the_same_answer(book):
    starts = {reading.next_text(book, reader(book), reading.Filters()).pk for _person in range(6)}

    assert len(starts) > 1


@pytest.fixture
def sample(book):
    """Twelve answers drawn for two readers."""
    first, second = reader(book), reader(book)
    double = coding.draw_double_reading(actor=first, codebook=book, first=first, second=second, size=12)
    return book, double, first, second


def read_all(person, double, choose):
    texts = list(double.texts.select_related("codebook", "double_reading"))
    for place, text in enumerate(texts):
        coding.code_text(actor=person, text=text, themes=choose(place))


def test_two_readings_stay_apart_then_are_compared_and_settled(sample):
    book, double, first, second = sample
    hours, tools = themes(book)
    third = reader(book)
    read_all(first, double, lambda place: [hours.pk] if place < 6 else [tools.pk])

    # Nothing of it counts, is listed, or is seen by the other; the themes don't change meanwhile.
    text = CodedText.objects.filter(double_reading=double).first()
    assert counts(book) == {"Horaires": 0, "Matériel": 0}
    assert reading.listed(book, reading.Filters()).count() == 8
    assert reading.next_text(book, second, reading.Filters()).double_reading_id == double.pk
    assert reading.two_readings(text) == [] and coding.slot_of(text, second) == Slot.SECOND
    with pytest.raises(PermissionDenied):
        coding.code_text(actor=third, text=text, themes=[])
    with pytest.raises(ValidationError, match="échantillon"):
        codebooks.save_theme(codebook=book, name="Autre", definition="Autre chose.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Coding.objects.create(text=text, slot=Slot.FINAL)
    with pytest.raises(ValidationError, match="12"):
        coding.finish_reading(actor=second, double=double)

    coding.finish_reading(actor=first, double=double)
    with pytest.raises(ValidationError, match="ne change plus"):
        coding.code_text(actor=first, text=text, themes=[tools.pk, hours.pk])
    read_all(second, double, lambda place: [hours.pk] if place < 8 else [])
    done = coding.finish_reading(actor=second, double=double)

    # κ of « Horaires »: 6 both, 0 and 2 alone, 4 neither. po = 10/12, pe = (6×8 + 6×4)/144 = 1/2, κ = 2/3.
    found = done.agreement
    assert (found["texts"], found["identical"]) == (12, 6)
    assert [round(one["kappa"], 3) for one in found["themes"]] == [0.667, 0.0]
    assert counts(book) == {"Horaires": 6, "Matériel": 0}
    apart = reading.disagreements(done)
    assert len(apart) == 6 and all(one.settled is None for one in apart)
    coding.code_text(actor=third, text=apart[0].text, themes=[tools.pk])
    assert [one.settled is not None for one in reading.disagreements(done)].count(True) == 1
    assert CodingStep.objects.order_by("-pk").first().cause == Cause.DECISION
    for change in (
        lambda: Coding.objects.filter(slot=Slot.FIRST).update(version=9),
        lambda: Coding.objects.filter(slot=Slot.FIRST).first().codes.create(theme=tools),
        lambda: DoubleReading.objects.update(completed_at=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(ValidationError, match="fini"):
        coding.give_up_double_reading(actor=first, double=done)


def test_a_double_reading_is_drawn_for_two_organisers_one_at_a_time(sample):
    book, double, first, second = sample
    drawing = {"actor": first, "codebook": book, "first": first, "second": second, "size": 12}
    for wrong in ({}, {"second": first}, {"second": AgentFactory()}, {"size": 5}, {"size": 300}):
        with pytest.raises(ValidationError):
            coding.draw_double_reading(**drawing | wrong)

    read_all(first, double, lambda place: [])
    coding.give_up_double_reading(actor=first, double=double)
    coding.give_up_double_reading(actor=first, double=double)

    assert reading.progress(book) == reading.Progress(read=0, written=20)
    assert not Coding.objects.exists() and not CodingStep.objects.exists()
