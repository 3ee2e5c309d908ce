"""The desk of the papers, by its pages: a person marked, a pile typed twice by two people, what was typed never shown."""

import pytest

from src.directory.enums import Role
from src.directory.models import User
from src.participation.ballots.models import PaperBatch, PaperBox, RollEntry
from tests.factories import ballots as make
from tests.factories.directory import AgentFactory, UnitFactory

pytestmark = pytest.mark.django_db


class Desk:
    """A place where five people of the list work, and its two facilitators, signed in."""

    def __init__(self, as_, secrecy="secret"):
        self.place = UnitFactory()
        people = make.electors(24, unit=self.place)
        for number, person in enumerate(people):
            person.personnel_number, person.last_name = f"K{number}", f"Nom{number}"
        User.objects.bulk_update(people, ["personnel_number", "last_name"])
        self.made = make.opened(secrecy=secrecy, people=0)
        self.made.people = people
        self.people = [AgentFactory(roles=[(Role.FACILITATOR, self.place)]) for _one in range(2)]
        self.one, self.two = map(as_, self.people)
        self.url = f"/scrutins/{self.made.ballot.reference}/papier/"

    def post(self, client, **fields):
        return client.post(self.url, {"place": self.place.pk, **fields})


def words(response) -> str:
    return response.content.decode()


def test_a_pile_from_the_first_mark_to_the_boxes(as_):
    desk = Desk(as_)
    with desk.made.while_open():
        page = words(desk.one.get(desk.url, {"place": desk.place.pk}))
        assert "Quelqu’un vote sur papier" in page and "Émargements ici : 0" in page.replace("\xa0", " ")
        for number in (3, 4):
            answer = desk.post(desk.one, action="mark", number=f"K{number}", last_name=f"nom{number}")
            assert answer.status_code == 200 and "donnez-lui un bulletin" in words(answer)
        again = desk.post(desk.one, action="mark", number="K3", last_name="Nom3")
        assert again.status_code == 409 and "a déjà voté" in words(again) and 'value="K3"' in words(again)
        wrong = desk.post(desk.one, action="type", votes="1 2\nbanane")
        assert wrong.status_code == 422 and "Bulletin 2" in words(wrong) and "banane" in words(wrong)
        assert desk.post(desk.one, action="type", votes="1 2\nblanc").status_code == 303
        batch = PaperBatch.objects.get()
        check = f"{desk.url}{batch.pk}/"
        assert "quelqu’un d’autre le saisit" in words(desk.one.get(check))
        assert desk.one.post(check, {"votes": "1 2\nblanc"}).status_code == 403
        page = desk.two.get(check)
        assert page.headers["Cache-Control"] == "private, no-store" and "1 2" not in words(page)
        differs = desk.two.post(check, {"votes": "1 3\nblanc"})
        assert differs.status_code == 422 and "bulletin 1" in words(differs) and "1 3" in words(differs)
        assert desk.two.post(check, {"votes": "blanc\n1 2"}).status_code == 303
        assert desk.two.get(check).status_code == 303, "read twice: nothing more to type"
        assert desk.two.post(check, {"action": "discard"}).status_code == 409
    assert (RollEntry.objects.count(), PaperBox.objects.count()) == (2, 2)


def test_a_wrong_typing_is_begun_again(as_):
    desk = Desk(as_)
    with desk.made.while_open():
        desk.post(desk.one, action="mark", number="K3", last_name="Nom3")
        desk.post(desk.one, action="type", votes="nul")
        check = f"{desk.url}{PaperBatch.objects.get().pk}/"
        assert desk.two.post(check, {"action": "discard"}).status_code == 303
        assert not PaperBatch.objects.exists()
        assert desk.two.get(check).status_code == 404


def test_after_the_closing_the_pile_is_typed_and_nobody_is_marked(as_):
    desk = Desk(as_)
    with desk.made.while_open():
        desk.post(desk.one, action="mark", number="K3", last_name="Nom3")
    desk.made.close()
    with desk.made.once_over():
        desk.one = as_(desk.people[0])
        page = words(desk.one.get(desk.url, {"place": desk.place.pk}))
        assert "Quelqu’un vote sur papier" not in page and "Saisir la pile" in page
        assert desk.post(desk.one, action="mark", number="K4", last_name="Nom4").status_code == 409
        assert desk.post(desk.one, action="type", votes="1").status_code == 303


def test_the_desk_is_nobody_else_s(as_):
    desk = Desk(as_)
    elsewhere = as_(AgentFactory(roles=[(Role.FACILITATOR, UnitFactory())]))
    for client in (elsewhere, as_(desk.made.people[0]), as_(desk.made.organiser), as_(desk.made.holders[0])):
        assert client.get(desk.url).status_code == 404
    assert as_(None).get(desk.url).status_code == 302
    with desk.made.while_open():
        other = UnitFactory()
        answer = desk.one.post(desk.url, {"place": other.pk, "action": "mark", "number": "K3", "last_name": "Nom3"})
        assert answer.status_code == 422 and not RollEntry.objects.exists()
        assert desk.one.post(desk.url, {"place": "x", "action": "mark"}).status_code == 422
