"""What people under way are told of an older version: until when they may finish it, then how they go on."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.notices.enums import Category
from src.notices.registry import Notice, register

VERSION_ENDS = "trainings.version_ends"


@register
class VersionEnds(Notice):
    """An older version may be finished until a day, or no longer."""

    code = VERSION_ENDS
    category = Category.TASKS
    why = gettext_lazy("You receive this message because you began this training and haven’t finished it.")
    audience = gettext_lazy("Agents who follow a version of a training that a newer one replaces")
    example = {
        "slug": "accueillir",
        "title": "Accueillir sans discriminer",
        "last_day": "2026-12-12",
        "is_over": False,
    }

    def subject(self, context):
        return _("A training you began: a newer version")

    def about(self, context):
        return f"track:{context['slug']}"

    def url(self, context):
        return reverse("trainings_learning:track", kwargs={"slug": context["slug"]})

    def action(self, context):
        return _("See my training")

    def sentences(self, context):
        facts = {
            "title": context["title"],
            "day": date_format(date.fromisoformat(context["last_day"]), "DATE_FORMAT"),
        }
        if context["is_over"]:
            when = _("The version of “%(title)s” that you began could be finished until %(day)s.") % facts
            then = _("You go on in the newer one: the modules that are the same stay finished.")
        else:
            when = _("You may finish the version of “%(title)s” that you began until %(day)s.") % facts
            then = _("Afterwards you go on in the newer one: the modules that are the same stay finished.")
        return [when, then]
