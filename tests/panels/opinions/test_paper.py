"""Minority opinions and signatures that came on paper: typed as written, with who typed; the team changes none."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from panels import by_post
from panels.models import Membership
from panels.opinions import exports, selectors
from panels.opinions.models import MinorityOpinion, MinoritySignature
from panels.opinions.services import minority
from src.foundations import clock, journal
from src.foundations.models import AuditEntry
from tests.factories import panel_opinions as make
from tests.panels.screens import as_, text_of

pytestmark = pytest.mark.django_db

TEXT = "Nous demandons des postes.\nPas des bornes."


@pytest.fixture
def made():
    found = make.at_work()
    found.draft()
    return found


def at(made, name, **kwargs):
    return reverse(f"panel_opinions:{name}", kwargs={"slug": made.panel.slug, **kwargs})


def written(made, **fields):
    member = fields.pop("member", made.people[0])
    return minority.write_minority(actor=made.facilitator, panel=made.panel, text=TEXT, member=member, **fields)


def refused_by_the_database(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_the_team_types_it_word_for_word_and_members_read_who_typed(made):
    typist = as_(made.facilitator)
    number = made.people[2].number
    assert "Saisir une opinion minoritaire reçue sur papier" in text_of(typist.get(at(made, "within")))

    sent = typist.post(at(made, "type_minority"), {"member": number, "text": TEXT, "recommendation": "1", "name": ""})

    assert sent.status_code == 303
    found = MinorityOpinion.objects.get()
    assert (found.text, found.author, found.typed_by, found.recommendation.number) == (
        TEXT, made.people[2], made.facilitator, 1,
    )  # fmt: skip
    signature = MinoritySignature.objects.get()
    assert (signature.membership, signature.name, signature.typed_by) == (made.people[2], "", made.facilitator)
    page = text_of(as_(made.account(1)).get(at(made, "within")))
    assert f"saisie par {made.facilitator.short_name}" in page and "1 signature reçue sur papier" in page
    assert AuditEntry.objects.get(verb="panels.minority_written").actor == journal.pseudonym(made.facilitator)


def test_signatures_are_typed_one_after_the_other_by_name_or_counted(made):
    written(made)
    typist = as_(made.facilitator)
    first, second = (made.people[place].number for place in (1, 2))

    sent = typist.post(at(made, "type_signature", number=1), {"member": first, "name": "Nour Saïdi"}, follow=True)
    typist.post(at(made, "type_signature", number=1), {"member": second, "name": ""})

    assert f"La signature du membre {first} est gardée" in text_of(sent)
    one = selectors.minorities_of(made.panel)[0]
    assert (one.count, one.names, one.unnamed, one.on_paper) == (3, ["Nour Saïdi"], 2, 3)
    lines = AuditEntry.objects.filter(verb="panels.minority_signed_on_paper")
    assert [line.actor for line in lines] == [journal.pseudonym(made.facilitator)] * 2
    assert not any(str(made.people[2].number) in str(line.payload) for line in lines), "never who was counted"


def test_what_is_refused_says_why_and_keeps_what_was_typed(made):
    written(made)
    typist = as_(made.facilitator)
    left = made.people[3]
    Membership.objects.filter(pk=left.pk).update(left_on=clock.today())
    for number, said in ((999, "Personne"), ("douze", "nombre entier"), (left.number, "Personne"), ("", "numéro")):
        page = typist.post(at(made, "type_minority"), {"member": number, "text": TEXT, "name": "Nour"})
        assert page.status_code == 422 and said in text_of(page) and "Nour" in page.content.decode()
        assert "Nous demandons des postes" in page.content.decode()
        page = typist.post(at(made, "type_signature", number=1), {"member": number, "name": "Nour"})
        assert page.status_code == 422 and said in text_of(page) and "Nour" in page.content.decode()
    assert MinorityOpinion.objects.count() == MinoritySignature.objects.count() == 1
    assert typist.post(at(made, "type_minority"), {"member": 1, "text": " ", "name": ""}).status_code == 422
    assert typist.get(at(made, "type_signature", number=9)).status_code == 404


def test_a_paper_never_replaces_what_a_member_signed(made):
    found = written(made)
    minority.sign(actor=made.account(1), minority=found, name="Nour Saïdi")

    page = as_(made.facilitator).post(
        at(made, "type_signature", number=1), {"member": made.people[1].number, "name": ""}
    )

    assert page.status_code == 422 and "a déjà signé" in text_of(page)
    with pytest.raises(ValidationError):
        minority.sign(actor=made.facilitator, minority=found, name="Autre", member=made.people[1])
    assert MinoritySignature.objects.get(membership=made.people[1]).name == "Nour Saïdi"


def test_a_member_changes_and_takes_back_what_was_typed_for_them(made):
    found = written(made)
    minority.sign(actor=made.facilitator, minority=found, name="", member=made.people[1])

    minority.sign(actor=made.account(1), minority=found, name="Nour Saïdi")

    own = MinoritySignature.objects.get(membership=made.people[1])
    assert (own.name, own.typed_by) == ("Nour Saïdi", None)
    minority.unsign(actor=made.account(1), minority=found)
    assert not MinoritySignature.objects.filter(membership=made.people[1]).exists()
    minority.withdraw(actor=made.account(0), minority=found)
    with pytest.raises(Exception, match="retiré"):
        minority.sign(actor=made.facilitator, minority=found, member=made.people[2])


def test_the_administration_takes_nothing_away_and_changes_nothing(made):
    found = written(made, name="Karim")
    minority.sign(actor=made.facilitator, minority=found, name="Nour", member=made.people[1])
    for who in (made.facilitator, made.organiser):
        with pytest.raises(PermissionDenied):
            minority.withdraw(actor=who, minority=found)
        with pytest.raises(PermissionDenied):
            minority.unsign(actor=who, minority=found)
    for who in (made.account(1), made.decider, made.base.administrator):
        with pytest.raises(PermissionDenied):
            minority.sign(actor=who, minority=found, member=made.people[2])
    signatures = MinoritySignature.objects.filter(membership=made.people[1])
    for act in (
        lambda: MinorityOpinion.objects.update(text="Autre."),
        lambda: MinorityOpinion.objects.update(typed_by=made.organiser),
        lambda: MinorityOpinion.objects.all()._raw_delete("default"),
        lambda: signatures.update(name=""),
        lambda: signatures.update(typed_by=made.organiser),
        lambda: signatures.update(membership=made.people[2]),
    ):
        refused_by_the_database(act)
    MinoritySignature.objects.update(typed_by=None)


def test_once_the_opinion_is_adopted_papers_are_typed_no_more(made):
    found = written(made)
    made.rule()
    made.vote_in_room({1: (4, 0, 0)})
    made.adopt()

    page = as_(made.facilitator).post(
        at(made, "type_signature", number=1), {"member": made.people[1].number, "name": ""}
    )

    assert page.status_code in (409, 422) and MinoritySignature.objects.count() == 1
    refused_by_the_database(lambda: MinoritySignature.objects.create(minority=found, membership=made.people[1]))
    assert "Saisir" not in text_of(as_(made.facilitator).get(at(made, "within")))


def test_the_sheet_to_write_and_to_sign_comes_as_a_letter_until_then(made):
    written(made)
    kind = by_post.kind("minorities")

    page = kind.page(made.panel, "all", made.people[1])

    drawn = render_to_string(page.template, page.context)
    assert "Pas des bornes" in drawn and f"Membre numéro {made.people[1].number}" in drawn and page.slip
    assert [one.key for one in kind.items(made.panel)] == ["all"] and kind.page(made.panel, "404", None) is None
    made.rule()
    made.vote_in_room({1: (4, 0, 0)})
    made.adopt()
    assert kind.items(made.again()) == [] and kind.page(made.panel, "all", made.people[1]) is None


def test_what_somebody_typed_is_told_to_them_without_whose_it_was(made):
    found = written(made)
    minority.sign(actor=made.facilitator, minority=found, name="Nour", member=made.people[1])

    typed, own = list(exports.signatures(made.facilitator)), list(exports.signatures(made.account(1)))

    told = {"panel": made.panel.title, "number": 1}
    assert typed == [told, told] and own == [{**told, "name": "Nour"}]
