"""What pages become in a letter: drafts to be discussed, the opinion, the replies with a slip to send back."""

from django.utils.translation import gettext as _

from panels.by_post import Page, Posted

from . import selectors, words
from .enums import DraftState, GradeValue
from .models import MinorityOpinion, Opinion, Recommendation
from .rules import drafts


def draft_items(panel):
    """The drafts that are discussed, in one letter."""
    found = Recommendation.objects.filter(panel=panel, state__in=[DraftState.DRAFT, DraftState.PROPOSED])
    last = found.order_by("-created_at").first()
    return [Posted("all", _("Drafts of recommendations"), last.created_at.date())] if last else []


def draft_page(panel, key, membership) -> Page | None:
    """Each draft in its last words, its number, and room to write what one would change."""
    if key != "all":
        return None
    found = Recommendation.objects.filter(panel=panel, state__in=[DraftState.DRAFT, DraftState.PROPOSED])
    rule = selectors.rule_of(panel)
    context = {
        "panel": panel,
        "member": membership,
        "rows": list(found.whole().order_by("number")),
        "rule_words": words.of_rule(rule) if rule else "",
    }
    return Page("opinions/print/drafts.html", context, slip=True)


def minority_items(panel):
    """What stands beside the opinion, while members still write and sign."""
    if not drafts(panel):
        return []
    last = MinorityOpinion.objects.standing().filter(panel=panel).order_by("-written_at").first()
    return [Posted("all", _("Minority opinions, to write or to sign"), last.written_at.date() if last else None)]


def minority_page(panel, key, membership) -> Page | None:
    """Each minority opinion with a place to sign it, by name or counted; then room to write one."""
    if key != "all" or not drafts(panel):
        return None
    context = {"panel": panel, "member": membership, "minorities": selectors.minorities_of(panel)}
    return Page("opinions/print/minorities.html", context, slip=True)


def opinion_items(panel):
    """The opinion, once it is adopted."""
    found = Opinion.objects.filter(panel=panel).first()
    return [Posted("opinion", str(found), found.adopted_at.date())] if found else []


def opinion_page(panel, key, membership) -> Page | None:
    """The opinion as everybody reads it."""
    from .views.opinion import reading  # here because views read this room's registries

    found = Opinion.objects.filter(panel=panel).first()
    if key != "opinion" or found is None:
        return None
    found.panel = panel
    return Page("opinions/print/_opinion.html", reading(panel, found))


def reply_items(panel):
    """The replies, once one is given."""
    found = Opinion.objects.filter(panel=panel, handed_over_on__isnull=False).first()
    given = [one for one in selectors.replies_of(found) if one.given] if found else []
    return [Posted("replies", _("Replies of the city"), max(one.given.published_on for one in given))] if given else []


def reply_page(panel, key, membership) -> Page | None:
    """The replies, and the slip on which a member ticks whether each answers; it bears their number."""
    found = Opinion.objects.filter(panel=panel, handed_over_on__isnull=False).first()
    if key != "replies" or found is None:
        return None
    context = {
        "panel": panel,
        "member": membership,
        "rows": selectors.replies_of(found),
        "values": [label for _value, label in GradeValue.choices],
    }
    return Page("opinions/print/replies.html", context, slip=True)
