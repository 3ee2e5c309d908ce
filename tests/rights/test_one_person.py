"""One person with a row in every model: all of it is exported, all of it goes but what is declared, nobody else moves."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from src.foundations import clock, personal_data
from src.foundations.testing import forget_effects
from src.rights import effects
from tests.factories.directory import AgentFactory
from tests.rights import everything

pytestmark = [pytest.mark.django_db, pytest.mark.files]  # SQLite lets rows be made from their columns alone
NAMES = {"first_name": "Zzcanaria", "last_name": "Zzcanarib", "email": "zzcanaric@x.example", "username": "zzcanarid"}
# What is exported only in a state a row made from its columns isn't in, or whose reader opens what is encrypted.
NOT_IN_THIS_STATE = {"accountability.Decision", "accountability.ReplySignature", "notices.ReadMarks"}


# An empty account takes another number each time, and the journal says what was done.
WRITTEN_EACH_TIME = {"directory.User", "foundations.AuditEntry", "foundations.OutboxEvent"}


def held(person) -> dict[str, set[str]]:
    """Models and columns that still name somebody."""
    found = {}
    for model in everything.models_of_people():
        columns = {
            field.name
            for field in everything.columns_of_people(model)
            if model._base_manager.filter(**{field.name: person}).exists()
        }
        if columns:
            found[model._meta.label] = columns
    return found


def test_everything_of_somebody_is_exported():
    nadia = AgentFactory(**NAMES)
    made = everything.one_of_each(nadia)

    told = set(personal_data.export_of(nadia))

    hidden = {one.model._meta.label for one in personal_data.declarations() if one.export is None}
    of_people = {model._meta.label for model in everything.models_of_people()}
    assert (set(made) & of_people) - told - hidden == NOT_IN_THIS_STATE


def test_erasing_leaves_what_is_declared_and_touches_nobody_else():
    nadia, other = AgentFactory(**NAMES), AgentFactory()
    hers, theirs = everything.one_of_each(nadia), everything.one_of_each(other)
    before = everything.tables()

    for declaration in effects.erased_now(nadia):
        declaration.erase(nadia)

    forget_effects()
    after = everything.tables()
    stays = {
        label: columns
        for label, columns in held(nadia).items()
        if personal_data.declaration_of(type(hers[label])).erase is not None
    }
    assert stays == effects.NUMBER_STAYS
    assert [word for word in NAMES.values() if word in repr(after)] == []
    mine = {(label, row.pk) for label, row in hers.items()} | {("directory.User", nadia.pk)}
    moved = {(label, pk) for label, rows in before.items() for pk, row in rows.items() if after[label].get(pk) != row}
    assert moved - mine == set()
    assert {
        label for label, row in theirs.items() if label in after and after[label][row.pk] != before[label][row.pk]
    } == set()


def test_erasing_twice_changes_nothing_more():
    nadia = AgentFactory(**NAMES)
    everything.one_of_each(nadia)
    before = None
    for _time in (1, 2):
        for declaration in effects.erased_now(nadia):
            declaration.erase(nadia)
        forget_effects()
        now = {label: rows for label, rows in everything.tables().items() if label not in WRITTEN_EACH_TIME}
        assert before in (None, now)
        before = now


def test_who_still_works_here_keeps_their_account_their_duties_and_their_place_on_rolls():
    nadia = AgentFactory(**NAMES)
    nadia.current_affectation = everything.one_of_each(nadia)["directory.Affectation"]
    nadia.save()

    for declaration in effects.erased_now(nadia):
        declaration.erase(nadia)

    forget_effects()
    stays = held(nadia)
    assert {"ballots.RollEntry", "questionnaires.AnswerRoll", "directory.Affectation"} <= set(stays)
    assert {"ideas.Idea", "ideas.IdeaSupport", "notices.InboxItem", "meetings.Attendance"} & set(stays) == set()
    assert get_user_model().objects.get(pk=nadia.pk).is_active


def test_each_period_is_applied_once_as_counted():
    everything.one_of_each(AgentFactory(**NAMES))
    purged = {one.model._meta.label for one in personal_data.declarations() if one.purge is not None}
    later = clock.now() + timedelta(days=20 * 366)

    due = personal_data.purge_all(later, apply=False)
    again = personal_data.purge_all(later, apply=False)
    gone = personal_data.purge_all(later, apply=True)
    left = personal_data.purge_all(later, apply=True)
    forget_effects()

    assert due == again
    assert set(due) == purged
    assert {label for label, count in due.items() if count and not gone[label]} == set()
    assert {label: count for label, count in left.items() if count} == {}
