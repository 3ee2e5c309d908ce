"""What editors may not do to the pages every site needs."""

from .reserved import FOOTER_SLUGS, SECTION_SLUGS


def is_fixed(page) -> bool:
    """The home page, the pages the footer leads to, the sections: edited freely, never moved nor taken down."""
    return page.depth == 2 or (page.depth == 3 and page.slug in FOOTER_SLUGS | SECTION_SLUGS)
