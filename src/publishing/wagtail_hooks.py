"""The editors' side: pages that stay where they are, addresses of the product, a menu without what isn't ours."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from src.participation import neutral

from . import checks
from .admin_views import DropQuoteView, OutcomesView, QuotesView
from .models import OutcomePage
from .reserved import check_slug
from .rules import is_fixed, may_edit_pages

# Entries of Wagtail's own help that lead to the makers of the tool.
HIDDEN_HELP = ("whats-new-in-wagtail", "editor-guide")


def _refused(request, page):
    """Send back to the page with the reason, in words."""
    messages.error(
        request,
        _("“%(title)s” belongs to every site: it can be edited, not moved, taken down or deleted.")
        % {"title": page.title},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_fixed_pages(request, page):
    """The home page and the footer's pages stay."""
    return _refused(request, page) if is_fixed(page) else None


@hooks.register("before_move_page")
def keep_addresses(request, page, destination):
    """Fixed pages don't move, and nothing moves onto an address of the product."""
    return _refused(request, page) if is_fixed(page) else _address_refused(request, destination, page.slug)


@hooks.register("before_copy_page")
def keep_addresses_of_copies(request, page):
    """A copy doesn't land on an address of the product either."""
    if request.method != "POST":
        return None
    target = page.get_parent()
    return _address_refused(request, target, request.POST.get("new_slug", ""))


def _address_refused(request, parent, slug):
    if parent is None or parent.depth != 2:
        return None
    try:
        check_slug(slug)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wagtailadmin_explore", parent.pk)
    return None


@hooks.register("before_bulk_action")
def keep_fixed_pages_in_bulk(request, action_type, objects, action_class_instance):
    """The same for several pages at once."""
    if action_type not in {"delete", "unpublish", "move"}:
        return None
    fixed = [page for page in objects if hasattr(page, "depth") and hasattr(page, "slug") and is_fixed(page)]
    return _refused(request, fixed[0]) if fixed else None


@hooks.register("before_publish_page")
def keep_what_shuts_out(request, page):
    """A page that shuts somebody out doesn't come out, by whatever button."""
    reasons = checks.blocking(page.specific)
    if not reasons:
        return None
    messages.error(request, " ".join(reasons))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_what_shuts_out_in_bulk(request, action_type, objects, action_class_instance):
    """The same for several pages at once: none comes out."""
    if action_type != "publish" or request.method != "POST":
        return None
    found = [page for page in objects if hasattr(page, "depth") and hasattr(page, "specific")]
    refused = [page for page in found if checks.blocking(page.get_latest_revision_as_object())]
    if not refused:
        return None
    messages.error(
        request, " ".join([refused[0].title, "–", *checks.blocking(refused[0].get_latest_revision_as_object())])
    )
    return redirect("wagtailadmin_pages:edit", refused[0].pk)


@hooks.register("before_publish_page")
def hold_outcomes(request, page):
    """In a pre-electoral period an outcome is kept, and comes out by itself the day after; its editor reads why."""
    period = neutral.current() if isinstance(page.specific, OutcomePage) else None
    if period is None:
        return None
    page.specific.hold(page.get_latest_revision(), neutral.ends_at(period))
    messages.warning(request, _held_words(period))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def say_that_outcomes_are_held(request, action_type, objects, action_class_instance):
    """The same for several pages at once: each is held by its own publication."""
    if action_type != "publish" or request.method != "POST":
        return
    held = [page for page in objects if isinstance(getattr(page, "specific", None), OutcomePage)]
    period = neutral.current() if held else None
    if period is not None:
        messages.warning(request, _held_words(period))
    return


@hooks.register("before_create_page")
@hooks.register("before_edit_page")
def say_the_period(request, page, *args):
    """Whoever opens a page to write it reads that the period runs, and what it asks."""
    period = neutral.current() if request.method == "GET" else None
    if period is not None:
        words = _("Write facts and answers: an outcome is held until the period is over, and a page doesn't praise.")
        messages.info(request, f"{neutral.held_words(period)} {words}")
    return


def _held_words(period) -> str:
    words = _("This outcome is kept, and comes out by itself the day after.")
    return f"{neutral.held_words(period)} {words}"


@hooks.register("construct_help_menu")
def keep_help_ours(request, menu_items):
    """No link to the makers of the tool among our help."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(HIDDEN_HELP)]


@hooks.register("insert_global_admin_css")
def colours():
    """The product's blue."""
    return format_html('<link rel="stylesheet" href="{}">', static("publishing/gestion.css"))


@hooks.register("register_admin_urls")
def register_addresses():
    """Outcomes to prepare, quotes."""
    return [
        path("bilans/", OutcomesView.as_view(), name="publishing_outcomes"),
        path("citations/", QuotesView.as_view(), name="publishing_quotes"),
        path("citations/<str:reference>/abandonner/", DropQuoteView.as_view(), name="publishing_quote_drop"),
    ]


class _EditorsItem(MenuItem):
    """An entry for who edits pages."""

    def is_shown(self, request):
        return may_edit_pages(request.viewer)


@hooks.register("register_admin_menu_item")
def outcomes_entry():
    return _EditorsItem(
        _lazy("Outcomes to prepare"), reverse("publishing_outcomes"), name="outcomes", icon_name="list-ul", order=210
    )


@hooks.register("register_admin_menu_item")
def quotes_entry():
    return _EditorsItem(_lazy("Quotes"), reverse("publishing_quotes"), name="quotes", icon_name="openquote", order=220)
