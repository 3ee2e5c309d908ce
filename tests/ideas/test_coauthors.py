"""Signing together: asked, accepted, refused, left; never for what isn't signed by a person."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from ideas import rules, selectors, services, todo
from ideas.models import CoAuthor, Idea, IdeaSupport
from ideas.services import hierarchy
from src.directory.enums import Role
from src.directory.viewer import Viewer
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.enums import Signature
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory, SiteFactory
from tests.factories.ideas import BoxFactory, IdeaFactory

BODY = {"last_name": "Tardieu", "identifier": "T4411"}


def read(idea) -> Idea:
    return Idea.objects.select_related("space", "counts", "unit", "transfer_to", "owed").get(pk=idea.pk)


@pytest.fixture
def nadia(db):
    return AgentFactory(first_name="Nadia", last_name="Benali")


@pytest.fixture
def bruno(db):
    return AgentFactory(first_name="Bruno", last_name="Tardieu", personnel_number="T4411", unit=SiteFactory())


@pytest.fixture
def idea(nadia):
    made = IdeaFactory(author=nadia, stage="open")
    drain_outbox()
    return read(made)


def asked(idea, nadia, **who):
    return services.invite_co_author(idea=idea, actor=nadia, **(BODY | who))


def joined(idea, nadia, bruno) -> Idea:
    asked(idea, nadia)
    services.answer_invitation(idea=read(idea), actor=bruno, agrees=True)
    drain_outbox()
    return read(idea)


def as_(user) -> Client:
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def codes_of(user) -> list:
    return list(InboxItem.objects.filter(user=user).order_by("pk").values_list("code", flat=True))


def test_a_colleague_is_asked_told_and_signs(idea, nadia, bruno):
    asked(idea, nadia)
    asked(idea, nadia)
    drain_outbox()

    assert CoAuthor.objects.count() == 1 and codes_of(bruno) == ["ideas.coauthor.asked"]
    assert [line.kind for line in todo.invitations_for_me(Viewer(bruno))] == ["ideas.coauthor"]
    assert "avec" not in selectors.idea_page(nadia, idea.reference).row.author_label
    services.set_support(idea=idea, actor=bruno, wanted=True)
    services.answer_invitation(idea=read(idea), actor=bruno, agrees=True)
    services.answer_invitation(idea=read(idea), actor=bruno, agrees=True)
    drain_outbox()

    both = read(idea)
    assert codes_of(nadia)[-1] == "ideas.coauthor.accepted"
    assert both.author_ids == {nadia.pk, bruno.pk} and "Bruno T." in both.co_signed_as
    assert "Bruno T." in selectors.idea_page(AgentFactory(), idea.reference).row.author_label
    assert not IdeaSupport.objects.exists() and both.counts.supports == 0
    assert [one.pk for one in Idea.objects.of(bruno)] == [idea.pk]
    assert todo.invitations_for_me(Viewer(bruno)) == []


def test_a_co_author_corrects_hears_and_never_answers(nadia, bruno):
    idea = read(IdeaFactory(author=nadia, stage="submitted"))
    both = joined(idea, nadia, bruno)
    correspondent = AgentFactory(roles=[(Role.MODERATOR, None), (Role.IDEA_CORRESPONDENT, None)])
    assert both.roles_of(Viewer(bruno)) == {"author"}
    assert rules.can(bruno, "edit", both) and not rules.can(bruno, "support", both)
    assert not rules.can(bruno, "withdraw", both) and rules.can(nadia, "withdraw", both)
    assert services.edit_idea(idea=both, actor=bruno, title="Un banc couvert au portail", body=both.body)
    with pytest.raises(PermissionDenied):
        services.withdraw(idea=read(idea), actor=bruno)
    services.ask_author(idea=read(idea), actor=correspondent, text="Combien de places faudrait-il ?")
    drain_outbox()
    assert "ideas.asked" in codes_of(nadia) and "ideas.asked" in codes_of(bruno)


def test_their_managers_are_out_of_the_answer_too(idea, nadia, bruno):
    chief = AgentFactory(unit=bruno.current_affectation.unit, is_manager=True)
    assert hierarchy.line_managers(idea, {chief.pk}) == set()

    assert hierarchy.line_managers(joined(idea, nadia, bruno), {chief.pk}) == {chief.pk}


def test_refusing_leaving_and_never_asked_twice(idea, nadia, bruno):
    other = AgentFactory(last_name="Moreau", personnel_number="M77")
    asked(idea, nadia, last_name="moreau", identifier="m77")
    services.answer_invitation(idea=idea, actor=other, agrees=False)
    with pytest.raises(ValidationError):
        asked(idea, nadia, last_name="Moreau", identifier="M77")
    both = joined(idea, nadia, bruno)
    with pytest.raises(PermissionDenied):
        services.leave_authors(idea=both, actor=nadia)

    services.leave_authors(idea=both, actor=bruno)
    services.leave_authors(idea=read(idea), actor=bruno)
    drain_outbox()
    alone = read(idea)
    assert (alone.co_author_ids, alone.co_signed_as) == ("", "")
    assert codes_of(nadia)[-1] == "ideas.coauthor.left" and not Idea.objects.of(bruno).exists()
    invitation = CoAuthor.objects.get(user=bruno)
    with pytest.raises(TransitionNotAllowed):
        services.answer_invitation(idea=alone, actor=bruno, agrees=True)
    assert invitation.state == "left"


@pytest.mark.parametrize("who", [{"last_name": "Tardif"}, {"identifier": "T4412"}, {"identifier": ""}])
def test_name_and_number_go_together_or_nobody_is_asked(idea, nadia, bruno, who):
    with pytest.raises(ValidationError) as refusal:
        asked(idea, nadia, **who)
    assert "identifier" in refusal.value.message_dict and not CoAuthor.objects.exists()


def test_who_works_on_the_idea_or_sits_elsewhere_isnt_asked(nadia, bruno):
    here = SiteFactory()
    idea = IdeaFactory(author=nadia, stage="open", space=BoxFactory(circle="members", member_unit=here))
    with pytest.raises(ValidationError):
        asked(read(idea), nadia)
    worked = IdeaFactory(author=nadia, stage="submitted")
    bruno_works = AgentFactory(last_name="Rocher", personnel_number="R1", roles=[(Role.MODERATOR, None)])
    services.screen(idea=read(worked), actor=bruno_works)
    with pytest.raises(ValidationError):
        asked(read(worked), nadia, last_name="Rocher", identifier="R1")
    drain_outbox()


@pytest.mark.parametrize("kind", ["protected", "team"])
def test_what_isnt_signed_by_a_person_has_no_co_author(nadia, bruno, kind):
    made = IdeaFactory(author=nadia, protected=kind == "protected", stage="open")
    if kind == "team":
        Idea.objects.filter(pk=made.pk).update(signature=Signature.TEAM)
    idea = read(made)
    with pytest.raises(PermissionDenied):
        asked(idea, nadia)
    page = as_(nadia).get(f"/idees/{idea.reference}/auteurs/")
    assert page.status_code == 403 if kind == "protected" else "Inviter une ou un" not in page.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        CoAuthor.objects.create(idea=idea, user=bruno, asked_on="2026-11-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(co_signed_as="Bruno T.")
    drain_outbox()


def test_the_page_for_each_and_for_nobody_else(idea, nadia, bruno):
    here = f"/idees/{idea.reference}/auteurs/"
    wrong = as_(nadia).post(here, BODY | {"action": "invite", "last_name": "Tardif"})
    assert wrong.status_code == 422 and "Tardif" in wrong.content.decode()
    assert as_(nadia).post(here, BODY | {"action": "invite"}).status_code == 303
    assert "Pas encore de réponse" in as_(nadia).get(here).content.decode()
    assert as_(AgentFactory()).get(here).status_code == 403
    assert as_(AgentFactory()).post(here, {"action": "accept"}).status_code == 403
    assert "Oui, je signe aussi" in as_(bruno).get(here).content.decode()
    assert as_(bruno).post(here, {"action": "accept"}).status_code == 303
    assert "Ne plus signer" in as_(bruno).get(here).content.decode()
    assert "Bruno T." in as_(nadia).get(f"/idees/{idea.reference}/").content.decode()
    assert as_(bruno).post(here, {"action": "leave"}).status_code == 303
    assert as_(bruno).get(here).status_code == 403
    drain_outbox()


def test_an_erased_account_leaves_the_names(idea, nadia, bruno):
    from ideas.personal_data_life import _erase_invitations

    joined(idea, nadia, bruno)
    _erase_invitations(bruno)
    assert read(idea).co_signed_as == "" and not CoAuthor.objects.exists()
    drain_outbox()
