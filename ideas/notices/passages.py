"""Told when an idea passes to another space."""

from django.utils.translation import gettext as _

from src.notices.registry import register

from .base import EXAMPLE, AboutMine, in_words
from .steps import pair

# What the example of these messages says beside the common one.
EXAMPLE.update(before="Plus simple", after="Services sobres")


def _moved(context):
    words = in_words(context)
    return [
        _("It goes from “%(before)s” to “%(after)s”: %(text)s") % words,
        _("Its page, its comments and its supports stay. Answer promised before %(promised)s.") % words,
        _("A support is taken back from its page, as before."),
    ]


pair(
    "relocated",
    lambda context: _("Your idea goes to “%(after)s”: %(title)s") % context,
    lambda context: _("An idea you follow goes to “%(after)s”: %(title)s") % context,
    _moved,
)


@register
class Copied(AboutMine):
    """To the author of an idea that was copied."""

    code = "ideas.copied"

    def subject(self, context):
        return _("Your idea is also in “%(after)s”: %(title)s") % context

    def sentences(self, context):
        words = in_words(context)
        return [
            _("It was copied from “%(before)s”: %(text)s") % words,
            _("The first stays as it is. This one has its own answer, promised before %(promised)s.") % words,
            _("It is yours: you may withdraw it."),
        ]
