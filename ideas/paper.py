"""The paper versions of the forms of ideas, and what a secret code lets the author of an idea read and do."""

from datetime import datetime, time
from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.directory.models import Unit
from src.directory.viewer import HandleHolder, Viewer
from src.foundations import clock, references
from src.paper import registry
from src.participation.enums import Circle, IdentityMode, PhaseVerb, Signature
from src.participation.models import Space
from src.participation.rules import can_see_space, is_open, with_phases
from src.participation.services import authorship
from src.participation.services.contributions import Writer
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed

from . import rules, selectors, services
from .forms.comments import CommentForm
from .forms.details import DetailsForm
from .forms.edit import EditForm
from .forms.fields import TermsForm
from .forms.propose import TEAM, ProposalForm
from .forms.transitions import AuthorAnswerForm, WithdrawForm
from .models import Idea

COMMENT_KIND = "idea_comment"


# ----------------------------------------------------------------------------------------------------- the sheets
def boxes(viewer) -> list[tuple[str, str]]:
    """Boxes a facilitator may print and type for: open now, of all agents, or of members they are among."""
    spaces = with_phases(Space.objects.filter(is_archive=False, process__isnull=False).order_by("name"))
    return [
        (space.slug, space.name)
        for space in spaces
        if rules.ACTIVITY in space.activities
        and is_open(space, PhaseVerb.PROPOSE)
        and (space.circle != Circle.MEMBERS or can_see_space(viewer, space))
    ]


def _space(slug: str) -> Space:
    space = Space.objects.filter(slug=slug, is_archive=False).first()
    if space is None:
        raise LookupError(slug)
    return space


def proposal(about: str, data):
    """The web's own form of this box; a team is always offered, its name is asked beside."""
    space = _space(about)
    return ProposalForm(data, modes=space.identity_modes, team=str(_("the name of your team")))


def _in_words(submit):
    """The desk shows one kind of refusal: what the engine or a rule refuses comes out as a sentence on the sheet."""

    @wraps(submit)
    def told(sheet):
        try:
            return submit(sheet)
        except (TransitionNotAllowed, PermissionDenied) as refusal:
            raise ValidationError(str(refusal) or _("This sheet doesn't come from the author of the idea."))

    return told


@_in_words
def submit_proposal(sheet: registry.Submission) -> registry.Handed:
    """The same service as the web's, for somebody who isn't there."""
    form = sheet.form
    receipt = services.submit_idea(
        writer=_writer(sheet),
        space=_space(sheet.about),
        body=form.cleaned_data["body"],
        title=form.cleaned_data["title"],
        identity_mode=form.identity_mode,
        signature=form.signature,
        site=sheet.place if form.cleaned_data["identity"] == TEAM else None,
        channel=sheet.channel,
        submission_token=sheet.token,
        written_at=_written_at(sheet),
    )
    return registry.Handed(kind=Idea.subject_kind, handle=receipt.idea.handle, label=receipt.reference)


def _writer(sheet: registry.Submission) -> Writer:
    team = sheet.team if sheet.form.cleaned_data.get("identity") == TEAM else ""
    return Writer(user=sheet.author, team=team)


def _written_at(sheet: registry.Submission):
    """The end of the day it was written: what closed later was still open."""
    if sheet.written_on is None or sheet.written_on >= timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(sheet.written_on, time(12)))


def _idea(reference: str) -> Idea:
    found = (
        Idea.objects.select_related("space", "owed", "unit", "direction")
        .filter(reference=references.normalise(reference[:16]), is_imported=False)
        .exclude(stage_kind=StageKind.REMOVED)
        .first()
    )
    if found is None:
        raise LookupError(reference)
    return found


def comment(about: str, data):
    """The web's form to comment this idea."""
    modes = (IdentityMode.NAMED, IdentityMode.PROTECTED)
    return CommentForm(data, modes=_idea(about).space.identity_modes if about else modes)


@_in_words
def submit_comment(sheet: registry.Submission) -> registry.Handed:
    """A comment, by the same service."""
    published = services.comment(
        idea=_idea(sheet.about),
        actor=None,
        writer=_writer(sheet),
        body=sheet.form.cleaned_data["text"],
        identity_mode=sheet.form.identity_mode,
        signature=Signature.PERSON,
        channel=sheet.channel,
        submission_token=sheet.token,
        written_at=_written_at(sheet),
    )
    return registry.Handed(kind=COMMENT_KIND, handle=published.handle, label=published.reference)


def answer(about: str, data):
    """The author's answer to the question asked."""
    idea = _idea(about) if about else None
    if idea is not None and idea.stage_kind not in (StageKind.NEEDS_INFO, StageKind.DORMANT):
        raise LookupError(about)
    return AuthorAnswerForm(data, idea=idea, viewer=None)


def withdrawal(about: str, data):
    """Taking an idea back."""
    return WithdrawForm(data, idea=_idea(about) if about else None, viewer=None)


def _author_viewer(sheet: registry.Submission) -> Viewer:
    return HandleHolder(sheet.handle) if sheet.handle else Viewer(sheet.author)


@_in_words
def submit_answer(sheet: registry.Submission) -> registry.Handed:
    """The author's answer: PermissionDenied when the proof isn't of this idea's author."""
    idea = _idea(sheet.about)
    act = services.wake_up if idea.stage_kind == StageKind.DORMANT else services.answer_question
    act(idea=idea, actor=_author_viewer(sheet), **sheet.form.answers())
    return registry.Handed(kind=Idea.subject_kind, handle=idea.handle, label=idea.reference)


@_in_words
def submit_withdrawal(sheet: registry.Submission) -> registry.Handed:
    """The same for taking it back."""
    idea = _idea(sheet.about)
    services.withdraw(idea=idea, actor=_author_viewer(sheet), **sheet.form.answers())
    return registry.Handed(kind=Idea.subject_kind, handle=idea.handle, label=idea.reference)


def details(about: str, data):
    """Where the idea belongs, and words to find it again."""
    if about:
        _idea(about)
    return DetailsForm(data, directions=Unit.objects.current(clock.today()).directions().order_by("name"))


@_in_words
def submit_details(sheet: registry.Submission) -> registry.Handed:
    """Said after sending, by its author."""
    idea = _idea(sheet.about)
    services.save_details(idea=idea, actor=_author_viewer(sheet), **sheet.form.changes)
    return registry.Handed(kind=Idea.subject_kind, handle=idea.handle, label=idea.reference)


def correction(about: str, data):
    """The same two fields again, under the same rules."""
    if about:
        _idea(about)
    return EditForm(data)


@_in_words
def submit_correction(sheet: registry.Submission) -> registry.Handed:
    """The author corrects the text, as long as the web would let them."""
    idea = _idea(sheet.about)
    services.edit_idea(idea=idea, actor=_author_viewer(sheet), **sheet.form.cleaned_data)
    return registry.Handed(kind=Idea.subject_kind, handle=idea.handle, label=idea.reference)


def support(about: str, data):
    """A button on the web: nothing to write but who supports."""
    if about:
        _idea(about)
    return TermsForm(data)


@_in_words
def submit_support(sheet: registry.Submission) -> None:
    """One support of one account, shown as a total; ten sheets leave one."""
    services.set_support(idea=_idea(sheet.about), actor=sheet.author, wanted=True)


FORMS = (
    registry.PaperForm(
        key="idee",
        title=_("My idea"),
        lede=_("Write as you speak. You will have a written answer, even if it is no."),
        addresses=("idees/deposer/",),
        build=proposal,
        fields=("body", "title", "identity"),
        hints={"title": _("In one line. Left empty, it is your first sentence.")},
        submit=submit_proposal,
        places=boxes,
        has_code=True,
    ),
    registry.PaperForm(
        key="commentaire",
        title=_("My comment on an idea"),
        lede=_("Your comment is published under the idea."),
        addresses=("idees/<idea_reference:reference>/commenter/",),
        build=comment,
        fields=("text", "identity"),
        left_out={"official": _("The study team speaks from its own account.")},
        submit=submit_comment,
    ),
    registry.PaperForm(
        key="reponse",
        title=_("My answer to the question"),
        lede=_("The team asked a question about your idea. Your answer starts the delay again."),
        addresses=("idees/<idea_reference:reference>/etape/<slug:transition>/",),
        build=answer,
        fields=("text",),
        submit=submit_answer,
        who=registry.OF_AUTHOR,
    ),
    registry.PaperForm(
        key="soutien",
        title=_("I support an idea"),
        lede=_("Your support isn't seen by anybody, only the total is published."),
        addresses=("idees/<idea_reference:reference>/soutenir/",),
        build=support,
        fields=(),
        submit=submit_support,
        who=registry.ACCOUNT,
    ),
    registry.PaperForm(
        key="precisions",
        title=_("More about my idea"),
        lede=_("To help it find the right direction, before it is given to one."),
        addresses=("idees/<idea_reference:reference>/recue/",),
        build=details,
        fields=("kind", "direction", "tags"),
        submit=submit_details,
        who=registry.OF_AUTHOR,
    ),
    registry.PaperForm(
        key="correction",
        title=_("I correct my idea"),
        lede=_("As long as nobody supports it and no direction has it in hand."),
        addresses=("idees/<idea_reference:reference>/modifier/",),
        build=correction,
        fields=("title", "body"),
        submit=submit_correction,
        who=registry.OF_AUTHOR,
    ),
    registry.PaperForm(
        key="retrait",
        title=_("I withdraw my idea"),
        lede=_("As long as it isn't answered. Comments stay."),
        addresses=("idees/<idea_reference:reference>/retirer/",),
        build=withdrawal,
        fields=("reason", "hide_body"),
        submit=submit_withdrawal,
        who=registry.OF_AUTHOR,
    ),
)


# ------------------------------------------------------------------------------------------------- following by code
def _reference(handle) -> str | None:
    return Idea.objects.filter(handle=handle).values_list("reference", flat=True).first()


def read(handle) -> dict | None:
    """The page of one's idea, as its author sees it."""
    from .views.timeline import steps_for  # the screens' own words, which import this room's services
    from .views.words import answer_tone, badge_of  # the same

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
        "is_tied": page.idea.author_id is not None or authorship.is_sealed(handle),
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
            )
        )
    return found


def _reply(handle, form) -> None:
    submit = services.wake_up if form.idea.stage_kind == StageKind.DORMANT else services.answer_question
    _told(submit, form, handle)


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


def register_all() -> None:
    """Fill the paper room's registry."""
    for form in FORMS:
        registry.register(form)
    registry.register_followed(
        registry.Followed(
            kind=Idea.subject_kind, template="ideas/followed.html", read=read, gestures=gestures, claim=claim
        )
    )
