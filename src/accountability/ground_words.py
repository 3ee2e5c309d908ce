"""What is told of a ground check: never of few answers, never a unanimity that tells what each one said."""

from django.conf import settings
from django.utils.translation import gettext as _

from .enums import CheckResult


def counts_in_words(check) -> str:
    """How many of how many saw it, once closed; no figures under the smallest number, or when all said one thing."""
    if check.is_open:
        return ""
    words = {"yes": check.yes, "answers": check.answers, "drawn": check.drawn, "k": settings.TERRAIN_K}
    if check.answers < settings.TERRAIN_K:
        if check.result == CheckResult.CONFIRMED:
            return _("Fewer than %(k)d people answered, and enough of them saw it on the ground.") % words
        return _("Too few people answered, or too few saw it on the ground, to say that it is confirmed.")
    if check.yes == check.answers:
        return _("%(answers)d people answered: more than 90%% saw it on the ground.") % words
    if check.yes == 0:
        return _("%(answers)d people answered: fewer than 10%% saw it on the ground.") % words
    return _("%(yes)d people out of %(answers)d saw it on the ground.") % words
