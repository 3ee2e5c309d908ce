"""The paper versions of the forms of ideas: the web's own forms, and the same services."""

from datetime import datetime, time
from functools import wraps

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.directory.models import Unit
from src.directory.viewer import HandleHolder, Viewer
from src.foundations import clock, references
from src.paper import registry
from src.participation.enums import Circle, IdentityMode, PhaseVerb, Signature, Visibility
from src.participation.models import Space
from src.participation.rules import anonymous_offered, can_see_space, is_open, is_permanent, with_phases
from src.participation.services.contributions import Writer
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed

from .. import own_site, rules, services
from ..forms.comments import CommentForm
from ..forms.details import DetailsForm
from ..forms.edit import EditForm
from ..forms.fields import TermsForm
from ..forms.moderation import AppealForm, ReportForm
from ..forms.propose import ANONYMOUS, TEAM, ProposalForm, here_help
from ..forms.reopening import ReopenForm
from ..forms.transitions import AuthorAnswerForm, WithdrawForm
from ..models import Idea
from ..selectors.reopening import question_of
from .following import answer_or_wake

COMMENT_KIND = "idea_comment"


def boxes(viewer) -> list[tuple[str, str]]:
    """Boxes a facilitator may print and type for: open now, of all agents, or of members they are among.

    Permanent ones first: a sheet is for the box one doesn't have to choose, unless somebody says otherwise. Not those
    limited to some people: a sheet doesn't say from where its author comes.
    """
    open_to_all = Space.objects.filter(
        is_archive=False, is_draft=False, is_limited=False, process__isnull=False, cohort_seats__isnull=True
    )
    spaces = with_phases(open_to_all.order_by("name"))
    return [
        (space.slug, space.name)
        for space in sorted(spaces, key=lambda space: not is_permanent(space))
        if rules.ACTIVITY in space.activities
        and is_open(space, PhaseVerb.PROPOSE)
        and (space.circle != Circle.MEMBERS or can_see_space(viewer, space))
    ]


def _space(slug: str) -> Space:
    space = Space.objects.filter(slug=slug, is_archive=False, is_draft=False, cohort_seats__isnull=True).first()
    if space is None:
        raise LookupError(slug)
    return space


def proposal(about: str, data):
    """The web's own form of this box; a team is always offered, its name is asked beside."""
    space = _space(about)
    return ProposalForm(
        data,
        modes=space.identity_modes,
        team=str(_("the name of your team")),
        site=str(_("Your site")) if own_site.is_offered(space) else "",
        signed_out=anonymous_offered(space),
    )


def fit_here(form, about: str, *, viewer=None, unit=None) -> None:
    """*À régler ici* is asked where somebody answers: at the site of who is there, or where sheets are gathered."""
    if "here" not in form.fields:
        return
    site = own_site.site_of(viewer, _space(about), unit)
    if site is None:
        del form.fields["here"]
    else:
        form.fields["here"].help_text = here_help(site.name)


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
        settle_here=bool(form.cleaned_data.get("here")),
    )
    return registry.Handed(
        kind=Idea.subject_kind, handle=receipt.idea.handle, label=receipt.reference, said=receipt.thanks
    )


def _writer(sheet: registry.Submission) -> Writer:
    if sheet.form.cleaned_data.get("identity") == ANONYMOUS:
        return Writer()
    team = sheet.team if sheet.form.cleaned_data.get("identity") == TEAM else ""
    return Writer(user=sheet.author, team=team)


def _written_at(sheet: registry.Submission):
    """The end of the day it was written: what closed later was still open."""
    if sheet.written_on is None or sheet.written_on >= timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(sheet.written_on, time(12)))


def _idea(reference: str, *, hidden_too: bool = False) -> Idea:
    ideas = Idea.objects.select_related("space", "owed", "unit", "direction", "transfer_to")
    ideas = ideas.filter(reference=references.normalise(reference[:16]), is_imported=False)
    found = (ideas if hidden_too else ideas.filter(visibility=Visibility.SHOWN)).first()
    if found is None:
        raise LookupError(reference)
    return found


def _comment_form(data, idea):
    modes = idea.space.identity_modes if idea else (IdentityMode.NAMED, IdentityMode.PROTECTED)
    return CommentForm(data, modes=modes)


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


def _of_idea(form_of, *, hidden_too: bool = False):
    """``build`` of a form about an idea: blank before the idea is known; LookupError when there is no such idea."""

    def build(about: str, data):
        return form_of(data, _idea(about, hidden_too=hidden_too) if about else None)

    return build


def _by_author(service, said, *, hidden_too: bool = False):
    """``submit`` of a sheet that continues an idea: the service acts for its author, with what the form says.

    PermissionDenied, told in words, when the proof on the sheet isn't of this idea's author.
    """

    @_in_words
    def submit(sheet: registry.Submission) -> registry.Handed:
        idea = _idea(sheet.about, hidden_too=hidden_too)
        author = HandleHolder(sheet.handle) if sheet.handle else Viewer(sheet.author)
        service(idea=idea, actor=author, **said(sheet.form))
        return registry.Handed(kind=Idea.subject_kind, handle=idea.handle, label=idea.reference)

    return submit


def _answer_form(data, idea):
    """Only an idea that waits for its author takes an answer."""
    if idea is not None and idea.stage_kind not in (StageKind.NEEDS_INFO, StageKind.DORMANT):
        raise LookupError(idea.reference)
    return AuthorAnswerForm(data, idea=idea, viewer=None)


def _details_form(data, _idea):
    return DetailsForm(data, directions=Unit.objects.current(clock.today()).directions().order_by("name"))


@_in_words
def submit_support(sheet: registry.Submission) -> None:
    """One support of one account, shown as a total; ten sheets leave one."""
    services.set_support(idea=_idea(sheet.about), actor=sheet.author, wanted=True)


@_in_words
def submit_reopening(sheet: registry.Submission) -> None:
    """The wish of one account that supported the idea; a later sheet changes it, until the question closes."""
    opened = question_of(sheet.author, _idea(sheet.about))
    if opened is None:
        raise ValidationError(_("Nothing is asked about this idea: none of its conditions is met."))
    services.answer_reopening(opened=opened, actor=sheet.author, wish=sheet.form.wish())


@_in_words
def submit_follow(sheet: registry.Submission) -> None:
    """News of an idea for one account; ten sheets ask for it once."""
    services.set_follow(idea=_idea(sheet.about), actor=sheet.author, wanted=True)


@_in_words
def submit_report(sheet: registry.Submission) -> None:
    """One report of one account; their first one stays."""
    services.report(idea=_idea(sheet.about), actor=sheet.author, **sheet.form.cleaned_data)


FORMS = (
    registry.PaperForm(
        key="idee",
        title=_("My idea"),
        lede=_("Write as you speak. You will have a written answer, even if it is no."),
        addresses=("idees/deposer/",),
        build=proposal,
        fields=("body", "title", "identity", "here"),
        optional=("here",),
        fit=fit_here,
        watched=("title", "body"),
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
        build=_of_idea(_comment_form),
        fields=("text", "identity"),
        watched=("text",),
        left_out={"official": _("The study team speaks from its own account.")},
        submit=submit_comment,
    ),
    registry.PaperForm(
        key="reponse",
        title=_("My answer to the question"),
        lede=_("The team asked a question about your idea. Your answer starts the delay again."),
        addresses=("idees/<idea_reference:reference>/etape/<slug:transition>/",),
        build=_of_idea(_answer_form),
        fields=("text",),
        watched=("text",),
        submit=_by_author(answer_or_wake, AuthorAnswerForm.answers),
        who=registry.OF_AUTHOR,
    ),
    registry.PaperForm(
        key="contestation",
        title=_("I object to the removal of my idea"),
        lede=_("Another person than the one who removed it reads your objection. You may object once."),
        addresses=("idees/<idea_reference:reference>/contester/",),
        build=_of_idea(lambda data, _idea: AppealForm(data), hidden_too=True),
        fields=("text",),
        watched=("text",),
        submit=_by_author(services.appeal, lambda form: form.cleaned_data, hidden_too=True),
        who=registry.OF_AUTHOR,
    ),
    registry.PaperForm(
        key="soutien",
        title=_("I support an idea"),
        lede=_("Your support isn't seen by anybody, only the total is published."),
        addresses=("idees/<idea_reference:reference>/soutenir/",),
        build=_of_idea(lambda data, _idea: TermsForm(data)),
        fields=(),
        submit=submit_support,
        who=registry.ACCOUNT,
    ),
    registry.PaperForm(
        key="rouvrir",
        title=_("Should an idea I supported be looked at again?"),
        lede=_("A condition of its answer is met. Totals alone are kept: nobody reads who said what."),
        addresses=("idees/<idea_reference:reference>/rouvrir/",),
        build=_of_idea(lambda data, _idea: ReopenForm(data)),
        fields=("answer",),
        submit=submit_reopening,
        who=registry.ACCOUNT,
    ),
    registry.PaperForm(
        key="suivi",
        title=_("I want news of an idea"),
        lede=_("You are told of its answer and of what becomes of it, by the way you chose."),
        addresses=("idees/<idea_reference:reference>/suivre/",),
        build=_of_idea(lambda data, _idea: TermsForm(data)),
        fields=(),
        submit=submit_follow,
        who=registry.ACCOUNT,
    ),
    registry.PaperForm(
        key="signalement",
        title=_("I report an idea"),
        lede=_("Somebody of the moderation reads it, without your name. One report counts once."),
        addresses=("idees/<idea_reference:reference>/signaler/",),
        build=_of_idea(lambda data, _idea: ReportForm(data)),
        fields=("reason_code", "text"),
        watched=("text",),
        submit=submit_report,
        who=registry.ACCOUNT,
    ),
    registry.PaperForm(
        key="precisions",
        title=_("More about my idea"),
        lede=_("To help it find the right direction, before it is given to one."),
        addresses=("idees/<idea_reference:reference>/recue/",),
        build=_of_idea(_details_form),
        fields=("kind", "direction", "tags"),
        submit=_by_author(services.save_details, lambda form: form.changes),
        who=registry.OF_AUTHOR,
    ),
    registry.PaperForm(
        key="correction",
        title=_("I correct my idea"),
        lede=_("As long as nobody supports it and no direction has it in hand."),
        addresses=("idees/<idea_reference:reference>/modifier/",),
        build=_of_idea(lambda data, _idea: EditForm(data)),
        fields=("title", "body"),
        watched=("title", "body"),
        submit=_by_author(services.edit_idea, lambda form: form.cleaned_data),
        who=registry.OF_AUTHOR,
    ),
    registry.PaperForm(
        key="retrait",
        title=_("I withdraw my idea"),
        lede=_("As long as it isn't answered. Comments stay."),
        addresses=("idees/<idea_reference:reference>/retirer/",),
        build=_of_idea(lambda data, idea: WithdrawForm(data, idea=idea, viewer=None)),
        fields=("reason", "hide_body"),
        watched=("reason",),
        submit=_by_author(services.withdraw, WithdrawForm.answers),
        who=registry.OF_AUTHOR,
    ),
)
