"""A database begun before the first release goes on; one stopped on the way is refused, and a newer archive stays newer."""

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from src.foundations.backups.restoring import known_steps
from src.foundations.first_migrations import refuse_halfway

pytestmark = pytest.mark.django_db


def steps_of(room):
    return MigrationRecorder(connection).migration_qs.filter(app=room).order_by("name")


def test_a_database_that_has_every_step_of_before_goes_on():
    assert steps_of("ideas").filter(name="0018_co_author_credit").exists()
    assert refuse_halfway(using="default") is None


@pytest.mark.parametrize("kept", ["0008_internal_notes", "0017_passages"])
def test_a_database_stopped_on_the_way_is_refused_in_words(kept):
    steps_of("ideas").filter(name__gt=kept).delete()

    with pytest.raises(CommandError, match="une étape plus ancienne de ideas"):
        refuse_halfway(using="default")


def test_an_archive_of_before_is_known_and_one_of_later_is_not():
    known = known_steps()

    assert {"ideas.0001_first_release", "ideas.0003_moderation", "ideas.0018_co_author_credit"} <= known
    assert known.isdisjoint({"ideas.0002_to_come", "ideas.0019_to_come"})
