"""Who is missing while it is open: by tens and an hour old; the tasks that gaps open, until somebody says what was done."""

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from src.directory.enums import Role
from src.directory.viewer import Viewer
from src.foundations import clock
from src.questionnaires import jobs, representativeness, services
from src.questionnaires.models import OutreachTask, StaffFrame
from src.questionnaires.todo import to_reach
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.participation import grant_in_space

from .test_by_axis import by, crowd, frame
from .test_screens import at

pytestmark = pytest.mark.django_db
NOTE = "Deux passages à l’heure de la pause, avec des feuilles."


@pytest.fixture
def missing():
    """An open questionnaire of two directions: the second is half of the people asked, and 25 of 125 answers."""
    cache.clear()
    space, person = make.asked_space(), AgentFactory()
    grant_in_space(person, Role.FACILITATOR, space)
    labels = {"direction": {"1": "Parcs", "2": "Écoles"}}
    made = frame(by("direction", space=space), [["1", 400], ["2", 400]], labels)
    return crowd(made, [({"direction": "1"}, {"q1": "c1"}, 100), ({"direction": "2"}, {"q1": "c1"}, 25)]), person


def test_a_notable_gap_opens_one_task_with_somebody_in_charge(missing):
    made, person = missing

    jobs.reach_out(clock.now())
    jobs.reach_out(clock.now())

    task = OutreachTask.objects.get()
    assert (task.words, task.owner, task.axis, task.category) == ("Écoles", person, "direction", "2")
    assert task.gap >= 25 and clock.today() <= task.due_on
    (line,) = to_reach(Viewer(person))
    assert "Écoles" in line.title and task.reference in line.url
    assert to_reach(Viewer(AgentFactory())) == []


def test_a_task_ends_with_words_and_stays_ended(missing, as_):
    made, person = missing
    (task,) = services.open_outreach(questionnaire=made)
    client, address = as_(person), at(made, "outreach", key=task.reference)

    assert client.get(address).status_code == 200
    assert client.post(address, {"note": ""}).status_code == 422
    short = client.post(address, {"note": "Vu."})
    assert short.status_code == 422 and "20 signes au moins" in short.content.decode()
    assert client.post(address, {"note": NOTE}).url == at(made, "who")
    # From another tab: the same words are taken again, others aren't.
    assert client.post(address, {"note": NOTE}).status_code == 303
    assert client.post(address, {"note": NOTE + " Et encore."}).status_code == 422
    page = client.get(at(made, "who")).content.decode()
    assert NOTE in page and "Fait le" in page
    assert to_reach(Viewer(person)) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        OutreachTask.objects.update(done_note="Autre chose")
    with pytest.raises(IntegrityError), transaction.atomic():
        OutreachTask.objects.create(
            questionnaire=made, axis="contact", category="yes", words="x", gap=9, due_on=clock.today(),
            opened_on=clock.today(), done_on=clock.today(),
        )  # fmt: skip


def test_a_task_is_given_to_another_facilitator(missing, as_):
    made, person = missing
    (task,) = services.open_outreach(questionnaire=made)
    other, stranger = AgentFactory(), AgentFactory()
    grant_in_space(other, Role.FACILITATOR, made.space)
    address, client = at(made, "outreach", key=task.reference), as_(person)
    day = clock.today().isoformat()

    assert client.post(address, {"give": "1", "owner": stranger.pk, "due_on": day}).status_code == 422
    assert client.post(address, {"give": "1", "owner": other.pk, "due_on": "2020-01-01"}).status_code == 422
    assert client.post(address, {"give": "1", "owner": other.pk, "due_on": day}).status_code == 303
    task.refresh_from_db()
    assert (task.owner, task.due_on) == (other, clock.today())
    with pytest.raises(PermissionDenied):
        services.end_outreach(actor=stranger, task=task, note=NOTE)
    with pytest.raises(ValidationError):
        services.end_outreach(actor=other, task=task, note="Rien.")
    assert as_(stranger).get(address).status_code == 404
    elsewhere = by("direction")
    assert client.get(at(elsewhere, "outreach", key=task.reference)).status_code == 404


def test_the_organisers_page_tells_tens_an_hour_old(missing, as_):
    made, person = missing
    client = as_(person)

    first = client.get(at(made, "who")).content.decode()
    crowd(made, [({"direction": "2"}, {"q1": "c1"}, 300)])

    assert "Écoles" in first and ">100<" in first and ">20<" in first and ">25<" not in first
    assert ">320<" not in client.get(at(made, "who")).content.decode()
    cache.clear()
    assert ">320<" in client.get(at(made, "who")).content.decode()
    assert as_(AgentFactory()).get(at(made, "who")).status_code == 404
    assert client.get(at(make.questionnaire(space=made.space), "who")).status_code == 404


def test_people_are_counted_when_it_opens():
    direction = DirectionFactory(name="Parcs")
    type(direction).objects.filter(pk=direction.pk).update(headcount=90)
    coming, open_one = by("direction", space=make.asked_space(opens=1)), by("direction")

    jobs.count_people(clock.now())
    jobs.count_people(clock.now())

    assert [one.questionnaire for one in StaffFrame.objects.all()] == [open_one]
    assert coming.axes == ("direction",)


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=2, max_size=4),
    st.lists(st.integers(0, 3), min_size=1, max_size=40),
)
def test_an_hour_of_answers_tells_no_single_one(cities, stream):
    """Over a stream of answers, what is read changes only by tens, and never of a category of fewer than fifty."""
    people = {(str(n), ""): asked + missing for n, (asked, missing) in enumerate(cities) if asked + missing}
    answered = {(str(n), ""): asked for n, (asked, _missing) in enumerate(cities) if asked}
    for place in stream:
        atom = (str(place), "")
        if answered.get(atom, 0) < people.get(atom, 0):
            answered[atom] = answered.get(atom, 0) + 1
        for line in representativeness.while_open(answered, people, 11):
            true = sum(answered.get(one, 0) for one in line.group.atoms)
            assert line.answers == true // 10 * 10 and true >= 11 and line.people - true >= 11
            assert line.people >= 50
            # What the tens allow holds the true gap.
            gap = representativeness.gap(true, sum(answered.values()), line.people, sum(people.values()))
            assert line.gap.low <= gap.share - gap.staff <= line.gap.high
