"""The trees of pages, one a language: at their plain address in French, under ``/en/`` in English.

The address says which tree is read, never a preference: the same link leads everybody to the same page.
"""

import re

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Locale, Site

_codes: dict[int, str] = {}


def default_language() -> str:
    """The language of addresses without a prefix."""
    return settings.LANGUAGE_CODE


def others() -> list[str]:
    """The languages whose pages stand under a prefix."""
    return [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES if code != default_language()]


def language_of(page) -> str:
    """The language a page is written in; read once a process."""
    if page.locale_id not in _codes:
        _codes.update(Locale.objects.values_list("pk", "language_code"))
    return _codes.get(page.locale_id, default_language())


def home_in(language: str):
    """The home page of a language; None when the site has none."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None or language == default_language():
        return site.root_page if site else None
    locale = Locale.objects.filter(language_code=language).first()
    return site.root_page.get_translation_or_none(locale) if locale else None


class TreePrefix:
    """The beginning of a page's address, for Django's resolver: it tells the view its tree.

    Not Django's ``i18n_patterns``: those would make the language of the whole interface follow the address.
    """

    converters: dict = {}
    name = None

    @property
    def regex(self):
        """What ``reverse`` writes first, for the language it is asked in (Wagtail asks in that of the page)."""
        language = get_language() or default_language()
        return re.compile(f"{language}/" if language in others() else "")

    def match(self, path: str):
        """Any address: its prefix is taken off, and told."""
        for language in others():
            if path.startswith(f"{language}/"):
                return path[len(language) + 1 :], (), {"language": language}
        return path, (), {"language": default_language()}

    def check(self):
        return []

    def __str__(self):
        return ""
