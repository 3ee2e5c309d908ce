"""What the room puts on pages of the floor below: two tabs of the members' space, a section of the public page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panels import rules as panel_rules
from panels.models import Membership
from panels.own_parts import Way
from panels.public_parts import PublicPart
from panels.workspace import Tab
from src.foundations import clock
from theme.templatetags.theme import short_day

from . import rules, selectors, words
from .enums import DraftState
from .models import Opinion, Reply
from .views.gate import url


def recommendations_tab(viewer, panel) -> Tab | None:
    """Drafts and votes, from the beginning of the work on."""
    if panel.space_id is None:
        return None
    counts = selectors.counts_by_state(panel)
    drafts, voted = counts[DraftState.DRAFT], counts[DraftState.PROPOSED]
    said = [ngettext("%(n)d draft", "%(n)d drafts", drafts) % {"n": drafts}] if drafts else []
    if voted:
        said.append(ngettext("%(n)d put to the vote", "%(n)d put to the vote", voted) % {"n": voted})
    if counts[DraftState.ADOPTED]:
        adopted = counts[DraftState.ADOPTED]
        said.append(ngettext("%(n)d adopted", "%(n)d adopted", adopted) % {"n": adopted})
    state = ", ".join(said) or _("None yet: write the first one.")
    is_next = rules.drafts(panel) and bool(drafts or voted)
    return Tab("recommendations", _("Recommendations"), url(panel, "recommendations"), state, "pencil", is_next)


def opinion_tab(viewer, panel) -> Tab | None:
    """The opinion and its minority opinions; once replies come, grading them."""
    if panel.space_id is None:
        return None
    opinion = Opinion.objects.filter(panel=panel).first()
    if opinion is None:
        return Tab("opinion", _("Opinion of the panel"), url(panel, "within"), _("In preparation"), "file-text")
    if opinion.handed_over_on is None:
        return Tab("opinion", _("Opinion of the panel"), url(panel, "within"), _("Adopted"), "file-text")
    given = Reply.objects.filter(article__opinion=opinion, answered_on__isnull=False).count()
    state = ngettext("%(n)d reply to read and grade", "%(n)d replies to read and grade", given) % {"n": given}
    is_next = bool(given) and panel_rules.is_member(viewer, panel) and rules.grading_is_open(panel)
    said = state if given else _("Handed over; the replies are awaited.")
    return Tab("opinion", _("Opinion of the panel"), url(panel, "within"), said, "file-text", is_next)


def opinion_section(viewer, panel) -> PublicPart | None:
    """The rule with its day; the opinion once handed over, its replies, those that are missing."""
    rule = selectors.rule_of(panel)
    opinion = Opinion.objects.filter(panel=panel, handed_over_on__isnull=False).first()
    if rule is None and opinion is None:
        return None
    context = {"rule": rule, "rule_words": words.of_rule(rule) if rule else "", "opinion": opinion}
    if opinion is not None:
        replies = list(Reply.objects.filter(article__opinion=opinion))
        today = clock.today()
        context |= {
            "url": url(panel, "opinion"),
            "replies_url": url(panel, "replies"),
            "adopted": len(replies),
            "given": sum(one.answered_on is not None for one in replies),
            "late": sum(one.days_late(today) > 0 for one in replies),
            "due": short_day(opinion.due_on),
        }
    return PublicPart("opinions/_section.html", context)


def grading_way(candidate) -> Way | None:
    """Grading the replies, by ticket, for somebody whose panel handed its opinion over."""
    if not Opinion.objects.filter(panel=candidate.panel_id, handed_over_on__isnull=False).exists():
        return None
    if not Membership.objects.filter(candidate=candidate).exists():
        return None
    return Way(_("Grade the replies"), reverse("panel_opinions:own_grades"))
