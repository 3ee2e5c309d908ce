"""What a secret code lets the author of an idea read and do at ``/suivre/``."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from src.directory.viewer import HandleHolder
from src.paper import registry
from src.participation.enums import IdentityMode
from src.participation.services import authorship
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed

from .. import rules, selectors, services
from ..forms.fields import TermsForm
from ..forms.merging import YES, MergeAnswerForm
from ..forms.moderation import AppealForm
from ..forms.reopening import WORDS, ReopenForm
from ..forms.transitions import AnswerAppealForm, AuthorAnswerForm, WithdrawForm
from ..models import Idea


def _reference(handle) -> str | None:
    return Idea.objects.filter(handle=handle).values_list("reference", flat=True).first()


def read(handle) -> dict | None:
    """The page of one's idea, as its author sees it."""
    from ..views.timeline import steps_for  # the screens' own words, which import this room's services
    from ..views.words import answer_tone, badge_of  # the same

    reference = _reference(handle)
    if reference is None:
        return None
    page = selectors.idea_page(HandleHolder(handle), reference)
    return {
        "page": page,
        "row": page.row,
        "badge": badge_of(page.row),
        "answer_tone": answer_tone(page.answer.outcome) if page.answer else "",
        "steps": steps_for(page),
        # What was sent anonymously is tied to nobody, ever.
        "is_tied": page.idea.author_id is not None
        or page.idea.identity_mode == IdentityMode.ANONYMOUS
        or authorship.is_sealed(handle),
    }


def gestures(handle, data=None) -> list[registry.Gesture]:
    """What the author may do now: answer, wake it up, take it back."""
    reference = _reference(handle)
    if reference is None:
        return []
    viewer = HandleHolder(handle)
    idea = Idea.objects.visible_to(viewer).for_rows(viewer).get(reference=reference)
    found = []
    if rules.can(viewer, "answer", idea) or rules.can(viewer, "wake", idea):
        found.append(
            registry.Gesture(
                key="repondre",
                title=_("Answer the team's question"),
                submit=_("Send my answer"),
                form=AuthorAnswerForm(data, idea=idea, viewer=viewer),
                act=_reply,
                done=_("Your answer is sent. The delay starts again."),
            )
        )
    if rules.can(viewer, "appeal", idea):
        found.append(
            registry.Gesture(
                key="appel",
                title=_("Appeal against the answer"),
                submit=_("Send my appeal"),
                form=AnswerAppealForm(data, idea=idea, viewer=viewer),
                act=_appeal,
                done=_("Your appeal is sent. Another person answers within 30 days."),
            )
        )
    told = selectors.told_to_author(idea)
    if told is not None and told.may_object:
        found.append(
            registry.Gesture(
                key="contester",
                title=_("Object to the removal of my idea"),
                submit=_("Send my objection"),
                form=AppealForm(data),
                act=_object,
                done=_("Your objection is sent. Somebody else reads your text again."),
            )
        )
    found.extend(_about_merges(idea, viewer, data))
    found.extend(_about_reopening(idea, viewer, data))
    if rules.can(viewer, "withdraw", idea):
        found.append(
            registry.Gesture(
                key="retirer",
                title=_("Withdraw my idea"),
                submit=_("Withdraw my idea"),
                form=WithdrawForm(data, idea=idea, viewer=viewer),
                act=_withdraw,
                done=_("Your idea is withdrawn."),
                danger=True,
                watched=("reason",),
            )
        )
    return found


def _about_merges(idea, viewer, data) -> list[registry.Gesture]:
    """A merge to agree to, or to undo while it can be."""
    view = selectors.merge_to_answer(viewer, idea)
    if view is None:
        return []
    if view.awaits_me:
        return [
            registry.Gesture(
                key="regrouper",
                title=_("Merge your idea with “%(title)s”?") % {"title": view.title},
                submit=_("Send my answer"),
                form=MergeAnswerForm(data),
                act=_answer_merge,
                done=_("Your answer is noted."),
                watched=(),
            )
        ]
    if view.may_undo:
        return [
            registry.Gesture(
                key="separer",
                title=_("Separate my idea from the one it joined"),
                submit=_("Separate them again"),
                form=TermsForm(data),
                act=_undo_merge,
                done=_("Your idea stands alone again."),
                watched=(),
            )
        ]
    return []


def _about_reopening(idea, viewer, data) -> list[registry.Gesture]:
    """A condition of the answer is met: the author says whether to look at it again, as long as people are asked."""
    opened = selectors.question_of(viewer, idea)
    view = selectors.round_view(viewer, idea, opened) if opened is not None else None
    if view is None or not view.asks_me:
        return []
    return [
        registry.Gesture(
            key="rouvrir",
            title=_("A condition of the answer is met: look at your idea again?"),
            submit=_("Send my answer"),
            form=ReopenForm(data, initial={"answer": WORDS.get(view.my_wish, "")}),
            act=_answer_reopening,
            done=_("Your answer is noted. You can change it until the question closes."),
            watched=(),
        )
    ]


def _answer_reopening(handle, form) -> None:
    viewer = HandleHolder(handle)
    idea = Idea.objects.get(handle=handle)
    try:
        services.answer_reopening(opened=selectors.question_of(viewer, idea), actor=viewer, wish=form.wish())
    except TransitionNotAllowed as refusal:
        raise ValidationError(str(refusal))


def _merge_of(handle):
    idea = Idea.objects.select_related("space", "unit", "transfer_to", "owed").get(handle=handle)
    view = selectors.merge_to_answer(HandleHolder(handle), idea)
    if view is None:
        raise ValidationError(_("This merge was given up: the two ideas stay apart."))
    return view.proposal


def _answer_merge(handle, form) -> None:
    _merging(services.answer_merge, handle, agrees=form.cleaned_data["answer"] == YES)


def _undo_merge(handle, form) -> None:
    _merging(services.undo_merge, handle)


def _merging(act, handle, **answer) -> None:
    try:
        act(proposal=_merge_of(handle), actor=HandleHolder(handle), **answer)
    except TransitionNotAllowed as refusal:
        raise ValidationError(str(refusal))


def answer_or_wake(*, idea, actor, **answers) -> None:
    """The author's answer: it starts the delay again, or wakes up an idea that fell asleep waiting for it."""
    act = services.wake_up if idea.stage_kind == StageKind.DORMANT else services.answer_question
    act(idea=idea, actor=actor, **answers)


def _reply(handle, form) -> None:
    _told(answer_or_wake, form, handle)


def _appeal(handle, form) -> None:
    _told(services.appeal_answer, form, handle)


def _object(handle, form) -> None:
    """Read at this moment: the code leads to one idea, and the form says nothing of which."""
    idea = Idea.objects.select_related("space", "unit", "transfer_to", "owed").get(handle=handle)
    try:
        services.appeal(idea=idea, actor=HandleHolder(handle), **form.cleaned_data)
    except TransitionNotAllowed as refusal:
        raise ValidationError(str(refusal))


def _withdraw(handle, form) -> None:
    _told(services.withdraw, form, handle)


def _told(act, form, handle) -> None:
    try:
        act(idea=form.idea, actor=HandleHolder(handle), **form.answers())
    except TransitionNotAllowed as refusal:
        raise ValidationError(str(refusal))


def claim(handle, request, response) -> None:
    """Seal the link between the idea and the account that is signed in; refuses one that already has its author."""
    idea = Idea.objects.filter(handle=handle).first()
    authorship.claim(idea, request.user)
    authorship.remember_in_response(response, request, handle)


FOLLOWED = registry.Followed(
    kind=Idea.subject_kind, template="ideas/followed.html", read=read, gestures=gestures, claim=claim
)
