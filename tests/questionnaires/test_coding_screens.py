"""Reading open answers on the screen: themes, one answer after the other, lists, two readers, a synthesis; who may."""

import pytest

from src.questionnaires import coding_reading as reading
from src.questionnaires.models import Synthesis, SynthesisChapter, SynthesisParagraph, Theme
from src.questionnaires.services import coding
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory

from .test_coding import reader
from .test_screens import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def book():
    return make.codebook([f"Le bus numéro {n}" for n in range(24)], "Bus", "Autre chose")


@pytest.fixture
def client(book, as_):
    return as_(reader(book))


def to(book, name, **kwargs):
    return at(book.questionnaire, name, key="q1", **kwargs)


def test_from_a_closed_questionnaire_to_its_first_codes(as_):
    made = make.closed_with_texts([f"Le {'bus' if n % 2 else 'vélo'} numéro {n}" for n in range(12)])
    book = type("Book", (), {"questionnaire": made})
    client = as_(reader(book))
    assert "12 réponses à lire" in client.get(at(made, "reading")).content.decode()
    assert client.get(to(book, "codebook")).status_code == 404

    assert client.post(to(book, "codebook_open")).url == to(book, "codebook")
    assert client.get(f"{to(book, 'theme_add')}?nom=Bus").content.decode().count('value="Bus"') == 1
    assert client.post(to(book, "theme_add"), {"name": "Bus", "definition": ""}).status_code == 422
    assert client.post(to(book, "theme_add"), {"name": "Bus", "definition": "Les bus."}).status_code == 303
    page = client.get(to(book, "codebook_words")).content.decode()
    # What nearly all of them say tells nothing; the word is as people wrote it.
    assert "<h3>vélo</h3>" in page and "numéro" not in page
    following = client.get(to(book, "code_next")).url
    for _answer in range(12):
        assert client.get(following).status_code == 200
        answered = client.post(following, {"themes": [Theme.objects.get().reference], "seen": "0"})
        following = client.get(answered.url).url
    # Everything is read: back to the themes.
    assert following == to(book, "codebook")
    assert "12 réponses lues sur 12" in client.get(to(book, "codebook")).content.decode()
    assert "trop peu de réponses à lire" in client.get(to(book, "double")).content.decode()


def test_a_choice_that_cannot_be_kept_is_told_and_stays_ticked(book, client, as_):
    bus, other = book.themes.all()
    text = book.texts.first()
    address = to(book, "code", text=text.reference)
    for wrong in ({}, {"none": "on", "themes": [bus.reference]}, {"themes": ["ZZZZZZ"]}):
        assert client.post(address, wrong).status_code == 422
    coding.code_text(actor=reader(book), text=text, themes=[other.pk])

    page = client.post(address, {"themes": [bus.reference], "seen": "0"})

    said = page.content.decode()
    assert page.status_code == 409 and "Son choix : Autre chose" in " ".join(said.split())
    assert f'value="{bus.reference}" id="id_themes_0" checked' in said and 'name="seen" value="1"' in said
    # Seen, one's own choice is kept; an old page sent again by the same person too.
    assert client.post(address, {"themes": [bus.reference], "seen": "1"}).status_code == 303
    assert client.post(address, {"none": "on", "seen": "0"}).status_code == 303


def test_lists_filter_and_take_gestures(book, client):
    bus, other = book.themes.all()
    ticked = [text.reference for text in book.texts.all()[:3]]
    address = to(book, "coded")
    for data, status in (
        ({"geste": "ajouter", "vers": bus.reference, "reponse": ticked}, 303),
        ({"geste": "ajouter", "vers": "", "reponse": ticked}, 422),
        ({"geste": "ajouter", "vers": bus.reference}, 422),
        ({"geste": "exemple", "vers": bus.reference, "reponse": ticked}, 422),
        ({"geste": "exemple", "vers": bus.reference, "reponse": ticked[:1]}, 303),
        ({"geste": "enlever", "vers": bus.reference, "reponse": ticked[:1]}, 303),
        ({"geste": "aucun", "reponse": ticked[:1]}, 303),
        ({"geste": "inconnu", "reponse": ticked}, 422),
    ):
        assert client.post(address, data).status_code == status, data
    assert client.get(address, {"theme": bus.reference}).content.decode().count('name="reponse"') == 2
    assert client.get(address, {"etat": reading.NO_THEME}).content.decode().count('name="reponse"') == 1
    assert client.get(address, {"mots": "bus 7", "etat": "n'importe"}).content.decode().count('name="reponse"') == 1
    assert client.get(to(book, "codebook")).content.decode().count("Exemple") == 1
    split = to(book, "theme_split", theme=bus.reference)
    assert client.get(split).status_code == 200
    new = {"name": "Numéros", "definition": "Les numéros."}
    assert client.post(split, new).status_code == 422
    assert client.post(split, {**new, "reponse": ticked[1:2]}).status_code == 303
    assert client.post(to(book, "coding_undo")).status_code == 303
    merge = to(book, "theme_merge", theme=other.reference)
    assert client.post(merge, {"into": other.pk}).status_code == 422
    assert client.post(merge, {"into": bus.pk}).status_code == 303
    assert client.get(merge).status_code == 303
    assert client.post(to(book, "theme_take_out", theme=other.reference)).status_code == 303
    assert client.post(to(book, "theme_up", theme=other.reference)).status_code == 303
    assert client.post(to(book, "theme_remove", theme=bus.reference)).status_code == 422


def test_two_readers_on_the_screen(book, client, as_):
    second = reader(book)
    me = book.questionnaire.space.role_grants.order_by("pk").first().user
    draw = {"first": me.pk, "second": second.pk, "size": "12"}
    assert client.get(to(book, "double")).status_code == 200
    assert client.post(to(book, "double"), draw | {"second": me.pk}).status_code == 422
    assert client.post(to(book, "double"), draw).status_code == 303

    theirs, outsider = as_(second), as_(reader(book))
    text = book.texts.filter(double_reading__isnull=False).first()
    address = to(book, "code", text=text.reference)
    assert client.post(address, {"none": "on"}).status_code == 303
    # The second reader's page says nothing of it; a third person isn't let in.
    assert " checked" not in theirs.get(address).content.decode()
    assert outsider.get(address).status_code == 403
    assert client.post(to(book, "double_finish")).url == to(book, "double")
    assert "11 réponses à lire avant d’avoir fini" in client.get(to(book, "double")).content.decode()
    assert client.get(to(book, "double_give_up")).status_code == 200
    assert client.post(to(book, "double_give_up")).status_code == 303
    assert client.post(to(book, "double_finish")).status_code == 303


def test_a_synthesis_is_written_ordered_and_published(book, client):
    bus, _other = book.themes.all()
    made = book.questionnaire
    coding.code_several(actor=reader(book), codebook=book, texts=book.texts.all())
    coding.code_several(actor=reader(book), codebook=book, texts=book.texts.all()[:12], add=bus)
    assert client.get(at(made, "synthesis_write")).url == at(made, "synthesis_begin")
    assert client.post(at(made, "synthesis_begin"), {"title": ""}).status_code == 422
    assert client.post(at(made, "synthesis_begin"), {"title": "Synthèse"}).status_code == 303
    for title in ("Deux", "Un"):
        assert client.post(at(made, "chapter_add"), {"title": title}).status_code == 303
    two, one = SynthesisChapter.objects.order_by("pk")
    for chapter in (two, one):
        add = at(made, "paragraph_add", chapter=chapter.pk)
        assert client.post(add, {"text": ""}).status_code == 422
        assert client.post(add, {"text": "Les bus.", "themes": [bus.reference]}).status_code == 303
    gesture = at(made, "synthesis_gesture")
    assert client.post(gesture, {"partie": "chapitre", "numero": one.pk, "geste": "monter"}).status_code == 303
    assert client.post(gesture, {"partie": "chapitre", "numero": "9" * 30, "geste": "monter"}).status_code == 404
    assert [chapter.title for chapter in Synthesis.objects.get().chapters.all()] == ["Un", "Deux"]
    paragraph = SynthesisParagraph.objects.get(chapter=two)
    assert client.get(at(made, "paragraph_edit", paragraph=paragraph.pk)).content.decode().count(" checked") == 1
    assert (
        client.post(gesture, {"partie": "paragraphe", "numero": paragraph.pk, "geste": "retirer"}).status_code == 303
    )
    refused = client.post(at(made, "synthesis_publish"))
    assert refused.status_code == 422 and "pas encore de paragraphe" in refused.content.decode()
    client.post(gesture, {"partie": "chapitre", "numero": two.pk, "geste": "retirer"})
    assert client.post(at(made, "synthesis_publish")).url == at(made, "synthesis")
    # An old tab: nothing changes any more, and says so.
    assert client.post(gesture, {"partie": "chapitre", "numero": one.pk, "geste": "retirer"}).status_code == 422
    assert client.post(at(made, "chapter_edit", chapter=one.pk), {"title": "Autre"}).status_code == 422


def test_reading_is_for_those_who_organise(book, as_):
    text, theme = book.texts.first(), book.themes.first()
    other = make.codebook(["Ailleurs"] * 12, "Ailleurs")
    addresses = [
        at(book.questionnaire, "reading"), to(book, "codebook"), to(book, "coded"), to(book, "codebook_words"),
        to(book, "code_next"), to(book, "code", text=text.reference), to(book, "theme_edit", theme=theme.reference),
        to(book, "double"), at(book.questionnaire, "synthesis_write"),
    ]  # fmt: skip
    for person in (AgentFactory(), reader(other)):
        assert {as_(person).get(address).status_code for address in addresses} == {404}
    mine = as_(reader(book))
    # Somebody else's text or theme is nothing here, even for who organises.
    assert mine.get(to(book, "code", text=other.texts.first().reference)).status_code == 404
    assert mine.post(to(book, "theme_up", theme=other.themes.get().reference)).status_code == 404
    assert as_(None).get(addresses[0]).status_code == 302
