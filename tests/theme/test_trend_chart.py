"""A share over editions as a drawing: what it says in words, where the line stops."""

import re

from theme.trend_chart import Mark, Trend, draw


def test_a_line_goes_from_edition_to_edition_with_its_intervals():
    drawn = draw(
        Trend("On me répond", [Mark("Éd. 1", 41, 40, 42), Mark("Éd. 2", 46, 45, 47), Mark("Éd. 3", 54, 52, 55)])
    )

    assert len(re.findall("<polyline", drawn)) == 1 and len(re.findall('class="whisker"', drawn)) == 3
    assert 'role="img"' in drawn and "Éd. 3 54\u00a0%" in drawn and "style=" not in drawn


def test_the_line_stops_where_nothing_is_told_or_compared():
    marks = [
        Mark("Éd. 1", 41),
        Mark("Éd. 2", 46, breaks=True),
        Mark("Éd. 3", None),
        Mark("Éd. 4", 50),
        Mark("Éd. 5", 52),
    ]
    drawn = draw(Trend("On me répond", marks))

    # One line left, between the last two; a dashed mark before the second.
    assert len(re.findall("<polyline", drawn)) == 1 and len(re.findall('class="target"', drawn)) == 1
    assert len(re.findall("<circle", drawn)) == 4


def test_words_are_escaped_and_an_empty_trend_is_drawn():
    assert "<script>" not in draw(Trend("<script>", [Mark("<b>", 3)]))
    assert "<svg" in draw(Trend("Rien", []))
