"""Who is told what when an idea moves: worked out by the relay, each person once per event."""

from datetime import timedelta

from django.db.models import Q

from src.accountability.models import ResponseOwed
from src.directory.enums import Role
from src.directory.models import RoleGrant
from src.foundations import clock, outbox
from src.notices.services import send
from src.participation.enums import IdentityMode, Visibility
from src.workflow.enums import DECIDED, Actor, StageKind
from src.workflow.returning import standing

from .. import own_site
from ..models import CoAuthor, CoAuthorState, Idea, IdeaComment, IdeaFollow, IdeaJournalEntry, MergeState
from .appealing import answered_before
from .hearing import hearing_of
from .moderators import administrators
from .role_holders import held_today, holders, present

# The author reads the answer first.
AUTHOR_FIRST = timedelta(hours=1)
QUOTE = 400
_READ = ("unit", "owed", "space", "direction", "author")


def tell_submitted(reference: str) -> None:
    """The receipt, to the author."""
    idea = read_idea(reference)
    if idea is not None:
        tell_author(idea, "ideas.submitted", context_of(idea), f"submitted:{reference}")


def tell_moved(entry_pk: int) -> None:
    """Everybody this step concerns, once: the author, then those it gives a task, then those who follow."""
    entry = (
        IdeaJournalEntry.objects.select_related(
            "idea__unit", "idea__owed", "idea__space", "idea__direction", "idea__transfer_to", "idea__author", "actor"
        )
        .filter(pk=entry_pk)
        .first()
    )
    if entry is None or entry.idea.is_imported:
        return
    teller = _teller_of(entry)
    if teller is not None and not _said_by_a_later_step(entry, teller):
        teller(entry.idea, entry)


def _teller_of(entry):
    own = TELLERS_BY_ROLE.get((entry.actor_role, entry.to_kind))
    return own or TELLERS.get((entry.from_kind, entry.to_kind)) or TELLERS.get(("", entry.to_kind))


def _said_by_a_later_step(entry, teller) -> bool:
    """Messages wait: when the same kind of step was taken again meanwhile, that one is told, with today's facts."""
    later = standing(entry.idea.journal.filter(pk__gt=entry.pk).order_by("id"))
    return any(_teller_of(other) is teller for other in later)


def tell_commented(reference: str) -> None:
    """The author of the idea, and the author of the comment that is answered."""
    comment = (
        IdeaComment.objects.select_related(
            "idea__space", "idea__author", "idea__unit", "idea__owed", "parent", "in_reply_to"
        )
        .filter(reference=reference)
        .first()
    )
    if comment is None or not comment.is_shown or not comment.idea.is_shown:
        return
    idea = comment.idea
    context = context_of(idea) | {"who": comment.signed_as, "text": quoted(comment.body), "comment": reference}
    key = f"commented:{reference}"
    answered = comment.in_reply_to or comment.parent
    told = set()
    if not _same_voice(comment, idea):
        # A co-author who comments needn't be told of it.
        tell_author(idea, "ideas.commented", context, key, without={comment.author_id})
        told |= idea.author_ids
    if answered is not None and not _same_voice(comment, answered):
        if answered.identity_mode != IdentityMode.NAMED:
            send("ideas.replied", handles=[answered.handle], context=context, key=key)
        elif answered.author_id and answered.author_id not in told:
            send("ideas.replied", recipients=[answered.author_id], context=context, key=key)


def tell_assessors(reference: str, user_ids: list[int]) -> None:
    """People asked to assess while the study lasts."""
    idea = read_idea(reference)
    if idea is not None:
        context = context_of(idea) | {"until": _seat_due(idea)}
        send("ideas.task.assess", recipients=user_ids, context=context, key=f"seat:{reference}")


def tell_later(entry_pk: int) -> None:
    """The official answer, to everybody but its author, who had it an hour before."""
    entry = IdeaJournalEntry.objects.select_related("idea__unit", "idea__owed", "idea__space").get(pk=entry_pk)
    idea = entry.idea
    context = context_of(idea) | _answer_words(idea)
    assessors = set(idea.assessors.filter(assessment__isnull=False).values_list("user_id", flat=True))
    # Those who follow an idea are told as such: nobody twice.
    followers, handles = followers_of(idea)
    key = f"moved:{entry_pk}"
    send("ideas.answered.followed", recipients=followers, handles=handles, context=context, key=key)
    send("ideas.task.thanks", recipients=sorted(assessors - set(followers)), context=context, key=key)


def idea_of_step(entry_pk: int):
    """The idea a step is of."""
    return Idea.objects.select_related(*_READ).get(journal=entry_pk)


def tell_escalated(owed_pk: int, level: int) -> None:
    """A reminder before the promised day, then higher after it: correspondent, direction, secretary general."""
    owed = ResponseOwed.objects.filter(pk=owed_pk, subject_kind=Idea.subject_kind).first()
    idea = read_idea(owed.subject_reference) if owed else None
    if idea is None or not idea.is_shown or not owed.is_open:
        return
    code = "ideas.task.due_soon" if level == 0 else "ideas.task.overdue"
    key = f"owed:{owed_pk}:{owed.promised(clock.today()).isoformat()}:{level}"
    send(code, recipients=_responsible(idea, level), context=context_of(idea), key=key)


# ------------------------------------------------------------------------------------------------ by kind of step
def _screened(idea, entry):
    context = context_of(idea)
    if entry.actor is not None:
        context["reader"] = entry.actor.short_name
    tell_author(idea, "ideas.screened", context, _key(entry))
    task(idea, entry, "ideas.task.orient", holders(idea, Role.IDEA_CORRESPONDENT) or holders(idea, Role.FACILITATOR))


def _went_up(idea, entry):
    """The site didn't settle it: its author reads why and by when, the direction's correspondents receive it."""
    tell_author(idea, "ideas.went_up", context_of(idea) | {"text": quoted(entry.text)}, _key(entry))
    task(idea, entry, "ideas.task.orient", holders(idea, Role.IDEA_CORRESPONDENT) or holders(idea, Role.FACILITATOR))


def _asked(idea, entry):
    if idea.stage_kind != StageKind.NEEDS_INFO:
        # Read on the page and answered before the message left.
        return
    until = idea.owed.paused_until if idea.owed else None
    context = context_of(idea) | {"text": entry.text, "until": until.isoformat() if until else ""}
    tell_author(idea, "ideas.asked", context, _key(entry))


def _answered_question(idea, entry):
    if entry.to_kind == StageKind.SUBMITTED:
        people = holders(idea, Role.MODERATOR) or holders(idea, Role.FACILITATOR)
    else:
        people = {idea.owner_id} if idea.owner_id else holders(idea, Role.IDEA_CORRESPONDENT)
        people |= set(idea.assessors.filter(is_declined=False).values_list("user_id", flat=True))
    text = quoted(entry.text) if entry.actor_role == Actor.AUTHOR else ""
    if text:
        task(idea, entry, "ideas.task.answered", people, text=text)
    if entry.to_kind == StageKind.IN_REVIEW:
        tell_both(idea, entry, "resumed", context_of(idea))


def _dormant(idea, entry):
    tell_author(idea, "ideas.dormant", context_of(idea), _key(entry))


def _oriented(idea, entry):
    people = holders(idea, Role.IDEA_CORRESPONDENT) | holders(idea, Role.INSTRUCTOR)
    task(idea, entry, "ideas.task.handle", people, text=entry.text)
    tell_both(idea, entry, "oriented", context_of(idea))


def _shortlisted(idea, entry):
    task(idea, entry, "ideas.task.handle", holders(idea, Role.INSTRUCTOR), text=entry.text)
    tell_both(idea, entry, "shortlisted", context_of(idea))


def _transfer_asked(idea, entry):
    people = holders(idea, Role.IDEA_CORRESPONDENT, unit=idea.transfer_to)
    task(idea, entry, "ideas.task.transfer", people, text=entry.text)


def _transfer_answered(idea, entry):
    if entry.data.get("owner") is None:
        people = {idea.owner_id} if idea.owner_id else holders(idea, Role.IDEA_CORRESPONDENT)
        task(idea, entry, "ideas.task.refused", people, text=entry.text)
        return
    tell_both(idea, entry, "transferred", context_of(idea))


def _studied(idea, entry):
    asked = set(idea.assessors.filter(is_declined=False).values_list("user_id", flat=True))
    task(idea, entry, "ideas.task.assess", asked, until=_seat_due(idea))
    tell_both(idea, entry, "studied", context_of(idea) | {"assessors": len(asked)}, without=asked)


def _to_countersign(idea, entry):
    people = holders(idea, Role.DELEGATE) or holders(idea, Role.DECISION_MAKER)
    task(idea, entry, "ideas.task.countersign", people)


def _sent_back(idea, entry):
    draft = idea.journal.filter(to_kind=StageKind.COUNTERSIGN).order_by("-id").first()
    people = {draft.actor_id} if draft and draft.actor_id else holders(idea, Role.IDEA_CORRESPONDENT)
    task(idea, entry, "ideas.task.sent_back", people, text=entry.text)


def _to_decide(idea, entry):
    if not answered_before(idea):
        task(idea, entry, "ideas.task.decide", holders(idea, Role.DECISION_MAKER))
        return
    hearing = hearing_of(idea)
    if hearing.is_missing:
        _nobody_answers(idea, entry)
    else:
        task(idea, entry, "ideas.task.hear", hearing.people)


def _nobody_answers(idea, entry):
    """To the administrators, without the idea itself: they may not be of its circle."""
    if people := administrators() - idea.author_ids:
        context = {name: value for name, value in context_of(idea).items() if name in ("unit", "promised")}
        send("ideas.task.nobody_answers", recipients=sorted(people), context=context, key=_key(entry))


def _more_study(idea, entry):
    people = {idea.owner_id} if idea.owner_id else holders(idea, Role.IDEA_CORRESPONDENT)
    task(idea, entry, "ideas.task.more_study", people, text=entry.text)


def _decided(idea, entry):
    context = context_of(idea) | _answer_words(idea)
    tell_author(idea, "ideas.answered", context, _key(entry))
    for other in Idea.objects.filter(merges__parent=idea, merges__state=MergeState.MERGED).select_related(*_READ):
        words = _answer_words(idea) | {"other": idea.title, "other_reference": idea.reference}
        tell_author(other, "ideas.merged.answered", context_of(other) | words, _key(entry))
    outbox.emit(
        "ideas.later",
        {"entry": entry.pk},
        key=f"ideas.later:{entry.pk}",
        not_before=max(entry.at, clock.now()) + AUTHOR_FIRST,
    )


def _withdrawn(idea, entry):
    tell_both(idea, entry, "withdrawn", context_of(idea) | {"text": entry.text})


def _appealed(idea, entry):
    people = {idea.owner_id} if idea.owner_id else holders(idea, Role.IDEA_CORRESPONDENT)
    task(idea, entry, "ideas.task.appealed", people, text=quoted(entry.text))
    if hearing_of(idea).is_missing:
        _nobody_answers(idea, entry)
    tell_both(idea, entry, "appealed", context_of(idea))


def _separated(idea, entry):
    tell_both(idea, entry, "separated", context_of(idea))


TELLERS = {
    (StageKind.DECLINED, StageKind.IN_REVIEW): _appealed,
    (StageKind.DEFERRED, StageKind.IN_REVIEW): _appealed,
    (StageKind.MERGED, StageKind.OPEN): _separated,
    (StageKind.MERGED, StageKind.QUALIFIED): _separated,
    (StageKind.SUBMITTED, StageKind.OPEN): _screened,
    ("", StageKind.NEEDS_INFO): _asked,
    (StageKind.NEEDS_INFO, StageKind.SUBMITTED): _answered_question,
    (StageKind.NEEDS_INFO, StageKind.IN_REVIEW): _answered_question,
    ("", StageKind.DORMANT): _dormant,
    (StageKind.OPEN, StageKind.QUALIFIED): _oriented,
    (StageKind.OPEN, StageKind.SHORTLISTED): _shortlisted,
    (StageKind.SHORTLISTED, StageKind.IN_REVIEW): _studied,
    (StageKind.QUALIFIED, StageKind.QUALIFIED): _oriented,
    ("", StageKind.TRANSFERRED): _transfer_asked,
    (StageKind.TRANSFERRED, StageKind.QUALIFIED): _transfer_answered,
    (StageKind.QUALIFIED, StageKind.IN_REVIEW): _studied,
    ("", StageKind.COUNTERSIGN): _to_countersign,
    (StageKind.COUNTERSIGN, StageKind.QUALIFIED): _sent_back,
    (StageKind.COUNTERSIGN, StageKind.OPEN): _sent_back,
    ("", StageKind.DECISION_PENDING): _to_decide,
    (StageKind.DECISION_PENDING, StageKind.IN_REVIEW): _more_study,
    (StageKind.DECISION_PENDING, StageKind.OPEN): _went_up,
    ("", StageKind.WITHDRAWN): _withdrawn,
    **{("", kind): _decided for kind in DECIDED},
}

# Steps that something takes: an appeal and a reopening leave and reach the same stages (``telling_reopening``).
TELLERS_BY_ROLE: dict = {}


# ------------------------------------------------------------------------------------------------------ recipients
def _responsible(idea, level: int) -> set[int]:
    if own_site.waits_here(idea):
        # The site's own days: they don't climb, the idea does.
        return holders(idea, Role.DECISION_MAKER)
    if level == 0:
        return {idea.owner_id} if idea.owner_id else holders(idea, Role.IDEA_CORRESPONDENT)
    if level == 1:
        return holders(idea, Role.IDEA_CORRESPONDENT)
    if level == 2:
        return holders(idea, Role.DELEGATE) | holders(idea, Role.DECISION_MAKER, unit=idea.direction)
    top = RoleGrant.objects.filter(held_today(), role=Role.DECISION_MAKER).filter(
        Q(unit__isnull=True) | Q(unit__parent__isnull=True, unit__kind="city")
    )
    return set(present(list(top)).values()) or holders(idea, Role.DECISION_MAKER, unit=idea.direction)


def followers_of(idea) -> tuple[list[int], list]:
    """Accounts and handles of those who support, follow or commented, the signed author aside.

    A sealed author who also commented under their name is told like any commenter: leaving them out would show.
    Nobody hears of an idea that moderation hides; whoever wrote a hidden comment isn't counted by it.
    """
    if not idea.is_shown:
        return [], []
    people = set(idea.supports.values_list("user_id", flat=True))
    people |= set(idea.follows.values_list("user_id", flat=True))
    # Those who follow the ideas that joined this one hear of it too.
    joined = Q(idea__merges__parent=idea, idea__merges__state=MergeState.MERGED)
    people |= set(IdeaFollow.objects.filter(joined).values_list("user_id", flat=True))
    comments = IdeaComment.objects.filter(idea=idea, is_imported=False, visibility=Visibility.SHOWN)
    people |= set(comments.filter(author__isnull=False).values_list("author_id", flat=True))
    people -= idea.author_ids
    handles = comments.filter(identity_mode=IdentityMode.PROTECTED).order_by("handle").values_list("handle", flat=True)
    return sorted(people), list(handles)


def tell_co_author(invitation_pk: int, what: str) -> None:
    """An invitation to the colleague, its answer to who sent it; nothing once it is overtaken."""
    invitation = (
        CoAuthor.objects.select_related(*(f"idea__{name}" for name in _READ), "user").filter(pk=invitation_pk).first()
    )
    if invitation is None or invitation.state != what:
        return
    idea = invitation.idea
    if what == CoAuthorState.ASKED:
        recipient, who = invitation.user_id, idea.signed_as
    else:
        recipient, who = idea.author_id, invitation.user.short_name
    if recipient is not None and idea.is_shown:
        key = f"coauthor:{invitation_pk}:{what}:{invitation.asked_on.isoformat()}"
        send(f"ideas.coauthor.{what}", recipients=[recipient], context=context_of(idea) | {"who": who}, key=key)


def tell_author(idea, code: str, context: dict, key: str, *, without=frozenset()) -> None:
    """The authors who signed, or the handle of who didn't."""
    if idea.identity_mode == IdentityMode.NAMED:
        if people := idea.author_ids - set(without):
            send(code, recipients=sorted(people), context=context, key=key)
    elif idea.identity_mode == IdentityMode.PROTECTED:
        send(code, handles=[idea.handle], context=context, key=key)


def tell_both(idea, entry, code: str, context: dict, *, without=frozenset()) -> None:
    tell_author(idea, f"ideas.{code}", context, _key(entry))
    followers, handles = followers_of(idea)
    recipients = [pk for pk in followers if pk not in without]
    send(f"ideas.{code}.followed", recipients=recipients, handles=handles, context=context, key=_key(entry))


def task(idea, entry, code: str, people, **words) -> None:
    """Give a task to people, the one who just acted and the signed authors aside; nobody once it is done.

    Messages wait: whoever had to act may have done it meanwhile. A question to the author only suspends a task.
    """
    if idea.stage_id != entry.to_stage_id and idea.stage_kind != StageKind.NEEDS_INFO:
        return
    people = {pk for pk in people if pk not in (entry.actor_id, None)} - idea.author_ids
    if people and idea.is_shown:
        send(code, recipients=sorted(people), context=context_of(idea) | words, key=_key(entry))


# ---------------------------------------------------------------------------------------------------------- words
def read_idea(reference: str) -> Idea | None:
    return Idea.objects.select_related(*_READ).filter(reference=reference, is_imported=False).first()


def context_of(idea) -> dict:
    owed = idea.owed
    return {
        "reference": idea.reference,
        "title": idea.title,
        "unit": idea.unit.name if idea.unit else idea.space.name,
        "promised": owed.promised(clock.today()).isoformat() if owed else "",
    }


def _answer_words(idea) -> dict:
    from ..selectors.story import answer_of  # the story reads models; verbs above don't need it

    answer = answer_of(idea)
    if answer is None:
        return {}
    decision = idea.decision
    return {
        "outcome": answer.outcome,
        "opening": answer.opening,
        "text": decision.text if decision else "",
        "conditions": answer.reopening_conditions,
        "signed_by": answer.signed_by,
    }


def _seat_due(idea) -> str:
    seat = idea.assessors.order_by("-asked_at").first()
    return seat.due_on.isoformat() if seat else ""


def _key(entry) -> str:
    return f"moved:{entry.pk}"


def quoted(text: str) -> str:
    """Somebody's words as a message carries them."""
    text = " ".join(text.split())
    return text if len(text) <= QUOTE else text[: QUOTE - 1].rsplit(" ", 1)[0] + "…"


def _same_voice(comment, other) -> bool:
    """Whether the same signed person speaks; of the others nothing is compared."""
    return comment.author_id is not None and comment.author_id == other.author_id
