"""The panel that has met: drawn last year, confirmed by telephone, its members at work with their badge."""

from src.directory.models import User

from .. import vault
from ..demo_content import BY_POST, CHECKED_BECAUSE, DICE, DICE_AT, NO_CHANCE, PLACE, WITHOUT_BADGE, WITNESSES
from ..enums import Beacon, CallOutcome
from ..jobs import make_table
from ..models import Draw, Membership, Seat
from . import calls, drawing, members, preparing, seats

MEMBER = "panel"
BADGE = "Roger T."


def draw_and_begin(story) -> None:
    """Tell it, from the end of registration to the day on which the work begins."""
    with story.on(15):
        preparing.close_registration(actor=story.organiser, panel=story.panel)
    story.again()
    _draw(story)
    for place in range(Seat.objects.filter(panel=story.panel).count()):
        with story.on(4 if place % 2 else 3, 9 + place // 8, place % 8 * 7):
            actor = story.facilitator(place)
            call = calls.take_next(actor=actor, panel=story.panel)
            calls.finish_call(actor=actor, call=call, outcome=CallOutcome.YES)
    with story.on(2, 15):
        seats.seat_confirmed(actor=story.organiser, panel=story.panel)
    with story.on(0):
        members.begin_work(actor=story.organiser, panel=story.again())
        _badges(story)
    story.again()


def _draw(story) -> None:
    with story.on(9, 10):
        draw = drawing.prepare_draw(actor=story.organiser, panel=story.panel)
        make_table(run_id=str(draw.run_id), draw=draw.pk)
    draw = Draw.objects.select_related("panel").get(pk=draw.pk)
    with story.on(8, 11):
        drawing.seal_draw(
            actor=story.organiser, draw=draw, beacon=Beacon.DICE, beacon_name=DICE_AT, beacon_on=story.days[5],
            no_chance_because=NO_CHANCE if draw.engine["without_chance"] else "",
        )  # fmt: skip
    with story.on(7, 14):
        drawing.profiles_for_guarantors(actor=story.people["garant"], draw=draw, reason=CHECKED_BECAUSE)
    with story.on(5, 18):
        drawing.reveal_draw(actor=story.organiser, draw=draw, value=DICE)
    with story.on(5, 19):
        drawing.certify_draw(actor=story.people["garant"], draw=draw, place=PLACE, witnesses=WITNESSES)
    story.again()


def _badges(story) -> None:
    """Most write a first name and an initial; one joins the account they had; some want everything by post."""
    sitting = list(Membership.objects.filter(panel=story.panel).select_related("panel", "candidate__contact"))
    first, *others = sitting
    members.link_account(candidate=first.candidate, account=User.objects.get(username=MEMBER))
    members.give_accounts(actor=story.organiser, panel=story.panel)
    found = {one.pk: one for one in Membership.objects.filter(panel=story.panel).select_related("candidate__account")}
    members.name_badge(membership=found[first.pk], shown_name=BADGE)
    for one in others:
        named, *family = vault.open_contact(one.candidate.contact.ciphertext).name.split()
        shown = "" if one.number % 10 == WITHOUT_BADGE else f"{named} {family[-1][0]}." if family else named
        members.name_badge(membership=found[one.pk], shown_name=shown, by_post=one.number in BY_POST)
