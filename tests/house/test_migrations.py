"""A migration lets the version before it go on answering (docs/migrations.md)."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from src.foundations.tables_at_once import TablesAtOnce
from tests.migration_rules import RELEASED, faults

OURS = ("src.", "ideas.", "consultations.", "panels.", "trainings.")


def ours() -> list:
    """Every migration of the project, by app and number."""
    found = MigrationLoader(None).disk_migrations.items()
    return [migration for _key, migration in sorted(found) if migration.__module__.startswith(OURS)]


def test_each_migration_after_the_release_lets_the_version_before_go_on():
    later = [each for each in ours() if each.name > RELEASED.get(each.app_label, "")]

    assert [fault for migration in later for fault in faults(migration)] == []


def test_the_release_names_migrations_that_exist():
    there = {(each.app_label, each.name) for each in ours()}

    assert set(RELEASED.items()) - there == set()


def test_first_migrations_stop_nobody():
    assert [fault for migration in ours() if migration.initial for fault in faults(migration)] == []


def test_first_migrations_make_their_tables_at_once():
    assert [str(one) for one in ours() if one.initial and not isinstance(one, TablesAtOnce)] == []


def made(*operations, **attributes):
    return type("Migration", (migrations.Migration,), {"operations": list(operations), **attributes})(
        "0009_x", "ideas"
    )


REFUSED = {
    "removed": migrations.RemoveField("idea", "body"),
    "deleted": migrations.DeleteModel("Idea"),
    "renamed": migrations.RenameField("idea", "body", "text"),
    "not null": migrations.AddField("idea", "place", models.TextField(default="")),
    "index": migrations.AddIndex("idea", models.Index(fields=["title"], name="x")),
    "check": migrations.AddConstraint("idea", models.CheckConstraint(condition=models.Q(title=""), name="x")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_stop_the_version_before_is_refused(name):
    (fault,) = faults(made(REFUSED[name]))

    assert fault.startswith("ideas.0009_x: ")
    assert faults(made(REFUSED[name], breaks="the room was never opened")) == []


def test_what_it_can_live_beside_is_let_through():
    column = models.TextField(db_default="")
    table = migrations.CreateModel("Place", [("id", models.BigAutoField(primary_key=True))])
    index = migrations.AddIndex("idea", models.Index(fields=["title"], name="x"))

    assert faults(made(migrations.AddField("idea", "place", column))) == []
    assert faults(made(migrations.AddField("idea", "place", models.TextField(null=True)))) == []
    assert faults(made(table, migrations.RemoveField("place", "id"))) == []
    assert faults(made(index, atomic=False)) == []
