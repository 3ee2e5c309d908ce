"""What members are told of a round of statements. Nothing of it says what somebody answered."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.notices.enums import Category
from src.notices.registry import Notice, register

from .services import telling


@register
class Opened(Notice):
    """A round is open: sentences to answer before a day."""

    code = telling.OPENED
    category = Category.TASKS
    why = gettext_lazy("You receive this message because you sit on this panel.")
    audience = gettext_lazy("The members of the panel")
    example = {
        "slug": "premier-accueil",
        "panel": "Premier accueil",
        "reference": "7KQ4M2",
        "title": "Ce que l’on vient chercher",
        "question": "Que devrait-on toujours obtenir avant de ressortir d’un accueil ?",
        "closes_on": "2026-12-18",
    }

    def subject(self, context):
        return _("%(panel)s: what do you think of these sentences? %(title)s") % context

    def url(self, context):
        return reverse("panel_statements:answer", kwargs={"slug": context["slug"], "round": context["reference"]})

    def action(self, context):
        return _("Answer the statements")

    def sentences(self, context):
        day = date_format(date.fromisoformat(context["closes_on"]), "l j F Y")
        return [
            _("The panel “%(panel)s” opens a round of statements: %(title)s.") % context,
            context["question"],
            _("For each sentence, say whether you agree, don’t agree, or pass, until %(day)s.") % {"day": day},
            _("Nobody reads your answers. You may also answer on paper: ask for the sheet."),
        ]
