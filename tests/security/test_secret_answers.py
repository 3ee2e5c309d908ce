"""Who answered what, asked of everything a database keeps of secret answers, before and after they are opened.

The adversary holds every table with ``xmin``, ``ctid`` (``rowid`` on SQLite), ids, keys and sizes, a copy taken before
the opening and one after, the outbox, the journal and the logs; no key. They pair each line of the roll with a box
(that succeeds: it is the point of the boxes), then try to name whose each opened answer is, by every order they can
see. They must do no better than chance; the same attacks break a naive table, and answers opened in the order of the
hashes of their boxes.
"""

import logging
import random
import uuid
from hashlib import sha256

import pytest
from django.apps import apps
from django.db import connection, transaction

from src.directory.models import User
from src.directory.services import create_accounts
from src.foundations.testing import drain_outbox, forget_effects
from src.participation.models import ContributionDraft
from src.participation.services import drafts
from src.questionnaires import runs, services
from src.questionnaires.models import AnswerSet, Questionnaire
from src.questionnaires.services import opening
from tests.factories import questionnaires as make
from tests.participation.real_database import several_writers
from tests.participation.test_attacks import p_value, place

PEOPLE = 520


def marks(table, columns):
    """Rows of a table with what the database tells of their order: (columns…, transaction, place)."""
    hidden = "xmin::text::bigint, ctid::text" if connection.vendor == "postgresql" else "0, rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}, {hidden} FROM {table}")
        return [(*values, xmin, place(mark)) for *values, xmin, mark in cursor.fetchall()]


def everything() -> bytes:
    """Every value of every table but the naive one, as a dump has it."""
    found = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"naive_answer"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [bytes(one) if isinstance(one, memoryview | bytes) else str(one).encode() for one in row]
    return b"\n".join(found)


class World:
    """A questionnaire that people answer one by one, in the order of no list; ``said`` is the truth."""

    def __init__(self, seed, people=PEOPLE):
        self.choice = random.Random(seed)
        accounts = create_accounts([User(username=f"s{seed}-{number}") for number in range(people)])
        self.made = make.questionnaire(make.short_text("Votre mot ?"), answer_mode="secret")
        people = list(User.objects.filter(pk__in=[one.pk for one in accounts]))
        self.choice.shuffle(people)
        self.said = {person.pk: f"mot-{uuid.uuid4().hex}" for person in people}
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS naive_answer")
            serial = "serial" if connection.vendor == "postgresql" else "integer"
            cursor.execute(f"CREATE TABLE naive_answer (id {serial} PRIMARY KEY, word text)")
        for person in people:
            self.answer(person)
        self.roll = marks("questionnaires_answerroll", "person_id")
        self.boxes = marks("questionnaires_sealedanswers", "id, ciphertext")
        self.dump = everything()
        self.naive = marks("naive_answer", "word")

    def answer(self, person):
        """Typed in a draft, then sent, as the screens do."""
        run = runs.begin(person, self.made)
        run.answers["q1"] = self.said[person.pk]
        runs.keep(run, person)
        with transaction.atomic():
            assert services.send_secret(
                actor=person,
                questionnaire=self.made,
                revision=self.made.revision,
                answers=run.answers,
                draft=run.draft,
            )
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO naive_answer (word) VALUES (%s)", [self.said[person.pk]])

    def open(self):
        services.close_questionnaire(questionnaire=self.made)
        drain_outbox()
        self.sets = marks("questionnaires_answerset", "id, reference, handle")
        self.answers = marks("questionnaires_answer", "value, id, answer_set_id")

    def paired(self):
        """Each person with the box written beside their line of the roll: this succeeds."""
        people = [row[0] for row in sorted(self.roll, key=lambda row: (row[1], row[2]))]
        boxes = sorted(self.boxes, key=lambda row: (row[2], row[3]))
        return list(zip(people, boxes, strict=True))


def orders_of_people(world):
    """Every order in which the adversary can put people, from the roll and from the boxes beside it."""
    yield "roll by transaction", [row[0] for row in sorted(world.roll, key=lambda row: (row[1], row[2]))]
    yield "roll by place", [row[0] for row in sorted(world.roll, key=lambda row: row[2])]
    yield "by account", sorted(row[0] for row in world.roll)
    for name, key in (
        ("box by id", lambda box: str(box[0])),
        ("box by content", lambda box: bytes(box[1])),
        ("box by hash", lambda box: sha256(bytes(box[1])).digest()),
        ("box by place", lambda box: box[3]),
    ):
        yield name, [person for person, box in sorted(world.paired(), key=lambda pair, key=key: key(pair[1]))]


def orders_of_words(world):
    """Every order in which opened answers can be put."""
    by_set = {row[2]: row[0].strip('"') for row in world.answers}
    sets = world.sets
    for name, key in (
        ("by id", lambda row: row[0]),
        ("by reference", lambda row: row[1]),
        ("by handle", lambda row: str(row[2])),
        ("by place", lambda row: row[4]),
        ("by transaction", lambda row: (row[3], row[4])),
    ):
        yield f"sets {name}", [by_set[row[0]] for row in sorted(sets, key=key)]
    for name, key in (("by id", lambda row: row[1]), ("by place", lambda row: (row[3], row[4]))):
        yield f"answers {name}", [row[0].strip('"') for row in sorted(world.answers, key=key)]


def best(said, people, words):
    """(p, attack, matches) of the pair of orders that does best; p counts that the best of all was chosen."""
    people, words = list(people), list(words)
    results = [
        (p_value(hits, len(said), 1 / len(said)), f"{one}, {other}", hits)
        for one, persons in people
        for other, told in words
        for ways in (persons, persons[::-1])
        for hits in [sum(said[person] == word for person, word in zip(ways, told, strict=True))]
    ]
    p, name, hits = min(results)
    return min(1.0, p * len(results)), name, hits


def columns_of_time():
    """Columns that could date an answer or lead to a person, in the tables of secret answers."""
    models = [apps.get_model("questionnaires", name) for name in ("AnswerRoll", "SealedAnswers")]
    return {
        f"{model.__name__}.{field.name}"
        for model in models
        for field in model._meta.concrete_fields
        if "Date" in type(field).__name__ or field.is_relation and model.__name__ == "SealedAnswers"
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_order_tells_whose_answers_are_whose(caplog):
    caplog.set_level(logging.INFO)
    # Chance itself does better than p = 0.01 once in a hundred worlds: a leak does so in the second one too.
    for seed in (21, 22):
        world = World(seed)
        words = set(world.said.values())
        assert not [word for word in words if word.encode() in world.dump], "nothing readable before the opening"
        assert len({len(bytes(box[1])) for box in world.boxes}) == 1
        assert columns_of_time() == {"SealedAnswers.questionnaire"}
        naive = [("roll", [row[0] for row in sorted(world.roll, key=lambda row: row[2])])]
        naive_words = [("word", [row[0] for row in sorted(world.naive, key=lambda row: row[2])])]
        assert best(world.said, naive, naive_words)[2] == PEOPLE, "the naive table falls"

        world.open()

        assert {word for _name, told in orders_of_words(world) for word in told} == words, "every answer is there"
        found = best(world.said, orders_of_people(world), orders_of_words(world))
        if found[0] > 0.01:
            break
        forget_effects()
    assert found[0] > 0.01, found
    logged = "\n".join(record.getMessage() + str(vars(record)) for record in caplog.records)
    assert not [word for word in words if word in logged]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE naive_answer")
    forget_effects()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_attacks_break_answers_opened_in_the_order_of_hashes(monkeypatch):
    """What looks like a shuffle and isn't: whoever kept the boxes computes the same order."""
    world = World(23, people=60)
    word_of = {world.said[person]: bytes(box[1]) for person, box in world.paired()}

    def by_hash(found):
        found.sort(key=lambda box: sha256(next(word_of[word] for word in word_of if word.encode() in box)).digest())

    monkeypatch.setattr(opening._shuffler, "shuffle", by_hash)
    world.open()

    assert best(world.said, orders_of_people(world), orders_of_words(world))[2] == 60
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE naive_answer")
    forget_effects()


def press(pk, user, token) -> bool:
    made = Questionnaire.objects.for_pages().get(pk=pk)
    return make.send_secret(made, {"q1": "c1"}, actor=user, draft=token)


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_count_once(tmp_path):
    made = make.questionnaire(make.single(), answer_mode="secret")
    user = create_accounts([User(username="pressed")])[0]
    token = drafts.save_draft(None, f"quest:{made.reference}", {"answers": {}}, user=user)

    with several_writers(tmp_path) as run:
        counted = run([lambda: press(made.pk, user, token)] * 20)
        kept = run([lambda: (made.roll.count(), made.sealed_answers.count(), ContributionDraft.objects.count())])[0]

    assert sorted(counted) == [False] * 19 + [True]
    assert kept == (1, 1, 0)
    assert not AnswerSet.objects.exists()
    forget_effects()
