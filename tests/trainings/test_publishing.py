"""Tracks and banks published: whole or refused at once, frozen, corrected without moving."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from tests.factories import trainings as made
from tests.factories.directory import AgentFactory
from trainings.checking import faults_of_bank, faults_of_track
from trainings.models import Module, ModulePatch, Question, QuestionRevision, Track, TrackVersion
from trainings.services.publishing import intact, publish_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def french():
    with translation.override("fr"):
        yield


def spaced(sentences):
    """Without the spaces that French doesn't break."""
    return [one.replace("\u00a0", " ").replace("\u202f", " ") for one in sentences]


def refused(sql, *params):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_a_publication_freezes_the_whole_track():
    agent = AgentFactory()
    track = made.written([made.lesson(), made.scenario()])

    version = publish_version(track=track, actor=agent)

    assert (version.number, version.title, version.minutes) == (1, track.title, 15)
    assert [(one.position, one.kind, str(one.stable_key)) for one in version.modules.all()] == [
        (1, "lesson", made.KEYS["lesson"]), (2, "scenario", made.KEYS["scenario"]),
    ]  # fmt: skip
    assert version.modules.first().content["blocks"][0]["heading"] == "Au guichet"
    assert intact(version)


def test_a_published_version_never_changes():
    """Invariant 2: by the database, and by its hash if the database were forced."""
    version = made.published([made.lesson()])

    refused("UPDATE trainings_trackversion SET content_sha256 = %s", "0" * 64)
    refused("DELETE FROM trainings_trackversion")
    refused("UPDATE trainings_module SET title = 'Autre'")
    refused("DELETE FROM trainings_module")
    refused("UPDATE trainings_track SET slug = 'ailleurs'")
    assert intact(version)
    assert not intact(_forced(version, "title", "Autre"))
    assert not intact(_forced(version, "published_content", {"blocks": []}))


def _forced(version, column, value):
    """The same version as if a row had been changed under the database's feet."""
    module = version.modules.get()
    setattr(module, column, value)
    again = TrackVersion.objects.prefetch_related("modules", "modules__patches").get(pk=version.pk)
    again._prefetched_objects_cache["modules"]._result_cache = [module]
    return again


def test_the_same_words_published_again_make_no_version():
    version = made.published([made.lesson()])

    assert publish_version(track=Track.objects.get(pk=version.track_id)) == version
    assert TrackVersion.objects.count() == 1


def test_a_new_version_keeps_the_keys_and_the_one_before():
    first = made.published([made.lesson()])

    second = made.republished(first, [made.lesson(title="Mieux accueillir"), made.scenario()], kind="major")

    assert (second.number, second.change_kind) == (2, "major")
    assert second.modules.first().stable_key == first.modules.get().stable_key
    assert first.modules.get().title == "Accueillir"


def words_of(module, text):
    blocks = [dict(one) for one in module["blocks"]]
    blocks[0]["paragraphs"] = [text]
    return {**module, "blocks": blocks}


def test_a_correction_of_words_moves_nothing():
    version = made.published([made.lesson()])

    same = made.republished(version, [words_of(made.lesson(), "La même phrase pour tous.")], kind="editorial")

    assert same == version and TrackVersion.objects.count() == 1
    module = Module.objects.with_content().get()
    assert module.content["blocks"][0]["paragraphs"] == ["La même phrase pour tous."]
    assert module.published_content["blocks"][0]["paragraphs"] == ["Une phrase pour toutes et tous."]
    assert intact(version)
    refused("UPDATE trainings_modulepatch SET note = 'Autre'")
    assert ModulePatch.objects.get().note == "Une phrase plus claire."


@pytest.mark.parametrize(
    "modules",
    [
        [made.lesson(minutes=11)],
        [made.lesson(), made.scenario()],
        [made.lesson(blocks=made.lesson()["blocks"][:1])],
    ],
    ids=["minutes", "module", "check"],
)
def test_what_is_more_than_words_is_no_correction(modules):
    version = made.published([made.lesson()])

    with pytest.raises(ValidationError, match="Publiez-le comme une nouvelle version"):
        made.republished(version, modules, kind="editorial")


def test_everything_wrong_is_told_at_once_in_french():
    track = made.written(
        [
            made.lesson(done_when=" ", blocks=[
                {"type": "video", "title": "Un film", "file": None, "poster": None, "captions": None, "transcript": ""},
                {"type": "image", "image": None, "alt": "", "decorative": False, "caption": ""},
                {"type": "check", "question": "Que dire ?", "choices": [made.choice("A"), made.choice("B")], "source": ""},
            ]),
            made.scenario([made.node("a", "a")]),
            made.quiz(made.bank(), draw={"accueil": 9, "inconnue": 1}),
        ],
        objectives="", basis=" ", minutes=7,
    )  # fmt: skip

    found = faults_of_track(track)

    assert spaced(found) == [
        "Dites au moins un objectif.",
        "Dites qui demande cette formation : la décision de l’employeur, avec sa date.",
        "Les modules nécessaires durent 20 minutes, le parcours en annonce 7.",
        "Module « Accueillir » : dites quand il est terminé.",
        "Module « Accueillir » : le film « Un film » n’a pas de fichier.",
        "Module « Accueillir » : le film « Un film » n’a pas de sous-titres : les personnes qui n’entendent pas en ont "
        "besoin.",
        "Module « Accueillir » : le film « Un film » n’a pas de transcription : les personnes qui ne voient pas ou "
        "n’entendent pas en ont besoin.",
        "Module « Accueillir » : il manque une image.",
        "Module « Accueillir » : la question « Que dire ? » n’a pas de bonne réponse.",
        "Module « Accueillir » : la question « Que dire ? » n’a pas de source.",
        "Module « Le papier » : depuis la scène « a », aucun chemin n’arrive à une fin.",
        "Module « Questions finales » : la catégorie « accueil » a 4 questions, la règle en demande 9.",
        "Module « Questions finales » : la catégorie « inconnue » a 0 question, la règle en demande 1.",
    ]
    with pytest.raises(ValidationError) as refusal:
        publish_version(track=track)
    assert refusal.value.messages == found
    assert not TrackVersion.objects.exists()


@pytest.mark.parametrize("place", ["title", "done_when", "text"])
def test_a_fact_marked_unchecked_is_never_published(place):
    module = (
        words_of(made.lesson(), "L’article 432-7 ⚠ dit…") if place == "text" else made.lesson(**{place: "Le 432-7 ⚠"})
    )

    found = faults_of_track(made.written([module]))

    assert len(found) == 1 and "⚠" in found[0]


def test_a_question_changed_has_a_new_revision_and_keeps_the_one_before():
    first = made.question(1)
    bank = made.bank([first, made.question(2)])

    changed = made.rewrite(bank, [{**first, "text": "Mieux dit ?"}])

    assert changed == 2
    question = Question.objects.get(stable_key=first["key"])
    assert [one.content["text"] for one in question.revisions.all()] == ["Question 1 ?", "Mieux dit ?"]
    assert question.current.number == 2
    assert list(Question.objects.to_draw(bank.slug)) == [question]
    assert made.rewrite(bank, [{**first, "text": "Mieux dit ?"}]) == 0
    refused("UPDATE trainings_questionrevision SET number = 9")
    refused("DELETE FROM trainings_questionrevision")
    assert QuestionRevision.objects.count() == 3


def test_a_bank_tells_everything_that_is_wrong():
    bank = made.bank()
    bank.questions = made.stream_of_questions([
        made.question(1, choices=[made.choice("A", True), made.choice("B", True)], reason="", source=""),
        made.question(2, kind="multiple", choices=[made.choice("A"), made.choice("A")]),
        made.question(3, text="Le 225-1 ⚠ ?"),
    ])  # fmt: skip

    assert spaced(faults_of_bank(bank)) == [
        "Question 1 : dites pourquoi la réponse est juste : on le lit.",
        "Question 1 : dites d’où vient la réponse.",
        "Question 1 : une seule réponse est juste ; ici, il y en a 2.",
        "Question 2 : au moins une réponse est juste.",
        "Question 2 : deux lignes disent la même chose.",
        "Question 3 : un fait marqué ⚠ n’est pas vérifié : ne le dites pas, ou écrivez une phrase qui tient sans lui.",
    ]
    with pytest.raises(ValidationError):
        made.revise_bank(bank=bank)


def test_who_published_is_forgotten_and_nothing_else():
    agent = AgentFactory()
    version = publish_version(track=made.written(), actor=agent)

    TrackVersion.objects.filter(published_by=agent).update(published_by=None)

    refused("UPDATE trainings_trackversion SET published_by_id = %s", agent.pk)
    version.refresh_from_db()
    assert version.published_by is None and intact(version)


def test_a_line_left_blank_says_nothing():
    lesson = made.lesson()
    lesson["blocks"] = [{"type": "text", "heading": "Au guichet", "paragraphs": ["Bonjour.", " "]}]

    block = made.published([lesson]).modules.get().content["blocks"][0]

    assert block == {"type": "text", "heading": "Au guichet", "paragraphs": ["Bonjour."], "list": []}


def test_identifiers_of_the_stream_are_the_keys():
    track = made.written([made.lesson(key=str(uuid.uuid4()))])
    again = Track.objects.get(pk=track.pk)

    assert [child.id for child in again.modules] == [child["id"] for child in track.modules.raw_data]
