"""Merging by consent: who is asked, what silence and a refusal do, what follows, and how it is undone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from ideas import selectors, services
from ideas.models import Idea, IdeaCounts, IdeaSupport, MergeProposal, MovedSupport
from ideas.services.merging import conclude_due, merge
from src.directory.models import User
from src.directory.viewer import HandleHolder
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory
from tests.factories.ideas import NO, IdeaFactory, yes

pytestmark = pytest.mark.django_db
WHY = "Les deux demandent un banc au même endroit : une seule réponse suffit."


def fresh(idea):
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts").get(pk=idea.pk)


def viewer(user):
    return User.objects.get(pk=user.pk)


def pair(city, *, child=None, parent=None, child_ago=50, parent_ago=10):
    """Two ideas of one direction, the one to merge sent first: its date is the nearer."""
    one = IdeaFactory(
        space=city.box, direction=city.direction, stage="qualified", sent_days_ago=child_ago, **(child or {})
    )
    other = IdeaFactory(
        space=city.box, direction=city.direction, stage="qualified", sent_days_ago=parent_ago, **(parent or {})
    )
    return fresh(one), fresh(other)


def proposed(city, one, other):
    return services.propose_merge(idea=one, parent=other, actor=city.correspondent, text=WHY)


def support(idea, *people):
    for person in people:
        services.set_support(idea=fresh(idea), actor=person, wanted=True)


def supports(idea):
    return IdeaCounts.objects.get(pk=idea.pk).supports


def agreed(city, one, other):
    proposal = proposed(city, one, other)
    services.answer_merge(proposal=proposal, actor=one.author, agrees=True)
    services.answer_merge(proposal=proposal, actor=other.author, agrees=True)
    return MergeProposal.objects.select_related("idea", "parent").get(pk=proposal.pk)


def test_two_consents_merge_and_the_nearest_date_holds(city):
    one, other = pair(city)
    promised = one.owed.promised_on

    proposal = agreed(city, one, other)

    one, other = fresh(one), fresh(other)
    assert (proposal.state, one.stage_kind, other.stage_kind) == ("merged", "merged", "qualified")
    assert other.owed.promised_on == promised
    assert one.owed.cancelled_on == clock.today()
    page = selectors.idea_page(city.colleague, one.reference)
    assert (page.merges.joined.title, page.promise.promised_on) == (other.title, promised)
    parent = selectors.idea_page(city.colleague, other.reference)
    assert [child.body_html for child in parent.merges.children] == [one.body_html]
    drain_outbox()
    assert InboxItem.objects.filter(user=one.author, code="ideas.merged").count() == 1
    assert InboxItem.objects.filter(user=other.author, code="ideas.joined").count() == 1


def test_a_support_of_both_counts_once_and_one_moved_can_be_taken_back(city):
    one, other = pair(city)
    both, first, second = AgentFactory(), AgentFactory(), AgentFactory()
    support(one, both, first, second)
    support(other, both)

    agreed(city, one, other)

    assert (supports(one), supports(other)) == (3, 3)
    assert set(MovedSupport.objects.values_list("user", flat=True)) == {first.pk, second.pk}
    page = selectors.idea_page(viewer(first), other.reference)
    assert page.merges.moved_support
    assert services.set_support(idea=fresh(other), actor=viewer(first), wanted=False)
    assert (supports(other), MovedSupport.objects.count()) == (2, 1)
    drain_outbox()


def test_the_author_of_the_parent_never_supports_their_own(city):
    one, other = pair(city)
    support(one, other.author)

    agreed(city, one, other)

    assert not IdeaSupport.objects.filter(idea=other, user=other.author).exists()
    drain_outbox()


def test_one_refusal_ends_it_and_the_same_is_not_proposed_again(city):
    one, other = pair(city)
    proposal = proposed(city, one, other)
    services.answer_merge(proposal=proposal, actor=one.author, agrees=True)

    services.answer_merge(proposal=proposal, actor=other.author, agrees=False)

    assert (MergeProposal.objects.get().state, fresh(one).stage_kind) == ("refused", "qualified")
    with pytest.raises(TransitionNotAllowed, match="restent séparées"):
        services.answer_merge(proposal=proposal, actor=one.author, agrees=True)
    with pytest.raises(ValidationError, match="déjà refusé"):
        proposed(city, fresh(one), fresh(other))
    drain_outbox()
    assert InboxItem.objects.filter(user=city.correspondent, code="ideas.merge.refused").count() == 1


def test_fourteen_days_of_silence_are_a_consent(city):
    one, other = pair(city)
    proposed(city, one, other)
    assert conclude_due(clock.now() + timedelta(days=14)) == 0

    assert conclude_due(clock.now() + timedelta(days=15)) == 1

    proposal = MergeProposal.objects.get()
    assert (proposal.idea_consent, proposal.parent_consent) == ("silent", "silent")
    assert fresh(one).stage_kind == "merged"
    assert conclude_due(clock.now() + timedelta(days=16)) == 0
    drain_outbox()


def test_undone_within_seven_days_everything_is_as_it_was(city):
    one, other = pair(city)
    people = [AgentFactory() for _ in range(3)]
    support(one, *people)
    support(other, people[0])
    before = (one.owed.promised_on, other.owed.promised_on, 3, 1)
    proposal = agreed(city, one, other)

    services.undo_merge(proposal=proposal, actor=one.author)

    one, other = fresh(one), fresh(other)
    assert (one.owed.promised_on, other.owed.promised_on, supports(one), supports(other)) == before
    assert (one.stage_kind, one.owed.is_open, proposal.state) == ("qualified", True, "undone")
    assert IdeaSupport.objects.filter(idea=other).count() == 1
    drain_outbox()


def test_not_undone_on_the_eighth_day_nor_once_answered_nor_by_somebody_else(city, monkeypatch):
    one, other = pair(city)
    proposal = agreed(city, one, other)
    with pytest.raises(PermissionDenied):
        services.undo_merge(proposal=proposal, actor=city.colleague)
    later = clock.now() + timedelta(days=9)
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(clock, "today", lambda: later.date())

    with pytest.raises(TransitionNotAllowed, match="jusqu’au"):
        services.undo_merge(proposal=proposal, actor=one.author)
    assert fresh(one).stage_kind == "merged"
    monkeypatch.undo()
    drain_outbox()


def test_the_parent_s_answer_is_given_to_both_authors(city):
    one, other = pair(city, parent={"scale": "quick_fix"})
    follower = AgentFactory()
    services.set_follow(idea=one, actor=follower, wanted=True)
    agreed(city, one, other)
    services.draft_fast_answer(idea=fresh(other), actor=city.assessors[0], **yes())
    services.countersign(idea=fresh(other), actor=city.delegate)
    drain_outbox()

    page = selectors.idea_page(city.colleague, one.reference)
    assert page.answer.outcome == "accepted"
    assert InboxItem.objects.filter(user=one.author, code="ideas.merged.answered").count() == 1
    with pytest.raises(TransitionNotAllowed):
        services.undo_merge(proposal=MergeProposal.objects.select_related("idea").get(), actor=one.author)


def test_a_sealed_author_answers_by_handle_and_no_day_is_kept(city):
    one, other = pair(city, child={"protected": True})
    proposal = proposed(city, one, other)
    drain_outbox()

    services.answer_merge(proposal=proposal, actor=HandleHolder(one.handle), agrees=True)
    services.answer_merge(proposal=proposal, actor=other.author, agrees=True)

    entry = fresh(one).journal.order_by("-id").first()
    assert (fresh(one).stage_kind, entry.actor, entry.actor_role) == (
        "merged",
        city.correspondent,
        "idea_correspondent",
    )
    services.undo_merge(proposal=MergeProposal.objects.select_related("idea").get(), actor=HandleHolder(one.handle))
    entry = fresh(one).journal.order_by("-id").first()
    assert (entry.actor, entry.actor_role, clock.week_of(entry.at)) == (None, "author", clock.week_of())
    assert entry.at == clock.week_start_moment()
    drain_outbox()


def test_who_may_not_and_what_cannot_be_merged(city):
    one, other = pair(city)
    elsewhere = fresh(IdeaFactory(stage="qualified"))
    decided = fresh(IdeaFactory(space=city.box, stage="declined", direction=city.direction))

    for stranger in (city.colleague, one.author, city.decider):
        with pytest.raises(PermissionDenied):
            services.propose_merge(idea=one, parent=other, actor=viewer(stranger), text=WHY)
    for parent in (one, elsewhere, decided):
        with pytest.raises(ValidationError):
            proposed(city, one, parent)
    with pytest.raises(TransitionNotAllowed):
        services.propose_merge(idea=decided, parent=one, actor=city.correspondent, text=WHY)
    with pytest.raises(ValidationError):
        services.propose_merge(idea=one, parent=other, actor=city.correspondent, text=" ")
    proposed(city, one, other)
    with pytest.raises(PermissionDenied):
        services.answer_merge(proposal=MergeProposal.objects.get(), actor=city.colleague, agrees=True)
    with pytest.raises(ValidationError):
        proposed(city, other, one)
    drain_outbox()


def test_an_idea_answered_or_withdrawn_meanwhile_is_left_alone(city):
    one, other = pair(city, parent={"scale": "out_of_scope"})
    proposal = proposed(city, one, other)
    services.answer_merge(proposal=proposal, actor=one.author, agrees=True)
    services.draft_fast_answer(idea=fresh(other), actor=city.assessors[0], **NO)

    services.answer_merge(proposal=proposal, actor=other.author, agrees=True)

    assert (MergeProposal.objects.get().state, fresh(one).stage_kind) == ("dropped", "qualified")
    assert fresh(one).owed.is_open
    drain_outbox()


def test_the_database_refuses_a_merge_without_consent_or_a_second_one(city):
    one, other = pair(city)
    proposal = proposed(city, one, other)

    assert not merge(proposal)
    for change in (
        {"state": "merged", "merged_on": clock.today(), "undo_until": clock.today(), "from_kind": "open"},
        {"parent": one},
        {"text": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MergeProposal.objects.filter(pk=proposal.pk).update(**change)
    with pytest.raises(TransitionNotAllowed, match="déjà interrogés|déjà"):
        services.propose_merge(idea=one, parent=IdeaFactory(space=city.box), actor=city.correspondent, text=WHY)
    drain_outbox()
