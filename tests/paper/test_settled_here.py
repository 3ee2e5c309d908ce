"""*À régler ici* on a sheet and at a kiosk: offered where somebody answers, and the same idea as by the web."""

import pytest

from ideas.models import Idea
from ideas.services import submit_idea
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.paper import registry, services
from tests.factories.directory import AgentFactory, DirectionFactory, SiteFactory

from .conftest import TEXT, TITLE
from .test_paper import look

SAME = ("title", "body", "identity_mode", "signature", "signed_as", "settle_here", "stage_id", "unit_id", "site_id",
        "direction_id", "process_id")  # fmt: skip
BOX = "À régler ici, sur mon site"


@pytest.fixture
def settling(desk):
    """The depot belongs to a direction, and somebody decides there; Nadia works there."""
    direction = DirectionFactory(name="Propreté")
    desk.depot = SiteFactory(name="Dépôt du Canal", parent=direction)
    desk.head = AgentFactory(unit=desk.depot, roles=[(Role.DECISION_MAKER, desk.depot)])
    desk.nadia = AgentFactory(unit=desk.depot, last_name="Benali", personnel_number="204999")
    desk.gerard = AgentFactory(roles=[(Role.FACILITATOR, desk.depot)])
    return desk


def sheet(desk, identity="named", **who):
    return desk.filled(body=TEXT, title=TITLE, identity=identity, here="on", **{f"who-{k}": v for k, v in who.items()})


@pytest.mark.parametrize("place, asked", [("depot", True), ("elsewhere", False)])
def test_the_sheet_asks_it_where_somebody_answers(settling, place, asked):
    unit = getattr(settling, place)
    paper = registry.form("idee")

    made = services.print_sheets(actor=settling.malika, paper=paper, about=settling.box.slug, unit=unit, count=1)

    text = made.html.replace("\u00a0", " ")
    assert (BOX in text, f"{unit.name} répond dans les dix jours" in text) == (asked, asked)


def test_a_named_sheet_goes_to_the_site_as_by_the_web(settling):
    (handed,) = look(settling, settling.batch(sheet(settling, last_name="Benali", number="204999")))
    from_paper = Idea.objects.select_related("owed").get(handle=handed.handle)

    web = submit_idea(
        actor=settling.nadia, space=settling.box, body=TEXT, title=TITLE, identity_mode="named", settle_here=True
    ).idea

    assert {name: getattr(from_paper, name) for name in SAME} == {name: getattr(web, name) for name in SAME}
    assert from_paper.settle_here and (from_paper.owed.promised_on - clock.today()).days == 10
    drain_outbox()


def test_a_team_s_sheet_is_settled_where_it_was_gathered(settling):
    (handed,) = look(settling, settling.batch(sheet(settling, "team", team="Équipe de nuit")))

    idea = Idea.objects.get(handle=handed.handle)
    assert (idea.settle_here, idea.unit, idea.site, idea.author) == (True, settling.depot, settling.depot, None)
    drain_outbox()


def test_under_a_protected_name_the_desk_says_why_and_keeps_what_was_typed(settling):
    typed = sheet(settling, "protected")

    assert not typed.is_valid()
    assert typed.form.errors.keys() == {"here"}
    assert typed.data["body"] == [TEXT]


def test_a_kiosk_asks_it_of_whoever_is_signed_in_and_works_where_somebody_answers(settling):
    paper, box = registry.form("idee"), settling.box.slug

    def asked(viewer):
        return "here" in paper.of(paper.fitted(paper.build(box, None), box, viewer=viewer)).fields

    assert [asked(viewer) for viewer in (settling.nadia, settling.head, settling.malika, None)] == [
        True, False, False, False,
    ]  # fmt: skip
