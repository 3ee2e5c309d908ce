"""Replies that an elected official signs: asked, signed, sent back; never announced without, never by an agent."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from src.accountability.models import Decision, ReplySignature
from src.accountability.services import (
    announce,
    ask_signature,
    call_off_signature,
    edit_decision,
    return_reply,
    sign_reply,
)
from src.directory.enums import AccountKind, Role
from src.directory.models import RoleGrant, User
from src.directory.services import grant_role
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.accountability import ANSWER_TEXT, prepared
from tests.factories.directory import AgentFactory, DirectionFactory, ExternalFactory
from tests.factories.ideas import IdeaFactory

pytestmark = pytest.mark.django_db
OTHER_TEXT = ANSWER_TEXT.replace("six places", "huit places")


@pytest.fixture
def direction():
    return DirectionFactory()


@pytest.fixture
def decider(direction):
    return AgentFactory(unit=direction, roles=[(Role.DECISION_MAKER, direction)])


@pytest.fixture
def official():
    made = ExternalFactory(first_name="Hélène", last_name="Duroc-Amari")
    grant_role(user=made, role=Role.ELECTED_OFFICIAL)
    return made


@pytest.fixture
def decision(direction, decider):
    idea = IdeaFactory(direction=direction, stage="decision_pending", author=AgentFactory(first_name="Nadia"))
    return prepared(decider, idea.unit, idea.reference)


@pytest.fixture
def asked(decision, decider, official):
    return ask_signature(decision, actor=decider, official=official)


def told(person):
    drain_outbox()
    return list(InboxItem.objects.filter(user=person).order_by("pk").values_list("code", flat=True))


def test_a_reply_is_signed_then_announced_under_the_official_s_name(asked, decision, decider, official):
    assert told(official) == ["accountability.to_sign"]
    with pytest.raises(TransitionNotAllowed, match="Duroc-Amari"):
        announce(decision.batch, decider)

    sign_reply(asked, actor=official, function="adjointe chargée de l’accueil", read_at=decision.prepared_at)
    announce(decision.batch, decider)

    decision.refresh_from_db()
    assert decision.signed_as == "Hélène Duroc-Amari, adjointe chargée de l’accueil"
    assert decision.decided_by == decider
    assert "accountability.reply_signed" in told(decider)


def test_words_that_change_are_signed_again(asked, decision, decider, official):
    read = decision.prepared_at
    edit_decision(decision, actor=decider, text=OTHER_TEXT)
    with pytest.raises(TransitionNotAllowed):
        sign_reply(asked, actor=official, read_at=read)
    sign_reply(asked, actor=official)

    # The same words again: the signature stands.
    edit_decision(decision, actor=decider, text=OTHER_TEXT)
    asked.refresh_from_db()
    assert asked.is_signed and decision.signed_as == "Hélène Duroc-Amari"
    edit_decision(decision, actor=decider, text=ANSWER_TEXT)
    asked.refresh_from_db()
    assert asked.is_waiting and decision.signed_as.startswith(decider.get_full_name())
    with pytest.raises(TransitionNotAllowed):
        announce(decision.batch, decider)
    drain_outbox()


def test_a_reply_is_sent_back_with_words_and_comes_again_once_written(asked, decision, decider, official):
    assert told(official) == ["accountability.to_sign"]
    return_reply(asked, actor=official, text="Dites aussi ce qui change le samedi.")
    assert "accountability.reply_signed" in told(decider)
    with pytest.raises(TransitionNotAllowed):
        sign_reply(asked, actor=official)

    edit_decision(decision, actor=decider, text=OTHER_TEXT)

    asked.refresh_from_db()
    assert asked.is_waiting and told(official).count("accountability.to_sign") == 2
    call_off_signature(decision, actor=decider)
    announce(decision.batch, decider)
    drain_outbox()


def test_only_the_person_asked_signs_and_only_deciders_ask(asked, decision, decider, official):
    other = ExternalFactory()
    grant_role(user=other, role=Role.ELECTED_OFFICIAL)
    for stranger in (other, decider, AgentFactory()):
        with pytest.raises(PermissionDenied):
            sign_reply(asked, actor=stranger)
        with pytest.raises(PermissionDenied):
            return_reply(asked, actor=stranger, text="Pas ainsi, je pense.")
    with pytest.raises(PermissionDenied):
        ask_signature(decision, actor=AgentFactory(), official=official)
    with pytest.raises(ValidationError):
        ask_signature(decision, actor=decider, official=AgentFactory())
    ask_signature(decision, actor=decider, official=other)
    asked.refresh_from_db()
    with pytest.raises(PermissionDenied):
        sign_reply(asked, actor=official)
    drain_outbox()


def refuses(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_the_database_keeps_signatures(asked, decision, decider, official):
    batches = type(decision.batch).objects.filter(pk=decision.batch_id)
    signatures = ReplySignature.objects.filter(pk=asked.pk)
    refuses(lambda: batches.update(announced_at=asked.asked_at))
    refuses(lambda: signatures.update(official=decider))
    refuses(lambda: signatures.update(signed_at=asked.asked_at, returned_at=asked.asked_at, returned_text="Deux."))
    refuses(lambda: signatures.update(returned_at=asked.asked_at))
    sign_reply(asked, actor=official)
    announce(decision.batch, decider)
    refuses(lambda: signatures.update(function="maire"))
    refuses(lambda: signatures.update(signed_at=None))
    refuses(asked.delete)
    refuses(lambda: Decision.objects.filter(pk=decision.pk).update(signed_as="Quelqu’un d’autre"))
    drain_outbox()


def test_whoever_was_elected_is_never_an_agent(official):
    agent = AgentFactory()
    with pytest.raises(ValidationError, match="extérieure"):
        grant_role(user=agent, role=Role.ELECTED_OFFICIAL)
    grant = RoleGrant.objects.get(user=official)
    refuses(lambda: RoleGrant.objects.filter(pk=grant.pk).update(user=agent))
    refuses(lambda: User.objects.filter(pk=official.pk).update(kind=AccountKind.AGENT))
