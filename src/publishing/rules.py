"""What editors may not do to the pages every site needs."""

from .reserved import FOOTER_SLUGS


def is_fixed(page) -> bool:
    """The home page and the pages the footer leads to: edited freely, never moved, renamed, taken down or deleted."""
    return page.depth == 2 or (page.depth == 3 and page.slug in FOOTER_SLUGS)
