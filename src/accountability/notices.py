"""What people are told about measures by their duty; followers are told by the room a measure comes from."""

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.notices.enums import Category
from src.notices.registry import Notice, register

from .enums import CheckResult

EXAMPLE = {
    "reference": "M4SVR2",
    "title": "Une personne debout à l’entrée des mairies de quartier",
    "unit": "Accueil des habitantes et habitants",
    "days": 91,
    "last": "2026-08-27",
    "until": "2026-12-24",
    "result": "confirmed",
    "counts": "21 personnes sur 24 l’ont constaté sur place.",
}


class MeasureTask(Notice):
    """Common part: a measure's address, and why one is told."""

    category = Category.TASKS
    audience = "staff"
    example = EXAMPLE

    @property
    def why(self):
        return _("Your role asks it of you.")

    def url(self, context):
        return f"/engagements/{context['reference']}/"


@register
class Silent(MeasureTask):
    """To its owner at ninety days, then to the direction."""

    code = "accountability.silent"

    def subject(self, context):
        return _("Without news: %(title)s") % context

    def action(self, context):
        return _("Give news")

    def sentences(self, context):
        days = context["days"]
        day = parse_date(context["last"])
        first = ngettext(
            "Nobody has heard of this measure for %(days)d day.",
            "Nobody has heard of this measure for %(days)d days.",
            days,
        ) % {"days": days}
        return [
            first,
            _("The last news are of %(date)s. Its page now says “without news”, to everybody. Two lines are enough.")
            % {"date": date_format(day, "DATE_FORMAT")},
        ]


@register
class ToConfirm(MeasureTask):
    """To the correspondents whose word confirms what changes nobody's working day."""

    code = "accountability.to_confirm"

    def subject(self, context):
        return _("Is it done? Your word is awaited: %(title)s") % context

    def action(self, context):
        return _("Look, then confirm")

    def sentences(self, context):
        return [
            _("%(unit)s says that it is done. Go and look, then say what you saw: your word confirms it.") % context
        ]


@register
class Ground(MeasureTask):
    """To each person drawn."""

    code = "accountability.ground"
    category = Category.NEWS
    audience = "agents"

    @property
    def why(self):
        return _("You were drawn by lot among those who work where this measure changes something.")

    def subject(self, context):
        return _("Is it done where you work? %(title)s") % context

    def url(self, context):
        return f"/engagements/{context['reference']}/constat/"

    def action(self, context):
        return _("Answer three questions")

    def sentences(self, context):
        day = parse_date(context["until"])
        return [
            _("%(unit)s says that this is done. You are the one who knows: three questions, yes or no, one minute.")
            % context,
            _("Your answer is added to a total and kept nowhere with your name. You have until %(date)s.")
            % {"date": date_format(day, "DATE_FORMAT")},
        ]


@register
class Checked(MeasureTask):
    """To those who run the measure."""

    code = "accountability.checked"

    def subject(self, context):
        if context["result"] == CheckResult.CONFIRMED:
            return _("The ground confirms: %(title)s") % context
        return _("Still to confirm: %(title)s") % context

    def action(self, context):
        return _("See the measure")

    def sentences(self, context):
        after = "" if context["result"] == CheckResult.CONFIRMED else _("Take it up again, and say what is missing.")
        return [sentence for sentence in (context["counts"], after) if sentence]


OWED = {
    "reference": "7K2MQX",
    "title": "Recommandation 5 du panel « Premier accueil »",
    "url": "/panels/premier-accueil/avis/reponses/",
    "unit": "Accueil des habitantes et habitants",
    "promised": "2026-12-24",
}


class OwedTask(Notice):
    """Common part of reminders: what an answer is owed to, who promised it, for when."""

    category = Category.TASKS
    audience = "staff"
    example = OWED

    @property
    def why(self):
        return _("Your role asks it of you.")

    def url(self, context):
        return context["url"]

    def action(self, context):
        return _("Read, then answer")

    def promise(self, context):
        day = date_format(parse_date(context["promised"]), "DATE_FORMAT")
        return _("%(unit)s promised a written answer before %(promised)s.") % {**context, "promised": day}


@register
class OwedSoon(OwedTask):
    """Fifteen days before the promised day (the setting), to who answers."""

    code = "accountability.due_soon"

    def subject(self, context):
        return _("An answer is due soon: %(title)s") % context

    def sentences(self, context):
        return [self.promise(context)]


@register
class OwedLate(OwedTask):
    """After it: correspondents, then the direction, then who decides for the whole city."""

    code = "accountability.overdue"

    def subject(self, context):
        return _("An answer is late: %(title)s") % context

    def sentences(self, context):
        return [
            self.promise(context),
            _("Everybody reads that it is missing. Each week, this reminder goes one level higher."),
        ]


REPLY = {"reference": "7K2MQX", "unit": "Accueil des habitantes et habitants", "before": "2026-12-24"}


@register
class ToSign(Notice):
    """To the elected official whose signature a direction asks for: never who wrote, never what."""

    code = "accountability.to_sign"
    category = Category.TASKS
    audience = "staff"
    example = REPLY

    @property
    def why(self):
        return _("You were elected, and sign replies in the name of the City.")

    def subject(self, context):
        return _("A reply to sign: %(reference)s") % context

    def url(self, context):
        return f"/reponses/conseil/{context['reference']}/"

    def action(self, context):
        return _("Read it, then sign")

    def sentences(self, context):
        first = _("%(unit)s has prepared this reply. It leaves once you have signed it.") % context
        day = parse_date(context["before"])
        if day is None:
            return [first]
        return [first, _("It is promised before %(date)s.") % {"date": date_format(day, "DATE_FORMAT")}]


@register
class ReplySigned(Notice):
    """To who prepared the reply: signed, or sent back with what must change."""

    code = "accountability.reply_signed"
    category = Category.TASKS
    audience = "staff"
    example = {**REPLY, "who": "Hélène Duroc-Amari", "text": "Dites aussi ce qui change pour les équipes du samedi."}

    @property
    def why(self):
        return _("You asked for this signature.")

    def subject(self, context):
        if context["text"]:
            return _("Reply sent back: %(reference)s") % context
        return _("Reply signed: %(reference)s") % context

    def url(self, context):
        return f"/reponses/conseil/{context['reference']}/demander/"

    def action(self, context):
        return _("See the reply")

    def sentences(self, context):
        if context["text"]:
            return [_("%(who)s asks for a change:") % context, context["text"]]
        return [_("%(who)s has signed it. You may announce it.") % context]
