"""The tags and filters every template has without loading them: icons, French spaces, links, dates, charts."""

import datetime
import re
from functools import cache
from pathlib import Path

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import get_language, gettext

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
    if name not in icon_names():
        raise LookupError(f"No icon named {name!r} in theme/icons.txt")
    return format_html(
        '<svg class="icon{}" {} focusable="false" width="20" height="20"><use href="{}#{}"></use></svg>',
        " icon--flip" if name in MIRRORED else "",
        format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"'),
        static("theme/icons.svg"),
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


@register.simple_tag(takes_context=True)
def querystring_with(context, **changes):
    """The page's own query with some values changed; `None` or an empty value takes the key away."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}" if query else "?"


def _day(value) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def week_of(value):
    """« semaine du 16 novembre »: how dates of protected contributions are shown."""
    day = _day(value)
    if not day:
        return ""
    monday = day - datetime.timedelta(days=day.weekday())
    return gettext("week of %(day)s") % {"day": _short(monday)}


def _short(day: datetime.date) -> str:
    """« 16 novembre », with its year only when it isn't this year's."""
    this_year = day.year == timezone.localdate().year
    return date_format(day, gettext("F j") if this_year else "DATE_FORMAT")
