"""The last seat, asked for by everybody at once, on real connections of both databases: one has it."""

import pytest

from panels.referrals import services
from panels.referrals.enums import ReferralKind
from panels.referrals.models import AgentPlace, MemberPlace, Referral
from panels.services.preparing import WrongState
from src.foundations.testing import forget_effects
from tests.factories import referrals as make
from tests.factories.directory import AgentFactory
from tests.participation.real_database import several_writers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def outcome(gesture) -> str:
    try:
        gesture()
    except WrongState:
        return "full"
    return "seat"


def test_two_seats_are_never_three(tmp_path):
    world = make.asked_world()
    referral = world.accepted(ReferralKind.WORKSHOP)
    world.planned(referral, members=2, agents=2)
    agents = [AgentFactory(unit=world.unit) for _n in range(6)]
    forget_effects()

    def register(person):
        return lambda: [
            outcome(lambda: services.register_agent(actor=person, referral=Referral.objects.get(pk=referral.pk)))
            for _turn in range(2)
        ]

    def come(place):
        account = world.account(place)
        return lambda: [outcome(lambda: services.answer_invitation(actor=account, referral=referral, comes=True))]

    gestures = [*(register(one) for one in agents), *(come(place) for place in range(4))]
    with several_writers(tmp_path) as run:
        told = run(gestures)
        (rows,) = run([lambda: (AgentPlace.objects.count(), MemberPlace.objects.exclude(number=None).count())])
    assert rows == (2, 2)
    assert sorted("+".join(answers) for answers in told[:6]) == ["full+full"] * 4 + ["seat+seat"] * 2
    assert sorted("+".join(answers) for answers in told[6:]) == ["full"] * 2 + ["seat"] * 2
