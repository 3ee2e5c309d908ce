"""The desk of a panel: what each role finds there, what waits, and what it costs to read."""

import pytest

from panels.models import Panel, TeamMember
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db


def parts(as_, person, panel):
    """Titles of the parts on the desk, and those to do now."""
    answer = as_(person).get(f"/panels/atelier/{panel.slug}/")
    return [(one.title, one.is_next) for one in answer.context["parts"]] if answer.status_code == 200 else None


@pytest.fixture
def made():
    return make.prepared(seats=4)


def test_each_role_finds_its_own_parts(as_, made):
    found = {
        name: [title for title, _next in parts(as_, getattr(made, name), made.panel)]
        for name in ("organiser", "administrator", "guarantor", "keeper")
    }

    assert found["organiser"][:5] == [
        "Question, dates et contact", "Équipe", "Listes d’origine", "Quotas", "Inscriptions",
    ]  # fmt: skip
    assert found["administrator"][:2] == ["Question, dates et contact", "Équipe"]
    assert "Quotas" not in found["administrator"]
    assert found["guarantor"][:1] == ["Quotas"]
    assert "Question, dates et contact" not in found["keeper"]


def test_nobody_else_finds_the_desk(as_, made):
    other = make.prepared(seats=4, slug="autre")

    assert parts(as_, other.organiser, made.panel) is None
    assert parts(as_, AgentFactory(), made.panel) is None
    assert as_(None).get(f"/panels/atelier/{made.panel.slug}/").status_code == 302


def test_the_desk_says_what_is_next(as_, made):
    assert ("Inscriptions", True) in parts(as_, made.organiser, made.panel)

    TeamMember.objects.filter(person=made.guarantor).delete()
    Panel.objects.get(pk=made.panel.pk).source_lists.all().delete()
    found = parts(as_, made.organiser, made.panel)

    assert ("Inscriptions", False) in found
    assert ("Listes d’origine", True) in found
    assert ("Équipe", True) in parts(as_, made.administrator, made.panel)
