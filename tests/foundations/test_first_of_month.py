"""The first of a month is « 1er », in French and in words alone."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format

FIRST, SECOND = datetime.date(2026, 12, 1), datetime.date(2026, 12, 2)


@pytest.mark.parametrize(
    ("language", "day", "name", "said"),
    [
        ("fr", FIRST, "DATE_FORMAT", "1er décembre 2026"),
        ("fr", SECOND, "DATE_FORMAT", "2 décembre 2026"),
        ("fr", FIRST, "SHORT_DATE_FORMAT", "01/12/2026"),
        ("fr", datetime.date(2026, 12, 11), "j F", "11 décembre"),
        ("fr", datetime.datetime(2026, 12, 1, 0, 28), "l j F Y H:i", "mardi 1er décembre 2026 00:28"),
        ("en", FIRST, "DATE_FORMAT", "1 December 2026"),
    ],
)
def test_days_in_words(language, day, name, said):
    with translation.override(language):
        assert date_format(day, name) == said


def test_templates_say_the_same():
    with translation.override("fr"):
        assert Template('{{ day|date:"DATE_FORMAT" }}').render(Context({"day": FIRST})) == "1er décembre 2026"
