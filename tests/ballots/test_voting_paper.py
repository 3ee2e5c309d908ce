"""The paper one votes on: the form of the screen, the same for everybody, printed by those who hand it out."""

import datetime
import io

import pytest
from pypdf import PdfReader

from src.directory.enums import Role
from src.foundations import documents, ratelimit
from src.participation.ballots import voting_paper, words
from src.participation.ballots.enums import Grade, Method
from src.participation.ballots.forms.paper import vote_of
from src.participation.ballots.forms.voting import BLANK, VoteForm
from tests.browser.checks import axe
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory, UnitFactory

from .test_voting import text_of
from .windows import window

pytestmark = pytest.mark.django_db
FACES = [
    {"method": Method.APPROVAL},
    {"method": Method.APPROVAL, "most_choices": 1},
    {"method": Method.YES_NO},
    {"method": Method.GRADES},
    {"method": Method.EQUAL_SHARES},
]


def told(text: str) -> str:
    return " ".join(text.replace("’", "'").split())


@pytest.fixture
def printer(as_):
    """``printer(made)``: a facilitator of a place where people of the ballot work, and their browser."""
    ratelimit.forget_memory()

    def one(secrecy="secret", **fields):
        place = UnitFactory()
        people = make.electors(24, unit=place)
        made = make.opened(secrecy=secrecy, people=0, **fields)
        made.people = people
        made.facilitators = [AgentFactory(roles=[(Role.FACILITATOR, place)]) for _one in range(2)]
        return made, f"/scrutins/{made.ballot.reference}/bulletin/"

    return one


def test_every_method_is_one_of_those_looked_at():
    assert {one["method"] for one in FACES} == set(Method)


@pytest.mark.parametrize("fields", FACES, ids=str)
def test_each_field_and_choice_of_the_screen_is_on_the_paper(fields):
    ballot = make.prepared(**fields).ballot
    form = VoteForm(ballot)

    asked = voting_paper.questions(ballot)
    paper = told(voting_paper.drawn(ballot))

    assert [one.name for one in asked] == [bound.name for bound in form.visible_fields()]
    for one in asked:
        choices = getattr(form.fields[one.name], "choices", ())
        assert [box.label for box in one.boxes] == [str(label) for _value, label in choices]
        for words_of_it in (*(box.label for box in one.boxes), *(hint for box in one.boxes for hint in box.hints)):
            assert told(words_of_it) in paper
    assert told(ballot.question) in paper and told(words.how_to_words(ballot)) in paper
    assert BLANK in form.fields or "Vote blanc" in paper


@pytest.mark.parametrize("fields", FACES, ids=str)
def test_the_number_of_a_square_is_what_is_typed_for_it(fields):
    """Ticked, then typed by the number printed in the square: the vote that the screen's form gives of the same tick."""
    ballot = make.prepared(**fields).ballot

    for one in voting_paper.questions(ballot):
        choices = list(getattr(VoteForm(ballot).fields[one.name], "choices", ()))
        for box, (value, _label) in zip(one.boxes, choices, strict=True):
            if one.is_grades:
                others = ["-"] * (len(ballot.ordered) - 1)
                typed = vote_of(ballot, " ".join([box.number, *others]))
                assert typed[0] == int(value)
            elif box.number:
                assert vote_of(ballot, box.number) == [int(value)]
            else:
                said = box.label.split()[-1]  # « Oui », « Non », « Vote blanc »
                assert vote_of(ballot, said) == ([] if value == BLANK else [int(value)])


def test_more_proposals_than_a_page_holds_go_on_and_none_is_cut():
    for method, number in ((Method.APPROVAL, 60), (Method.GRADES, 15)):
        labels = [f"Proposition numéro {place} pour la cour" for place in range(1, number + 1)]
        ballot = make.prepared(method=method, labels=labels).ballot
        pages = PdfReader(io.BytesIO(documents.pdf(voting_paper.drawn(ballot)))).pages

        text = told(" ".join(page.extract_text() for page in pages))

        assert [label for label in labels if label not in text] == []
        assert len(pages) > 1 and f"{len(pages)} / {len(pages)}" in told(pages[-1].extract_text())
        assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842), "A4"


@pytest.mark.parametrize("fields", FACES, ids=str)
def test_an_ordinary_paper_is_one_leaf(fields):
    ballot = make.prepared(**fields).ballot

    pages = [
        len(PdfReader(io.BytesIO(documents.pdf(voting_paper.drawn(ballot, large=large)))).pages)
        for large in (False, True)
    ]

    assert (pages[0], pages[1] <= 3) == (1, True), pages


def test_all_papers_are_the_same_whoever_prints_them_and_whenever(printer, as_):
    made, address = printer()
    with made.while_open():
        first = [as_(made.facilitators[0]).get(f"{address}{step}").content for step in ("", "imprimer/")]
    with made.while_open(after=datetime.timedelta(hours=30)):
        later = [as_(made.organiser).get(f"{address}{step}").content for step in ("", "imprimer/")]

    assert first[0] == later[0]
    document, again = (PdfReader(io.BytesIO(one[1])) for one in (first, later))
    drawings = [[page.get_contents().get_data() for page in one.pages] for one in (document, again)]
    assert drawings[0] == drawings[1], "what is drawn; the fonts that go with it hold the hour they were cut to size"
    assert not {"/CreationDate", "/ModDate", "/Author"} & set(document.metadata or {})
    page = told(first[0].decode())
    names = {person.username for person in (*made.facilitators, made.organiser, *made.people)}
    assert not [one for one in (*names, "csrf", "<svg", "<img", "data:", "id=") if one in page]


@pytest.mark.parametrize("secrecy", ["secret", "simple"])
def test_the_paper_tells_the_envelope_the_two_people_and_what_is_known(secrecy):
    ballot = make.prepared(secrecy=secrecy).ballot

    paper = told(voting_paper.drawn(ballot))

    for sentence in (
        "mettez-le seul dans l'enveloppe qu'on vous donne",
        "n'écrivez rien sur la vôtre",
        "Deux personnes ouvrent l'urne ensemble",
        "quelqu'un d'autre les ressaisit sans voir la première saisie",
        "dès lors vous ne votez plus ailleurs",
        "Vous êtes la seule personne à voter sur papier ici",
        "n'a ni numéro, ni code, ni date",
    ):
        assert told(sentence) in paper, sentence
    assert ("Vote secret." in paper, "Vote simple." in paper) == (secrecy == "secret", secrecy == "simple")


def test_those_who_hand_papers_out_find_them_from_their_pages(printer, as_):
    made, address = printer()
    one, organiser = as_(made.facilitators[0]), as_(made.organiser)
    ballot = f"/scrutins/{made.ballot.reference}/"

    with made.while_open():
        desk = one.get(f"{ballot}papier/").content.decode()
        page = one.get(ballot).content.decode()
        workshop = organiser.get(f"/scrutins/atelier/{made.ballot.reference}/").content.decode()
        voter = as_(made.people[0]).get(ballot).content.decode()
        large = one.get(f"{address}imprimer/?gros=1")
        shown = one.get(address)

    assert all(f'href="{address}imprimer/"' in html for html in (desk, workshop))
    assert all(f'href="{address}imprimer/?gros=1"' in html for html in (desk, workshop))
    assert (f'href="{ballot}papier/"' in page, f'href="{ballot}papier/"' in voter) == (True, False)
    assert (large["Content-Type"], shown["Content-Type"]) == ("application/pdf", "text/html; charset=utf-8")
    assert shown["Cache-Control"] == "private, no-store"


def test_nobody_else_prints_and_not_before_the_opening_nor_after_the_end(printer, as_):
    made, address = printer()
    elsewhere = AgentFactory(roles=[(Role.FACILITATOR, UnitFactory())])
    with made.while_open():
        found = [as_(one).get(address).status_code for one in (elsewhere, made.people[0], made.holders[0])]
        visitor = as_(None).get(address)
    draft = make.prepared()
    early = as_(draft.organiser).get(f"/scrutins/{draft.ballot.reference}/bulletin/imprimer/")
    made.close()
    with made.once_over():
        late = as_(made.facilitators[0]).get(address)

    assert found == [404, 404, 404]
    assert (visitor.status_code, visitor.url) == (302, f"/connexion/?next={address}")
    assert (early.status_code, "Ouvrez d'abord le scrutin" in text_of(early)) == (409, True)
    assert (late.status_code, "Le vote est terminé" in text_of(late)) == (409, True)


def test_printing_again_and_again_is_asked_to_wait(printer, as_):
    made, address = printer()
    client = as_(made.organiser)
    with made.while_open():
        told = [client.get(f"{address}imprimer/").status_code for _time in range(2)]
        for _time in range(20):
            ratelimit.hit_in_memory("ballots.file", str(made.organiser.pk), 20, 60)
        answer = client.get(f"{address}imprimer/")

    assert (told, answer.status_code, answer["Retry-After"]) == ([200, 200], 429, "60")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", list(Method))
def test_the_paper_is_read_on_a_screen_without_fault(live_server, open_page, method):  # noqa: F811
    made = make.opened(secrecy="secret", method=method)
    with made.while_open():
        for shape in (PHONE, DESKTOP):
            person = window(live_server, open_page, made)(made.organiser, shape)
            person.go("bulletin/")

            assert (axe(person.page), person.heard) == ([], [])
            sideways = person.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert sideways <= 0
            squares = person.page.locator(".square").count()
            per = {Method.YES_NO: 3, Method.GRADES: 4 * len(Grade) + 1}.get(method, 5)
            assert squares == per
            person.page.context.close()
