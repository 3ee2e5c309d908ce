"""The site every installation has: a home page and the pages the footer leads to, locked to their addresses."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext, override
from wagtail.models import Collection, Locale, Page, Site

from ..footer import ACCESSIBILITY
from ..models import AccessibilityPage, HomePage, StandardPage
from . import wording, wording_english


def install() -> HomePage:
    """Make what is missing: Wagtail's root, the home page, the site, the legal pages. Never rewrites a page."""
    _locale()
    root = _root()
    home = HomePage.objects.order_by("path").first()
    if home is None:
        home = _first_home(root)
    _site(home)
    _legal_pages(home)
    _english(home)
    return home


def install_after_migrate(sender, using, **kwargs) -> None:
    """What ``post_migrate`` calls, once the last application has its tables.

    Wagtail keeps the roots of sites in the cache, which is a table here: it is made first, if it is missing.
    """
    if sender.label == list(apps.get_app_configs())[-1].label:
        call_command("createcachetable", database=using, verbosity=0)
        install()


def _locale() -> None:
    if not Locale.objects.exists():
        Locale.objects.create(language_code=settings.LANGUAGE_CODE)


def _root() -> Page:
    root = Page.objects.filter(depth=1).first()
    if root is None:
        root = Page.add_root(instance=Page(title="Root", slug="root"))
    if Collection.objects.filter(depth=1).first() is None:
        Collection.add_root(instance=Collection(name="Root"))
    return root


def _first_home(root: Page) -> HomePage:
    """The home page, in the place of the welcome page Wagtail's own migrations leave."""
    for leftover in root.get_children().filter(slug="home", numchild=0).exclude(pk__in=HomePage.objects.values("pk")):
        Site.objects.filter(root_page=leftover).delete()
        leftover.delete()
    root.refresh_from_db()
    with override("fr"):
        home = HomePage(
            title=gettext("Home"),
            slug="accueil",
            welcome_title=wording.WELCOME_TITLE,
            welcome_text=wording.WELCOME_TEXT,
        )
    return root.add_child(instance=home)


def _site(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname="localhost", port=80, root_page=home, is_default_site=True, site_name=settings.SITE_NAME
        )
    elif site.root_page_id != home.pk:
        site.root_page = home
        site.site_name = settings.SITE_NAME
        site.save()


def _legal_pages(home: HomePage) -> None:
    """The pages the footer leads to, with a first wording the city completes."""
    present = set(home.get_children().values_list("slug", flat=True))
    if ACCESSIBILITY not in present:
        home.add_child(
            instance=AccessibilityPage(
                title=wording.ACCESSIBILITY["title"],
                slug=ACCESSIBILITY,
                summary=wording.ACCESSIBILITY["summary"],
                contact=wording.ACCESSIBILITY["contact"],
                body=wording.ACCESSIBILITY["body"],
            )
        )
    for slug, page in wording.LEGAL.items():
        if slug not in present:
            home.add_child(
                instance=StandardPage(title=page["title"], slug=slug, summary=page["summary"], body=page["body"])
            )


def _english(home: HomePage) -> None:
    """The English home page and the pages its footer leads to, translations of the French ones, where missing."""
    locale, _made = Locale.objects.get_or_create(language_code="en")
    there = HomePage.objects.filter(locale=locale, translation_key=home.translation_key).first()
    if there is None:
        there = HomePage(locale=locale, translation_key=home.translation_key, **wording_english.HOME)
        home.get_parent().add_child(instance=there)
    known = set(there.get_children().values_list("translation_key", flat=True))
    french = {page.slug: page for page in home.get_children().filter(slug__in=wording_english.PAGES).specific()}
    for slug, fields in wording_english.PAGES.items():
        page = french.get(slug)
        if page is not None and page.translation_key not in known:
            there.add_child(instance=type(page)(locale=locale, translation_key=page.translation_key, **fields))
