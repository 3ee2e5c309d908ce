"""The way of an idea as the component of the theme draws it: five public steps, and what happened aside."""

from django.utils.translation import gettext, gettext_lazy

from src.participation.enums import IdentityMode

_STATES = {"done": "done", "current": "now", "todo": "todo"}


def steps_for(page) -> list[dict]:
    """The steps of an idea's page, in order, already worded by the core."""
    return [
        {
            "label": step.label,
            "state": _STATES[step.state],
            # Already worded: a day for what is signed, a week for the rest.
            "when_label": step.when_label,
            "who": step.who,
            "fact": step.fact,
            "side": step.side,
        }
        for step in page.timeline
    ]


# Debates brought in from elsewhere: what a comment takes a side for.
_SIDES = {1: gettext_lazy("for"), 0: gettext_lazy("neutral"), -1: gettext_lazy("against")}


def _said_by(node) -> str:
    """The author as displayed, with the side taken in an imported debate."""
    if node.alignment is None:
        return node.author_label
    return gettext("%(author)s (%(side)s)") % {"author": node.author_label, "side": _SIDES[node.alignment]}


def _gestures(node, address: str) -> list[dict]:
    """What may be done about a comment: report it, decide on it, object to its removal."""
    about = f"?commentaire={node.reference}"
    found = []
    if node.is_mine and node.hidden:
        found.append(
            {"url": f"{address}contester/{about}", "label": gettext("Why, and how to object"), "icon": "scale"}
        )
    if node.may_report:
        found.append({"url": f"{address}signaler/{about}", "label": gettext("Report"), "icon": "flag"})
    if node.may_moderate:
        found.append({"url": f"{address}moderer/{about}", "label": gettext("Moderate"), "icon": "gavel"})
    return found


def comment_card(node, address: str) -> dict:
    """A comment as the theme draws it; the day of one that isn't signed never leaves the server."""
    sealed = node.comment.identity_mode != IdentityMode.NAMED
    return {
        "id": node.reference,
        "author_label": _said_by(node),
        "official": node.official_label,
        "thanks": gettext("Thanks to those who answered") if node.is_thanks else "",
        "body_html": node.html,
        "on": None if sealed else node.comment.created_at,
        "week": node.week if sealed else None,
        "protected": node.comment.identity_mode == IdentityMode.PROTECTED,
        "in_reply_to": node.in_reply_to_label,
        "hidden": node.hidden,
        "actions": _gestures(node, address),
        "replies": [comment_card(reply, address) for reply in node.replies],
    }
