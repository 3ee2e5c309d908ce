"""The tags and filters every template has without loading them: icons, French spaces, dates, charts, the frame."""

import datetime
import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import get_language, get_language_info, gettext, ngettext, pgettext

from theme import charts, figures, trend_chart
from theme.data_notices import told_of
from theme.display import chosen_theme, slash_searches
from theme.french import typeset

register = template.Library()

SPRITE = Path(__file__).resolve().parents[1] / "static" / "theme" / "icons.svg"
MIRRORED = {"arrow-left", "arrow-right", "chevron-right", "corner-down-right", "reply", "forward", "undo-2"}


@cache
def icon_names() -> frozenset[str]:
    """The names the sprite holds."""
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text()))


@register.simple_tag
def icon(name, label=""):
    """An icon of the sprite; decorative unless `label` says what it stands for. An unknown name is refused."""
    sprite = (settings.STATIC_URL, settings.STORAGES["staticfiles"]["BACKEND"])
    return _drawn(name, label, static("theme/icons.svg")) if label else _decorative(name, *sprite)


@cache
def _decorative(name, _address, _storage):
    """Drawn once a process: a list shows seventy, and each address was worked out anew."""
    return _drawn(name, "", static("theme/icons.svg"))


def _drawn(name, label, sprite):
    if name not in icon_names():
        raise LookupError(f"No icon named {name!r} in theme/icons.txt")
    return format_html(
        '<svg class="icon{}" {} width="20" height="20"><use href="{}#{}"></use></svg>',
        " icon--flip" if name in MIRRORED else "",
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        sprite,
        name,
    )


@register.filter
def fr(value):
    """French spaces in a text or in safe HTML (tags and code untouched); nothing when the page isn't in French."""
    if value is None or value == "":
        return ""
    language = get_language()
    if language and not language.startswith("fr"):
        return value
    if isinstance(value, SafeData):
        return mark_safe(typeset(str(value), html=True))
    return typeset(str(value))


@register.simple_tag
def content_lang():
    """` lang="fr"` on what people wrote, when the interface speaks another language than the city's."""
    city = settings.LANGUAGE_CODE
    return "" if (get_language() or city).startswith(city) else format_html(' lang="{}"', city)


# --- Components drawn once -------------------------------------------------------------------------------------------

DRAWN_MOST = 4_000
_drawn_once: dict[tuple, str] = {}


@register.simple_tag(takes_context=True)
def drawn_once(context, component, **options):
    """A component drawn from its options alone, and kept for the same options: a comment many people read.

    Whoever reads, the same words give the same drawing: what somebody may not see must not be among the options.
    Neither request nor token reaches the component: one that holds a form isn't for here. Options are texts, numbers,
    dates, lists and mappings; anything else is refused.
    """
    key = (component, get_language(), timezone.localdate(), context.autoescape, _frozen(options))
    known = _drawn_once.get(key)
    if known is None:
        if len(_drawn_once) >= DRAWN_MOST:
            _drawn_once.clear()
        given = template.Context(options, autoescape=context.autoescape)
        known = _drawn_once[key] = context.template.engine.get_template(component).render(given)
    return known


def _frozen(value):
    """A value as a key that tells apart all that is drawn differently: safe from plain, true from one."""
    if isinstance(value, dict):
        return tuple((name, _frozen(one)) for name, one in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_frozen, value))
    if isinstance(value, SafeData):
        return ("safe", str(value))
    if isinstance(value, Promise):
        return str(value)
    if value is None or isinstance(value, str | int | float | datetime.date):
        return (type(value).__name__, value) if isinstance(value, bool | float) else value
    raise TypeError(f"A component drawn once takes no {type(value).__name__}.")


# --- Dates -----------------------------------------------------------------------------------------------------------


def _day(value) -> datetime.date | None:
    """The local day of a date or a moment."""
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, datetime.date) else None


@register.filter
def short_day(value):
    """« 16 novembre », with its year only when it isn't this year's."""
    day = _day(value)
    if day is None:
        return ""
    this_year = day.year == timezone.localdate().year
    return date_format(day, pgettext("date without year", "F j") if this_year else pgettext("date", "F j, Y"))


@register.filter
def week_of(value):
    """« semaine du 16 novembre »: how protected contributions are dated; no <time>, so nothing finer leaks."""
    day = _day(value)
    if day is None:
        return ""
    return gettext("week of %(day)s") % {"day": short_day(day - datetime.timedelta(days=day.weekday()))}


@register.simple_tag
def day_tag(value):
    """A <time> of one day, without the hour."""
    day = _day(value)
    if day is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), short_day(day))


@register.filter
def hour(value):
    """« 14 h 32 », local."""
    if not value:
        return ""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return time_format(value, pgettext("time of day", "g:i a"))


@register.filter
def percent(number):
    """« 12 % » in French, "12%" in English."""
    return "" if number in (None, "") else figures.percent(number)


@register.filter
def days_late(value):
    """How many days a promised date is past; 0 until the day after it."""
    day = _day(value)
    return max((timezone.localdate() - day).days, 0) if day else 0


@register.filter
def promised(value):
    """« Réponse promise avant le 22 décembre », or how late the answer is."""
    day = _day(value)
    if day is None:
        return ""
    late = days_late(day)
    if late:
        return ngettext("Answer %(n)d day late", "Answer %(n)d days late", late) % {"n": late}
    return gettext("Answer promised before %(day)s") % {"day": short_day(day)}


# --- Forms -----------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def csrf_field(context):
    """The security token of a form, also inside `{% include … only %}` where `{% csrf_token %}` sees nothing."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return ""
    request.page_takes_a_form = True
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.simple_tag(takes_context=True)
def page_begins(context):
    """Forget the forms of the frame (signing out, searching): only those of the page count after this."""
    request = getattr(context, "request", None) or context.get("request")
    if request is not None:
        request.page_takes_a_form = False
    return ""


@register.inclusion_tag("theme/c/data_notice.html", takes_context=True)
def data_notice(context):
    """What is done with what the page's forms take; nothing on a page without a form, or on a shared device."""
    request = getattr(context, "request", None) or context.get("request")
    told = told_of(request) if getattr(request, "page_takes_a_form", False) else None
    return {"told": None if context.get("device_frame") else told}


@register.filter
def first_control_id(field):
    """Where a link of the error summary leads: the control, or the first of a group of radios or boxes."""
    if field.field.widget.use_fieldset:
        return field.subwidgets[0].id_for_label if field.subwidgets else field.auto_id
    return field.id_for_label


@register.filter
def is_choice_group(field):
    """Radios and groups of boxes: drawn as cards."""
    return getattr(field.field.widget, "input_type", "") in {"radio", "checkbox"} and field.field.widget.use_fieldset


@register.filter
def is_single_box(field):
    """One box to tick: its words come after it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.field.widget.use_fieldset


# --- Tables and charts -----------------------------------------------------------------------------------------------


@register.simple_tag
def table_cell(cell, columns, index):
    """A cell of theme/c/data_table.html: a text, or a mapping of text, url; the first names the row."""
    shown = cell if isinstance(cell, dict) else {"text": cell}
    text = fr(shown["text"]) if isinstance(shown["text"], str) else shown["text"]
    if shown.get("url"):
        text = format_html('<a href="{}">{}</a>', shown["url"], text)
    if index == 0:
        return format_html('<th scope="row">{}</th>', text)
    column = columns[index]
    numeric = column.get("numeric") if isinstance(column, dict) else getattr(column, "numeric", False)
    return format_html('<td class="num">{}</td>', text) if numeric else format_html("<td>{}</td>", text)


@register.simple_tag
def chart_spark(series):
    """A small curve of a `theme.charts.Series`."""
    return charts.spark(series)


@register.simple_tag
def chart_bar(series):
    """Horizontal bars of a `theme.charts.Series`."""
    return charts.bars(series)


@register.simple_tag
def chart_trend(trend):
    """Editions with their intervals, of a `theme.trend_chart.Trend`."""
    return trend_chart.draw(trend)


@register.simple_tag
def chart_table(series):
    """The figures of a `theme.charts.Series` as a table."""
    return charts.table(series)


# --- The frame of every page -----------------------------------------------------------------------------------------


def _address(name: str) -> str:
    """The address of a room, empty while it doesn't exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _own_navigation() -> list[dict]:
    entries = [{"key": "home", "label": gettext("Home"), "url": "/", "icon": "house"}]
    if ideas := _address("ideas:list"):
        entries.append({"key": "ideas", "label": gettext("Ideas"), "url": ideas, "icon": "lightbulb"})
    return entries


@register.simple_tag(takes_context=True)
def site_frame(context):
    """What the masthead and the footer show; an entry whose room doesn't exist yet isn't drawn."""
    request = getattr(context, "request", None) or context.get("request")
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    items = list(context.get("nav") or ()) or _own_navigation()
    path = request.path if request else ""
    display, search = _address("theme:display"), context.get("search_url") or _address("search:results")
    return {
        "items": items,
        "current": _section(items, path, context.get("nav_key") or ""),
        "city": context.get("city_name") or "",
        "search_url": search,
        # The page of results has its own field.
        "search_field": bool(search) and path != search,
        "search_key": slash_searches(request),
        "inbox_url": _address("notices:inbox"),
        "unread": context.get("notices_unread") or context.get("inbox_unread") or 0,
        "account_url": context.get("account_url") or "",
        "login_url": _address("directory:login"),
        "logout_url": _address("directory:logout"),
        "signed_in": signed_in,
        "who": getattr(user, "first_name", "") if signed_in else "",
        "links": context.get("footer_links") or (),
        "languages": _languages(request),
        "display_url": f"{display}?next={_quoted(request)}" if display and request else display,
        "theme": chosen_theme(request),
        # What a shared device puts around each page: templates, and the numbers they read.
        "device": context.get("device_frame"),
    }


def _languages(request) -> dict:
    """What `theme/c/language_switch.html` shows; empty where there is nobody to answer or one language alone."""
    address = _address("directory:language")
    if request is None or not address or len(settings.LANGUAGES) < 2:
        return {}
    spoken = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return {
        "url": address,
        "next": request.get_full_path() if request.method == "GET" else "/",
        "choices": [
            {"code": code, "name": get_language_info(code)["name_local"].capitalize(), "current": code == spoken}
            for code, _name in settings.LANGUAGES
        ],
    }


def _section(items, path: str, key: str) -> str:
    """The entry to mark: the one whose address holds the page most closely, else the one the page names."""
    holding = [item for item in items if item["url"] != "/" and path.startswith(item["url"])]
    if holding:
        return max(holding, key=lambda item: len(item["url"]))["key"]
    if any(item["key"] == key for item in items):
        return key
    return next((item["key"] for item in items if item.get("current")), "")


def _quoted(request) -> str:
    return quote(request.path if request.method == "GET" else "/", safe="/")


@register.simple_tag(takes_context=True)
def current_page(context, url, key, current):
    """aria-current of a navigation entry: "page" on the page itself, "true" in its section."""
    request = getattr(context, "request", None) or context.get("request")
    if request is not None and request.path == url:
        return mark_safe(' aria-current="page"')
    return mark_safe(' aria-current="true"') if key and key == current else ""


@register.filter
def message_tone(level):
    """The tone of a notice for a level of Django's messages."""
    return {"success": "ok", "warning": "warn", "error": "danger"}.get(level, "")


@register.simple_tag(takes_context=True)
def specimen(context, component, options):
    """A component with its options in a mapping: how the gallery draws every variant."""
    template_ = context.template.engine.get_template(f"theme/c/{component}.html")
    return template_.render(context.new(options))
