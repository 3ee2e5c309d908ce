"""Loads what happens to ideas of the demo city beyond one answer to one idea; run twice, nothing changes."""

from datetime import timedelta

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.directory.viewer import Viewer
from src.foundations import clock

from ..demo_life import (
    AFTER_THE_APPEAL,
    AFTER_THE_REOPENING,
    ANSWERED_TOGETHER,
    APPEAL_ABOVE,
    APPEALED,
    CORRECTED,
    DRAFTED_TOGETHER,
    EARS,
    LIFE,
    MERGED,
    NOTES,
    PLANNING,
    PROPOSED,
    REOPENINGS,
    TEMPLATES,
    THANKS,
    WHAT_IS_NEW,
)
from ..models import AnswerTemplate, Idea, IdeaNote, MergeProposal, ReopeningRound, RoundState, Wish
from .answering import announce_decision, prepare_decision
from .appealing import answered_before, appeal_answer
from .authoring import edit_idea
from .demo_files import load_files
from .merging import answer_merge, propose_merge
from .noting import edit_note, write_note
from .reopening import answer_reopening, conclude, meet_condition, revisit_due
from .role_holders import holders
from .studying import close_study
from .templates import save_answer_template
from .thanking import thank
from .together import countersign_together, draft_together


def load_life() -> None:
    """Ready-made answers, ideas answered together or waiting for one signature, merges, an appeal answered; notes,
    versions, files, thanks; refusals of which a condition is met, a "later" whose date comes."""
    _templates()
    _together()
    _merges()
    _appeal()
    _appeal_above()
    _notes()
    _corrected()
    load_files()
    _thanks()
    _reopenings()
    revisit_due(clock.now())


def _templates() -> None:
    administrator = User.objects.filter(username="admin").first()
    units = {unit.code: unit for unit in Unit.objects.all()}
    for code, name, outcome, text, reason, condition in TEMPLATES:
        if not AnswerTemplate.objects.filter(name=name).exists():
            save_answer_template(
                actor=administrator,
                name=name,
                unit=units.get(code),
                outcome=outcome,
                text=text,
                reason=reason,
                reopening_conditions=condition,
            )


def _together() -> None:
    answered, drafted = told(*ANSWERED_TOGETHER), told(*DRAFTED_TOGETHER)
    if any(idea.stage_kind != "qualified" for idea in (*answered, *drafted)):
        return
    drafter = one(answered[0], Role.INSTRUCTOR)
    draft_together(ideas=answered, actor=drafter, **PLANNING)
    signatory = one(answered[0], Role.DELEGATE, Role.DECISION_MAKER)
    countersign_together(ideas=told(*ANSWERED_TOGETHER), actor=signatory)
    in_a_fortnight = clock.today() + timedelta(days=14)
    draft_together(ideas=drafted, actor=drafter, first_milestone_on=in_a_fortnight, **EARS)


def _merges() -> None:
    facilitator = User.objects.get(username="facilitation")
    for (title, joined, why), agreed in ((MERGED, True), (PROPOSED, False)):
        idea, parent = (titled(each) for each in (title, joined))
        if MergeProposal.objects.filter(idea=idea).exists():
            continue
        proposal = propose_merge(idea=idea, parent=parent, actor=facilitator, text=why)
        if agreed:
            for author in (idea.author, parent.author):
                answer_merge(proposal=proposal, actor=author, agrees=True)


def _appeal() -> None:
    """A "no" looked at again: twelve days ago its author appealed, and somebody else answers today."""
    idea = titled(APPEALED)
    if idea.stage_kind != "declined":
        return
    appeal_answer(idea=idea, actor=idea.author, text=WHAT_IS_NEW, at=clock.now() - timedelta(days=12))
    first = answered_before(idea)
    correspondent = one(idea, Role.IDEA_CORRESPONDENT)
    late = "L'élément nouveau se vérifie sans nouvelle évaluation."
    close_study(idea=idea, actor=correspondent, late_text=late, at=clock.now() - timedelta(days=5))
    other = User.objects.get(pk=min(holders(idea, Role.DECISION_MAKER) - first))
    milestone = clock.today() + timedelta(days=21)
    prepare_decision(idea=idea, actor=other, first_milestone_on=milestone, **AFTER_THE_APPEAL)
    announce_decision(idea=titled(APPEALED), actor=other)


def _appeal_above() -> None:
    """An appeal studied again that waits for whoever decides above the only person of the direction."""
    title, what_is_new = APPEAL_ABOVE
    idea = titled(title)
    if idea.stage_kind != "deferred":
        return
    appeal_answer(idea=idea, actor=idea.author, text=what_is_new, at=clock.now() - timedelta(days=9))
    late = "Le danger a été vu sur place : il n'y a rien à évaluer de plus."
    correspondent = one(titled(title), Role.IDEA_CORRESPONDENT)
    close_study(idea=titled(title), actor=correspondent, late_text=late, at=clock.now() - timedelta(days=4))


def _notes() -> None:
    for title, username, hours, text, at_first in NOTES:
        idea, writer = titled(title), User.objects.get(username=username)
        if IdeaNote.objects.filter(idea=idea, writer=writer).exists():
            continue
        at = clock.now() - timedelta(hours=hours)
        note = write_note(idea=idea, actor=writer, text=at_first or text, at=at)
        if at_first:
            edit_note(note=note, actor=writer, text=text)


def _corrected() -> None:
    title, bodies = CORRECTED
    idea = Idea.objects.select_related("owed", "unit", "space", "counts", "author").get(title=title)
    if idea.versions.exists():
        return
    for body in bodies:
        edit_idea(idea=idea, actor=idea.author, title=title, body=body)


class _Author(Viewer):
    """The account of an idea's author, before the relay has filed the idea in their keyring."""

    def __init__(self, user, handle):
        super().__init__(user)
        self._handle = handle

    @property
    def own_handles(self) -> frozenset:
        return frozenset({self._handle})


def _thanks() -> None:
    for title, username, words in THANKS:
        idea = titled(title)
        if not idea.comments.filter(thanked__isnull=False).exists():
            author = _Author(User.objects.get(username=username), idea.handle)
            thank(idea=idea, actor=author, body=words)


def _reopenings() -> None:
    """Conditions met at their dates: asked still, reopened and answered by somebody else, kept as it was."""
    for told_of in REOPENINGS:
        idea = titled(told_of.title)
        if ReopeningRound.objects.filter(idea=idea).exists():
            continue
        at = clock.now() - timedelta(days=told_of.met_ago)
        who = one(idea, Role.DECISION_MAKER)
        opened = meet_condition(
            idea=idea, condition=idea.decision.conditions.get(), actor=who, text=told_of.what, at=at
        )
        people = User.objects.filter(pk__in=idea.supports.values("user")).order_by("username")
        for number, person in enumerate(people[: told_of.yes + told_of.no]):
            wish = Wish.YES if number < told_of.yes else Wish.NO
            answer_reopening(opened=opened, actor=person, wish=wish, at=at + timedelta(days=1))
        if not told_of.author:
            continue
        answer_reopening(opened=opened, actor=idea.author, wish=told_of.author, at=at + timedelta(days=2))
        if conclude(opened.pk, at=at + timedelta(days=15)) == RoundState.REOPENED:
            _answer_again(told_of.title)


def _answer_again(title: str) -> None:
    """The study closes, and somebody who didn't give the first answer gives the second."""
    idea = titled(title)
    late = "La condition remplie se vérifie sans nouvelle évaluation."
    close_study(
        idea=idea, actor=one(idea, Role.IDEA_CORRESPONDENT), late_text=late, at=clock.now() - timedelta(days=6)
    )
    other = User.objects.get(pk=min(holders(idea, Role.DECISION_MAKER) - answered_before(idea)))
    milestone = clock.today() + timedelta(days=28)
    prepare_decision(idea=idea, actor=other, first_milestone_on=milestone, **AFTER_THE_REOPENING)
    announce_decision(idea=titled(title), actor=other)


def titled(title: str) -> Idea:
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "author", "decision").get(title=title)


def told(*keys: str) -> list[Idea]:
    """The ideas of these tales, as the services want them."""
    titles = [tale.title for key in keys for tale in LIFE if tale.key == key]
    ideas = Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts", "site", "direction")
    found = {idea.title: idea for idea in ideas.filter(title__in=titles)}
    return [found[title] for title in titles]


def one(idea, *roles: str) -> User:
    """Somebody who holds one of the roles for the idea and didn't write it, the first role first."""
    for role in roles:
        people = holders(idea, role) - {idea.author_id}
        if people:
            return User.objects.get(pk=min(people))
    raise LookupError(f"nobody holds {roles} for {idea.reference}")
