"""Token buckets: exact under concurrency, refilled with time, without an address in the table."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from src.foundations import clock, ratelimit
from src.foundations.models import RateBucket


@pytest.mark.django_db
def test_a_bucket_gives_its_tokens_then_refills_evenly():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        first = [ratelimit.hit("codes", "1.2.3.4", limit=3, per=30) for _ in range(5)]
        traveller.shift(timedelta(seconds=9))
        early = ratelimit.hit("codes", "1.2.3.4", limit=3, per=30)
        traveller.shift(timedelta(seconds=1))
        one = [ratelimit.hit("codes", "1.2.3.4", limit=3, per=30) for _ in range(2)]
        traveller.shift(timedelta(days=1))
        full = [ratelimit.hit("codes", "1.2.3.4", limit=3, per=30) for _ in range(4)]

    assert (first, early, one) == ([True, True, True, False, False], False, [True, False])
    assert full == [True, True, True, False]


@pytest.mark.django_db
def test_a_clock_that_goes_back_gives_nothing():
    now = clock.now()
    with time_machine.travel(now, tick=False):
        assert ratelimit.hit("x", "k", limit=1, per=60)
    with time_machine.travel(now - timedelta(hours=2), tick=False):
        assert not ratelimit.hit("x", "k", limit=1, per=60)
    with time_machine.travel(now + timedelta(seconds=59), tick=False):
        assert not ratelimit.hit("x", "k", limit=1, per=60)


@pytest.mark.django_db
def test_buckets_and_keys_are_apart_and_a_reset_refills():
    hits = [ratelimit.hit(bucket, key, limit=1, per=60) for bucket in "ab" for key in "kl"]
    ratelimit.reset("a", "k")
    again = [ratelimit.hit("a", "k", limit=1, per=60), ratelimit.hit("a", "l", limit=1, per=60)]

    assert (hits, again) == ([True] * 4, [True, False])


@pytest.mark.django_db
def test_a_hit_is_one_statement_and_keeps_no_address(django_assert_num_queries):
    ratelimit.hit("codes", "203.0.113.9", limit=3, per=60)
    with django_assert_num_queries(1):
        ratelimit.hit("codes", "203.0.113.9", limit=3, per=60)

    assert [row.key for row in RateBucket.objects.all() if "203" in row.key and "113" in row.key] == []
    assert ratelimit.hit("codes", "203.0.113.9", limit=0, per=60) is False


@pytest.mark.django_db
def test_idle_buckets_are_forgotten():
    ratelimit.hit("codes", "a", limit=3, per=60)

    assert ratelimit.purge(clock.now() + timedelta(hours=23)) == 0
    assert ratelimit.purge(clock.now() + timedelta(hours=25)) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_threads_share_exactly_twenty_tokens():
    allowed, errors = [], []
    ratelimit.hit("race", "other", limit=20, per=10**9)

    def run():
        try:
            for _ in range(25):
                if ratelimit.hit("race", "k", limit=20, per=10**9):
                    allowed.append(1)
        except Exception as error:  # noqa: BLE001 - counted below
            errors.append(error)
        finally:
            connection.close()

    # SQLite in memory refuses a second writer instead of making it wait; in a file, and on PostgreSQL, eight write.
    alone = connection.vendor == "sqlite" and connection.is_in_memory_db()
    threads = [threading.Thread(target=run) for _ in range(1 if alone else 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (errors, len(allowed)) == ([], 20)


def test_in_memory_buckets_count_alike_and_write_nothing(db, django_assert_num_queries):
    with time_machine.travel("2026-03-02T08:00:00Z", tick=False) as moment, django_assert_num_queries(0):
        first = [ratelimit.hit_in_memory("propose", "7", limit=3, per=30) for _ in range(5)]
        other = ratelimit.hit_in_memory("propose", "8", limit=3, per=30)
        moment.shift(10)
        later = [ratelimit.hit_in_memory("propose", "7", limit=3, per=30) for _ in range(2)]

    assert (first, other, later) == ([True, True, True, False, False], True, [True, False])


def test_memory_of_limits_is_bounded(monkeypatch):
    monkeypatch.setattr(ratelimit, "MEMORY_KEYS", 10)
    for number in range(100):
        ratelimit.hit_in_memory("propose", str(number), limit=3, per=30)

    assert len(ratelimit._memory) <= 10


def test_a_token_given_back_is_taken_again_and_a_bucket_never_holds_more_than_its_limit(db):
    with time_machine.travel("2026-03-02T08:00:00Z", tick=False):
        taken = [ratelimit.hit("door", "a", limit=2, per=60) for _ in range(3)]
        ratelimit.give_back("door", "a")
        again = [ratelimit.hit("door", "a", limit=2, per=60) for _ in range(2)]
        for _ in range(9):
            ratelimit.give_back("door", "a")
        bounded = [ratelimit.hit("door", "a", limit=2, per=60) for _ in range(3)]

    assert (taken, again, bounded) == ([True, True, False], [True, False], [True, True, False])
