"""Seats left empty once the reserve is spent: a draw of its own, on what the quotas still ask, by the same ceremony."""

import datetime
import json

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels import frames, proof, publication, selectors, vault
from panels.enums import Beacon, CandidateState, DrawState
from panels.models import Candidate, CandidateProfile, Draw, HouseholdKey, Panel, Seat, Substitution
from panels.services import candidates, completing, drawing, quotas, seats
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from tests.browser.fixtures import DESKTOP, PHONE, chromium, open_page  # noqa: F401
from tests.factories import panels as make

from .proof.test_draw_verify import ALONE
from .test_organising_in_browser import pictured, window

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]
PUBLIC = {"beacon": Beacon.PUBLIC_NUMBER, "beacon_name": "Loto", "no_chance_because": "Les quotas fixés."}
TOMORROW = datetime.timedelta(days=1)


@pytest.fixture
def travel(request):
    """A clock that a test moves by days."""
    travelling = time_machine.travel(clock.now(), tick=False)
    moved = travelling.start()
    request.addfinalizer(travelling.stop)
    return lambda days: moved.shift(datetime.timedelta(days=days))


def values_of(candidate):
    return vault.opened(CandidateProfile.objects.get(candidate=candidate).ciphertext, vault.PROFILE)


def emptied(made, *numbers):
    """Those who have these seats withdraw."""
    for number in numbers:
        candidates.withdraw(candidate=Seat.objects.select_related("holder__panel").get(number=number).holder)
    return list(numbers)


def spent(travel):
    """A certified panel of four, two seats left, and a reserve that suits them both at once and neither of them alone.

    Exactly two women and two people in social housing: if a woman who owns and a man in social housing left, women in
    social housing and men who own are in the reserve.
    """
    made = make.prepared(seats=4)
    lines = make.QUOTAS.format(a=2, b=2, c=2, seats=2)
    assert not quotas.import_quotas(actor=made.organiser, panel=made.panel, data=lines.encode()).problems
    made.open()
    codes = made.print_letters(24)
    kinds = [(make.WOMAN, make.OWNER), (make.MAN, make.SOCIAL), (make.WOMAN, make.SOCIAL), (make.MAN, make.OWNER)]
    for n, code in enumerate(codes):
        gender, housing = kinds[n % 4]
        one = made.register(code, gender=gender, housing=housing, address=f"{n} quai Nord")
        candidates.decide_eligibility(actor=made.facilitator, candidate=one, is_eligible=True)
    made.close()
    draw = certify(made, travel, drawing.prepare_draw(actor=made.organiser, panel=made.panel, rows=60))
    held = {one.number: values_of(one.holder) for one in selectors.seats_of(made.panel)}
    found = pair_of(held)
    emptied(made, *found)
    left = [held[number] for number in found]
    for one in Candidate.objects.filter(state=CandidateState.RESERVE).select_related("panel"):
        if values_of(one) in left:
            candidates.withdraw(candidate=one)
    made.again()
    return made, draw, found


def pair_of(held):
    """Two seats of another gender and another housing: one of each kind of the pair is replaced by the other two."""
    for number, one in held.items():
        for other, two in held.items():
            if number < other and all(one[name] != two[name] for name in ("genre", "logement")):
                return [number, other]
    raise AssertionError(held)


def certify(made, travel, draw):
    """The whole ceremony of a draw that was begun."""
    drain_outbox()
    drawing.seal_draw(actor=made.organiser, draw=draw, beacon_on=clock.today() + TOMORROW, **PUBLIC)
    travel(1)
    drawing.reveal_draw(actor=made.organiser, draw=draw, value=make.PUBLIC_NUMBER)
    found = drawing.certify_draw(actor=made.guarantor, draw=draw, place="Ici", witnesses=[("Paul Adda", "garant")])
    forget_effects()
    return found


def checked(made, draw, folder, **more):
    """The script, with the profiles of the pool, over the files that everybody downloads."""
    folder.mkdir(exist_ok=True)
    for name, content in publication.files(draw).items():
        (folder / name).write_bytes(content)
    profiles = folder / proof.PROFILES
    profiles.write_bytes(drawing.profiles_for_guarantors(actor=made.guarantor, draw=draw, reason="Relire."))
    return ALONE.Draw(folder, seal=draw.seal, profiles=str(profiles), **more)


def test_a_spent_reserve_is_followed_by_a_draw_of_the_empty_seats_under_what_quotas_still_ask(travel, tmp_path):
    made, first, empty = spent(travel)
    assert [one.number for one in completing.spent_seats(made.panel)] == empty
    with pytest.raises(seats.ReserveSpent):
        seats.substitute_next(actor=made.facilitator, seat=completing.empty_seats(made.panel)[0])
    with pytest.raises(PermissionDenied):
        completing.prepare_residual(actor=made.facilitator, panel=made.panel, seats=empty)
    again = completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=empty, rows=60)
    with pytest.raises(ValidationError):
        completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=empty)
    again = certify(made, travel, again)

    told, rules = json.loads(again.manifest), json.loads(drawing.files_of(again)["quotas"])
    certification = json.loads(first.certification)["digest"]
    assert told["completes"] == {"draw": first.number, "certification": certification, "seats": empty}
    asked = {(one["feature"], one["value"]): (one["minimum"], one["maximum"]) for one in rules["quotas"]}
    assert rules["seats"] == 2
    assert asked["genre", make.WOMAN] == asked["genre", make.MAN] == asked["logement", make.SOCIAL] == (1, 1)
    held = [values_of(one.holder) for one in selectors.seats_of(made.panel)]
    assert [sum(one["genre"] == make.WOMAN for one in held), sum(one["logement"] == make.SOCIAL for one in held)] == [
        2,
        2,
    ]
    assert [one.draw_id for one in selectors.seats_of(made.panel) if one.number in empty] == [again.pk, again.pk]
    assert Draw.objects.get(pk=first.pk).state == DrawState.CERTIFIED
    for draw in (first, again):
        found = checked(
            made, Draw.objects.select_related("panel", "completes").get(pk=draw.pk), tmp_path / str(draw.pk)
        )
        assert not found.faults, found.faults
    assert any("complète le tirage n° 1" in note for note in found.notes)
    entries = proof.read_substitutions(publication.files(first)[proof.SUBSTITUTIONS])
    assert [(one["listed"], one["incoming"]) for one in entries] == [
        (False, one.holder.ticket) for one in selectors.seats_of(made.panel) if one.number in empty
    ]


def test_whoever_leaves_such_a_seat_is_replaced_by_its_own_reserve_and_both_records_hold(travel, tmp_path):
    made, first, empty = spent(travel)
    again = certify(
        made, travel, completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=empty, rows=60)
    )
    emptied(made, empty[0])
    seat = completing.empty_seats(made.panel)[0]
    leaving = values_of(seat.left_by)
    order = seats.ranks_of(Draw.objects.get(pk=again.pk))
    awaited = next(
        ticket for ticket in order
        if {**values_of(Candidate.objects.get(ticket=ticket))} == leaving
    )  # fmt: skip
    substitution = seats.substitute_next(actor=made.facilitator, seat=seat)

    assert (substitution.incoming.ticket, substitution.rank) == (awaited, order[awaited])
    assert substitution.draw_id == again.pk
    for draw in (first, again):
        fresh = Draw.objects.select_related("panel", "completes").get(pk=draw.pk)
        found = checked(made, fresh, tmp_path / str(draw.pk))
        assert not found.faults, found.faults
    own = proof.read_substitutions(publication.files(again)[proof.SUBSTITUTIONS])
    assert [(one["listed"], one["incoming"]) for one in own] == [(True, awaited)]
    whole = proof.read_substitutions(publication.files(first)[proof.SUBSTITUTIONS])
    assert [one["listed"] for one in whole] == [False, False, False]
    assert whole[-1]["reason"].startswith("Réserve du tirage n° 2")


def test_whoever_shares_a_home_with_a_member_isnt_in_that_draw(travel):
    made, _first, empty = spent(travel)
    member = next(one.holder for one in selectors.seats_of(made.panel) if one.holder)
    digest = HouseholdKey.objects.get(candidate=member).digest
    shared = Candidate.objects.filter(state=CandidateState.RESERVE).first()
    # Two people of one address registered: the one drawn keeps the other out.
    people = frames.residual_frame(made.panel, empty).people
    assert shared.ticket in {one[0] for one in people}
    drawn = [(ticket, values, digest if ticket == shared.ticket else home) for ticket, values, home in people]
    whole = frames.people_of

    def as_if(panel, *states):
        homes = {ticket: home for ticket, _values, home in drawn}
        return [(ticket, values, homes.get(ticket, home)) for ticket, values, home in whole(panel, *states)]

    frames.people_of = as_if
    try:
        kept = frames.residual_frame(made.panel, empty).people
    finally:
        frames.people_of = whole
    assert {one[0] for one in people} - {one[0] for one in kept} == {shared.ticket}


def test_nobody_draws_again_what_the_reserve_still_gives_but_a_renewal_may(travel):
    made, _first = make.certified()
    travel(2)
    emptied(made, 1)
    with pytest.raises(ValidationError, match="1"):
        completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=[1])
    for wrong in ([], [2], [1, 2], [9]):
        with pytest.raises(ValidationError):
            completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=wrong, renews=True)
    again = completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=[1], rows=20, renews=True)
    assert (again.completes.number, again.fills, again.number) == (1, [1], 2)


def test_what_no_panel_can_meet_is_refused_at_once_by_the_name_of_the_quotas(travel):
    made, _first, empty = spent(travel)
    with pytest.raises(ValidationError, match="Genre|Logement"):
        completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=empty[:1])
    for one in Candidate.objects.filter(state=CandidateState.RESERVE).select_related("panel"):
        candidates.withdraw(candidate=one)
    with pytest.raises(ValidationError):
        completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=empty)
    assert Draw.objects.count() == 1


def test_between_its_seal_and_its_certification_no_other_seat_changes_hands(travel):
    made, _first = make.certified()
    travel(2)
    emptied(made, 1, 2)
    again = completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=[1], rows=20, renews=True)
    drain_outbox()
    drawing.seal_draw(actor=made.organiser, draw=again, beacon_on=clock.today() + TOMORROW, **PUBLIC)
    other = completing.empty_seats(made.panel)[1]
    spare = Candidate.objects.filter(state=CandidateState.RESERVE).first()
    with pytest.raises(ValidationError):
        seats.substitute_next(actor=made.facilitator, seat=other)
    with pytest.raises(ValidationError):
        seats.ask_unlisted(actor=made.organiser, seat=other, incoming=spare, reason="x")
    Substitution.objects.create(
        seat=other, draw=other.draw, outgoing=other.left_by, incoming=spare, why="withdrew", is_listed=True, rank=1,
        made_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic():
        Seat.objects.filter(pk=other.pk).update(holder=spare, left_by=None, left_because="")
    drawing.void_draw(actor=made.guarantor, draw=again, because="Erreur de date.")
    Seat.objects.filter(pk=other.pk).update(holder=spare, left_by=None, left_because="")


def test_whoever_withdraws_between_the_seal_and_the_row_leaves_the_seat_to_the_new_reserve(travel, tmp_path):
    made, first, empty = spent(travel)
    again = completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=empty, rows=60)
    drain_outbox()
    drawing.seal_draw(actor=made.organiser, draw=again, beacon_on=clock.today() + TOMORROW, **PUBLIC)
    travel(1)
    again = drawing.reveal_draw(actor=made.organiser, draw=again, value=make.PUBLIC_NUMBER)
    row = proof.read_table(drawing.files_of(again)["table"])[again.row]
    candidates.withdraw(candidate=Candidate.objects.get(ticket=row[0]))
    drawing.certify_draw(actor=made.guarantor, draw=again, place="Ici", witnesses=[("Paul Adda", "garant")])

    left, held = Seat.objects.filter(number__in=empty).order_by("number").select_related("left_by", "holder", "draw")
    assert (left.left_by.ticket, held.holder.ticket) == row
    seats.substitute_next(actor=made.facilitator, seat=completing.empty_seats(made.panel)[0])
    for draw in (first, again):
        fresh = Draw.objects.select_related("panel", "completes").get(pk=draw.pk)
        found = checked(made, fresh, tmp_path / str(draw.pk))
        assert not found.faults, found.faults


def test_the_database_ties_such_a_draw_to_one_certified_draw_of_all_the_seats(travel):
    made, first = make.certified()
    travel(2)
    facts = {"panel": made.panel, "number": 7, "made_at": clock.now(), "fills": [1]}
    other = make.pooled(8, seats=4, slug="autre")
    unsealed = drawing.prepare_draw(actor=other.organiser, panel=other.panel, rows=20)
    emptied(made, 1)
    again = completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=[1], rows=20, renews=True)
    for wrong in (
        {"completes": again}, {"completes": unsealed}, {"completes": first, "is_trial": True},
        {"completes": first, "panel": other.panel},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Draw.objects.create(**facts | wrong)
    for change in ({"fills": [2]}, {"completes": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draw.objects.filter(pk=again.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(number=1).update(draw=again)


def test_such_a_draw_is_revealed_before_the_reserve_is_erased(travel):
    made, first = make.certified()
    travel(2)
    emptied(made, 1)
    again = completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=[1], rows=20, renews=True)
    drain_outbox()
    gone = drawing.reserve_erased_on(first)
    with pytest.raises(ValidationError) as refusal:
        drawing.seal_draw(actor=made.organiser, draw=again, beacon_on=gone, **PUBLIC)
    assert "beacon_on" in refusal.value.message_dict
    drawing.seal_draw(actor=made.organiser, draw=again, beacon_on=gone - TOMORROW, **PUBLIC)
    assert Panel.objects.get().state == "drawn"


def test_both_reserves_are_called_in_turn_and_each_record_still_holds(travel, tmp_path):
    made, first, empty = spent(travel)
    again = certify(
        made, travel, completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=empty, rows=60)
    )
    others = [one.number for one in selectors.seats_of(made.panel) if one.number not in empty]
    given = 0
    for number in (others[0], empty[0], others[1], empty[1], empty[0]):
        emptied(made, number)
        seat = Seat.objects.select_related("panel", "left_by", "draw").get(number=number)
        if seats.next_of_reserve(seat) is None:
            # Nobody of the kind of somebody the first row chose is left: that seat stays empty.
            continue
        seats.substitute_next(actor=made.facilitator, seat=seat)
        given += 1
        for draw in (first, again):
            fresh = Draw.objects.select_related("panel", "completes").get(pk=draw.pk)
            found = checked(made, fresh, tmp_path / f"{draw.pk}-{given}")
            assert not found.faults, (number, found.faults)
    assert given >= 2


def test_the_page_offers_the_spent_seats_and_begins_their_draw(travel, client):
    made, _first, empty = spent(travel)
    address = f"/panels/atelier/{made.panel.slug}/places/tirage/"
    client.force_login(made.facilitator)
    assert client.get(address).status_code == 404
    client.force_login(made.organiser)
    page = client.get(address)
    assert [int(one.data["value"]) for one in page.context["form"]["seats"]] == empty
    assert client.post(address, {"rows": "60"}).status_code == 422
    refused = client.post(address, {"seats": empty[:1], "rows": "60"})
    assert (refused.status_code, Draw.objects.count()) == (409, 1)
    begun = client.post(address, {"seats": empty, "rows": "60"})
    assert (begun.status_code, begun["Location"]) == (303, f"/panels/atelier/{made.panel.slug}/tirages/2/")
    again = certify(made, travel, Draw.objects.get(number=2))
    assert "Il complète le tirage n° 1" in client.get(f"/panels/{made.panel.slug}/tirages/2/").content.decode()
    for page in (
        "tirages/2/",
        "tirages/1/",
        "tirages/2/proces-verbal/",
        "tirages/2/ceremonie/",
        "tirages/2/verifier/",
    ):
        assert client.get(f"/panels/{made.panel.slug}/{page}").status_code == 200, page
    assert again.seats == 2


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("shape", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_pages_of_empty_seats_have_no_fault(live_server, open_page, travel, shape):  # noqa: F811
    made, _first, empty = spent(travel)
    drain_outbox()
    person = window(live_server, open_page, made.organiser, shape)
    person.go("/panels/atelier/accueil/places/tirage/").finds_no_fault()
    pictured(person, f"places-tirage-{shape[0]}")
    person.go(f"/panels/atelier/accueil/places/{empty[0]}/suivant/").finds_no_fault()
    pictured(person, f"place-epuisee-{shape[0]}")
    again = certify(
        made, travel, completing.prepare_residual(actor=made.organiser, panel=made.panel, seats=empty, rows=60)
    )
    everybody = window(live_server, open_page, None, shape)
    everybody.go(f"/panels/accueil/tirages/{again.number}/").finds_no_fault()
    pictured(everybody, f"tirage-de-places-{shape[0]}")
