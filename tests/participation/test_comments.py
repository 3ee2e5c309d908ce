"""Comments: one level, bounded, in a name or a role, sent once."""

import uuid
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from ideas.models import IdeaComment, IdeaCounts
from src.directory.enums import Role
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle, IdentityMode, Signature
from src.participation.models import SealedAuthor, Space
from src.participation.services import authorship, publish_comment
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.participation import SpaceFactory

from .conftest import build_idea
from .real_database import several_writers

pytestmark = pytest.mark.django_db

publish = partial(publish_comment, comment_model=IdeaComment, counts_model=IdeaCounts)


def comments_counted(idea):
    return IdeaCounts.objects.get(pk=idea.pk).comments


def test_a_named_comment_is_signed_counted_and_made_safe(idea):
    unit = UnitFactory(name="Serres")
    agent = AgentFactory(first_name="Nadia", last_name="Benali", unit=unit, job_title="conductrice")

    comment = publish(idea, actor=agent, body="  Oui.\r\n<b>Bravo</b> https://exemple.fr  ")

    comment.refresh_from_db()
    assert comment.body == "Oui.\n<b>Bravo</b> https://exemple.fr"
    assert comment.body_html.startswith("<p>Oui.")
    assert "<b>" not in comment.body_html
    assert 'href="https://exemple.fr"' in comment.body_html
    assert (comment.author, comment.signed_as, comment.parent, comment.in_reply_to) == (
        agent, "Nadia B., conductrice", None, None,
    )  # fmt: skip
    assert comments_counted(idea) == 1
    assert SealedAuthor.objects.count() == 0


def test_a_team_signs_with_its_unit(idea):
    agent = AgentFactory(unit=UnitFactory(name="Serres"))

    comment = publish(idea, actor=agent, body="Nous en voulons.", signature=Signature.TEAM)

    assert (comment.signed_as, comment.author) == ("Équipe Serres", agent)


def test_a_protected_comment_holds_nothing_of_its_author_but_the_seal(idea, agent):
    comment = publish(idea, actor=agent, body="Moi aussi.", identity_mode=IdentityMode.PROTECTED)

    comment.refresh_from_db()
    assert (comment.author, comment.signed_as, comment.week) == (
        None,
        "Nom protégé",
        comment.created_at.astimezone().date(),
    )
    assert comment.created_at.astimezone().weekday() == 0
    assert authorship.author_of(comment) == agent
    assert list(SealedAuthor.objects.values_list("handle", flat=True)) == [comment.handle]
    drain_outbox()


def test_replies_stay_one_level_deep_and_name_whom_they_answer(idea):
    first = publish(idea, actor=AgentFactory(), body="Premier.")
    reply = publish(idea, actor=AgentFactory(), body="Réponse.", parent=first)
    deeper = publish(idea, actor=AgentFactory(), body="Réponse à la réponse.", parent=reply)

    assert [(row.parent, row.in_reply_to) for row in (first, reply, deeper)] == [
        (None, None),
        (first, None),
        (first, reply),
    ]
    assert comments_counted(idea) == 3


def test_the_database_refuses_a_reply_to_a_reply(idea):
    first = publish(idea, actor=AgentFactory(), body="Premier.")
    reply = publish(idea, actor=AgentFactory(), body="Réponse.", parent=first)
    deeper = publish(idea, actor=AgentFactory(), body="Encore.", parent=reply)

    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaComment.objects.filter(pk=deeper.pk).update(parent=reply)


@pytest.mark.parametrize(("length", "taken"), [(0, False), (1, True), (1500, True), (1501, False)])
def test_the_length_of_a_comment_is_a_rule(idea, length, taken):
    if taken:
        assert publish(idea, actor=AgentFactory(), body="é" * length).body == "é" * length
    else:
        with pytest.raises(ValidationError) as refusal:
            publish(idea, actor=AgentFactory(), body=" " + "é" * length)
        assert list(refusal.value.message_dict) == ["body"]
        assert IdeaComment.objects.count() == 0


def test_the_same_token_leaves_one_comment_and_one_count(idea, agent):
    token = uuid.uuid4()

    sent = [
        publish(idea, actor=agent, body="Oui.", submission_token=token, identity_mode=IdentityMode.PROTECTED)
        for _number in range(10)
    ]

    assert {comment.pk for comment in sent} == {IdeaComment.objects.get().pk}
    assert comments_counted(idea) == 1
    assert SealedAuthor.objects.count() == 1
    assert OutboxEvent.objects.filter(topic="participation.keyring").count() == 1
    drain_outbox()


@pytest.mark.django_db(transaction=True)
def test_the_same_token_from_eight_writers_leaves_one_comment(tmp_path):
    idea, agent, token = build_idea(SpaceFactory()), AgentFactory(), uuid.uuid4()

    with several_writers(tmp_path) as run:
        sent = run([partial(publish, idea, actor=agent, body="Oui.", submission_token=token)] * 8)
        rows = run([lambda: (IdeaComment.objects.count(), comments_counted(idea))])[0]

    assert (len({comment.pk for comment in sent}), rows) == (1, (1, 1))


def test_a_token_of_another_idea_is_not_an_answer(box, agent):
    first, second, token = build_idea(box), build_idea(box), uuid.uuid4()
    publish(first, actor=agent, body="Oui.", submission_token=token)

    with pytest.raises(IntegrityError), transaction.atomic():
        publish(second, actor=agent, body="Oui.", submission_token=token)


def test_an_official_word_needs_the_role_on_the_subject_and_is_said_by_name(idea, agent):
    with pytest.raises(PermissionDenied):
        publish(idea, actor=agent, body="Nous regardons.", official_role=Role.INSTRUCTOR, roles_held={"moderator"})
    with pytest.raises(PermissionDenied):
        publish(idea, actor=agent, body="Nous regardons.", official_role="maire", roles_held={"maire"})

    comment = publish(
        idea,
        actor=agent,
        body="Nous regardons.",
        official_role=Role.INSTRUCTOR,
        roles_held={"instructor"},
        identity_mode=IdentityMode.PROTECTED,
    )

    assert (comment.official_role, comment.identity_mode, comment.author) == ("instructor", "named", agent)
    assert IdeaComment.objects.count() == 1


def test_comments_close_with_the_phase_and_follow_the_circle(agent):
    closed = build_idea(SpaceFactory(open_verbs=("support",)))
    archive = build_idea(SpaceFactory(is_archive=True))
    members = build_idea(SpaceFactory(circle=Circle.MEMBERS))
    open_to_all = build_idea(SpaceFactory(circle=Circle.EVERYONE))

    for idea in (closed, archive):
        with pytest.raises(ValidationError) as refusal:
            publish(idea, actor=agent, body="Oui.")
        assert refusal.value.code == "closed"
    with pytest.raises(PermissionDenied):
        publish(members, actor=agent, body="Oui.")
    with pytest.raises(PermissionDenied):
        publish(open_to_all, actor=AnonymousUser(), body="Oui.")
    assert IdeaComment.objects.count() == 0


def test_a_mode_the_space_does_not_offer_and_a_parent_elsewhere_are_refused(box, agent):
    strict = build_idea(SpaceFactory(identity_modes=[IdentityMode.NAMED]))
    elsewhere = publish(build_idea(box), actor=agent, body="Ailleurs.")

    with pytest.raises(ValidationError) as refusal:
        publish(strict, actor=agent, body="Oui.", identity_mode=IdentityMode.PROTECTED)
    assert list(refusal.value.message_dict) == ["identity_mode"]
    with pytest.raises(ValidationError) as refusal:
        publish(strict, actor=agent, body="Oui.", parent=elsewhere)
    assert refusal.value.code == "parent"


def test_a_failing_follow_up_undoes_the_comment(idea, agent):
    def explode(comment):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        publish(idea, actor=agent, body="Oui.", identity_mode=IdentityMode.PROTECTED, on_published=explode)

    assert (IdeaComment.objects.count(), SealedAuthor.objects.count(), comments_counted(idea)) == (0, 0, 0)


def test_a_comment_freezes_its_space(idea, agent):
    publish(idea, actor=agent, body="Oui.")

    with pytest.raises(IntegrityError), transaction.atomic():
        Space.objects.filter(pk=idea.space_id).update(circle=Circle.EVERYONE)


def refused(model, pk, **changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=pk).update(**changes)


def test_who_made_a_contribution_never_changes_but_may_be_forgotten(idea, agent):
    comment = publish(idea, actor=agent, body="Oui.")
    protected = publish(idea, actor=agent, body="Oui.", identity_mode=IdentityMode.PROTECTED)

    refused(IdeaComment, comment.pk, author=AgentFactory())
    refused(IdeaComment, comment.pk, identity_mode=IdentityMode.PROTECTED, author=None)
    refused(IdeaComment, protected.pk, identity_mode=IdentityMode.NAMED)
    refused(IdeaComment, protected.pk, author=agent)
    refused(IdeaComment, protected.pk, handle=uuid.uuid4())
    refused(SealedAuthor, protected.handle, ciphertext=b"x")
    IdeaComment.objects.filter(pk=comment.pk).update(author=None, body="Non.")

    comment.refresh_from_db()
    assert (comment.author, comment.body) == (None, "Non.")
    drain_outbox()
