"""The ground check: who is drawn, once a quarter; answered on a phone or on paper; 59 % and 7, 60 % and 8."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from src.accountability import ground_rules
from src.accountability.ground_words import counts_in_words
from src.accountability.models import GroundCheck, GroundSeat, Measure
from src.accountability.personal_data import _purge_seats
from src.accountability.services import deliver, ground, take_up_again
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.measures import PROOF, MeasureFactory

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def direction():
    return DirectionFactory()


@pytest.fixture
def decider(direction):
    return AgentFactory(unit=direction, roles=[(Role.DECISION_MAKER, direction)])


def check_of(direction, decider, people: int) -> GroundCheck:
    """A measure said to be done where so many colleagues work."""
    for _number in range(people):
        AgentFactory(unit=direction)
    measure = MeasureFactory(unit=direction)
    measure.perimeter.add(direction)
    deliver(measure, actor=decider, proof=PROOF)
    return measure.checks.get()


def told(check, yes: int, no: int, *, on_paper=0):
    """So many answers, and the check closed."""
    for number, seat in enumerate(check.seats.order_by("pk")[: yes + no]):
        ground.answer(seat, done=number < yes, suits=True, lasts=False, on_paper=number < on_paper)
    ground.close_check(check)
    check.refresh_from_db()
    return check


# ----------------------------------------------------------------------------------------------------- the arithmetic
@pytest.mark.parametrize(
    ("answers", "yes", "result"),
    [
        (7, 7, "to_confirm"),
        (8, 5, "confirmed"),
        (8, 4, "to_confirm"),
        (10, 6, "confirmed"),
        (100, 60, "confirmed"),
        (100, 59, "to_confirm"),
        (0, 0, "to_confirm"),
    ],
)
def test_eight_answers_and_sixty_percent_confirm(answers, yes, result):
    assert ground_rules.outcome(answers, yes) == result


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.integers(1, 10_000), max_size=80).map(sorted), st.text(max_size=20), st.randoms())
def test_the_same_people_and_seed_give_the_same_sample_in_any_order(people, seed, dice):
    shuffled = list(people)
    dice.shuffle(shuffled)

    drawn = ground_rules.draw(people, seed)

    assert drawn == ground_rules.draw(shuffled, seed)
    assert len(drawn) == min(len(people), 30) == len(set(drawn))
    assert ground_rules.frame_hash(people) == ground_rules.frame_hash(shuffled)


def test_everybody_has_the_same_chance():
    """Of sixty, thirty are drawn: over two thousand seeds each comes out half of the time."""
    counts = dict.fromkeys(range(1, 61), 0)
    for seed in range(2000):
        for number in ground_rules.draw(counts, str(seed)):
            counts[number] += 1

    assert all(870 < count < 1130 for count in counts.values()), counts


# ------------------------------------------------------------------------------------------------------------ drawing
def test_whoever_did_it_is_never_drawn_and_the_draw_can_be_replayed(direction, decider):
    check = check_of(direction, decider, 40)
    measure = check.measure

    drawn = set(check.seats.values_list("user_id", flat=True))
    people = set(User.objects.filter(affectations__unit=direction).values_list("pk", flat=True)) - {decider.pk}
    assert (check.drawn, check.frame_size, len(drawn)) == (30, 40, 30)
    assert decider.pk not in drawn
    assert check.frame_hash == ground_rules.frame_hash(people)
    assert set(ground_rules.draw(people, check.seed)) == drawn
    drain_outbox()
    asked = InboxItem.objects.filter(code="accountability.ground").values_list("user_id", flat=True)
    assert set(asked) == drawn
    assert measure.status == "delivered"


def test_under_thirty_all_are_asked_and_under_eight_a_word_is_enough(direction, decider):
    few = check_of(direction, decider, 9)
    assert (few.drawn, few.frame_size) == (9, 9)

    with pytest.raises(ValidationError):
        # Everybody there was asked this quarter already: nobody is left, a picture is due.
        other = MeasureFactory(unit=direction)
        other.perimeter.add(direction)
        deliver(other, actor=decider, proof=PROOF)
    drain_outbox()


def test_nobody_is_asked_twice_in_a_quarter(direction, decider):
    first = check_of(direction, decider, 40)
    second = check_of(direction, decider, 0)

    asked = [set(check.seats.values_list("user_id", flat=True)) for check in (first, second)]

    assert (len(asked[0]), len(asked[1])) == (30, 10)
    assert not asked[0] & asked[1]
    with pytest.raises(IntegrityError), transaction.atomic():
        again = min(asked[0])
        GroundSeat.objects.create(check_of=second, user_id=again, quarter=ground_rules.quarter_of(clock.today()))
    drain_outbox()


# ---------------------------------------------------------------------------------------------------------- answering
@pytest.mark.parametrize(
    ("yes", "no", "status", "words"),
    [
        (4, 3, "delivered", "Trop peu de personnes"),
        (5, 3, "verified", "Moins de 11 personnes"),
        (7, 5, "delivered", "7 personnes sur 12"),
        (9, 3, "verified", "9 personnes sur 12"),
        (12, 0, "verified", "plus de 90"),
    ],
)
def test_the_totals_decide_and_few_answers_show_no_figure(direction, decider, yes, no, status, words):
    check = told(check_of(direction, decider, 12), yes, no)

    measure = Measure.objects.get(pk=check.measure_id)
    page = Client().get(measure.get_absolute_url()).content.decode()
    assert measure.status == status
    assert words in counts_in_words(check)
    assert counts_in_words(check).replace("’", "&#x27;").split("%")[0][:20] in page.replace("’", "&#x27;")
    drain_outbox()


def test_an_answer_is_a_total_and_is_given_once(direction, decider):
    check = check_of(direction, decider, 12)
    seat = check.seats.first()
    client = signed_in(seat.user)
    url = f"/engagements/{check.measure.reference}/constat/"
    answers = {"done": "oui", "suits": "non", "lasts": "oui"}
    assert client.post(url, {}).status_code == 422

    statuses = [client.post(url, answers).status_code for _again in range(2)]

    check.refresh_from_db()
    assert statuses == [303, 409]
    assert (check.answers, check.yes, check.done_yes, check.suits_yes, check.lasts_yes, check.on_paper) == (
        1,
        0,
        1,
        0,
        1,
        0,
    )
    assert "Vous avez répondu" in client.get(url).content.decode()
    assert counts_in_words(check) == ""
    drain_outbox()


def test_a_slip_is_counted_once_whoever_copies_it(direction, decider):
    check = check_of(direction, decider, 12)
    seat = check.seats.last()
    slip = {
        "reference": check.measure.reference.lower(), "code": f" {ground.code_of(seat).lower()} ",
        "done": "oui", "suits": "oui", "lasts": "non",
    }  # fmt: skip
    facilitator = signed_in(AgentFactory())

    wrong = facilitator.post("/engagements/constat/", {**slip, "code": "0000000000"})
    unknown = facilitator.post("/engagements/constat/", {**slip, "reference": "ZZZZZZ"})
    statuses = [facilitator.post("/engagements/constat/", slip).status_code for _again in range(2)]

    check.refresh_from_db()
    assert (wrong.status_code, unknown.status_code, statuses) == (422, 422, [303, 409])
    assert (check.answers, check.on_paper, check.yes) == (1, 1, 1)
    drain_outbox()


def test_slips_are_printed_for_those_without_mail_by_others_than_who_did_it(direction, decider):
    correspondent = AgentFactory(unit=direction, roles=[(Role.IDEA_CORRESPONDENT, direction)])
    check = check_of(direction, decider, 12)
    seats = list(check.seats.exclude(user=correspondent).order_by("pk")[:2])
    for seat in seats:
        User.objects.filter(pk=seat.user_id).update(email=None)
    url = f"/engagements/{check.measure.reference}/constat/feuilles/"

    page = signed_in(correspondent).get(url).content.decode()

    assert all(ground.code_of(seat) in page for seat in seats)
    assert page.count("Code de la feuille") == 2
    assert signed_in(decider).get(url).status_code == 403
    drain_outbox()


def test_whoever_was_not_drawn_is_refused_and_learns_nothing_of_what_is_hidden(direction, decider):
    check = check_of(direction, decider, 12)
    url = f"/engagements/{check.measure.reference}/constat/"
    assert signed_in(AgentFactory()).get(url).status_code == 403

    Measure.objects.filter(pk=check.measure_id).update(published_on=None)

    assert signed_in(AgentFactory()).get(url).status_code == 404
    assert signed_in(check.seats.first().user).get(url).status_code == 200
    with pytest.raises(PermissionDenied):
        ground.seat_for(check.measure, decider)
    drain_outbox()


# ------------------------------------------------------------------------------------------------------------- ending
def test_it_closes_by_itself_and_forgets_who_answered(direction, decider):
    check = check_of(direction, decider, 12)
    for seat in check.seats.order_by("pk")[:9]:
        ground.answer(seat, done=True, suits=True, lasts=True)
    assert ground.close_due(clock.now()) == 0

    later = clock.now() + timedelta(days=31)
    assert [ground.close_due(later) for _again in range(2)] == [1, 0]

    check.refresh_from_db()
    assert (check.result, set(check.seats.values_list("has_answered", flat=True))) == ("confirmed", {None})
    with pytest.raises(TransitionNotAllowed):
        ground.answer(check.seats.last(), done=True, suits=True, lasts=True)
    drain_outbox()
    items = InboxItem.objects.filter(code="accountability.checked")
    assert [item.user_id for item in items] == [decider.pk]
    assert _purge_seats(clock.now() + timedelta(days=100), True) == 12
    assert not GroundSeat.objects.exists()


def test_what_is_taken_up_again_is_no_longer_asked(direction, decider):
    check = check_of(direction, decider, 12)
    take_up_again(Measure.objects.get(pk=check.measure_id), actor=decider, text="Il manque quatre clés au vestiaire.")

    check.refresh_from_db()
    assert check.result == "dropped"
    with pytest.raises(TransitionNotAllowed):
        ground.answer(check.seats.first(), done=True, suits=True, lasts=True)
    drain_outbox()


def test_the_database_confirms_by_enough_answers_alone(direction, decider):
    check = check_of(direction, decider, 12)
    measure = Measure.objects.filter(pk=check.measure_id)
    today = clock.today()

    for change in (
        lambda: measure.update(status="verified", verified_on=today, confirmation="sample"),
        lambda: GroundCheck.objects.update(result="confirmed", closed_on=today),
        lambda: GroundCheck.objects.update(
            result="confirmed", closed_on=today, answers=7, yes=7, done_yes=7, suits_yes=7
        ),
        lambda: GroundCheck.objects.update(answers=13),
        lambda: GroundCheck.objects.update(seed="autre"),
        lambda: measure.update(changes_daily_work=False),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    drain_outbox()
