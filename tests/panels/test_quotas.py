"""Quotas: a file taken whole or not, coherence, protection by two signatures, the live check."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels import consistency, selectors
from panels.advising import live_check
from panels.enums import ListKind
from panels.models import Criterion, CriterionValue, CrossQuota, Quota, Relaxation
from panels.quota_file import read_quotas
from panels.services import preparing, quotas
from src.foundations.imports import Unreadable
from tests.factories import panels as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]
HEAD = "critère;valeur;min;max;protégé;part;source;année\n"


def values():
    rows = Quota.objects.select_related("value__criterion").order_by("value__criterion__position", "value__position")
    return [(one.value.criterion.label, one.value.label, one.minimum, one.maximum, one.is_protected) for one in rows]


def test_a_file_is_brought_in_whole_with_its_census_source():
    make.prepared(seats=10)

    assert values() == [
        ("Genre", "Femme", 4, 6, False),
        ("Genre", "Homme", 4, 6, False),
        ("Logement", "Propriétaire", 0, 6, False),
        ("Logement", "Logement social", 2, 10, True),
    ]
    one = Quota.objects.get(value__key="femme")
    assert (one.share, one.source, one.source_year) == (520, "Recensement", 2022)


def test_every_fault_of_a_file_comes_out_with_its_line_and_nothing_is_written():
    made = make.prepared(seats=10)
    before = values()
    data = (
        HEAD + "Âge;16-29;3;2;;;;\n" + "Âge;30-59;x;9;peut-être;;;\n" + ";60 et plus;1;9;;150 %;;\n"
        + "Âge;16-29;1;9;;20 %;;\n" + "list;a;0;9;;;;\n"
    )  # fmt: skip
    report = quotas.import_quotas(actor=made.organiser, panel=made.panel, data=data.encode())

    assert [one.line for one in report.problems] == [2, 3, 3, 4, 4, 5, 5, 6]
    assert report.counts == {"read": 5, "created": 0, "updated": 0, "unchanged": 0, "errors": 8}
    assert values() == before


def test_a_dry_run_counts_and_writes_nothing():
    made = make.prepared(seats=10)
    data = make.quota_file(10).replace(b"Femme;4;6", b"Femme;5;6")
    report = quotas.import_quotas(actor=made.organiser, panel=made.panel, data=data, dry_run=True)

    assert report.counts == {"read": 4, "created": 0, "updated": 1, "unchanged": 3, "errors": 0}
    assert values()[0] == ("Genre", "Femme", 4, 6, False)


def test_the_field_s_own_headers_and_commas_are_read():
    found = read_quotas(b"category,name,min,max\nage,young,2,4\nage,old,2,4\n", seats=6)

    assert found.problems == []
    assert [(one.criterion, one.value, one.minimum, one.maximum) for one in found.lines] == [
        ("age", "young", 2, 4), ("age", "old", 2, 4),
    ]  # fmt: skip


def test_a_file_that_is_no_table_is_refused():
    with pytest.raises(Unreadable):
        read_quotas(b"bonjour", seats=6)
    with pytest.raises(Unreadable):
        read_quotas(b"x" * (9 * 1024 * 1024), seats=6)


@pytest.mark.parametrize(
    ("bounds", "reserved", "count"),
    [
        ([("a", 2, 4), ("b", 2, 4)], {}, 0),
        ([("a", 4, 4), ("b", 3, 4)], {}, 1),
        ([("a", 1, 2), ("b", 1, 2)], {}, 1),
        ([("a", 7, 8), ("b", 0, 8)], {}, 2),
        ([("a", 2, 4), ("b", 2, 4)], {"x": 4, "y": 3}, 1),
        ([("a", 2, 4), ("b", 2, 4)], {"x": 4, "y": 1}, 1),
        ([("a", 2, 4), ("b", 2, 4)], {"x": 4, "y": None}, 0),
        ([("a", 2, 4), ("b", 2, 4)], {"x": 4, "y": 2}, 0),
    ],
)
def test_quotas_that_cannot_add_up_are_told(bounds, reserved, count):
    asked = [consistency.Asked("c", value, least, most) for value, least, most in bounds]

    assert len(consistency.faults_of_quotas(6, asked, reserved)) == count


def test_a_panel_opens_only_with_lists_criteria_a_guarantor_and_quotas_that_hold():
    made = make.prepared(lists=(), seats=10)
    made.panel.team.filter(role__in=["guarantor", "profile_keeper"]).delete()
    Criterion.objects.all().delete()
    with pytest.raises(ValidationError) as refused:
        made.open()

    assert len(refused.value.messages) == 4


def test_once_people_were_asked_a_file_changes_numbers_alone():
    made = make.recruiting(seats=10)
    report = quotas.import_quotas(
        actor=made.organiser, panel=made.panel, data=make.quota_file(10).replace(b"Femme;4;6", b"Femme;5;6")
    )
    other = quotas.import_quotas(
        actor=made.organiser, panel=made.panel, data=(HEAD + "Genre;Femme;4;6;;;;\nGenre;Autre;4;6;;;;\n").encode()
    )
    looser = quotas.import_quotas(
        actor=made.organiser, panel=made.panel, data=make.quota_file(10).replace(b"social;2;10", b"social;1;10")
    )

    assert (report.counts["updated"], values()[0]) == (1, ("Genre", "Femme", 5, 6, False))
    assert len(other.problems) == 4
    assert [one.line for one in looser.problems] == [5]
    assert values()[3] == ("Logement", "Logement social", 2, 10, True)


def test_a_protected_quota_is_relaxed_by_an_organiser_then_a_guarantor_and_by_nobody_alone():
    made = make.recruiting(seats=10)
    quota = Quota.objects.get(is_protected=True)
    with pytest.raises(ValidationError):
        quotas.change_quota(actor=made.organiser, quota=quota, minimum=1, maximum=10)
    with pytest.raises(ValidationError):
        quotas.protect_quota(actor=made.organiser, quota=quota, is_protected=False)
    with pytest.raises(PermissionDenied):
        quotas.ask_relaxation(actor=made.guarantor, quota=quota, minimum=1, maximum=10, reason="x")
    with pytest.raises(ValidationError):
        quotas.ask_relaxation(actor=made.organiser, quota=quota, minimum=1, maximum=10, reason=" ")
    for change in ({"minimum": 1}, {"is_protected": False}, {"maximum": 11}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Quota.objects.filter(pk=quota.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.filter(pk=quota.pk).delete()

    asked = quotas.ask_relaxation(
        actor=made.organiser, quota=quota, minimum=1, maximum=10, reason="Deux volontaires seulement."
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.objects.filter(pk=quota.pk).update(minimum=1)
    for actor in (made.organiser, made.facilitator, made.administrator):
        with pytest.raises(PermissionDenied):
            quotas.sign_relaxation(actor=actor, relaxation=asked)
    quotas.sign_relaxation(actor=made.guarantor, relaxation=asked)
    with pytest.raises(ValidationError):
        quotas.sign_relaxation(actor=made.guarantor, relaxation=asked)

    quota.refresh_from_db()
    asked.refresh_from_db()
    assert (quota.minimum, quota.is_protected) == (1, True)
    assert (asked.minimum_before, asked.asked_by, asked.signed_by) == (2, made.organiser, made.guarantor)
    for change in ({"reason": "x"}, {"minimum": 0}, {"signed_by": made.organiser}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Relaxation.objects.filter(pk=asked.pk).update(**change)


def test_an_ordinary_quota_changes_until_the_seal_and_a_protected_one_may_tighten():
    made = make.recruiting(seats=10)
    women = Quota.objects.get(value__key="femme")
    quotas.change_quota(actor=made.organiser, quota=women, minimum=3, maximum=7)
    quotas.change_quota(actor=made.organiser, quota=Quota.objects.get(is_protected=True), minimum=3, maximum=9)
    with pytest.raises(PermissionDenied):
        quotas.change_quota(actor=made.facilitator, quota=women, minimum=3, maximum=7)
    with pytest.raises(ValidationError):
        quotas.change_quota(actor=made.organiser, quota=women, minimum=8, maximum=7)

    assert [one[2:4] for one in values()] == [(3, 7), (4, 6), (0, 6), (3, 9)]


def test_a_crossed_quota_is_of_two_criteria_of_this_panel_once():
    made, other = make.recruiting(seats=10), make.recruiting(slug="autre")
    woman, man, _owner, social = CriterionValue.objects.filter(criterion__panel=made.panel).order_by("pk")
    abroad = CriterionValue.objects.filter(criterion__panel=other.panel, key="logement-social").get()
    fields = {"actor": made.organiser, "panel": made.panel, "minimum": 1, "maximum": 5}
    for one, two in ((woman, man), (woman, abroad)):
        with pytest.raises(ValidationError):
            quotas.cross(one=one, other=two, **fields)
    first = quotas.cross(one=woman, other=social, **fields)
    again = quotas.cross(one=social, other=woman, **{**fields, "maximum": 4})
    above = quotas.cross(one=woman, other=social, **{**fields, "minimum": 8, "maximum": 9})

    assert first.pk == again.pk == above.pk
    assert CrossQuota.objects.get().maximum == 9
    assert len(consistency.faults_of_crossed(made.panel)) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        CrossQuota.objects.create(panel=made.panel, first=social, second=woman, minimum=0, maximum=1)


def test_the_live_check_tells_the_best_chance_and_what_limits_it_and_nobody_s_ticket():
    made = make.recruiting(seats=6)
    people = make_people(made, 12)
    told = live_check(made.panel)
    with pytest.raises(PermissionDenied):
        selectors.quota_check(actor=made.facilitator, panel=made.panel)

    assert (told.people, told.exists, told.faults, told.without_chance) == (12, True, [], 0)
    assert told.best_chance == 500_000
    assert told == selectors.quota_check(actor=made.organiser, panel=made.panel)
    assert not any(one.ticket in str(told) for one in people)


def test_the_live_check_says_who_is_missing_and_never_touches_a_protected_quota():
    made = make.recruiting(seats=6)
    make_people(made, 12)
    Quota.objects.filter(is_protected=True).update(minimum=5)
    told = live_check(made.panel)

    assert told.exists is False
    assert told.missing >= 1
    assert "Logement : Logement social" in str(told.missing_of)
    assert not any(moved.is_protected for changes, _chance in told.relaxations for moved in changes)
    assert live_check(made.panel, people=[]).exists is False


def make_people(made, count):
    return made.registered(count)


def test_reserved_seats_are_a_quota_that_no_advice_touches():
    made = make.recruiting(
        seats=10, lists=(("electeurs", ListKind.ELECTORS, 8), ("associations", ListKind.PARTNERS, 2))
    )
    from panels.pool import quotas_of

    lists = [one for one in quotas_of(made.panel) if one["feature"] == "list"]
    assert [(one["value"], one["minimum"], one["maximum"], one["protected"]) for one in lists] == [
        ("associations", 2, 2, True), ("electeurs", 8, 8, True),
    ]  # fmt: skip
    with pytest.raises(ValidationError):
        preparing.add_source_list(
            actor=made.organiser, panel=made.panel, slug="electeurs", label="Encore", kind=ListKind.ELECTORS
        )
