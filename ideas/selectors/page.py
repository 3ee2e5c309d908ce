"""An idea's page, in eight statements whatever its length."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.accountability.measure_reading import MeasureRow, born_from
from src.directory.viewer import PlainAgent, as_viewer
from src.foundations.written import Written
from src.participation.rules import identity_modes_offered
from src.workflow.enums import DECIDED, Actor, StageKind
from src.workflow.returning import Held, held_by, standing
from src.workflow.selectors import transitions_for

from .. import rules
from ..enums import ALONE, ONE_PERSON_SCALES
from ..models import Idea, IdeaFile, IdeaGroup, IdeaJournalEntry, IdeaVersion
from .comments import CommentPage, comment_page
from .files import Files, files_of
from .hearing import hearing_sentence
from .merging import Merges, merges_of, parent_of, with_merges
from .moderation import Told, told_to_author
from .passages import with_passages
from .reopening import (
    ConditionView,
    EarlierAnswer,
    ReopenedView,
    answered_before_this,
    conditions_of,
    reopened_of,
)
from .rows import IdeaRow, row_of, week_label
from .story import (
    Answer,
    Promise,
    TimelineStep,
    also_given,
    answer_of,
    first_reading,
    late_sentence,
    promise_of,
    step_sentence,
    timeline,
)

# Several outcomes leave a stage by these forms: the page shows one action.
GROUPED = ("decision", "countersign")


@dataclass(frozen=True, kw_only=True)
class VersionView:
    """What the idea said before, until a day or a week."""

    on: date
    when_label: str
    title: str
    body_html: str


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """A question of the team and the author's answer."""

    text: str
    asked_on: date
    answer: str
    answered_label: str


@dataclass(frozen=True, kw_only=True)
class AppealView:
    """The author's one appeal: what was new, and when."""

    text: str
    when_label: str
    # The answer to the appeal isn't given yet.
    is_open: bool
    # Who answers it, where it isn't somebody of the unit that has it in hand.
    hearing: str = ""


@dataclass(frozen=True, kw_only=True)
class Action:
    """A button of the page: a transition, a scorecard to fill, or stepping aside."""

    slug: str
    label: str
    form: str
    to_kind: str
    kind: str
    url: str


@dataclass(frozen=True, kw_only=True)
class IdeaPage:
    """Everything an idea's page shows this viewer."""

    idea: Idea
    row: IdeaRow
    body_html: str
    body_hidden: bool
    files: Files
    # Who signs the text of a group, and its document; None under what a person or a team signs.
    group: IdeaGroup | None
    versions: list[VersionView]
    step_sentence: str
    late_sentence: str
    promise: Promise | None
    answer: Answer | None
    # Other ideas that received this answer: their titles and addresses.
    also_given: list
    # What its yes became.
    measures: list[MeasureRow]
    # The viewer signed and sent it: they say whether its measures name them.
    may_be_credited: bool
    timeline: list[TimelineStep]
    questions: list[QuestionView]
    first_reading: str
    comments: CommentPage
    comments_total: int
    can: dict
    support_refusal: str
    actions: list[Action]
    # Why moderation hides it, for those who still read it.
    moderation: Told | None
    is_mine: bool
    is_staff: bool
    identity_modes: tuple
    merges: Merges
    appeal: AppealView | None
    # What would change a refusal and what came of it; why it is looked at again.
    conditions: list[ConditionView]
    reopened: ReopenedView | None
    # For an idea answered again: what was answered before.
    answered_before: list[EarlierAnswer]
    # The viewer's own last step, while they may still go back and nobody is told.
    held: Held | None


def idea_page(viewer, reference: str, *, cursor: str = "", at: str = "", thread: str = "") -> IdeaPage:
    """The page of one idea; Idea.DoesNotExist when the viewer doesn't see it. Eight statements, roles aside.

    One more for whoever just took a step, one for an answered idea, one for an idea with files, one or two for what
    would change a refusal, two for what was answered before, two where a merge is told, two for the measures a yes
    became, four for who answers an open appeal.

    ``cursor``, ``at`` and ``thread`` choose the page of comments, as ``comment_page`` reads them.
    """
    viewer = as_viewer(viewer)
    idea = _idea_of(viewer, reference)
    # What was taken back before anybody was told is no part of the public story; the workshop's history keeps it.
    passages = _passages.rows(idea.pk)
    for passage in passages:
        passage.idea = idea
    journal = standing(passages)
    merges = merges_of(idea, viewer)
    # An idea that joined another has its promise and its answer.
    answering = parent_of(merges) or idea
    promise, answer = promise_of(answering), answer_of(answering)
    appeal = _appeal(idea, journal)
    measures = born_from(viewer, idea.subject_kind, answering.reference) if answer and answer.first_milestone else []
    reopened = reopened_of(idea, journal)
    again = answer is not None and idea.decision_id is not None and (appeal is not None or reopened is not None)
    permissions = {action: rules.can(viewer, action, idea) for action in rules.TABLE}
    return IdeaPage(
        idea=idea,
        row=row_of(idea, viewer, with_tags=True),
        body_html="" if idea.body_hidden else idea.body_html,
        body_hidden=idea.body_hidden,
        files=files_of(idea) if idea.has_files else Files(),
        group=None if idea.body_hidden else getattr(idea, "group", None),
        versions=[] if idea.body_hidden else _versions(idea),
        step_sentence=step_sentence(idea, promise, answer, measures[0] if measures else None),
        late_sentence=late_sentence(promise),
        promise=promise,
        answer=answer,
        also_given=also_given(viewer, answer.decision) if answer else [],
        measures=measures,
        may_be_credited=bool(measures) and viewer.is_authenticated and not idea.is_sealed and idea.is_of(viewer),
        timeline=timeline(idea, journal, answer),
        questions=_questions(idea, journal, permissions),
        first_reading=first_reading(idea),
        comments=comment_page(idea, viewer, cursor=cursor, at=at, thread=thread),
        comments_total=idea.counts.comments,
        can=permissions,
        support_refusal=rules.why_not_support(viewer, idea),
        actions=[
            action for action in actions_of(idea, viewer, permissions) if appeal is None or action.form != "appeal"
        ],
        moderation=told_to_author(idea),
        held=held_by(idea, passages[-1] if passages else None, viewer),
        is_mine=idea.is_of(viewer),
        is_staff=permissions["see_workshop"],
        merges=merges,
        appeal=appeal,
        conditions=conditions_of(answer, answering, viewer),
        reopened=reopened,
        answered_before=answered_before_this(answer, idea, viewer) if again else [],
        identity_modes=identity_modes_offered(idea.space),
    )


def _idea_of(viewer, reference: str) -> Idea:
    """The idea with all that its page looks at, in one statement; written once for agents without a role."""
    values = PlainAgent.values_of(viewer)
    if values is None:
        return _asked(viewer, reference).get()
    found = _asked_by_an_agent.rows(reference, *values)
    if not found:
        raise Idea.DoesNotExist
    return found[0]


def _asked(viewer, reference):
    return (
        with_passages(with_merges(Idea.objects.visible_to(viewer).for_work(viewer)))
        .select_related("group", "first_read_by", "space__process")
        .annotate(has_files=Exists(IdeaFile.objects.filter(idea=OuterRef("pk"))))
        .filter(reference=reference)
    )


_asked_by_an_agent = Written(
    (str, *PlainAgent.PLACES), lambda reference, *values: _asked(PlainAgent(*values), reference)
)
_passages = Written(
    1, lambda pk: IdeaJournalEntry.objects.filter(idea=pk).select_related("actor", "to_stage").order_by("id")
)
_replaced = Written(1, lambda pk: IdeaVersion.objects.filter(idea=pk).order_by("id"))


def label_of(transition) -> str:
    """The words of the button that leads to a step: one for the several answers of one decision."""
    if transition.form == "decision":
        return _("Answer")
    return _("Read again and countersign") if transition.form in GROUPED else transition.text


def actions_of(idea, viewer, permissions) -> list[Action]:
    """The steps the viewer may take, the several answers of one decision as a single one."""
    actions, seen = [], set()
    for transition in transitions_for(idea, viewer):
        if transition.form in ("restore", "merge", "unmerge"):
            # Taken from the page of an objection, or of a merge.
            continue
        if transition.guard == ALONE and idea.scale not in ONE_PERSON_SCALES:
            # A project is studied first: its answer isn't one person's to draft.
            continue
        if transition.form in GROUPED and transition.form in seen:
            continue
        seen.add(transition.form)
        actions.append(
            Action(
                slug=transition.slug,
                label=label_of(transition),
                form=transition.form,
                to_kind=transition.to_stage.kind,
                kind="transition",
                url=f"{idea.get_absolute_url()}etape/{transition.slug}/",
            )
        )
    if permissions["assess"]:
        # What is waited for from oneself comes before what one may do for all.
        actions.insert(
            0,
            Action(
                slug="assess",
                label=_("Assess"),
                form="assessment",
                to_kind=idea.stage_kind,
                kind="assess",
                url=f"{idea.get_absolute_url()}evaluer/",
            ),
        )
    elif idea.is_of(viewer) and rules.has_seat(viewer, idea):
        actions.append(
            Action(
                slug="decline",
                label=_("Step aside"),
                form="",
                to_kind=idea.stage_kind,
                kind="seat",
                url=f"{idea.get_absolute_url()}evaluer/",
            )
        )
    return actions


def group_document(viewer, reference: str) -> IdeaGroup | None:
    """The group that signs an idea the viewer sees, when it left a document; None otherwise."""
    ideas = Idea.objects.visible_to(viewer).filter(body_hidden=False)
    found = IdeaGroup.objects.select_related("idea").filter(idea__reference=reference, idea__in=ideas)
    return found.exclude(document="").first()


def _versions(idea) -> list[VersionView]:
    return [
        VersionView(
            on=version.replaced_on,
            when_label=week_label(version.replaced_on) if idea.is_sealed else _day(version.replaced_on),
            title=version.title,
            body_html=version.body_html,
        )
        for version in _replaced.rows(idea.pk)
    ]


def _questions(idea, journal, permissions) -> list[QuestionView]:
    """Questions of the study, for everybody; those of the screening, for the author and the people at work."""
    inside = permissions["see_workshop"] or permissions["withdraw"] or permissions["answer"]
    found = []
    for position, entry in enumerate(journal):
        if entry.to_kind != StageKind.NEEDS_INFO:
            continue
        if entry.from_kind == StageKind.SUBMITTED and not inside:
            continue
        following = next((later for later in journal[position + 1 :] if later.from_kind == StageKind.NEEDS_INFO), None)
        answered = (
            following is not None
            and following.actor_role == Actor.AUTHOR
            and following.to_kind not in (StageKind.WITHDRAWN,)
        )
        found.append(
            QuestionView(
                text=entry.text,
                asked_on=timezone.localdate(entry.at),
                answer=following.text if answered else "",
                answered_label=_answered(idea, following) if answered else "",
            )
        )
    return found


def _appeal(idea, journal) -> AppealView | None:
    """The passage by which the author appealed, from the journal already read."""
    entry = next(
        (
            entry
            for entry in journal
            if entry.to_kind == StageKind.IN_REVIEW
            and entry.from_kind in (StageKind.DECLINED, StageKind.DEFERRED)
            and entry.actor_role == Actor.AUTHOR
        ),
        None,
    )
    if entry is None:
        return None
    is_open = idea.stage_kind not in DECIDED
    return AppealView(
        text=entry.text,
        when_label=_answered(idea, entry),
        is_open=is_open,
        hearing=hearing_sentence(idea) if is_open else "",
    )


def _answered(idea, entry) -> str:
    day = timezone.localdate(entry.at)
    return week_label(day) if idea.is_sealed else _day(day)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
