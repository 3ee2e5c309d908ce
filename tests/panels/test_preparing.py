"""What the verbs of the preparation refuse, beside the pages: an address taken at the same moment, the direction that asks."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.enums import TeamRole
from panels.models import Draw, Panel, SourceList
from panels.services import drawing, letters, preparing
from src.directory.enums import Role
from src.foundations import runs
from src.foundations.models import AuditEntry
from src.foundations.testing import forget_effects
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db


def test_an_address_taken_at_the_same_moment_is_refused_in_words(monkeypatch):
    first = make.prepared().panel
    fields = {name: getattr(first, name) for name in preparing.FIELDS if name != "slug"}
    # What the check reads, a moment before the other is written.
    monkeypatch.setattr(Panel, "full_clean", lambda _panel: None)
    other = preparing.create_panel(actor=_administrator(), slug="autre", **fields)

    for verb in (
        lambda: preparing.create_panel(actor=_administrator(), slug=first.slug, **fields),
        lambda: preparing.change_panel(actor=_administrator(), panel=other, slug=first.slug),
    ):
        with pytest.raises(ValidationError) as refusal:
            verb()
        assert "slug" in refusal.value.error_dict
    assert Panel.objects.filter(slug=first.slug).count() == 1


@pytest.mark.parametrize("role", [one for one in TeamRole if one != TeamRole.FACILITATOR])
def test_the_direction_that_asks_neither_organises_nor_watches_nor_reads(role):
    made = make.prepared()
    theirs = AgentFactory(unit=made.panel.commissioner)

    with pytest.raises(ValidationError, match="travaille pour la direction"):
        preparing.name_to_team(
            actor=made.administrator, panel=made.panel, person=theirs, role=role, shown_name="A", capacity="B"
        )
    preparing.name_to_team(actor=made.administrator, panel=made.panel, person=theirs, role=TeamRole.FACILITATOR)
    assert made.panel.team.get(person=theirs).role == TeamRole.FACILITATOR


def test_a_table_is_not_made_again_while_it_is_being_made():
    made = make.pooled(12, seats=4)
    drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=20)
    draw = Draw.objects.get(panel=made.panel)
    assert runs.any_open([draw.run_id])

    with pytest.raises(preparing.WrongState, match="en cours|déjà"):
        drawing.make_again(actor=made.organiser, draw=draw)
    forget_effects()


def _administrator():
    return AgentFactory(roles=[(Role.ADMINISTRATOR, None)])


def test_a_panel_of_which_nobody_was_asked_anything_is_thrown_away_whole():
    made = make.prepared()
    kept = make.prepared(slug="autre")
    with pytest.raises(PermissionDenied):
        preparing.throw_away(actor=made.guarantor, panel=made.panel)
    preparing.throw_away(actor=made.organiser, panel=made.panel)

    assert list(Panel.objects.values_list("slug", flat=True)) == ["autre"]
    assert set(SourceList.objects.values_list("panel_id", flat=True)) == {kept.panel.pk}
    assert AuditEntry.objects.filter(verb="panels.thrown_away", object_ref="panel:accueil").count() == 1


@pytest.mark.leaves_effects("letters that are begun are made elsewhere")
def test_letters_or_a_registration_that_opened_keep_a_panel():
    made = make.prepared()
    letters.open_batch(
        actor=made.organiser, panel=made.panel, source_list=made.lists["electeurs"], data=make.address_file(2)
    )
    with pytest.raises(preparing.WrongState):
        preparing.throw_away(actor=made.organiser, panel=made.panel)
    opened = make.recruiting(slug="autre")
    with pytest.raises(preparing.WrongState):
        preparing.throw_away(actor=opened.administrator, panel=opened.panel)
    with pytest.raises(IntegrityError), transaction.atomic():
        Panel.objects.filter(pk=opened.panel.pk).delete()


def test_the_desk_leads_to_it_and_it_is_told_before(client):
    made = make.prepared()
    address = "/panels/atelier/accueil/jeter/"
    client.force_login(made.facilitator)
    assert client.get(address).status_code == 404
    client.force_login(made.organiser)
    assert address in client.get("/panels/atelier/accueil/").content.decode()
    assert "Jeter ce panel" in client.get(address).content.decode()
    assert client.post(address)["Location"] == "/panels/atelier/"
    assert client.post(address).status_code == 404
