"""Guards: what is declared is there, what is there refuses, and migrations can't silently drop it."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from src.foundations import clock, guards, journal
from src.foundations.models import JobRun, Lease, TickRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry(monkeypatch):
    """A registry of this test alone, on tables of ours; what it installs is taken away."""
    monkeypatch.setattr(guards, "_guards", dict(guards._guards))
    monkeypatch.setattr(guards, "_append_only", dict(guards._append_only))
    yield guards
    monkeypatch.undo()
    guards.install_guards()


def refused(sql, params=()):
    """Whether the database refuses, with which words."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
    except IntegrityError as error:
        return str(error).splitlines()[0]
    return ""


def test_the_triggers_present_are_the_triggers_declared():
    assert guards.installed() == guards.declared(connection.vendor)
    assert "guard_foundations_auditentry_no_update" in guards.installed()


def test_install_is_idempotent_and_removes_what_is_no_longer_declared(registry):
    guards.frozen_columns(TickRun, ["last_error"])
    first = guards.install_guards()
    second = guards.install_guards()
    del guards._guards["guard_foundations_tickrun_frozen_last_error"]
    third = guards.install_guards()

    assert (first, second, third) == (
        ["guard_foundations_tickrun_frozen_last_error"],
        [],
        ["guard_foundations_tickrun_frozen_last_error"],
    )


def test_a_guard_that_changed_is_replaced(registry):
    guards.refuse("test", "foundations_lease", event="DELETE", message="first")
    guards.install_guards()
    del guards._guards["guard_test"]
    guards.refuse("test", "foundations_lease", event="DELETE", message="it's 100 % second")
    touched = guards.install_guards()
    Lease.objects.create(name="a", owner="b", expires_at=clock.now())

    assert touched == ["guard_test"]
    assert refused("DELETE FROM foundations_lease") == "it's 100 % second"


def test_frozen_columns_refuse_a_change_and_let_the_rest_be(registry):
    guards.frozen_columns(Lease, ["owner"])
    guards.install_guards()
    Lease.objects.create(name="a", owner="b", expires_at=clock.now())

    assert refused("UPDATE foundations_lease SET owner = 'c'") == "foundations_lease: owner can no longer change"
    assert refused("UPDATE foundations_lease SET owner = 'b', expires_at = %s", [clock.now()]) == ""


def test_frozen_columns_see_a_null_that_becomes_a_value(registry):
    guards.frozen_columns(JobRun, ["finished_at"])
    guards.install_guards()
    JobRun.objects.create(name="a", created_at=clock.now(), touched_at=clock.now())

    assert refused("UPDATE foundations_jobrun SET finished_at = %s", [clock.now()]) != ""


def test_frozen_columns_only_when_the_condition_holds(registry):
    guards.frozen_columns(Lease, ["owner"], when="OLD.name = 'frozen'")
    guards.install_guards()
    for name in ("frozen", "free"):
        Lease.objects.create(name=name, owner="b", expires_at=clock.now())

    assert [
        bool(refused("UPDATE foundations_lease SET owner = 'c' WHERE name = %s", [n])) for n in ("frozen", "free")
    ] == [
        True,
        False,
    ]


def test_append_only_refuses_even_truncate_on_postgresql():
    journal.record("test")
    statements = ["UPDATE foundations_auditentry SET verb = ''", "DELETE FROM foundations_auditentry"]
    if connection.vendor == "postgresql":
        statements.append("TRUNCATE foundations_auditentry")

    assert [refused(sql) for sql in statements] == ["foundations_auditentry is append-only"] * len(statements)


def test_a_dropped_trigger_is_put_back_by_the_next_migrate():
    name, table = "guard_foundations_seal_no_delete", "foundations_seal"
    with connection.cursor() as cursor:
        guards._drop(cursor, connection.vendor, name, table)
    before = name in guards.installed()

    guards.install_after_migrate(sender=None, using="default")

    assert (before, name in guards.installed()) == (False, True)


def test_two_different_guards_of_one_name_are_refused(registry):
    guards.refuse("test", "foundations_lease", event="DELETE", message="one")
    guards.refuse("test", "foundations_lease", event="DELETE", message="one")
    with pytest.raises(ValueError, match="Two guards"):
        guards.refuse("test", "foundations_lease", event="DELETE", message="two")


def test_a_long_name_stays_within_what_postgresql_keeps(registry):
    guards.refuse("x" * 90, "foundations_lease", event="DELETE", message="no")
    guards.install_guards()

    assert guards.installed() == guards.declared()


def test_flush_is_refused_outside_a_demo(settings):
    settings.TERRAIN_DEMO = False
    with pytest.raises(CommandError, match="append-only"):
        call_command("flush", interactive=False)


@pytest.mark.django_db(transaction=True)
def test_flush_of_a_demo_empties_append_only_tables_and_puts_guards_back():
    journal.record("test", chain_now=True)
    call_command("flush", interactive=False, verbosity=0)

    assert (journal.AuditEntry.objects.filter(verb="test").count(), guards.installed()) == (0, guards.declared())


@pytest.mark.postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_apps_own_role_may_write_the_journal_but_not_rewrite_it(settings):
    settings.TERRAIN_APP_ROLE = "terrain_test_app"
    with connection.cursor() as cursor:
        cursor.execute(
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'terrain_test_app') "
            "THEN CREATE ROLE terrain_test_app; END IF; END $$"
        )
    guards.grant_to_app_role()
    outcomes = {}
    try:
        for name, sql in {
            "insert": "INSERT INTO foundations_auditentry (at, actor, verb, object_ref, payload) "
            "VALUES (now(), '', 'x', '', '{}')",
            "select": "SELECT count(*) FROM foundations_auditentry",
            "update": "UPDATE foundations_auditentry SET verb = 'y'",
            "delete": "DELETE FROM foundations_auditentry",
            "truncate": "TRUNCATE foundations_auditentry",
            "lift": "ALTER TABLE foundations_auditentry DISABLE TRIGGER ALL",
            "ordinary": "UPDATE foundations_lease SET owner = 'y'",
        }.items():
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SET LOCAL ROLE terrain_test_app")
                    cursor.execute(sql)
                outcomes[name] = "done"
            except Exception as error:  # noqa: BLE001 - the refusal is what is looked at
                outcomes[name] = str(error).splitlines()[0]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP OWNED BY terrain_test_app; DROP ROLE terrain_test_app")

    refusal = "permission denied for table foundations_auditentry"
    assert outcomes == {
        "insert": "done",
        "select": "done",
        "update": refusal,
        "delete": refusal,
        "truncate": refusal,
        "lift": "must be owner of table foundations_auditentry",
        "ordinary": "done",
    }
