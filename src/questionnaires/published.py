"""The tables of results in the registry of what is published."""

from src.participation.published import PublishedTable, publish

from . import channels
from .models import ResultRelease


def _read():
    """Table by table, as told; a choice among several is a table of its own, ticked or not."""
    for content in ResultRelease.objects.order_by("pk").values_list("content", flat=True):
        if content.get("channels"):
            yield channels.cells(content["channels"])
        for question in content["questions"]:
            for table in question["tables"]:
                rows = {key: number for key, _label, number in table["rows"] if number}
                yield rows | ({"": table["together"]} if table["together"] else {})
            for key, _label, ticked in question["options"]:
                yield {key: ticked, f"{key} not": question["given"] - ticked}


publish(
    PublishedTable(
        "questionnaires",
        (
            "questionnaires/<slug:reference>/resultats/",
            "questionnaires/<slug:reference>/resultats/export.csv",
            "questionnaires/<slug:reference>/resultats/export.xlsx",
        ),
        _read,
    )
)
