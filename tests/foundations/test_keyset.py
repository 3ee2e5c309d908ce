"""Pages by key: they partition the list, forward and back, in one statement each."""

from datetime import timedelta

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from src.foundations import clock, keyset
from src.foundations.models import OutboxEvent, RateBucket, Seal


def seals(rows):
    """Rows with two repeated columns and a unique one, in a table of ours."""
    Seal.objects.bulk_create(
        [
            Seal(stream=f"s{n}", seq=week, row_pk=value, row_hash=str(n), prev_hash="", hash="")
            for n, (week, value) in enumerate(rows)
        ]
    )


def walk(queryset, order, size):
    """All pages forward, then all pages back from the last one."""
    pages, cursor = [], ""
    while True:
        page = keyset.paginate(queryset, order=order, cursor=cursor, size=size)
        pages.append(page)
        cursor = page.next_cursor
        if not cursor:
            break
    back, cursor = [pages[-1]], pages[-1].previous_cursor
    while cursor:
        page = keyset.paginate(queryset, order=order, cursor=cursor, size=size)
        back.append(page)
        cursor = page.previous_cursor
    return pages, back[::-1]


class Partition(HypothesisTestCase):
    @given(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=14),
        st.tuples(st.sampled_from(["", "-"]), st.sampled_from(["", "-"]), st.sampled_from(["", "-"])),
        st.integers(1, 5),
    )
    @hypothesis_settings(max_examples=40, deadline=None)
    def test_pages_partition_the_list_in_both_directions(self, rows, signs, size):
        seals(rows)
        order = tuple(sign + name for sign, name in zip(signs, ("seq", "row_pk", "pk"), strict=True))

        pages, back = walk(Seal.objects.all(), order, size)

        expected = list(Seal.objects.order_by(*order).values_list("pk", flat=True))
        assert [row.pk for page in pages for row in page] == expected
        assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
        assert [[row.pk for row in page] for page in back] == [[row.pk for row in page] for page in pages]
        assert pages[0].previous_cursor == ""


@pytest.mark.django_db
def test_a_page_is_one_statement_whatever_its_place(django_assert_num_queries):
    seals([(n % 3, n) for n in range(20)])
    with django_assert_num_queries(1):
        first = keyset.paginate(Seal.objects.all(), order=("-seq", "pk"), size=5)
    with django_assert_num_queries(1):
        keyset.paginate(Seal.objects.all(), order=("-seq", "pk"), cursor=first.next_cursor, size=5)


@pytest.mark.django_db
def test_rows_added_or_removed_between_two_pages_are_neither_repeated_nor_lost():
    seals([(n, 0) for n in range(6)])
    first = keyset.paginate(Seal.objects.all(), order=("seq", "pk"), size=3)
    Seal.objects.bulk_create([Seal(stream="new", seq=0, row_pk=1, row_hash="", prev_hash="", hash="")])

    second = keyset.paginate(Seal.objects.all(), order=("seq", "pk"), cursor=first.next_cursor, size=3)

    assert [row.seq for row in (*first, *second)] == [0, 1, 2, 3, 4, 5]


@pytest.mark.leaves_effects("rows to page through, that nobody handles")
@pytest.mark.django_db
def test_moments_texts_and_decimals_travel_in_cursors():
    now = clock.now()
    OutboxEvent.objects.bulk_create(
        [
            OutboxEvent(
                topic=f"t-{'é'[: n % 2]}{n // 3}", created_at=now, not_before=now + timedelta(microseconds=n // 2)
            )
            for n in range(9)
        ]
    )
    order = ("-not_before", "topic", "-id")

    pages, _ = walk(OutboxEvent.objects.all(), order, 2)

    assert [row.pk for page in pages for row in page] == list(
        OutboxEvent.objects.order_by(*order).values_list("pk", flat=True)
    )


@pytest.mark.django_db
def test_the_cursor_is_opaque_signed_and_bound_to_its_order():
    seals([(n, 0) for n in range(3)])
    cursor = keyset.paginate(Seal.objects.all(), order=("seq", "pk"), size=1).next_cursor

    for bad, order in [
        (cursor[:-2] + "xx", ("seq", "pk")),
        (cursor, ("-seq", "pk")),
        ("nonsense", ("seq", "pk")),
        ("é", ("seq", "pk")),
    ]:
        with pytest.raises(keyset.BadCursor):
            keyset.paginate(Seal.objects.all(), order=order, cursor=bad, size=1)


@pytest.mark.django_db
def test_an_annotated_column_can_lead_the_order():
    seals([(n % 2, n) for n in range(7)])
    queryset = Seal.objects.annotate(weight=F("seq") * 10)

    pages, _ = walk(queryset, ("-weight", "pk"), 2)

    assert [row.pk for page in pages for row in page] == list(
        queryset.order_by("-weight", "pk").values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("model", "order", "why"),
    [
        (OutboxEvent, ("done_at", "id"), "may be null"),
        (OutboxEvent, ("topic",), "must be unique"),
        (OutboxEvent, ("nothing", "id"), "no such column"),
        (RateBucket, ("id", "tokens"), "must be unique"),
    ],
)
def test_an_order_that_would_lose_rows_is_refused(model, order, why):
    with pytest.raises(ValueError, match=why):
        keyset.paginate(model.objects.all(), order=order)


@pytest.mark.django_db
def test_an_empty_list_has_one_empty_page():
    page = keyset.paginate(Seal.objects.all(), order=("seq", "pk"))

    assert (page.items, page.next_cursor, page.previous_cursor) == ([], "", "")
