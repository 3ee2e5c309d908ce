"""The tables of results in the registry of what is published."""

from src.participation.published import PublishedTable, publish

from . import channels
from .models import ResultRelease, SynthesisFigure


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
            # By category, each line is whole: every answer put together with others or not.
            for table in question.get("by", ()):
                for row in table["rows"]:
                    columns = [" ".join(key for key, _label in column) for column in table["columns"]]
                    yield dict(zip(columns, row["counts"], strict=True))
        for axis in {line["axis"] for line in content.get("who", ())}:
            yield {line["code"]: line["answers"] for line in content["who"] if line["axis"] == axis}


publish(
    PublishedTable(
        "questionnaires",
        (
            "questionnaires/<slug:reference>/resultats/",
            "questionnaires/<slug:reference>/resultats/export.csv",
            "questionnaires/<slug:reference>/resultats/export.xlsx",
            "api/v1/questionnaires/{reference}/results/",
            "questionnaires/atelier/<slug:reference>/qui-repond/",
            "questionnaires/atelier/<slug:reference>/qui-repond/<slug:key>/",
        ),
        _read,
    )
)


def _read_themes():
    """Each theme of a published synthesis is a table of its own: answers that speak of it, answers that don't."""
    figures = SynthesisFigure.objects.filter(table__synthesis__published_at__isnull=False).order_by("pk")
    for name, count, base in figures.values_list("name", "count", "table__base"):
        yield {name: count, f"{name} not": base - count}


publish(
    PublishedTable(
        "syntheses",
        (
            "questionnaires/<slug:reference>/synthese/",
            "questionnaires/<slug:reference>/synthese/imprimer/",
            "questionnaires/<slug:reference>/synthese/themes.csv",
            "questionnaires/<slug:reference>/synthese/themes.xlsx",
            "questionnaires/<slug:reference>/synthese/chiffres/<slug:theme>/",
        ),
        _read_themes,
    )
)
