"""The to-do list: legal duties first, then deadlines."""

import datetime

from django.contrib.auth.models import AnonymousUser

from src.directory.models import User
from src.directory.viewer import as_viewer
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
