"""A users' committee of the demo city: volunteers, people named by associations, a seat that is still free."""

from django.db import transaction

from src.directory.models import Unit, User
from src.foundations import clock

from ..demo_content import ASSOCIATIONS, COMMITTEE, COMMITTEE_SEATS
from ..demo_people import dwellers
from ..enums import ConsentPurpose, MembershipWay, PanelKind
from ..models import Panel
from ..vault import Contact
from . import members, preparing, welcoming
from .demo import ADMINISTRATOR, Days

# Working days ago: prepared, opened, at work.
BEGUN, OPENED, WORKING = 50, 46, 40


@transaction.atomic
def load_committee() -> int:
    """Tell it, once; answers how many came in."""
    told = COMMITTEE
    if Panel.objects.filter(slug=told.slug).exists():
        return 0
    days = Days(clock.today())
    administrator = User.objects.get(username=ADMINISTRATOR)
    name, number, hours = told.contact
    with days.on(BEGUN):
        panel = preparing.create_panel(
            actor=administrator, slug=told.slug, kind=PanelKind.COMMITTEE, site=Unit.objects.get(code=told.site),
            title=told.title, question=told.question, commissioner=Unit.objects.get(code=told.unit), seats=0,
            direct_seats=COMMITTEE_SEATS + 1, contact_name=name, contact_phone=number, contact_hours=hours,
            registration_ends_on=days.days[WORKING], draw_on=days.days[WORKING], starts_on=days.days[WORKING],
            ends_on=days.day(300),
        )  # fmt: skip
        for username, role, shown, capacity in told.team:
            preparing.name_to_team(
                actor=administrator, panel=panel, person=User.objects.get(username=username), role=role,
                shown_name=shown, capacity=capacity,
            )  # fmt: skip
    organiser, facilitator = (User.objects.get(username=told.team[place][0]) for place in (0, 1))
    with days.on(OPENED):
        preparing.open_registration(actor=organiser, panel=panel)
    people = dwellers("committee", COMMITTEE_SEATS)
    named = [""] * (COMMITTEE_SEATS - len(ASSOCIATIONS)) + list(ASSOCIATIONS)
    for place, (who, association) in enumerate(zip(people, named, strict=True)):
        with days.on(OPENED - 1 - place % 4, 10 + place % 6, place * 3 % 60):
            welcoming.welcome(
                actor=facilitator, panel=panel,
                way=MembershipWay.DESIGNATED if association else MembershipWay.VOLUNTEER, designated_by=association,
                contact=Contact(name=who.name, phone="04 65 71 20 99"), consents=(ConsentPurpose.TAKE_PART,),
                shown_name=who.name.split()[0], by_post=place == 4,
            )  # fmt: skip
    with days.on(WORKING):
        members.begin_work(actor=organiser, panel=panel)
        members.give_accounts(actor=organiser, panel=panel)
    return 1
