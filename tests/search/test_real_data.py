"""On 120 real proposals: what somebody begins to type leads to the proposal that says it."""

import csv
import os
import re
from pathlib import Path

import pytest

from src.directory.models import Unit
from src.search import selectors

pytestmark = [pytest.mark.data, pytest.mark.django_db]


def proposals():
    """(title, text without tags) of the real export."""
    if not os.environ.get("TERRAIN_DATA"):
        pytest.skip("TERRAIN_DATA doesn't name the folder of real data")
    csv.field_size_limit(10_000_000)
    path = Path(os.environ["TERRAIN_DATA"]) / "decidim-proposals-mel-2019.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.readline()
        stream.seek(0)
        rows = list(csv.DictReader(stream, delimiter=";" if head.count(";") > head.count(",") else ","))
    title = next(name for name in rows[0] if name.startswith("title"))
    body = next(name for name in rows[0] if name.startswith("body"))
    return [(row[title], re.sub(r"<[^>]+>", " ", row[body] or "")) for row in rows]


def test_similar_finds_the_proposal_one_begins_to_type(shelf):
    written = {shelf(f"R{number}", title[:200], body).pk: body for number, (title, body) in enumerate(proposals())}

    first = {}
    for pk, body in written.items():
        words = body.split()
        if len(words) >= 15:
            near = selectors.similar("unit", " ".join(words[:25]), Unit.objects.all())
            first[pk] = near[0].pk if near else None

    right = sum(pk == found for pk, found in first.items())
    assert len(first) > 100
    assert right / len(first) > 0.97
