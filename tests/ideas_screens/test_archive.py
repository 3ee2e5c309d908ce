"""Imported ideas are read beside the others: nothing is owed, nothing can be pressed, sides and threads are kept."""

import os
from pathlib import Path

import pytest

from ideas.decidim import read_export
from ideas.models import Idea
from ideas.services.importing import import_export
from src.foundations.testing import drain_outbox
from tests.ideas.test_import import COMMENTS, PROPOSALS

DATA = os.environ.get("TERRAIN_DATA")


def bring(data: bytes):
    return import_export(read_export(data), space_slug="archive", source_name="export.csv", data=data)


def test_an_imported_idea_is_read_and_nothing_can_be_pressed(city, as_):
    bring(PROPOSALS.encode())
    bring(COMMENTS.encode())
    idea = Idea.objects.get(title="Un banc")

    page = as_(city.reader).get(f"/idees/{idea.reference}/").content.decode()

    assert "B (pour)" in page
    assert "C (contre)" in page
    assert "en réponse à" in page
    assert 'name="soutien"' not in page
    assert 'name="suivi"' not in page
    assert "Réponse promise" not in page
    assert "De la proposition à la décision" not in page
    drain_outbox()


def test_archives_are_listed_only_when_asked_for(city, as_):
    bring(PROPOSALS.encode())
    client = as_(city.reader)

    home = [row["title"] for row in client.get("/idees/").context["rows"]]
    asked = [row["title"] for row in client.get("/idees/?espace=archive").context["rows"]]

    assert (home, sorted(asked)) == ([], ["Un banc", "Une lampe"])
    drain_outbox()


@pytest.mark.data
@pytest.mark.skipif(not DATA, reason="TERRAIN_DATA doesn't name the folder of real data")
def test_every_real_idea_has_its_page(city, as_):
    for name in ("proposals", "debates", "comments"):
        bring((Path(DATA) / f"decidim-{name}-mel-2019.csv").read_bytes())
    client = as_(city.reader)

    codes = {
        client.get(f"/idees/{reference}/").status_code
        for reference in Idea.objects.values_list("reference", flat=True)
    }

    assert codes == {200}
    drain_outbox()
