"""What is held of somebody is read in their words: keys, codes, dates, and how long it is kept."""

import ast
import datetime
import inspect
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation
from django.utils.functional import Promise

from ideas.models import Assessment
from src.directory import own_data
from src.directory.enums import Role
from src.directory.own_words import WORDS
from src.foundations import clock, code_words, journal, personal_data
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem, Mute
from src.participation.services import drafts
from tests.factories.directory import AgentFactory, grant
from tests.factories.ideas import IdeaFactory

ROOT = Path(__file__).resolve().parents[2]
EXPORTED = [one for one in personal_data.declarations() if one.export is not None]
# What they hold is which messages were read: it says nothing that the messages don't.
NOTHING_TOLD = {"notices.ReadMarks"}
LONG = "Le banc du dépôt prend la pluie. " * 30


def keys_told(export) -> set[str]:
    """Keys of the rows an export gives, read in its source, so that no row of each model has to be made."""
    tree = ast.parse(Path(inspect.getsourcefile(export)).read_text())
    kind = ast.Lambda if export.__name__ == "<lambda>" else ast.FunctionDef
    first = export.__code__.co_firstlineno
    function = next(node for node in ast.walk(tree) if isinstance(node, kind) and node.lineno == first)
    around = inspect.getclosurevars(export).nonlocals
    keys = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            keys |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "values":
            for given in node.args:
                keys |= set(around[given.value.id]) if isinstance(given, ast.Starred) else {given.value}
    return keys


def verbs_written() -> set[str]:
    """Acts that a room writes into the journal, read in the sources."""
    verbs = set()
    for path in (*ROOT.glob("src/**/*.py"), *ROOT.glob("ideas/**/*.py")):
        text = path.read_text()
        if "record(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("record", "_record") and "." in str(node.args[0].value):
                verbs.add(node.args[0].value)
    return verbs


@pytest.mark.parametrize("declaration", EXPORTED, ids=lambda one: one.model._meta.label)
def test_every_exported_key_has_its_word(declaration):
    keys = keys_told(declaration.export)

    assert keys or declaration.model._meta.label in NOTHING_TOLD
    assert keys - set(WORDS) == set()
    assert set(declaration.words) <= keys


def test_every_mark_of_a_scorecard_has_its_word():
    assert set(Assessment.CRITERIA) <= set(WORDS)


@pytest.mark.parametrize("declaration", EXPORTED, ids=lambda one: one.model._meta.label)
def test_each_list_says_in_french_what_it_is_and_how_long_it_is_kept(declaration):
    title = declaration.title or declaration.model._meta.verbose_name_plural
    for said in (title, declaration.retention):
        assert isinstance(said, Promise)
        with translation.override("en"):
            english = str(said)
        with translation.override("fr"):
            assert str(said) != english


def test_every_act_of_the_journal_has_its_word():
    verbs = verbs_written()

    assert "directory.own_data_taken" in verbs
    assert {verb for verb in verbs if not code_words.word("verb", verb)} == set()


def test_a_code_said_twice_is_refused():
    with pytest.raises(ValueError, match="said twice"):
        code_words.register("verb", {"directory.unit_moved": "Autre mot"})
    assert code_words.word("verb", "nobody.knows") == ""


def test_values_are_read_as_words():
    assert (
        own_data._text({"late": True, "note": "", "scores": {"cost": 3}, "boite": "boite-permanente"})
        == "En retard : oui ; Notes, de 0 à 4 : Coût : 3"
    )
    assert own_data._text(None) == own_data._text([]) == ""
    assert own_data._text(datetime.date(2026, 11, 25)) == "25 novembre 2026"


@pytest.fixture
def nadia(db):
    return AgentFactory(first_name="Nadia", last_name="Benali")


@pytest.fixture
def own_client(client, nadia):
    cache.clear()
    nadia.set_password("trois mots choisis")
    nadia.save()
    client.force_login(nadia)
    client.post("/connexion/confirmer/?next=/moi/donnees/", {"password": "trois mots choisis"})
    return client


def busy(person):
    """A bit of everything: a post, a role, a protected idea, a draft, a message, an act."""
    grant(person, Role.ADMINISTRATOR)
    IdeaFactory(author=person, protected=True, title="Un banc à l'abri")
    drafts.save_draft(None, "idea", {"title": "Début", "identity": "protected", "boite": "le-code"}, user=person)
    InboxItem.objects.create(
        code="ideas.submitted",
        category="mine",
        key="x",
        user=person,
        context={"title": "Un banc à l'abri", "reference": "2026-0001"},
        created_at=clock.now(),
    )
    Mute.objects.create(user=person, category="news")
    journal.record("directory.own_data_taken", actor=person, object_ref="account:d41d8cd98f")
    drain_outbox()


def test_what_a_person_exports_is_what_the_walk_reads(nadia):
    busy(nadia)

    for declaration, rows in personal_data.held_of(nadia):
        assert {key for row in rows for key in row} <= keys_told(declaration.export), declaration.model._meta.label


def test_the_page_says_words_and_leaves_codes_to_the_file(own_client, nadia):
    busy(nadia)
    handles = [row["handle"] for row in personal_data.export_of(nadia)["participation.SealedAuthor"]]

    page = own_client.get("/moi/donnees/").content.decode().replace("\xa0", " ").replace("\u202f", " ")

    for said in (
        "Qui je suis", "Mes idées (1)", "Gardé 24 mois.", "Votre idée est reçue : Un banc à l",
        "Fichier de mes données pris", "Mes contributions dont le nom est sous clé (1)",
        "Mes brouillons", "Administration",
    ):  # fmt: skip
        assert said in page
    for code in (*handles, "directory.own_data_taken", "account:", "ideas.submitted", "le-code", "terrain-admin"):
        assert code not in page


def test_lists_are_grouped_the_account_first_and_none_is_empty(nadia):
    busy(nadia)

    told = own_data.groups(nadia)

    assert [group.heading for group in told][0] == "Qui je suis"
    assert [group.heading for group in told][-1] == "Ce que j’ai fait"
    assert len({group.heading for group in told}) == len(told)
    assert all(section.count for group in told for section in group.sections)


def test_a_long_text_is_folded(own_client, nadia):
    IdeaFactory(author=nadia, title="Un banc", body=LONG)
    drain_outbox()

    page = own_client.get("/moi/donnees/").content.decode()

    assert page.count("<dd><details><summary>") == 1


def test_the_page_costs_the_same_with_one_idea_and_with_three(own_client, nadia, django_assert_num_queries):
    for ideas in (1, 2):
        for _ in range(ideas):
            IdeaFactory(author=nadia)
        drain_outbox()
        with django_assert_num_queries(202):
            own_client.get("/moi/donnees/")
