"""Once an idea became a measure: may its page say whose idea it was?"""

from django.utils.translation import gettext as _

from src.notices.registry import register

from .base import AboutMine


@register
class CreditAsked(AboutMine):
    code = "ideas.credit.asked"

    def url(self, context):
        return f"/idees/{context['reference']}/nee-de/"

    def action(self, context):
        return _("Choose")

    def subject(self, context):
        return _("Your idea became a measure: may it name you? %(title)s") % context

    def sentences(self, context):
        return [
            _("The page of the measure can say that it was born of your idea, with the signature of your idea."),
            _("Without your yes, nothing is shown. You may change your mind whenever you like."),
        ]
