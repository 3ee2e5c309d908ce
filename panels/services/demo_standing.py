"""The standing panel of the demo city: drawn last year, at work, and a third of it renewed by a draw of its own."""

from ..demo_content import BEACON, NO_CHANCE, RENEWAL, TERM_ENDS
from ..enums import Beacon
from ..jobs import make_table
from ..models import Draw, Membership, Panel
from . import drawing, preparing, renewing
from .demo import Story
from .demo_work import draw_and_begin

# Enough for a row that a public number gives.
ROWS = 200


def begin_and_renew(story: Story) -> None:
    """Tell it, from the end of the first registration to the seal of the draw that renews it."""
    draw_and_begin(story)
    renewal = _Renewal(story.again())
    renewal.prepare()
    renewal.recruit()
    _sealed(renewal)


class _Renewal(Story):
    """Those who follow a third of the members: prepared from the standing panel, told until today."""

    def __init__(self, panel: Panel):
        super().__init__(RENEWAL)
        self.standing = panel

    def prepare(self) -> None:
        """Begin it as an organiser does, from the members whose term ends; team, lists and quotas come with it."""
        told = self.told
        self.read_people()
        sitting = Membership.objects.sitting().filter(panel=self.standing)
        with self.on(told.begun):
            self.panel = renewing.begin_renewal(
                actor=self.organiser,
                panel=self.standing,
                leaving=[one for one in sitting if one.number % 3 == TERM_ENDS],
                slug=told.slug,
                title=told.title,
                registration_ends_on=self.day(told.registration_ends),
                draw_on=self.day(told.drawn),
                starts_on=self.day(told.starts),
                ends_on=self.day(told.ends),
            )
        self.read_people()
        self.lists = {one.slug: one for one in self.panel.source_lists.all()}


def _sealed(story: Story) -> None:
    """The table was made and sealed three days ago: the number that names its row is published today."""
    with story.on(6):
        preparing.close_registration(actor=story.organiser, panel=story.panel)
    story.again()
    with story.on(4, 10):
        draw = drawing.prepare_draw(actor=story.organiser, panel=story.panel, rows=ROWS)
        make_table(run_id=str(draw.run_id), draw=draw.pk)
    draw = Draw.objects.select_related("panel").get(pk=draw.pk)
    with story.on(3, 11):
        drawing.seal_draw(
            actor=story.organiser, draw=draw, beacon=Beacon.PUBLIC_NUMBER, beacon_name=BEACON,
            beacon_on=story.days[0], no_chance_because=NO_CHANCE if draw.engine["without_chance"] else "",
        )  # fmt: skip
    story.again()
