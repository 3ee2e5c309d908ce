"""Figures by value: counted once, at the closing; no page opens a profile, nobody's withdrawal moves them."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from panels import selectors, vault
from panels.models import Candidate, PoolFigures
from panels.services import candidates, erasing, preparing
from panels.services.figures import freeze_figures
from src.foundations import clock
from tests.factories import panels as make

from .screens import as_

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]
PAGE = "/panels/accueil/"


def opened_while(monkeypatch, act) -> int:
    """How many profiles are opened meanwhile."""
    opened, whole = [], vault.opened

    def counting(ciphertext, purpose):
        opened.extend([1] * (purpose == vault.PROFILE))
        return whole(ciphertext, purpose)

    monkeypatch.setattr(vault, "opened", counting)
    act()
    monkeypatch.setattr(vault, "opened", whole)
    return len(opened)


def test_the_public_page_opens_no_profile_between_the_closing_and_the_certification(monkeypatch):
    made = make.pooled(20, seats=4)

    assert opened_while(monkeypatch, lambda: as_(None).get(PAGE)) == 0
    assert "Genre" in as_(None).get(PAGE).content.decode()
    assert PoolFigures.objects.get().content["values"]["genre"] == {make.WOMAN: 10, make.MAN: 10}
    assert made.again().state == "pool_closed"


def test_somebody_who_withdraws_or_is_erased_moves_no_figure_by_value_until_the_end():
    made, _draw = make.sealed(20)
    before = selectors.public_figures(made.panel)
    one = Candidate.objects.select_related("panel").first()
    candidates.withdraw(candidate=one)
    erasing.erase_candidate(Candidate.objects.select_related("panel").last())

    assert selectors.public_figures(made.again()) == before
    frozen = freeze_figures(made.panel)
    assert frozen.content["values"]["genre"] == {make.WOMAN: 10, make.MAN: 10}
    assert (frozen.content["states"]["withdrawn"], frozen.content["states"]["erased"]) == (1, 1)


def test_opened_again_they_are_counted_at_the_next_closing():
    made = make.pooled(20, seats=4)
    preparing.reopen_registration(
        actor=made.organiser, panel=made.panel, until=clock.today() + datetime.timedelta(days=5)
    )
    assert not PoolFigures.objects.exists()
    (code,) = made.print_letters(1)
    one = made.register(code, gender=make.WOMAN, address="99 quai Nord")
    candidates.decide_eligibility(actor=made.facilitator, candidate=one, is_eligible=True)
    made.close()

    assert PoolFigures.objects.get().content["values"]["genre"] == {make.WOMAN: 11, make.MAN: 10}


def test_once_a_draw_is_certified_the_database_keeps_them():
    make.certified()
    for change in (lambda: PoolFigures.objects.update(content={}), lambda: PoolFigures.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
