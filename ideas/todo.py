"""What ideas put on the to-do list of the home page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.foundations import together
from src.notices.todo import TodoItem
from src.workflow.enums import StageKind

from . import rules
from .models import CoAuthor, CoAuthorState, Idea
from .querysets import roles_on_ideas
from .selectors.cohorts import asked_of_me
from .selectors.hearing import heard_by_nobody, to_hear
from .selectors.merging import asked_of
from .selectors.moderation import OBJECTIONS, TO_READ, moderation_counts, waiting_words
from .selectors.queues import QUEUES, queue_label, queues_waiting
from .selectors.reopening import asked_to_reopen, conditions_in_hand

MINUTES = {
    "to_screen": 2,
    "to_orient": 3,
    "to_answer_now": 10,
    "to_countersign": 5,
    "to_study": 15,
    "to_decide": 15,
    "overdue": None,
}
# Where administrators give roles.
ROLES_PAGE = "/gestion/annuaire/roles/"
ICONS = {"overdue": "clock", "to_decide": "gavel", "to_countersign": "pencil"}


@together.reading
def questions_for_me(viewer):
    """Questions put to the author, with the day until which the delay is paused."""
    if not viewer.is_authenticated:
        return []
    waiting = Idea.objects.of(viewer).filter(stage_kind=StageKind.NEEDS_INFO).select_related("owed")
    return [
        TodoItem(
            title=_("Answer the question about “%(title)s”") % {"title": idea.title},
            url=idea.get_absolute_url(),
            verb=_("Answer"),
            icon="message-circle",
            due_on=idea.owed.paused_until if idea.owed else None,
            minutes=3,
            kind="ideas.question",
        )
        for idea in (yield waiting.order_by("week", "reference")[:10])
    ]


@together.reading
def merges_for_me(viewer):
    """Merges somebody proposes for one's ideas, with the day after which silence is a yes."""
    if not viewer.is_authenticated:
        return []
    lines = []
    for proposal in (yield asked_of(viewer)[:10]):
        mine = proposal.idea if proposal.idea.is_of(viewer) else proposal.parent
        lines.append(
            TodoItem(
                title=_("Merge “%(title)s” with another idea?") % {"title": mine.title},
                url=f"{mine.get_absolute_url()}regrouper/",
                verb=_("Answer"),
                icon="git-merge",
                due_on=proposal.answer_by,
                minutes=2,
                kind="ideas.merge",
            )
        )
    return lines


@together.reading
def invitations_for_me(viewer):
    """Ideas colleagues ask one to sign too, while they can still be."""
    if not viewer.is_authenticated:
        return []
    asked = CoAuthor.objects.filter(
        user_id=viewer.user_id, state=CoAuthorState.ASKED, idea__in=Idea.objects.visible_to(viewer)
    ).select_related("idea")
    return [
        TodoItem(
            title=_("Sign “%(title)s” with your colleague?") % {"title": one.idea.title},
            url=f"{one.idea.get_absolute_url()}auteurs/",
            verb=_("Answer"),
            icon="users",
            minutes=2,
            kind="ideas.coauthor",
        )
        for one in (yield asked[:20])
        if rules.takes_co_authors(one.idea)
    ]


@together.reading
def reopenings_for_me(viewer):
    """Refused ideas of one's own, or that one supported, of which a condition is met."""
    return [
        TodoItem(
            title=_("Should “%(title)s” be looked at again?") % {"title": opened.idea.title},
            url=f"{opened.idea.get_absolute_url()}rouvrir/",
            verb=_("Answer"),
            icon="undo-2",
            due_on=opened.ends_on,
            minutes=1,
            kind="ideas.reopening",
        )
        for opened in (yield asked_to_reopen(viewer)[:10])
    ]


@together.reading
def conditions_for_me(viewer):
    """Conditions of one's unit whose day has come."""
    if not rules.answers_somewhere(viewer):
        return []
    count = yield from conditions_in_hand.asking(viewer, due=True)
    if not count:
        return []
    return [
        TodoItem(
            title=_("Look at what could change an answer"),
            detail=ngettext(
                "The day of %(count)d condition has come", "The day of %(count)d conditions has come", count
            )
            % {"count": count},
            url=reverse("ideas:conditions") + "?etat=bientot",
            verb=_("Open the list"),
            icon="hourglass",
            minutes=2 * count,
            awaited=True,
            kind="ideas.conditions",
        )
    ]


@together.reading
def cohorts_for_me(viewer):
    """One's own yes, somebody's time, a milestone to note."""
    if not viewer.is_authenticated:
        return []
    words = {
        "yes": (_("Say whether you take part in “%(title)s”"), "equipe", _("Answer"), 2),
        "release": (_("Say from which day %(name)s is free"), "equipe", _("Answer"), 2),
        "note": (_("Note a milestone of “%(title)s”"), "accompagnement", _("Note"), 5),
    }
    lines = []
    for what, idea, name in (yield from asked_of_me.asking(viewer))[:10]:
        title, page, verb, minutes = words[what]
        lines.append(
            TodoItem(
                title=title % {"title": idea.title, "name": name},
                url=f"{idea.get_absolute_url()}{page}/",
                verb=verb,
                icon="users",
                minutes=minutes,
                awaited=True,
                kind=f"ideas.cohort.{what}",
            )
        )
    return lines


@together.reading
def hearings_for_me(viewer):
    """Appeals and reopenings that wait for one's own answer; for administrators, those that nobody may answer."""
    if not viewer.is_authenticated:
        return []
    mine, nobodys = yield from together.all_of([to_hear.asking(viewer), heard_by_nobody.asking(viewer)])
    lines = [
        TodoItem(
            title=_("Answer again about “%(title)s”") % {"title": idea.title},
            detail=_("Somebody else gave the first answer"),
            url=idea.get_absolute_url(),
            verb=_("Answer"),
            icon="scale",
            due_on=idea.owed.promised_on,
            minutes=15,
            awaited=True,
            kind="ideas.hear",
        )
        for idea in mine
    ]
    return lines + [
        TodoItem(
            # An administrator may not see the idea: its unit is enough to give the role.
            title=_("Nobody may answer an appeal at %(unit)s") % {"unit": (idea.unit or idea.space).name},
            detail=_("Nobody else decides there: somebody who didn’t give the first answer must"),
            url=ROLES_PAGE,
            verb=_("Give the role"),
            icon="scale",
            due_on=idea.owed.promised_on,
            minutes=5,
            awaited=True,
            kind="ideas.nobody_answers",
        )
        for idea in nobodys
    ]


@together.reading
def queues_for_me(viewer):
    """One line per queue that isn't empty."""
    if not viewer.is_authenticated or not roles_on_ideas(viewer):
        return []
    waiting = yield from queues_waiting.asking(viewer)
    return [
        TodoItem(
            title=queue_label(name),
            detail=ngettext("%(count)d idea waits", "%(count)d ideas wait", count) % {"count": count},
            url=reverse("ideas:queue", args=[name]),
            verb=_("Open the queue"),
            icon=ICONS.get(name, "circle-check"),
            due_on=first,
            legal=name == "overdue",
            minutes=MINUTES[name] * count if MINUTES[name] else None,
            awaited=True,
            kind=f"ideas.{name}",
        )
        for name in QUEUES
        for count, first in [waiting.get(name, (0, None))]
        if count
    ]


@together.reading
def moderation_for_me(viewer):
    """What waits for a moderator: texts to read, objections."""
    if not viewer.is_authenticated:
        return []
    counts = yield from moderation_counts.asking(viewer)
    address = reverse("ideas:moderation")
    lines = (
        (TO_READ, _("Read what was reported"), 3, "flag"),
        (OBJECTIONS, _("Answer an author's objection"), 10, "scale"),
    )
    return [
        TodoItem(
            title=title,
            detail=waiting_words(counts[state]),
            url=f"{address}?etat={state}",
            verb=_("Open the queue"),
            icon=icon,
            minutes=minutes * counts[state],
            awaited=True,
            kind=f"ideas.moderation.{state}",
        )
        for state, title, minutes, icon in lines
        if counts.get(state)
    ]
