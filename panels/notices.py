"""What guarantors of a panel are told. Nothing of it names a candidate, nor tells a value of a profile."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.notices.enums import Category
from src.notices.registry import Notice, register

from .services import telling

SEAL = "84399690b73e634b076da56e41e2147e349d7fb559b8b91aa6db3d67b59ea341"


class GuarantorNotice(Notice):
    """Base: to those who watch over a panel. It isn't muted: what they hold is the proof."""

    category = Category.TASKS
    why = gettext_lazy("You receive this message because you watch over this panel.")
    audience = gettext_lazy("The guarantors of a panel")


@register
class Sealed(GuarantorNotice):
    """The seal, before the dice are thrown."""

    code = telling.SEALED
    example = {
        "slug": "premier-accueil",
        "title": "Premier accueil",
        "number": 4,
        "seal": SEAL,
        "rows": 1000,
        "on": "2026-12-08",
    }

    def url(self, context):
        return f"/panels/{context['slug']}/tirages/{context['number']}/"

    def subject(self, context):
        return _("The draw is sealed: %(title)s") % context

    def sentences(self, context):
        return [
            _("Draw %(number)d of the panel “%(title)s” is sealed: a table of %(rows)d panels.") % context,
            _("Here is its seal: %(seal)s") % {"seal": " ".join(_groups(context["seal"]))},
            _(
                "Keep this message. On %(day)s a row is given in public. If the files published that day don’t give "
                "this seal, they were changed."
            )
            % {"day": date_format(date.fromisoformat(context["on"]), "l j F Y")},
        ]

    def action(self, context):
        return _("See the sealed draw")


@register
class ToSign(GuarantorNotice):
    """A protected quota to loosen, or somebody who isn't next in the reserve."""

    code = telling.TO_SIGN
    example = {
        "slug": "bien-vivre-l-ete",
        "title": "Bien vivre l’été en ville",
        "kind": telling.RELAXATION,
        "reason": "Très peu de personnes de ces logements se sont inscrites.",
    }

    def url(self, context):
        page = "quotas" if context["kind"] == telling.RELAXATION else "places"
        return f"/panels/atelier/{context['slug']}/{page}/"

    def subject(self, context):
        return _("Your signature is asked: %(title)s") % context

    def sentences(self, context):
        return [
            _("An organiser asks that a protected quota be loosened. Nothing changes until a guarantor signs.")
            if context["kind"] == telling.RELAXATION
            else _(
                "An organiser asks that a seat goes to somebody who isn’t next in the reserve. A guarantor signs it."
            ),
            _("Why: %(reason)s") % context,
        ]

    def action(self, context):
        return _("Read what is asked")


def _groups(seal: str) -> list[str]:
    return [seal[start : start + 4] for start in range(0, len(seal), 4)]
