"""What people are told about reform texts."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.notices.enums import Category
from src.notices.registry import Notice, register

from .enums import ContributionKind, OutcomeKind


def outcome_words(item: dict) -> str:
    """The first sentence of what became of a contribution."""
    words = {
        OutcomeKind.TAKEN: _("Taken: the text says it now."),
        OutcomeKind.PARTLY: _("Partly taken: the text says a part of it now."),
        OutcomeKind.SET_ASIDE: _("Set aside."),
        OutcomeKind.ANSWERED: _("Answered."),
    }
    if item["outcome"] == OutcomeKind.TAKEN and item["unchanged"]:
        return _("Heard: the text stays as it is there.")
    return words[item["outcome"]]


def item_lines(item: dict) -> list[str]:
    """Everything told of one contribution, in plain sentences."""
    kinds = {
        ContributionKind.SUPPORT: _("You agreed with “%(unit)s”."),
        ContributionKind.AMEND: _("You proposed another wording of “%(unit)s”."),
        ContributionKind.QUESTION: _("You asked a question about “%(unit)s”."),
    }
    lines = [kinds[item["kind"]] % item]
    if item["said"]:
        lines.append(_("Your words: “%(said)s”") % item)
    if item["proposal"]:
        lines.append(_("The wording you proposed: “%(proposal)s”") % item)
    lines.append(outcome_words(item))
    if item["reason"]:
        lines.append(item["reason"])
    if item["theme"]:
        lines.append(_("The same answer was given to several contributions, about: %(theme)s.") % item)
    if item["unchanged"]:
        lines.append(_("The text, unchanged: “%(before)s”") % item)
        return lines
    lines.append(_("Before: “%(before)s”") % item if item["before"] else _("Before: nothing was said of it."))
    lines.append(_("After: “%(after)s”") % item if item["after"] else _("After: these words are gone."))
    return lines


@register
class OutcomeTold(Notice):
    """To each contributor, once: their sentence, what became of it, before and after."""

    code = "texts.outcome"
    category = Category.FOLLOWED
    why = gettext_lazy("You receive this because you contributed to this text. It is the one message about it.")
    example = {
        "reference": "T7KQ2M",
        "title": "Charte des plannings",
        "occasion": "v2",
        "items": [
            {
                "unit": "Article 1. Prévenir",
                "kind": "amend",
                "said": "Deux semaines, c'est trop court pour la nourrice.",
                "proposal": "Le planning est affiché au moins trois semaines avant.",
                "outcome": "partly",
                "reason": "Trois semaines, sauf dans les équipes d'urgence.",
                "theme": "Prévenir plus tôt",
                "before": "deux",
                "after": "trois",
                "unchanged": False,
            }
        ],
    }

    def url(self, context):
        if context["occasion"].startswith("v"):
            return f"/textes/{context['reference']}/changements/{context['occasion'].removeprefix('v')}/"
        return f"/textes/{context['reference']}/"

    def subject(self, context):
        return _("What became of your words: %(title)s") % context

    def action(self, context):
        return _("See what changed")

    def sentences(self, context):
        return [line for item in context["items"] for line in item_lines(item)]


@register
class Removed(Notice):
    """To its author: the moderation removed a contribution."""

    code = "texts.removed"
    category = Category.FOLLOWED
    legal = True
    why = gettext_lazy("You receive this because you wrote the contribution.")
    example = {
        "reference": "T7KQ2M",
        "title": "Charte des plannings",
        "contribution": "C4D8EF",
        "reason": "Propos injurieux ou discriminants",
        "text": "Votre contribution visait une collègue par son prénom.",
        "until": "le 14 décembre 2026",
    }

    def url(self, context):
        return f"/textes/{context['reference']}/contributions/{context['contribution']}/"

    def subject(self, context):
        return _("Your contribution to “%(title)s” was removed") % context

    def sentences(self, context):
        return [
            _("The moderation removed it: %(reason)s.") % context,
            context["text"],
            _("You can object until %(until)s, from its page: somebody else reads it again.") % context,
        ]


@register
class ObjectionAnswered(Notice):
    """To its author: somebody else read the removed contribution again."""

    code = "texts.objection"
    category = Category.FOLLOWED
    legal = True
    why = gettext_lazy("You receive this because you objected to the removal of your contribution.")
    example = {
        "reference": "T7KQ2M",
        "title": "Charte des plannings",
        "contribution": "C4D8EF",
        "restored": True,
        "text": "Vos mots parlent du travail, et de personne en particulier.",
    }

    def url(self, context):
        return f"/textes/{context['reference']}/contributions/{context['contribution']}/"

    def subject(self, context):
        return _("Your objection was answered: %(title)s") % context

    def sentences(self, context):
        said = _("Your contribution is shown again.") if context["restored"] else _("The removal stands.")
        return [said, context["text"]]


@register
class WaitsAgain(Notice):
    """To those who organise the text: the moderation brought back a contribution that has no outcome."""

    code = "texts.waits_again"
    category = Category.TASKS
    why = gettext_lazy("You receive this because you organise this text.")
    audience = gettext_lazy("Those who organise the text")
    example = {"reference": "T7KQ2M", "title": "Charte des plannings", "contribution": "C4D8EF", "is_closed": True}

    def url(self, context):
        return f"/textes/{context['reference']}/contributions/{context['contribution']}/"

    def subject(self, context):
        return _("A contribution waits for its outcome: %(title)s") % context

    def action(self, context):
        return _("Give its outcome")

    def sentences(self, context):
        said = _("Its author objected to its removal, and somebody else brought it back.")
        if context["is_closed"]:
            return [said, _("The text is closed: its author is told as soon as you say what became of it.")]
        return [said, _("No version comes out, and the text can't be closed, before it has its outcome.")]
