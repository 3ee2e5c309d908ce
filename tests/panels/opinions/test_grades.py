"""Grades: three words, one a member and answer, told from eleven, never who; after the mandate too, by code."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from panels import receipts
from panels.models import Candidate, Membership
from panels.opinions import selectors
from panels.opinions.enums import Outcome
from panels.opinions.models import Grade
from panels.opinions.services import grading
from panels.services import erasing
from panels.services.preparing import WrongState
from src.foundations import clock
from tests.factories import panel_opinions as make
from tests.panels.screens import as_, text_of

pytestmark = pytest.mark.django_db
DOOR = reverse("panel_opinions:own_grades")


@pytest.fixture
def made():
    found = make.handed_over()
    found.answered(1)
    return found


def test_one_grade_a_member_and_answer_changed_at_will(made):
    one = made.people[0]
    assert grading.grade(membership=one, values={1: "no"}) == 1
    grading.grade(membership=one, values={1: "partly"})
    assert Grade.objects.get().value == "partly"
    with pytest.raises(IntegrityError), transaction.atomic():
        Grade.objects.create(answer=Grade.objects.get().answer, membership=one, value="yes")
    with pytest.raises(ValidationError):
        grading.grade(membership=one, values={1: "maybe"})
    with pytest.raises(ValidationError):
        grading.grade(membership=one, values={2: "yes"})
    with pytest.raises(PermissionDenied):
        grading.grade(membership=one, values={1: "yes"}, way="paper", actor=made.account(1))
    grading.grade(membership=one, values={1: "yes"}, way="paper", actor=made.facilitator)
    assert Grade.objects.get().way == "paper"


def test_who_left_before_the_opinion_grades_nothing():
    made = make.about_to_hand_over()
    one, last = made.people[:2]
    Membership.objects.filter(pk=one.pk).update(left_on=clock.today())
    with make.days_later(1):
        made.hand_over()
        made.answered(1)
        Membership.objects.filter(pk=last.pk).update(left_on=clock.today())
        with pytest.raises(PermissionDenied):
            grading.grade(membership=Membership.objects.get(pk=one.pk), values={1: "yes"})
        grading.grade(membership=Membership.objects.get(pk=last.pk), values={1: "yes"})
    other = make.at_work(slug="ailleurs")
    with pytest.raises(PermissionDenied):
        grading.grade(membership=other.people[0], values={1: "yes"})


def test_totals_are_told_from_eleven():
    made = make.handed_over(count=40, seats=12)
    answer = made.answered(1)
    for place, one in enumerate(made.people[:10]):
        grading.grade(membership=one, values={1: "yes" if place else "no"})
    assert selectors.grade_totals([answer.pk])[answer.pk] == {"is_told": False, "count": None, "lines": []}
    page = as_(None).get(reverse("panel_opinions:replies", kwargs={"slug": made.panel.slug}))
    assert "Dit à partir de 11 membres" in text_of(page) and b'class="chart"' not in page.content
    grading.grade(membership=made.people[10], values={1: "partly"})
    assert [count for _label, count in selectors.grade_totals([answer.pk])[answer.pk]["lines"]] == [9, 1, 1]
    page = as_(None).get(reverse("panel_opinions:replies", kwargs={"slug": made.panel.slug}))
    assert re.search("Oui 9 En partie 1 Non 1", text_of(page)), "the table"
    drawn = re.search(r'<svg class="chart"[^>]*aria-label="([^"]*)"', page.content.decode())[1]
    assert "Recommandation 1" in drawn and "Oui 9; En partie 1; Non 1" in drawn, "the picture, in words"
    assert page.content.decode().count('class="bar"') == 3


def test_a_later_answer_is_graded_anew():
    made = make.handed_over()
    made.answered(1, Outcome.STUDY)
    grading.grade(membership=made.people[0], values={1: "no"})
    made.answered(1, Outcome.ACCEPTED)
    assert grading.own_grades(made.people[0]) == {}
    grading.grade(membership=made.people[0], values={1: "yes"})
    assert Grade.objects.count() == 2


def test_by_ticket_and_number_even_once_erased(made):
    one = made.people[0].candidate
    number = receipts.number_of(made.base.receipts[one.ticket])
    Candidate.objects.filter(pk=one.pk).update(state="withdrawn")
    erasing.erase_candidate(Candidate.objects.get(pk=one.pk))
    client = as_(None)
    wrong = client.post(DOOR, {"ticket": one.ticket, "number": number[:-1] + ("2" if number[-1] != "2" else "3")})
    assert wrong.status_code == 422 and one.ticket not in text_of(wrong)
    opened = client.post(DOOR, {"ticket": one.ticket, "number": number})
    assert opened.status_code == 303
    page = client.get(DOOR)
    assert "no-store" in page["Cache-Control"] and "Une personne debout" in text_of(page)
    assert client.post(DOOR, {"reply_1": "partly"}).status_code == 303
    found = Grade.objects.get()
    assert (found.value, found.way, found.membership_id) == ("partly", "code", made.people[0].pk)
    assert as_(None).get(reverse("panels:own")).status_code == 200


def test_closed_nothing_is_graded_any_more(made):
    from panels.models import Panel
    from panels.services.preparing import stop_panel

    grading.grade(membership=made.people[0], values={1: "no"})
    stop_panel(actor=made.organiser, panel=made.panel, because="Fini.")
    assert Panel.objects.get(pk=made.panel.pk).state == "closed"
    with pytest.raises(WrongState):
        grading.grade(membership=made.people[0], values={1: "yes"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Grade.objects.update(value="yes")
