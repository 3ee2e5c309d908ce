"""What editors may do, and what they may not do to the pages every site needs."""

from src.directory.enums import Role
from src.directory.viewer import as_viewer

from .reserved import ENGLISH_FOOTER_SLUGS, FOOTER_SLUGS, SECTION_SLUGS

FIXED = FOOTER_SLUGS | ENGLISH_FOOTER_SLUGS | SECTION_SLUGS


def is_fixed(page) -> bool:
    """The home page, the pages the footer leads to, the sections: edited freely, never moved nor taken down."""
    return page.depth == 2 or (page.depth == 3 and page.slug in FIXED)


def may_edit_pages(actor) -> bool:
    """Editors and administrators."""
    viewer = as_viewer(actor)
    return viewer.is_authenticated and (viewer.has_role(Role.EDITOR) or viewer.has_role(Role.ADMINISTRATOR))
