"""A sheet of paper about an article: typed once, read by its code, told there what became of it."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from consultations.texts import paper, services
from consultations.texts.models import UnitContribution
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.paper import registry
from src.participation.enums import Circle, IdentityMode
from src.participation.models import SealedAuthor
from tests.factories.directory import AgentFactory, UnitFactory
from tests.factories.texts import again, reform_text, text_space, unit_of

pytestmark = pytest.mark.django_db
MODES = [IdentityMode.PROTECTED, IdentityMode.ANONYMOUS]


def sheet(text, **words):
    data = QueryDict(mutable=True)
    data.update({"article": unit_of(text).key, "kind": "amend", "proposal": "Un mois avant.", "body": "Trop court."})
    data.update(words)
    return paper.build(f"{text.reference}.{text.current.number}", data)


def hand(form, place=None):
    return paper.submit(registry.Submission(form=form, about="", channel="paper", place=place, token=uuid.uuid4()))


def test_a_sheet_is_kept_led_to_nobody_and_answered_by_its_code():
    text = reform_text(space=text_space(identity_modes=MODES))
    form = sheet(text)
    assert form.is_valid(), form.errors

    handed = hand(form)
    waiting = paper.read(handed.handle)["lines"]
    one = UnitContribution.objects.get(handle=handed.handle)
    services.decide(text=again(text), contributions=[one], kind="set_aside", reason="Le repos d'abord.")
    services.close_text(text=again(text))
    drain_outbox()

    assert (one.identity_mode, one.author, waiting) == (IdentityMode.ANONYMOUS, None, [])
    assert not SealedAuthor.objects.exists() and not InboxItem.objects.filter(code="texts.outcome").exists()
    assert "Le repos d'abord." in paper.read(handed.handle)["lines"]


def test_its_author_takes_it_back_by_code_until_somebody_answers():
    text = reform_text(space=text_space(identity_modes=MODES))
    form = sheet(text)
    form.is_valid()
    handed = hand(form)
    (gesture,) = paper.gestures(handed.handle, {})
    assert gesture.form.is_valid()

    gesture.act(handed.handle, gesture.form)

    assert UnitContribution.objects.get().is_withdrawn
    assert paper.gestures(handed.handle) == []
    drain_outbox()


@pytest.mark.parametrize(
    ("words", "field"), [({"article": "ZZZZZZ"}, "article"), ({"kind": ""}, "kind"), ({"proposal": ""}, "proposal")]
)
def test_a_sheet_badly_typed_is_refused_by_field(words, field):
    text = reform_text(space=text_space(identity_modes=MODES))
    drain_outbox()

    assert list(sheet(text, **words).errors) == [field]


def test_sheets_are_taken_where_nobody_signs_and_from_the_place_concerned():
    signed = reform_text(space=text_space(identity_modes=[IdentityMode.NAMED]))
    place = UnitFactory()
    members = reform_text(space=text_space(identity_modes=MODES, circle=Circle.MEMBERS, member_unit=place))
    open_one = reform_text(space=text_space(identity_modes=MODES))
    drain_outbox()

    offered = [about for about, _title in paper.sheets_for(AgentFactory())]
    assert offered == [f"{open_one.reference}.1"]
    form = sheet(members)
    assert form.is_valid()
    with pytest.raises(ValidationError):
        hand(form, place=UnitFactory())
    with pytest.raises(LookupError):
        paper.build(f"{signed.reference}.7")
