"""Upgrading while people work: a migration gives way to whoever holds its table, and tries again."""

import io
import threading

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection, connections, transaction

from src.config.management.commands import upgrade


@pytest.fixture
def collected(monkeypatch):
    """Every command asked for, by name; none runs but what a test puts in ``does``."""
    asked, does = [], {}

    def call(name, **options):
        asked.append(name)
        does.get(name, lambda: None)()

    monkeypatch.setattr(upgrade, "call_command", call)
    return asked, does


def run(**options):
    told = io.StringIO()
    call_command("upgrade", stdout=io.StringIO(), stderr=told, wait=0, **options)
    return told.getvalue()


def test_it_prepares_in_order(collected):
    asked, _does = collected

    assert (run(), asked) == ("", ["createcachetable", "migrate", "collectstatic"])


def test_a_failure_that_is_not_a_lock_comes_out_at_once(collected):
    asked, does = collected

    def breaks():
        raise OperationalError("no such column")

    does["migrate"] = breaks
    with pytest.raises(OperationalError):
        run()
    assert asked == ["createcachetable", "migrate"]


@pytest.mark.parametrize("options", [{"tries": 0}, {"tries": -1}])
def test_misuse_is_told(collected, options):
    with pytest.raises(CommandError) as refusal:
        run(**options)
    assert refusal.value.returncode == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("tries", "refused"), [(1, True), (5, False)])
def test_a_migration_gives_way_to_whoever_holds_its_table(collected, tries, refused):
    asked, does = collected
    held, leave = threading.Event(), threading.Event()

    def holds():
        try:
            with connection.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("LOCK TABLE ideas_idea IN ACCESS SHARE MODE")
                held.set()
                leave.wait(20)
                cursor.execute("ROLLBACK")
        finally:
            connections.close_all()

    def migrates():
        if asked.count("migrate") == 3:
            leave.set()
            holder.join(20)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 50")
            cursor.execute("LOCK TABLE ideas_idea IN ACCESS EXCLUSIVE MODE")  # as adding a column does

    does["migrate"] = migrates
    holder = threading.Thread(target=holds)
    holder.start()
    held.wait(20)
    try:
        if refused:
            with pytest.raises(CommandError, match="occupées"):
                run(tries=tries)
        else:
            assert run(tries=tries).count("occupées") == 2
            assert asked == ["createcachetable", "migrate", "migrate", "migrate", "collectstatic"]
    finally:
        leave.set()
        holder.join(20)
