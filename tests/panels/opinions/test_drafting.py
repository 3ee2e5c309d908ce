"""Drafts: in versions that stay, discussed by amendments that each end with a reason."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.opinions.enums import AmendmentState, DraftState
from panels.opinions.models import Amendment, AmendmentSupport, RecommendationVersion
from panels.opinions.services import amending, drafting
from panels.services.preparing import WrongState
from tests.factories import panel_opinions as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return make.at_work()


def refused_by_the_database(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_a_member_writes_and_the_team_types_for_a_table(made):
    first = made.draft()
    assert (first.number, first.current.written_by_id, first.state) == (1, made.people[0].pk, DraftState.DRAFT)
    typed = drafting.write_draft(
        actor=made.facilitator, panel=made.panel, title="Un titre", text="Un texte.", for_table="Table 3"
    )
    assert (typed.number, typed.current.author) == (2, "Table 3")
    with pytest.raises(ValidationError) as refusal:
        drafting.write_draft(actor=made.facilitator, panel=made.panel, title="Un titre", text="Un texte.")
    assert set(refusal.value.error_dict) == {"for_table"}
    for stranger in (made.decider, made.base.administrator, made.base.guarantor):
        with pytest.raises(PermissionDenied):
            drafting.write_draft(actor=stranger, panel=made.panel, title="Un titre", text="Un texte.")


def test_versions_follow_each_other_and_stay(made):
    draft = made.draft()
    words = {"title": "Une personne debout", "note": "Plus court."}
    drafting.write_version(actor=made.account(), recommendation=draft, text="Une personne debout à l’entrée.", **words)
    assert [one.number for one in draft.versions.all()] == [1, 2]
    with pytest.raises(ValidationError, match="entre-temps"):
        drafting.write_version(actor=made.account(), recommendation=draft, text="Autre.", on=1, **words)
    with pytest.raises(PermissionDenied):
        drafting.write_version(actor=made.account(1), recommendation=draft, text="Autre.", **words)
    refused_by_the_database(lambda: RecommendationVersion.objects.update(text="Autre chose."))
    refused_by_the_database(lambda: RecommendationVersion.objects.all()._raw_delete("default"))


def test_an_amendment_accepted_is_the_next_version(made):
    draft = made.draft()
    other = amending.propose(
        actor=made.account(1), recommendation=draft, text="Une personne debout, partout.", why="Partout."
    )
    amending.support(actor=made.account(2), amendment=other)
    amending.support(actor=made.account(2), amendment=other)
    assert AmendmentSupport.objects.count() == 1
    amending.support(actor=made.account(2), amendment=other, agrees=False)
    assert not AmendmentSupport.objects.exists()
    with pytest.raises(PermissionDenied):
        amending.support(actor=made.facilitator, amendment=other)
    with pytest.raises(PermissionDenied):
        amending.decide(actor=made.account(1), amendment=other, outcome="accepted", reason="Oui.")
    with pytest.raises(ValidationError):
        amending.decide(actor=made.facilitator, amendment=other, outcome="accepted", reason=" ")
    amending.decide(actor=made.facilitator, amendment=other, outcome="accepted", reason="Toutes les tables d’accord.")
    assert made.one().current.text == "Une personne debout, partout."
    assert made.one().current.written_by_id == made.people[1].pk
    with pytest.raises(WrongState):
        amending.decide(actor=made.facilitator, amendment=other, outcome="rejected", reason="Non.")
    refused_by_the_database(lambda: Amendment.objects.update(state=AmendmentState.OPEN, reason="", ended_at=None))


def test_an_amendment_to_former_words_is_merged_and_not_accepted(made):
    draft = made.draft()
    first, second = (
        amending.propose(actor=made.account(n), recommendation=draft, text=f"Texte {n}.", why="Mieux.") for n in (0, 1)
    )
    amending.decide(actor=made.facilitator, amendment=first, outcome="accepted", reason="Oui.")
    with pytest.raises(ValidationError):
        amending.decide(actor=made.facilitator, amendment=second, outcome="accepted", reason="Oui.")
    amending.decide(
        actor=made.facilitator, amendment=second, outcome="merged", reason="Les deux.", text="Texte 0 et 1."
    )
    assert made.one().current.text == "Texte 0 et 1."
    third = amending.propose(actor=made.account(1), recommendation=draft, text="Autre.", why="Autre.")
    with pytest.raises(PermissionDenied):
        amending.withdraw(actor=made.account(2), amendment=third, reason="Non.")
    amending.withdraw(actor=made.account(1), amendment=third, reason="Dit autrement ailleurs.")
    assert Amendment.objects.get(pk=third.pk).state == AmendmentState.WITHDRAWN


def test_a_draft_withdrawn_says_why_and_ends_its_amendments(made):
    draft = made.draft()
    amending.propose(actor=made.account(1), recommendation=draft, text="Autre.", why="Autre.")
    with pytest.raises(PermissionDenied):
        drafting.withdraw_draft(actor=made.account(1), recommendation=draft, because="Non.")
    drafting.withdraw_draft(actor=made.account(0), recommendation=draft, because="Dit dans la 2.")
    assert made.one().state == DraftState.WITHDRAWN
    assert not Amendment.objects.filter(state=AmendmentState.OPEN).exists()
    assert made.draft(1).number == 2


def test_a_member_of_another_panel_writes_nothing_here(made):
    other = make.at_work(slug="ailleurs")
    draft = made.draft()
    for act in (
        lambda: drafting.write_draft(actor=other.account(), panel=made.panel, title="Un titre", text="Un texte."),
        lambda: amending.propose(actor=other.account(), recommendation=draft, text="Autre.", why="Autre."),
    ):
        with pytest.raises(PermissionDenied):
            act()
