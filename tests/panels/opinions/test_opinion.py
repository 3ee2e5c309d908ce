"""The opinion equals what was voted, minority opinions are nobody's to take away, and a reply is owed for each."""

import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.enums import PanelState
from panels.opinions.models import Article, MinorityOpinion, MinoritySignature, Opinion, Reply
from panels.opinions.services import adopting, minority
from panels.services.preparing import WrongState
from src.accountability.models import ResponseOwed
from src.foundations import clock
from src.foundations.testing import drain_outbox
from tests.factories import panel_opinions as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Three recommendations voted: two adopted, one not; a minority opinion signed by two."""
    found = make.at_work()
    found.rule()
    for number in range(3):
        found.draft(number)
    found.vote_in_room({1: (4, 0, 0), 2: (3, 1, 0), 3: (1, 3, 0)})
    return found


def written(made, place=0, **fields):
    return minority.write_minority(
        actor=made.account(place), panel=made.panel, **{"text": "Nous demandons des postes.", **fields}
    )


def refused_by_the_database(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_the_opinion_is_the_words_voted_and_its_fingerprint(made):
    first = written(made, name="Karim B.", recommendation=made.one(2))
    minority.sign(actor=made.account(1), minority=first)
    opinion = made.adopt("Quatre samedis.")
    assert opinion.sha256 == hashlib.sha256(opinion.body.encode()).hexdigest()
    told = json.loads(opinion.body)
    assert [(one["number"], one["adopted"], one["text"]) for one in told["recommendations"]] == [
        (number, number < 3, made.one(number).current.text) for number in (1, 2, 3)
    ]
    assert told["rule"] == {
        "share": [60, 100], "of": "expressed", "quorum_percent": None, "written_on": clock.today().isoformat(),
    }  # fmt: skip
    assert told["minority_opinions"] == [
        {
            "number": 1, "on": 2, "text": "Nous demandons des postes.", "signed_by_name": ["Karim B."],
            "signed_in_all": 2,
        }
    ]  # fmt: skip
    assert "for" not in told["recommendations"][0]["vote"], "four votes are few"
    assert made.again().state == PanelState.OPINION_ADOPTED
    for change in ({"body": "{}"}, {"sha256": "0" * 64}, {"introduction": "Autre."}):
        refused_by_the_database(lambda change=change: Opinion.objects.update(**change))
    for model in (Opinion, Article):
        refused_by_the_database(lambda model=model: model.objects.all()._raw_delete("default"))
    refused_by_the_database(lambda: Article.objects.update(text="Autre."))


def test_the_database_refuses_words_that_were_not_voted(made):
    one = made.one()
    vote = made.vote()
    opinion = Opinion.objects.create(panel=made.panel, body="{}", sha256="0" * 64, adopted_at=clock.now())
    fields = {
        "opinion": opinion, "recommendation": one, "version": vote.version, "number": 1, "title": one.current.title,
        "text": one.current.text, "is_adopted": True,
    }  # fmt: skip
    for wrong in ({"text": "Autre."}, {"title": "Autre."}, {"is_adopted": False}, {"number": 2}):
        refused_by_the_database(lambda wrong=wrong: Article.objects.create(**fields, **{}) if not wrong else
                                Article.objects.create(**{**fields, **wrong}))  # fmt: skip
    Article.objects.create(**fields)
    refused_by_the_database(lambda: Opinion.objects.update(handed_over_on=clock.today(), due_on=clock.today()))


def test_an_opinion_waits_for_every_draft(made):
    made.draft(1, title="Une de plus")
    with pytest.raises(ValidationError, match="4"):
        made.adopt()
    refused_by_the_database(
        lambda: Opinion.objects.create(panel=made.panel, body="{}", sha256="0" * 64, adopted_at=clock.now())
    )
    with pytest.raises(PermissionDenied):
        adopting.adopt_opinion(actor=made.facilitator, panel=made.panel)


def test_handed_over_exactly_one_reply_is_owed_each_on_one_day(made):
    made.adopt()
    for stranger in (made.facilitator, made.account()):
        with pytest.raises(PermissionDenied):
            adopting.hand_over(actor=stranger, panel=made.panel)
    opinion = made.hand_over()
    replies = list(Reply.objects.order_by("article__number"))
    assert [one.article.number for one in replies] == [1, 2]
    assert {one.due_on for one in replies} == {opinion.due_on}
    assert (opinion.due_on - opinion.handed_over_on).days == made.panel.reply_days
    owed = ResponseOwed.objects.open().filter(subject_kind="recommendation")
    assert {one.subject_reference for one in owed} == {one.reference for one in replies}
    assert {one.promised_on for one in owed} == {opinion.due_on}
    with pytest.raises(WrongState):
        adopting.hand_over(actor=made.organiser, panel=made.panel)
    refused_by_the_database(lambda: Reply.objects.all()._raw_delete("default"))
    refused_by_the_database(lambda: Reply.objects.update(due_on=clock.today()))
    refused_by_the_database(
        lambda: Reply.objects.create(article=Article.objects.get(number=3), unit=replies[0].unit, due_on=clock.today())
    )


def test_nobody_but_its_author_takes_a_minority_opinion_away(made):
    first = written(made)
    for stranger in (made.organiser, made.facilitator, made.base.administrator, made.decider, made.account(1)):
        with pytest.raises(PermissionDenied):
            minority.withdraw(actor=stranger, minority=first)
    refused_by_the_database(lambda: MinorityOpinion.objects.all()._raw_delete("default"))
    refused_by_the_database(lambda: MinorityOpinion.objects.update(text="Autre."))
    refused_by_the_database(
        lambda: MinorityOpinion.objects.update(withdrawn_at=clock.now(), withdrawn_by=made.people[1])
    )
    minority.withdraw(actor=made.account(), minority=first)
    with pytest.raises(WrongState):
        minority.sign(actor=made.account(1), minority=first)
    assert json.loads(made.adopt().body)["minority_opinions"] == []


def test_once_adopted_nothing_of_a_minority_opinion_moves(made):
    first = written(made)
    minority.sign(actor=made.account(1), minority=first, name="Nour")
    made.adopt()
    for act in (
        lambda: minority.withdraw(actor=made.account(), minority=first),
        lambda: minority.sign(actor=made.account(2), minority=first),
        lambda: minority.unsign(actor=made.account(1), minority=first),
        lambda: written(made, 2),
    ):
        with pytest.raises(WrongState):
            act()
    for act in (
        lambda: MinorityOpinion.objects.update(withdrawn_at=clock.now(), withdrawn_by=made.people[0]),
        lambda: MinoritySignature.objects.all()._raw_delete("default"),
        lambda: MinoritySignature.objects.update(name=""),
        lambda: MinoritySignature.objects.create(minority=first, membership=made.people[2]),
    ):
        refused_by_the_database(act)


def test_a_member_signs_by_name_or_counted_and_the_team_types_papers_alone(made):
    first = written(made, name="Karim B.")
    minority.sign(actor=made.account(1), minority=first, name="Nour")
    minority.sign(actor=made.account(1), minority=first)
    assert sorted(first.signatures.values_list("name", flat=True)) == ["", "Karim B."]
    with pytest.raises(PermissionDenied):
        minority.sign(actor=made.facilitator, minority=first)
    minority.sign(actor=made.facilitator, minority=first, member=made.people[2])
    with pytest.raises(PermissionDenied):
        minority.sign(actor=made.account(1), minority=first, member=made.people[3])
    assert first.signatures.count() == 3
    minority.unsign(actor=made.account(1), minority=first)
    assert first.signatures.count() == 2
    with pytest.raises(ValidationError):
        minority.unsign(actor=made.account(), minority=first)


def test_two_tabs_adopt_once(made):
    made.adopt()
    with pytest.raises(WrongState):
        made.adopt()
    assert Opinion.objects.count() == 1
    drain_outbox()
