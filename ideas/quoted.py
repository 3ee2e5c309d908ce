"""What editors' pages take from an idea: the words of its outcome page, and a passage its author lets them quote."""

from django.utils.formats import date_format
from django.utils.html import format_html, strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override

from src.accountability.enums import REFUSALS, Outcome
from src.directory.viewer import AnyAgent, as_viewer
from src.foundations.text import plain_to_html
from src.participation.enums import Circle, IdentityMode
from src.publishing.cards import Followers, OutcomeWords, Quotable

from .models import Idea

SUMMARY_WORDS, SAID_WORDS = 30, 90


def outcome_words(reference: str) -> OutcomeWords | None:
    """The outcome page an announced answer asks for; None without an answer, or when not every agent reads the idea.

    An outcome is everybody's to read: the author's own text goes into it only when the idea already was; otherwise its
    title alone, which an editor reads again.
    """
    idea = (
        Idea.objects.visible_to(AnyAgent())
        .filter(reference=reference, is_imported=False, decision__isnull=False)
        .select_related("space", "decision__unit", "decision__decided_by")
        .first()
    )
    if idea is None:
        return None
    with override("fr"):
        decision = idea.decision
        return OutcomeWords(
            answer=decision.pk,
            title=idea.title,
            summary=Truncator(strip_tags(decision.text)).words(SUMMARY_WORDS),
            said=_said(idea),
            decided=format_html("<p>{}.</p>", decision.get_outcome_display()) + plain_to_html(decision.text),
            changes=_changes(decision),
            measure=_measure(decision),
            measure_on=decision.first_milestone_on or decision.revisit_on,
            signed_by=decision.signed_as,
            idea_reference=idea.reference,
        )


def quotable(reference: str, viewer) -> Quotable | None:
    """An idea to quote, as the viewer may read it; nobody can agree for what is anonymous or imported."""
    idea = Idea.objects.visible_to(as_viewer(viewer)).filter(reference=reference).first()
    if idea is None or idea.body_hidden or not idea.is_shown:
        return None
    author = Followers()
    if idea.identity_mode == IdentityMode.PROTECTED:
        author = Followers(handles=[idea.handle])
    elif idea.identity_mode == IdentityMode.NAMED and not idea.is_imported:
        author = Followers(user_ids=sorted(idea.author_ids))
    return Quotable(
        title=idea.title,
        url=idea.get_absolute_url(),
        words=f"{idea.title}\n{idea.body}",
        is_sealed=idea.is_sealed,
        is_of=idea.is_of,
        author=author,
        signature="" if idea.is_sealed or not author.user_ids else idea.signed_as,
    )


def _said(idea) -> str:
    if idea.space.circle == Circle.EVERYONE:
        return plain_to_html(Truncator(idea.body).words(SAID_WORDS))
    return format_html("<p>{}</p>", _("An idea said it in these words: “%(title)s”.") % {"title": idea.title})


def _changes(decision) -> str:
    if decision.outcome == Outcome.ALREADY_DONE:
        return format_html("<p>{}</p>", _("It is already in place: nothing new begins."))
    if decision.outcome in REFUSALS:
        told = _("Nothing changes for the moment. What could change the answer: %(conditions)s")
        return format_html("<p>{}</p>", told % {"conditions": decision.reopening_conditions})
    first = _("First step: %(step)s, before %(day)s.") % {
        "step": decision.first_milestone.rstrip("."),
        "day": date_format(decision.first_milestone_on, "DATE_FORMAT"),
    }
    return format_html("<p>{}</p><p>{}</p>", first, _("In charge: %(who)s.") % {"who": decision.measure_owner})


def _measure(decision) -> str:
    if decision.revisit_on:
        day = date_format(decision.revisit_on, "DATE_FORMAT")
        return format_html("<p>{}</p>", _("We will answer again before %(day)s.") % {"day": day})
    if decision.outcome in REFUSALS:
        return format_html("<p>{}</p>", _("If one of these conditions is met, the idea can be looked at again."))
    if decision.outcome == Outcome.ALREADY_DONE:
        return format_html("<p>{}</p>", _("Whoever doesn’t see it in their place can say so under the idea."))
    told = _(
        "Its measure gives news at least every ninety days. Others than those who did it confirm that it is done."
    )
    return format_html("<p>{}</p>", told)
