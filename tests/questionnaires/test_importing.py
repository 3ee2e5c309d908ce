"""Answers of a survey run elsewhere: read whatever its tool wrote, mapped, tried, brought in, taken away whole."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from src.directory.enums import Role
from src.foundations.imports import Unreadable
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.participation.enums import Channel, IdentityMode
from src.participation.services import grant_space_role
from src.questionnaires import answer_file, likeness, services
from src.questionnaires.answer_lines import Meaning, read
from src.questionnaires.mapping import Target, pieces, propose_columns, propose_value, targets
from src.questionnaires.models import Answer, AnswerImport, AnswerSet
from src.questionnaires.services.answering import read_answers
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory

from .test_asking import question
from .test_sheets import revision_of

CHOICES = [
    {"key": "c1", "label": "Mairie de quartier"},
    {"key": "c2", "label": "Bibliothèque, piscine ou gymnase"},
    {"key": "c3", "label": "Rue et propreté"},
]
GRADES = [
    {"key": "c1", "label": "Tout à fait d'accord"},
    {"key": "c2", "label": "Plutôt d'accord"},
    {"key": "c3", "label": "Plutôt pas d'accord"},
]
ROWS = [{"key": "r1", "label": "L'accueil"}, {"key": "r2", "label": "L'attente"}]


def asked(**around):
    """A questionnaire with a question of each way of being read."""
    return make.questionnaire(
        {"kind": "single", "text": "Êtes-vous venu cette année ?", "settings": {"choices": make.BENCHES}},
        {"kind": "multiple", "text": "Quels services avez-vous utilisés ?", "settings": {"choices": CHOICES}},
        {"kind": "grades", "text": "Êtes-vous satisfait ?", "settings": {"choices": GRADES, "rows": ROWS}},
        {"kind": "number", "text": "Combien de fois ?", "settings": {"least": 0, "most": 50},
         "condition": {"question": "q1", "values": ["c1"]}},
        {"kind": "date", "text": "Quel jour ?"},
        {"kind": "long_text", "text": "Que faut-il simplifier ?"},
        {"kind": "ranking", "text": "Dans quel ordre ?", "settings": {"choices": make.BENCHES}},
        **around,
    )  # fmt: skip


# Forty columns of another tool: what it adds around, the answers, and what nobody asked here.
COLUMNS = [
    "Horodateur", "1. Êtes-vous venu cette année ?", "2. Quels services avez-vous utilisés cette année ?",
    "3. Satisfait ? [L'accueil]", "3. Satisfait ? [L'attente]", "Combien de fois ?", "Quel jour êtes-vous passé ?",
    "Que faut-il simplifier en premier ?", "Ordre [Oui]", "Ordre [Non]", "Ordre [Je ne sais pas]",
    *(f"Interne {n}" for n in range(29)),
]  # fmt: skip
LINES = [
    ["1", "oui", "mairie de quartier, Bibliothèque, piscine ou gymnase", "tout a fait d'accord", "plutôt pas d’accord",
     "3", "14/03/2026", "Les papiers ; tous.", "2", "1", "3"],
    ["2", "NON", "rue et proprete", "Plutôt d’accord", "", "12", "2026-03-15 10:00", "", "", "", ""],
    ["3", "oui", "", "", "", "beaucoup", "31/02/2026", "", "1", "1", "2"],
    ["", "", "", "", "", "", "", "", "", "", ""],
    ["5", "peut-être", "", "", "", "", "", "Le formulaire.", "", "", ""],
]  # fmt: skip
CODES = {
    "q1": 1, "q2": 2, "q3.r1": 3, "q3.r2": 4, "q4": 5, "q5": 6, "q6": 7, "q7.c1": 8, "q7.c2": 9, "q7.c3": 10,
}  # fmt: skip


def csv_of(delimiter=";", encoding="utf-8", lines=LINES) -> bytes:
    """The file as a tool writes it: quoted where it must."""

    def cell(text):
        return f'"{text}"' if delimiter in text or "\n" in text else text

    rows = [COLUMNS, *(line + [""] * 29 for line in lines)]
    return "\r\n".join(delimiter.join(cell(one) for one in row) for row in rows).encode(encoding)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_whatever_wrote_the_file_its_cells_are_the_same(delimiter, encoding):
    table = answer_file.read(csv_of(delimiter, encoding))

    assert len(table.columns) == 40 and table.columns[1].startswith("1. Êtes-vous")
    assert [line.number for line in table.lines] == [2, 3, 4, 6]
    assert table.lines[0].cells[7] == "Les papiers ; tous."


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01\x02", b"une seule colonne\r\noui", b"a;b\r\n", b"a;b\r\n1;2;3", b"a;b\r\n" + b"1;2\r\n" * 2001,
     ";".join(map(str, range(61))).encode() + b"\r\n1", b"x" * (2 * 1024 * 1024 + 1)],
    ids=range(8),
)  # fmt: skip
def test_a_file_out_of_bounds_is_refused_in_words(data):
    with pytest.raises(Unreadable):
        answer_file.read(data)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("plutot d'accord", "c2"), ("Plutôt pas d’accord", "c3"), ("TOUT À FAIT D'ACCORD", "c1"), ("pas d'accord", "c3"),
        ("", ""), ("bleu", ""),
    ],
)  # fmt: skip
def test_a_wording_that_denies_is_never_taken_for_one_that_does_not(said, meant):
    assert likeness.nearest(said, {one["key"]: one["label"] for one in GRADES}) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("1 à 2 semaines", "c2"), ("3 semaines", "c3"), ("7 semaines", ""), ("moins d’1 semaine", "c1")],
)
def test_a_wording_that_counts_otherwise_is_not_proposed(said, meant):
    known = {"c1": "Moins d'une semaine", "c2": "Une à deux semaines", "c3": "Trois semaines ou plus"}

    assert likeness.nearest(said, known) == meant


def test_a_choice_that_holds_a_comma_stays_whole():
    revision = revision_of([question("q1", "multiple", choices=("c1", "c2", "c3"))])
    revision.by_key["q1"].settings["choices"] = CHOICES
    target = Target(1, revision.by_key["q1"])

    assert pieces("Rue et propreté, bibliotheque, Piscine ou gymnase, autre", target) == [
        "Rue et propreté", "bibliotheque, Piscine ou gymnase", "autre",
    ]  # fmt: skip
    assert pieces("a;b", target) == ["a", "b"]


@pytest.mark.parametrize(
    ("value", "meant"),
    [("4", "4"), ("5 - tout à fait", "5"), ("NSP", "no_opinion"), ("9", ""), ("sans réponse", "_blank")],
)
def test_a_step_is_read_by_its_number(value, meant):
    revision = revision_of([question("q1", "scale")])

    assert propose_value(value, targets(revision)[0]) == meant


@pytest.mark.django_db
def test_the_columns_proposed_are_those_a_person_would_choose():
    found = propose_columns(answer_file.read(csv_of()), asked().revision)

    assert {code: column for column, code in found.items()} == CODES


@pytest.fixture
def organiser(db):
    return AgentFactory()


def at(made, name, **kwargs):
    return reverse(f"questionnaires:{name}", kwargs={"reference": made.reference, **kwargs})


def test_a_file_is_mapped_tried_brought_in_and_taken_away_on_the_screens(as_, organiser):
    made = asked()
    grant_space_role(user=organiser, role=Role.FACILITATOR, space=made.space)
    client = as_(organiser)
    file = SimpleUploadedFile("enquete.csv", csv_of(encoding="cp1252"))
    opened = client.post(at(made, "imports"), {"source": "Enquête des dépôts", "file": file})
    batch = AnswerImport.objects.get()
    here = {"batch": batch.reference}
    assert opened.url == at(made, "import_columns", **here)
    assert b"Biblioth" not in bytes(batch.ciphertext)

    columns = {f"column{column}": code for code, column in CODES.items()}
    twice = client.post(opened.url, columns | {"column11": "q1"})
    assert twice.status_code == 422 and "déjà" in html.unescape(twice.content.decode())
    assert client.post(opened.url, columns).url == at(made, "import_values", **here)
    page = html.unescape(client.get(at(made, "import_values", **here)).content.decode())
    assert "« peut-être »" in page.replace("\xa0", " ").replace("\u202f", " ")
    form = {}
    for name, value in _selected(page).items():
        form[name] = value or "_blank"
    tried = client.post(at(made, "import_values", **here), form)
    assert tried.url == at(made, "import_try", **here)
    told = html.unescape(client.get(tried.url).content.decode()).replace("\xa0", " ")
    assert "3 réponses seraient versées" in told and "1 ligne a un défaut" in told
    for fault in ("Ligne 4, question 4", "Ligne 4, question 5", "Ligne 4, question 7"):
        assert fault in told
    assert client.post(tried.url, {"action": "all"}).status_code == 303 and not AnswerSet.objects.exists()
    assert client.post(tried.url, {"action": "without_faults"}).url == at(made, "imports")
    # Pressed twice.
    client.post(tried.url, {"action": "without_faults"})

    sets = AnswerSet.objects.order_by("pk")
    assert {(one.channel, one.identity_mode, one.author) for one in sets} == {
        (Channel.IMPORT, IdentityMode.ANONYMOUS, None)
    }
    assert [read_answers(one) for one in sets] == [
        {"q1": "c1", "q2": ["c1", "c2"], "q3": {"r1": "c1", "r2": "c3"}, "q4": "3", "q5": "2026-03-14",
         "q6": "Les papiers ; tous.", "q7": ["c2", "c1", "c3"]},
        # Nobody who didn't come is asked how many times.
        {"q1": "c2", "q2": ["c3"], "q3": {"r1": "c2"}, "q5": "2026-03-15"},
        {"q6": "Le formulaire."},
    ]  # fmt: skip
    batch.refresh_from_db()
    # The words of so few lines go with the file; its columns stay.
    assert batch.meaning == {"columns": CODES, "values": {}}
    assert (batch.state, batch.ciphertext, batch.brought_in, batch.left_out) == ("in", None, 3, 1)
    other = make.send(made, {"q1": "c1"}).answer_set
    assert client.post(at(made, "import_end", **here)).status_code == 303
    assert list(AnswerSet.objects.all()) == [other]
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"questionnaires.import_brought_in", "questionnaires.import_taken_away"} <= verbs
    drain_outbox()


def _selected(page: str) -> dict:
    """The value each list of a page proposes."""
    from bleach._vendor import html5lib

    tree = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    return {
        one.get("name"): next((o.get("value") for o in one.iter("option") if o.get("selected") is not None), "")
        for one in tree.iter("select")
    }


def brought_in(made, lines, actor) -> AnswerImport:
    data = "\n".join(["a;b", *lines]).encode()
    waiting = services.open_import(actor=actor, questionnaire=made, source="Ailleurs", data=data)
    services.keep_meaning(waiting=waiting, meaning=Meaning({"q1": 0}, {"q1": {"oui": "c1", "non": "c2"}}))
    return services.bring_in(actor=actor, waiting=waiting)


def test_the_next_file_of_the_same_shape_takes_up_what_was_said(organiser, as_):
    made = make.questionnaire()
    grant_space_role(user=organiser, role=Role.FACILITATOR, space=made.space)
    lines = [*["pour;"] * 11, *["contre;"] * 11, *["chez Anne;"] * 2, *["sans;"] * 11]
    data = "\n".join(["Ce qu'on en dit;Où ?", *lines]).encode()
    waiting = services.open_import(actor=organiser, questionnaire=made, source="Enquête d’avril", data=data)
    said = {"pour": "c1", "contre": "c2", "chez anne": "c3", "sans": "_blank"}
    services.keep_meaning(waiting=waiting, meaning=Meaning({"q1": 0}, {"q1": said}))
    first = services.bring_in(actor=organiser, waiting=waiting, skip_faults=True)
    # What two lines say could be somebody's words, and a blank is asked again.
    assert first.meaning == {"columns": {"q1": 0}, "values": {"q1": {"pour": "c1", "contre": "c2"}}}

    def next_file(names):
        file = SimpleUploadedFile("suite.csv", "\n".join([names, *lines]).encode())
        return as_(organiser).post(at(made, "imports"), {"source": "Enquête de mai", "file": file}).url

    # Accents, capitals and signs of a heading don't count.
    page = html.unescape(as_(organiser).get(next_file("CE QU’ON EN DIT;Ou")).content.decode())
    assert "« Enquête d’avril »" in page.replace("\xa0", " ").replace("\u202f", " ")
    assert _selected(page) == {"column0": "q1", "column1": ""}
    same = AnswerImport.objects.latest("pk")
    values = html.unescape(as_(organiser).get(at(made, "import_values", batch=same.reference)).content.decode())
    assert sorted(filter(None, _selected(values).values())) == ["c1", "c2"]
    other = html.unescape(as_(organiser).get(next_file("Où ?;Ce qu'on en dit")).content.decode())
    assert "Enquête d’avril" not in other
    # Nor does another questionnaire take it up.
    elsewhere = services.open_import(actor=organiser, questionnaire=make.questionnaire(), source="x", data=data)
    assert elsewhere.meaning == {}
    drain_outbox()


@pytest.mark.parametrize("source", ["", "x" * 200])
def test_a_good_file_whose_source_is_refused_comes_back_in_words(organiser, as_, source):
    made = make.questionnaire()
    grant_space_role(user=organiser, role=Role.FACILITATOR, space=made.space)
    file = SimpleUploadedFile("suite.csv", "Faut-il des bancs ?;Où ?\noui;là".encode())

    answer = as_(organiser).post(at(made, "imports"), {"source": source, "file": file})

    assert answer.status_code == 422 and not AnswerImport.objects.exists()
    assert f'value="{source}"' in answer.content.decode() or not source


def test_once_closed_nothing_comes_in_nor_goes(organiser, as_):
    made = make.questionnaire()
    batch = brought_in(made, ["oui;", "non;"], organiser)
    services.close_questionnaire(questionnaire=made)

    with pytest.raises(services.Closed):
        services.take_away(actor=organiser, batch=batch)
    with pytest.raises(services.Closed):
        services.open_import(actor=organiser, questionnaire=make.again(made), source="x", data=b"a;b\n1;2")
    assert AnswerSet.objects.count() == 2
    for viewer, status in ((organiser, 404), (None, 302), (AgentFactory(roles=[(Role.FACILITATOR, None)]), 404)):
        assert as_(viewer).get(at(made, "imports")).status_code == status
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerImport.objects.filter(pk=batch.pk).update(source="Autre chose")


def test_a_text_that_bears_witness_is_not_brought_in(organiser):
    made = make.questionnaire()
    waiting = services.open_import(
        actor=organiser, questionnaire=made, source="x", data="a;b\noui;Mon chef me harcèle.\noui;Au quai".encode()
    )
    services.keep_meaning(waiting=waiting, meaning=Meaning({"q1": 0, "q2": 1}, {"q1": {"oui": "c1"}}))

    assert services.try_import(waiting).held == [(2, 2)]
    services.bring_in(actor=organiser, waiting=waiting)
    assert list(Answer.objects.filter(question__key="q2").values_list("value", flat=True)) == ["Au quai"]


def test_whoever_holds_the_file_finds_no_small_count_by_taking_it_off(organiser):
    """The naive release tells 23 « oui » and 12 « non »: the file's 20 and 10 leave 3 and 2."""
    made = make.questionnaire(make.single(), make.single("Ailleurs ?"))
    sides = [{"q1": "c1", "q2": "c1"}] * 13 + [{"q1": "c2", "q2": "c1"}] * 2 + [{"q1": "c1", "q2": "c2"}] * 0
    for one in [*sides, *[{"q1": "c1", "q2": "c2"}] * 11]:
        make.send(made, one)
    brought_in(made, ["oui;"] * 20 + ["non;"] * 12, organiser)

    told = {one["key"]: one for one in services.close_questionnaire(questionnaire=made).content["questions"]}

    assert told["q1"]["withheld"] == "linked" and told["q1"]["tables"] == []
    # Nothing of the second question came from the file but blanks: both tables are whole.
    assert told["q2"]["withheld"] == ""
    drain_outbox()


def test_of_fewer_than_k_beside_a_file_nothing_is_told(organiser):
    made = make.questionnaire(make.single())
    make.send(made, {"q1": "c1"})
    brought_in(made, ["oui;"] * 20, organiser)

    assert services.close_questionnaire(questionnaire=made).content["answers"] is None
    drain_outbox()


def test_a_whole_file_reads_in_one_go(organiser):
    """Two thousand lines of forty columns, every line told."""
    made = asked()
    table = answer_file.read(csv_of(lines=LINES[:1] * 2000))

    reading = read(table, made.revision, Meaning({"q5": 6, "q6": 7}, {}))

    assert len(reading.answers) == 2000 and not reading.faults


def test_the_list_of_files_costs_the_same_with_one_and_with_three(organiser, as_):
    made = make.questionnaire()
    grant_space_role(user=organiser, role=Role.FACILITATOR, space=made.space)
    client, counts = as_(organiser), []
    for more in (1, 2):
        for _one in range(more):
            services.open_import(actor=organiser, questionnaire=made, source="Ailleurs", data=b"a;b\noui;non")
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at(made, "imports")).status_code == 200
        counts.append(sum(1 for one in seen if "questionnaires_answerimport" in one["sql"]))

    assert counts == [1, 1]
