"""The tables of results in the registry of what is published."""

from src.participation.published import PublishedTable, publish

from . import barometer_reading, category_trends, channels
from .models import Barometer, PastFigure, ResultRelease, SynthesisFigure


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


def _read_trends():
    """A share is a table of its own: those who gave the answers counted, and the others; of each edition told."""
    for barometer in Barometer.objects.order_by("pk"):
        editions = list(barometer.editions.select_related("questionnaire__release").order_by("number"))
        told = [one for one in editions if not one.is_typed and one.questionnaire.is_told]
        for tracked in barometer.tracked.all():
            for edition in told:
                point = barometer_reading.point_of(tracked, edition)
                share = point.share if point else None
                yield {"counted": share.counted, "others": share.number - share.counted} if share else {}


publish(
    PublishedTable(
        "trends",
        (
            "questionnaires/barometres/<slug:barometer>/",
            "questionnaires/barometres/<slug:barometer>/export.csv",
            "questionnaires/barometres/<slug:barometer>/export.xlsx",
            "api/v1/barometers/{barometer}/",
        ),
        _read_trends,
    )
)


def _read_trends_by_category():
    """Each category of each edition shown is a table of its own: the answers counted, and the others."""
    for barometer in Barometer.objects.order_by("pk"):
        for line in barometer_reading.lines_told(barometer):
            for trend in category_trends.of_line(line):
                for share in (told.share for one in trend.lines for told in one.told):
                    yield {"counted": round(share.counted), "others": round(share.number - share.counted)}


publish(
    PublishedTable(
        "trends by category",
        (
            "questionnaires/barometres/<slug:barometer>/",
            "questionnaires/barometres/<slug:barometer>/export.csv",
            "questionnaires/barometres/<slug:barometer>/export.xlsx",
            "api/v1/barometers/{barometer}/",
        ),
        _read_trends_by_category,
    )
)


def _read_typed():
    """Shares typed from reports: what they stand for is above the smallest number on both sides."""
    for share, number in PastFigure.objects.order_by("pk").values_list("share", "number"):
        counted = round(share * number / 100)
        yield {"counted": counted, "others": number - counted}


publish(PublishedTable("earlier editions", ("questionnaires/barometres/<slug:barometer>/",), _read_typed))
