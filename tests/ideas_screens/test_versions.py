"""The page that shows what changed between two versions of an idea."""

import pytest
from django.utils.html import strip_tags

from ideas import services
from ideas.models import Idea, IdeaVersion
from src.foundations.testing import forget_effects

BEFORE = "En attendant le camion, il n'y a nulle part où s'asseoir au sec. Un banc suffirait."
AFTER = "En attendant le camion, il n'y a nulle part où s'asseoir au sec. Un <em>banc</em> couvert suffirait."
LAST = AFTER + " Six places."


@pytest.fixture
def changed(city):
    """A protected idea corrected twice: each time with a version."""
    idea = city.protected(body=BEFORE)
    author = type(city.author).objects.get(pk=city.author.pk)
    for body in (AFTER, LAST):
        services.edit_idea(idea=idea, actor=author, title=idea.title, body=body)
    forget_effects()
    return idea


def test_words_are_marked_by_more_than_colour_and_pages_follow_each_other(city, as_, changed):
    here = f"/idees/{changed.reference}/versions/"
    page = as_(city.reader).get(f"{here}1/").content.decode()

    assert "<ins>" in page and "<del>" in page and "[ajouté" in page and "fin du retrait]" in page
    assert "&lt;em&gt;banc&lt;/em&gt;" in page and "<em>banc" not in page
    assert "2 mots ajoutés, 1 mot retiré." in strip_tags(page)
    assert f"{here}2/" in page and f"{here}0/" not in page
    last = as_(city.reader).get(f"{here}2/").content.decode()
    assert "C’est le texte que l’on lit aujourd’hui." in last and f"{here}3/" not in last
    assert f"{here}1/" in as_(city.reader).get(f"/idees/{changed.reference}/").content.decode()
    assert "semaine du" in strip_tags(page).lower()


def test_there_is_nothing_where_the_idea_isn_t_seen_or_has_no_such_version(city, as_, changed):
    here = f"/idees/{changed.reference}/versions/"

    assert [as_(city.reader).get(f"{here}{n}/").status_code for n in (0, 3, 10**20)] == [404, 404, 404]
    assert as_(None).get(f"{here}1/").status_code == 404
    Idea.objects.filter(pk=changed.pk).update(body_hidden=True)
    assert as_(city.reader).get(f"{here}1/").status_code == 404
    Idea.objects.filter(pk=changed.pk).update(body_hidden=False, visibility="withheld")
    assert [as_(who).get(f"{here}1/").status_code for who in (city.reader, city.author)] == [404, 200]


def test_it_costs_two_statements(city, changed, django_assert_num_queries):
    from ideas.selectors import version_change
    from src.directory.viewer import as_viewer

    reader = as_viewer(city.reader)
    reader.roles, reader.own_handles  # noqa: B018 - paid by the request
    assert IdeaVersion.objects.filter(idea=changed).count() == 2
    with django_assert_num_queries(2):
        version_change(reader, changed.reference, 1)
