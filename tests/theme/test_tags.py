"""Dates, addresses, icons, cells and charts as templates write them."""

import datetime

import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import gettext_lazy, override

from theme import charts
from theme.charts import Series
from theme.french import typeset
from theme.templatetags import theme as tags

THURSDAY = datetime.date(2026, 11, 19)


@pytest.fixture(autouse=True)
def _french_in_november():
    with override("fr"), time_machine.travel(datetime.datetime(2026, 11, 22, 10, tzinfo=datetime.UTC), tick=False):
        yield


def shown(text, **context):
    return Template(text).render(Context(context))


def test_week_of_gives_its_monday_and_no_finer_date():
    assert tags.week_of(THURSDAY) == "semaine du 16 novembre"
    assert tags.week_of(datetime.date(2026, 11, 16)) == "semaine du 16 novembre"
    assert tags.week_of(datetime.date(2026, 11, 22)) == "semaine du 16 novembre"
    assert tags.week_of(datetime.date(2025, 12, 31)) == "semaine du 29 décembre 2025"
    assert "<time" not in tags.week_of(THURSDAY)


def test_short_day_tells_the_year_only_when_it_is_another():
    assert tags.short_day(THURSDAY) == "19 novembre"
    assert tags.short_day(datetime.date(2027, 1, 1)) == "1er janvier 2027"
    assert tags.short_day(datetime.date(2026, 12, 11)) == "11 décembre"


def test_a_moment_is_read_on_the_local_day():
    late = datetime.datetime(2026, 11, 19, 23, 30, tzinfo=datetime.UTC)

    assert tags.short_day(late) == "20 novembre"
    assert tags.day_tag(late) == '<time datetime="2026-11-20">20 novembre</time>'
    assert tags.hour(late) == "0\u00a0h\u00a030"
    assert tags.hour(datetime.time(14, 32)) == "14\u00a0h\u00a032"


def test_promised_tells_the_day_then_the_delay():
    assert tags.promised(datetime.date(2026, 12, 22)) == "Réponse promise avant le 22 décembre"
    assert tags.promised(timezone.localdate()) == "Réponse promise avant le 22 novembre"
    assert tags.promised(datetime.date(2026, 11, 21)) == "Réponse en retard de 1 jour"
    assert tags.promised(datetime.date(2026, 11, 10)) == "Réponse en retard de 12 jours"
    assert [tags.days_late(day) for day in (None, datetime.date(2026, 11, 10), datetime.date(2027, 1, 1))] == [
        0,
        12,
        0,
    ]


def test_no_date_shows_nothing():
    empty = [tags.week_of(None), tags.short_day(""), tags.day_tag(None), tags.hour(None), tags.promised(None)]

    assert empty == [""] * 5


def test_late_answer_says_the_three_things():
    text = shown(
        '{% include "theme/c/promise.html" with promised_on=day service="Le service État civil" chased_on=chased only %}',
        day=datetime.date(2026, 11, 10),
        chased=datetime.date(2026, 11, 17),
    )

    assert (
        "La réponse est en retard de 12 jours. Le service État civil en est responsable. "
        "La direction a été relancée le 17 novembre." in text
    )


def test_icon_is_decorative_unless_named():
    plain, named = tags.icon("bell"), tags.icon("arrow-left", label="Retour <b>")

    assert 'aria-hidden="true"' in plain and "role" not in plain and "#bell" in plain
    assert 'role="img" aria-label="Retour &lt;b&gt;"' in named and "icon--flip" in named


def test_cells_of_a_table():
    columns = [{"label": "Direction"}, {"label": "Idées", "numeric": True}]

    assert tags.table_cell("Accueil", columns, 0) == '<th scope="row">Accueil</th>'
    assert tags.table_cell(41, columns, 1) == '<td class="num">41</td>'
    assert tags.table_cell({"text": "<b>", "url": "/x/"}, columns, 0) == (
        '<th scope="row"><a href="/x/">&lt;b&gt;</a></th>'
    )


def test_frame_without_a_request_has_nothing_to_sign_in_or_out():
    frame = tags.site_frame(Context())

    assert (frame["signed_in"], frame["theme"], frame["unread"]) == (False, "", 0)
    assert frame["items"][0] == {"key": "home", "label": "Accueil", "url": "/", "icon": "house"}


def test_frame_takes_the_navigation_it_is_given():
    items = [{"key": "home", "label": "Accueil", "url": "/", "icon": "house", "current": True}]

    frame = tags.site_frame(Context({"nav": items, "notices_unread": 3, "city_name": "Ville de Marvenne"}))

    assert (frame["items"], frame["current"], frame["unread"], frame["city"]) == (
        items,
        "home",
        3,
        "Ville de Marvenne",
    )


def test_section_marked_is_the_nearest_of_the_page():
    items = [
        {"key": "home", "label": "Accueil", "url": "/", "icon": "house"},
        {"key": "ideas", "label": "Idées", "url": "/idees/", "icon": "lightbulb"},
        {"key": "workshop", "label": "Atelier", "url": "/idees/atelier/", "icon": "inbox"},
    ]

    def marked(path, key=""):
        context = Context({"nav": items, "nav_key": key})
        context.request = RequestFactory().get(path)
        return tags.site_frame(context)["current"]

    assert [marked("/idees/atelier/a-lire/", "ideas"), marked("/idees/K7M2QX/"), marked("/"), marked("/", "home")] == [
        "workshop",
        "ideas",
        "",
        "home",
    ]


def test_current_page_and_current_section():
    context = Context()
    context.request = RequestFactory().get("/idees/")

    assert tags.current_page(context, "/idees/", "ideas", "ideas") == ' aria-current="page"'
    assert tags.current_page(context, "/", "home", "ideas") == ""
    context.request = RequestFactory().get("/idees/K7M2QX/")
    assert tags.current_page(context, "/idees/", "ideas", "ideas") == ' aria-current="true"'


def test_display_link_never_leads_out_of_the_site():
    context = Context()
    context.request = RequestFactory().get("/idees/", {"q": "a&b"})

    assert tags.site_frame(context)["display_url"].endswith("?next=/idees/")


SERIES = Series("Réponses", [("2024", 41), ("2025", None), ("2026", 54.5)], 65, "%", 100)


def test_curve_says_in_words_what_it_draws():
    drawn = charts.spark(SERIES)

    assert 'role="img" aria-label="Réponses\u00a0: 41\u00a0% en 2024, 54,5\u00a0% en 2026, but 65\u00a0%"' in drawn
    assert "style" not in drawn and "<script" not in drawn


def test_curve_shows_a_gap_as_a_gap():
    drawn = charts.spark(Series("A", [("1", 1), ("2", None), ("3", 3), ("4", 4)], None, "", 4))

    assert drawn.count("<polyline") == 1
    assert drawn.count("<circle") == 2


def test_curve_without_figures_says_so():
    assert charts.spark(Series("A")) == '<p class="meta">pas encore de chiffres</p>'
    assert charts.spark(Series("A", [("1", None)])) == '<p class="meta">pas encore de chiffres</p>'


def test_values_stay_inside_the_drawing():
    drawn = charts.spark(Series("A", [("1", 0), ("2", 900)], None, "", 100)) + charts.bars(
        Series("A", [("1", 900)], 10, "", 100)
    )

    assert "-" not in "".join(
        part for part in drawn.split('"')[1::2] if part.replace(".", "").replace("-", "").isdigit()
    )


def test_bars_say_every_value():
    drawn = charts.bars(Series("Idées", [("Accueil", 22), ("Jardins", 0)]))

    assert 'aria-label="Idées\u00a0: Accueil 22; Jardins 0"' in drawn
    assert drawn.count('class="bar"') == 2


def test_table_gives_the_same_figures():
    assert charts.table(SERIES) == (
        "<table><caption>Réponses</caption><tbody>"
        '<tr><th scope="row">2024</th><td class="num">41\u00a0%</td></tr>'
        '<tr><th scope="row">2025</th><td class="num">inconnu</td></tr>'
        '<tr><th scope="row">2026</th><td class="num">54,5\u00a0%</td></tr>'
        "</tbody></table>"
    )


def test_labels_of_a_chart_are_escaped():
    drawn = charts.spark(Series("<b>", [("<i>", 1), ("b", 2)])) + charts.bars(Series("<b>", [("<i>", 1)]))

    assert "<b>" not in drawn and "<i>" not in drawn


ONCE = '{% drawn_once "theme/c/comment.html" comment=comment reply_url=reply_url %}'
PLAIN = '{% include "theme/c/comment.html" with comment=comment reply_url=reply_url only %}'


def said(**more):
    return {
        "id": "ABC123", "author_label": "Camille <b>", "official": "", "body_html": mark_safe("<p>Oui&nbsp;!</p>"),
        "on": THURSDAY, "week": None, "protected": False, "in_reply_to": "", "hidden": "",
        "actions": [{"url": "/x/", "label": gettext_lazy("Report"), "icon": "flag"}], "replies": [], **more,
    }  # fmt: skip


def test_a_component_drawn_once_is_the_same_as_included():
    for reply_url in ("", "?repondre=ABC123"):
        for comment in (said(), said(replies=[said(id="DEF456")]), said(body_html="<p>Pas sûr</p>")):
            given = {"comment": comment, "reply_url": reply_url}
            # Twice: the second one comes from what was kept.
            assert [shown(ONCE, **given), shown(ONCE, **given)] == [shown(PLAIN, **given)] * 2


def test_what_one_may_not_see_never_comes_back_from_what_was_kept_for_another():
    for_a_moderator = shown(ONCE, comment=said(hidden="Masqué."), reply_url="")
    for_a_reader = shown(ONCE, comment=said(hidden="Masqué.", body_html=""), reply_url="")

    assert ("Oui" in for_a_moderator, "Oui" in for_a_reader) == (True, False)


def test_safe_words_kept_never_make_the_same_plain_words_safe():
    safe, plain = (
        shown(ONCE, comment=said(body_html=body), reply_url="") for body in (mark_safe("<i>a</i>"), "<i>a</i>")
    )

    assert ("<i>a</i>" in safe, "<i>a</i>" in plain, "&lt;i&gt;a" in plain) == (True, False, True)
    assert not isinstance(typeset(mark_safe("Bonjour !")), SafeData)
    assert "&lt;b&gt;" in shown("{{ word|fr }}", word="<b> ?")


def test_another_language_or_day_is_drawn_again():
    french = shown(ONCE, comment=said(), reply_url="")
    with override("en"):
        english = shown(ONCE, comment=said(), reply_url="")
    with time_machine.travel(datetime.datetime(2027, 2, 1, tzinfo=datetime.UTC)):
        next_year = shown(ONCE, comment=said(), reply_url="")

    assert len({french, english, next_year}) == 3
    assert "19 novembre 2026" in next_year


def test_a_component_drawn_once_takes_data_alone_and_keeps_a_bounded_number(monkeypatch):
    with pytest.raises(TypeError, match="object"):
        shown(ONCE, comment=object(), reply_url="")
    monkeypatch.setattr(tags, "DRAWN_MOST", 3)
    for number in range(10):
        shown(ONCE, comment=said(id=f"A{number}"), reply_url="")

    assert len(tags._drawn_once) <= 3
