"""A questionnaire as a file: written and read again it is the same; a foreign one says everything wrong at once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from src.directory.enums import Role
from src.foundations.plain_fields import plain_text
from src.foundations.testing import drain_outbox
from src.participation.services import grant_space_role
from src.questionnaires import asking, document, services
from src.questionnaires.document import Document, Refused
from src.questionnaires.models import Question, Questionnaire
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory

from .test_asking import questionnaires
from .test_sheets import row_of

WORDS = st.text(min_size=1, max_size=20).map(lambda text: plain_text(text, one_line=True)).filter(bool)


@st.composite
def documents(draw):
    """Any questionnaire that may be published, with any words."""
    specs = draw(questionnaires().filter(lambda specs: not asking.faults(specs)))
    columns = []
    for position, spec in enumerate(specs, start=1):
        row = row_of(spec, position)
        kept = {name: value for name, value in row.settings.items() if name not in ("choices", "rows")}
        for name, letter in (("choices", "c"), ("rows", "r")):
            if name in row.settings:
                labels = draw(st.lists(WORDS, min_size=len(row.settings[name]), max_size=8, unique=True))
                kept[name] = [{"key": f"{letter}{n}", "label": label} for n, label in enumerate(labels, start=1)]
        columns.append(
            {
                "key": spec.key, "kind": spec.kind, "text": draw(WORDS), "help": plain_text(draw(st.text(max_size=30))),
                "is_required": spec.required and spec.is_asked, "is_personal": spec.personal and spec.is_asked,
                "is_sensitive": spec.is_asked and draw(st.booleans()), "settings": kept, "condition": None,
            }
        )  # fmt: skip
        readable = [one for one in columns[:-1] if one["kind"] in asking.CONDITIONS_READ]
        if readable and draw(st.booleans()):
            source = draw(st.sampled_from(readable))
            values = draw(st.lists(st.sampled_from(Question(**source).spec.readable), min_size=1, unique=True))
            columns[-1]["condition"] = {"question": source["key"], "values": values}
    title, introduction = draw(WORDS), plain_text(draw(st.text(max_size=60)))
    return Document(title, introduction, draw(st.integers(1, 60)), tuple(columns))


@given(documents())
@settings(max_examples=60, deadline=None)
def test_written_and_read_again_it_is_the_same(one):
    text = document.write(one)

    assert document.read(text.encode()) == one
    assert document.write(document.read(text.encode())) == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(asking.KINDS),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["key", "kind", "text", "choices", "rows", "label", "least", "condition", "question", "values"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON, JSON)
@settings(max_examples=100, deadline=None)
def test_whatever_is_sent_it_is_read_or_refused_in_words(questions, title):
    content = {"format": document.FORMAT, "version": 1, "title": title, "questions": questions}

    try:
        document.read(json.dumps(content).encode())
    except Refused as refusal:
        assert all(fault.sentence for fault in refusal.faults)


GOOD = {"key": "q1", "kind": "single", "text": "Oui ?", "choices": [{"key": "c1", "label": "Oui"}, {"key": "c2", "label": "Non"}]}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe\x00", b"[]", b"{}", b'{"format": "terrain-questionnaire", "version": 2}', b"[" * 200_000,
        b'{"format": "terrain-questionnaire", "version": NaN}', b"1" * 5_000, b" " * (512 * 1024 + 1),
        b'{"format": "terrain-questionnaire", "version": 1, "version": 1}', b'{"format": "limesurvey"}',
    ],
    ids=str,
)  # fmt: skip
def test_a_foreign_file_is_refused_with_one_sentence(data):
    with pytest.raises(Refused) as refusal:
        document.read(data)

    assert len(refusal.value.faults) == 1


def test_everything_wrong_is_told_at_once_with_the_number_of_its_question():
    questions = [
        GOOD,
        {"key": "q2", "kind": "slider", "text": "?"},
        {"key": "Q3", "kind": "single", "text": "", "choices": "oui", "required": "yes", "couleur": "bleu"},
        {"key": "q4", "kind": "number", "text": "Combien ?", "least": "0", "most": 10**40},
        GOOD | {"key": "q5", "condition": {"question": "q9", "valeurs": []}},
    ]

    with pytest.raises(Refused) as refusal:
        document.read(json.dumps({"format": document.FORMAT, "version": 1, "questions": questions}).encode())

    told = [str(fault) for fault in refusal.value.faults]
    assert [fault.number for fault in refusal.value.faults] == [0, 2, 3, 3, 3, 3, 3, 4, 4, 5]
    assert told[1].startswith("Question 2")


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"condition": {"question": "q2", "values": ["c1"]}}, 1),
        ({"choices": [{"key": "c1", "label": "Oui"}]}, 1),
        ({"choices": [{"key": "c1", "label": "Oui"}, {"key": "c1", "label": "Non"}]}, 1),
    ],
)
def test_what_the_rules_find_is_told_too(change, number):
    content = {"format": document.FORMAT, "version": 1, "title": "Bancs", "questions": [GOOD | change]}

    with pytest.raises(Refused) as refusal:
        document.read(json.dumps(content).encode())

    assert {fault.number for fault in refusal.value.faults} == {number}


@pytest.mark.django_db
def test_questions_leave_as_a_file_and_come_back_in_another_space(as_):
    organiser = AgentFactory(roles=[(Role.ADMINISTRATOR, None)])
    made, other = make.questionnaire(), make.asked_space()
    client = as_(organiser)
    taken = client.get(reverse("questionnaires:take_away", kwargs={"reference": made.reference}))
    assert taken.headers["Content-Disposition"].startswith('attachment; filename="questionnaire-les-bancs')
    address = reverse("questionnaires:from_file")

    broken = SimpleUploadedFile("q.json", taken.content.replace(b"short_text", b"texte"))
    refused = client.post(address, {"space": other.pk, "file": broken})
    assert refused.status_code == 422 and "Question 2" in refused.content.decode()
    assert Questionnaire.objects.count() == 1
    back = client.post(address, {"space": other.pk, "file": SimpleUploadedFile("q.json", taken.content)})

    again = Questionnaire.objects.for_pages().exclude(pk=made.pk).get()
    assert back.url == reverse("questionnaires:build", kwargs={"reference": again.reference})
    assert document.of(again, again.draft) == document.of(made, made.revision)
    assert again.revision is None


@pytest.mark.django_db
def test_a_copy_takes_the_questions_and_no_answer_of_what_one_organises(as_):
    made, hidden = make.questionnaire(), make.questionnaire()
    make.send(made, {"q1": "c1"})
    organiser = AgentFactory()
    grant_space_role(user=organiser, role=Role.FACILITATOR, space=made.space)
    client, address = as_(organiser), reverse("questionnaires:copy")

    assert client.post(address, {"source": hidden.pk, "space": made.space_id, "title": "T"}).status_code == 422
    assert client.post(address, {"source": made.pk, "space": hidden.space_id, "title": "T"}).status_code == 422
    assert client.post(address, {"source": made.pk, "space": made.space_id, "title": "Deuxième"}).status_code == 303

    again = Questionnaire.objects.for_pages().get(title="Deuxième")
    assert document.of(again, again.draft).questions == document.of(made, made.revision).questions
    assert not again.answer_sets.exists()
    drain_outbox()
    assert as_(AgentFactory()).get(address).status_code == 404
    services.publish(questionnaire=again)
