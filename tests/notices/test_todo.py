"""The to-do list: legal duties first, then deadlines."""

import datetime

from django.contrib.auth.models import AnonymousUser

from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.notices import todo
from src.notices.todo import TodoItem

DAY = datetime.date(2026, 11, 22)


def line(title, **fields):
    return TodoItem(title=title, url="/x/", verb="Lire", **fields)


def test_items_are_sorted_by_duty_then_deadline_then_title(monkeypatch):
    monkeypatch.setattr(todo, "_providers", [])
    todo.register(lambda viewer: [line("B"), line("A"), line("soon", due_on=DAY)])
    todo.register(lambda viewer: [line("law, later", legal=True, due_on=DAY.replace(day=30)), line("law", legal=True)])

    titles = [item.title for item in todo.items(as_viewer(User(pk=1, username="x")))]

    assert titles == ["law, later", "law", "soon", "A", "B"]


def test_what_somebody_waits_for_comes_before_what_one_does_for_oneself(monkeypatch):
    monkeypatch.setattr(todo, "_providers", [])
    soon, later = clock.today(), clock.today() + datetime.timedelta(days=60)
    todo.register(
        lambda viewer: [
            line("own, later", due_on=later),
            line("own"),
            line("own, soon", due_on=soon),
            line("awaited, later", due_on=later, awaited=True),
            line("awaited", awaited=True),
            line("awaited, soon", due_on=soon, awaited=True),
        ]
    )

    titles = [item.title for item in todo.items(as_viewer(User(pk=1, username="x")))]

    assert titles == ["awaited, soon", "awaited", "own, soon", "awaited, later", "own, later", "own"]


def test_visitors_have_nothing_to_do(monkeypatch):
    monkeypatch.setattr(todo, "_providers", [lambda viewer: [line("A")]])

    assert todo.items(as_viewer(AnonymousUser())) == []


def test_registering_twice_changes_nothing(monkeypatch):
    monkeypatch.setattr(todo, "_providers", [])

    def provider(viewer):
        return [line("A")]

    todo.register(provider)
    todo.register(provider)

    assert len(todo.items(as_viewer(User(pk=1, username="x")))) == 1
