"""The messages of dossiers: a report that came out, a piece of news."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from src.notices.enums import Category
from src.notices.registry import Notice, register


class DossierNotice(Notice):
    """Base: it leads to the dossier."""

    category = Category.NEWS

    def about(self, context):
        return f"dossier:{context['slug']}"

    def url(self, context):
        return f"/consultations/{context['slug']}/"


@register
class ReportPublished(DossierNotice):
    """To those who took part in a consultation, or follow it: what was decided can be read."""

    code = "consultations.report_published"
    why = _("You receive this message because you took part in this consultation, or follow it.")
    audience = _("Who took part in the consultation, or follows it; nobody is listed")
    example = {"title": "Nous au travail, troisième édition", "slug": "nous-au-travail"}

    def subject(self, context):
        return gettext("What was decided: %(title)s") % {"title": context["title"]}

    def sentences(self, context):
        return [
            gettext("You had spoken, here is what was decided and what changes: “%(title)s”.")
            % {"title": context["title"]},
            gettext("Each decision leads to its measures: you will see there how far they have come."),
        ]

    def action(self, context):
        return gettext("Read what was decided")


@register
class NewsPublished(DossierNotice):
    """To those who follow a dossier: something new."""

    code = "consultations.news_published"
    why = _("You receive this message because you follow this consultation.")
    audience = _("Who follows the consultation")
    example = {
        "title": "Mieux prévoir nos plannings",
        "slug": "plannings",
        "news": "Deux réunions de plus aux Tanneurs",
        "text": "Le mardi à 5 h 30 et le jeudi à 13 h, sur le temps de travail.",
    }

    def subject(self, context):
        return gettext("%(title)s: %(news)s") % {"title": context["title"], "news": context["news"]}

    def sentences(self, context):
        return [context["text"]]

    def action(self, context):
        return gettext("See the dossier")
