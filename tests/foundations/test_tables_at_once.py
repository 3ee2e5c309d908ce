"""Tables made at once are those made step by step; any other step is refused."""

import pytest
from django.db import migrations, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.state import ProjectState

from src.foundations.tables_at_once import TablesAtOnce

pytestmark = pytest.mark.django_db
KEY = ("id", models.BigAutoField(primary_key=True))
STEPS = [
    migrations.CreateModel(
        "House",
        [KEY, ("name", models.CharField(max_length=20)), ("number", models.IntegerField(null=True))],
        options={"indexes": [models.Index(fields=["number"], name="house_number")]},
    ),
    migrations.CreateModel(
        "Person",
        [
            KEY,
            ("house", models.ForeignKey("rooms.House", models.CASCADE)),
            ("friends", models.ManyToManyField("rooms.Person")),
        ],
    ),
    # A circle: the owner is a person, who lives in a house.
    migrations.AddField("House", "owner", models.ForeignKey("rooms.Person", models.SET_NULL, null=True)),
    migrations.AddConstraint(
        "House", models.CheckConstraint(condition=models.Q(number__gt=0), name="house_has_a_number")
    ),
    migrations.AddConstraint("Person", models.UniqueConstraint(fields=["house"], name="person_alone")),
    migrations.AddIndex("Person", models.Index(fields=["house", "id"], name="person_by_house")),
]


def tables(kind, steps) -> set:
    """What SQLite holds after these steps, by a migration of this kind, begun with drawn models as a command does."""
    memory = DatabaseWrapper(
        {
            **dict.fromkeys(("USER", "PASSWORD", "HOST", "PORT"), ""),
            "NAME": ":memory:",
            "ENGINE": "django.db.backends.sqlite3",
            "OPTIONS": {},
            "TIME_ZONE": None,
            "CONN_HEALTH_CHECKS": False,
            "CONN_MAX_AGE": 0,
            "AUTOCOMMIT": True,
            "ATOMIC_REQUESTS": False,
            "TEST": {},
        },
        alias="default",
    )
    state = ProjectState()
    assert state.apps.get_models() == []
    with memory.schema_editor(atomic=False) as editor:
        type("Migration", (kind,), {"operations": steps})("0001", "rooms").apply(state, editor)
    with memory.cursor() as cursor:
        found = set(cursor.execute("SELECT type, tbl_name, sql FROM sqlite_master").fetchall())
    assert "owner" in {field.name for field in state.apps.get_model("rooms", "House")._meta.get_fields()}
    memory.close()
    return found


def test_tables_made_at_once_are_those_made_step_by_step():
    at_once, one_by_one = tables(TablesAtOnce, STEPS), tables(migrations.Migration, STEPS)

    assert at_once == one_by_one
    assert len([sql for kind, _table, sql in at_once if kind == "table" and sql]) >= 3


@pytest.mark.parametrize(
    "step",
    [
        migrations.RunSQL("DROP TABLE rooms_house"),
        migrations.RemoveField("House", "number"),
        migrations.AddField("Elsewhere", "owner", models.IntegerField()),
    ],
    ids=["words of SQL", "a removal", "somebody else's table"],
)
def test_any_other_step_is_refused(step):
    with pytest.raises(TypeError, match="no other step"):
        tables(TablesAtOnce, [*STEPS, step])
