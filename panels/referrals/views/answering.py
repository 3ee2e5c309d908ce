"""What members do: their word, a form they try, a disagreement; and the papers that the team types."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panels.models import Membership
from panels.views.confirming import data_of, done
from src.foundations import documents
from src.foundations.gates import see_other
from theme.templatetags.theme import short_day

from .. import places, rules, selectors, services
from ..forms.answering import (
    DisagreeForm,
    SheetForm,
    TypedComingForm,
    TypedSheetForm,
    TypedWordForm,
    WordForm,
)
from .gate import METHODS, address, calm, inside, missing, runner, show_form


def member(view):
    """For those who sit: the team reads there, and doesn't answer."""

    def checked(request, panel, referral):
        rules.refuse_unless(rules.membership_id(request.viewer, panel) is not None)
        return view(request, panel, referral)

    return inside(checked)


@require_http_methods(METHODS)
@member
def word(request, panel, referral):
    """One's word: kept as a draft, or given."""
    if not referral.is_question:
        raise missing()
    own = selectors.own_word(request.viewer, referral)
    form = WordForm(data_of(request), initial={"text": own.text if own else ""})
    gives = "draft" not in request.POST

    def act():
        services.keep_word(actor=request.viewer, referral=referral, text=form.cleaned_data["text"], give=gives)

    if done(form, act):
        is_draft = not gives and not (own and own.is_given)
        messages.success(request, _("Your draft is kept.") if is_draft else _("Thank you. Your word is given."))
        return see_other(address(referral))
    return show_form(
        request, referral, form, title=_("My word"), submit=_("Give my word"),
        lede=_("The other members and the team read it under your badge. You may change it until %(day)s.")
        % {"day": short_day(referral.reply_on)},
        back=address(referral), draft="" if own and own.is_given else _("Keep as a draft"),
    )  # fmt: skip


@require_http_methods(METHODS)
@member
def disagree(request, panel, referral):
    """Why one doesn't agree with the answer shown."""
    own = selectors.own_disagreement(request.viewer, referral)
    form = DisagreeForm(data_of(request), initial={"text": own.text if own else ""})

    def act():
        services.disagree(actor=request.viewer, referral=referral, text=form.cleaned_data["text"])

    if done(form, act):
        messages.success(request, _("It is kept."))
        return see_other(address(referral))
    return show_form(
        request, referral, form, title=_("I don’t agree with the answer"), submit=_("Save"),
        lede=_("It is published beside the answer, without your name. Leave it empty to take it back."),
        back=address(referral),
    )  # fmt: skip


@require_http_methods(METHODS)
@member
def sheet(request, panel, referral):
    """How the form went, task by task."""
    if not referral.is_form_test:
        raise missing()
    tasks = referral.form_test.tasks.all()
    form = SheetForm(tasks, data_of(request), initial=_first(selectors.own_sheet(request.viewer, referral)))

    def act():
        services.fill_sheet(actor=request.viewer, referral=referral, said=form.said())

    if done(form, act):
        messages.success(request, _("Thank you. What you say of this form is kept, without your name."))
        return see_other(address(referral))
    return show_form(
        request, referral, form, title=_("How it went"), submit=_("Send"),
        lede=_("It is the form that is tried, not you. Nobody reads your name beside what you write."),
        back=address(referral),
    )  # fmt: skip


def _first(own) -> dict:
    """What a tester already said, as the form shows it."""
    first = {}
    for one in own.answers.all() if own else ():
        first |= {
            f"result_{one.task.position}": one.result,
            f"stuck_{one.task.position}": one.stuck,
            f"minutes_{one.task.position}": one.minutes,
        }
    return first


@require_POST
@member
def come(request, panel, referral):
    """Coming to the workshop, or not."""
    calm(request, "come", 30)
    comes = request.POST.get("vient") == "1"
    services.answer_invitation(actor=request.viewer, referral=referral, comes=comes)
    messages.success(request, _("You have a seat. See you there.") if comes else _("Noted: you don’t come."))
    return see_other(address(referral))


@require_http_methods(METHODS)
@runner
def type_paper(request, panel, referral):
    """The paper of a member: their word, how the form went, whether they come."""
    if referral.is_questionnaire:
        raise missing()
    form = _typed(referral, data_of(request))

    def act():
        _keep(request.viewer, referral, form)

    if done(form, act):
        messages.success(request, _("The paper is kept. Destroy it."))
        return see_other(address(referral, "paper"))
    return show_form(
        request, referral, form, title=_("Type a paper"), submit=_("Save"),
        lede=_("The number of the member is printed on their letter."), back=address(referral),
    )  # fmt: skip


def _typed(referral, data):
    if referral.is_question:
        return TypedWordForm(data)
    if referral.is_form_test:
        return TypedSheetForm(referral.form_test.tasks.all(), data)
    return TypedComingForm(data)


def _keep(viewer, referral, form) -> None:
    sitting = Membership.objects.sitting().filter(panel=referral.panel, number=form.cleaned_data["member"]).first()
    if sitting is None:
        raise ValidationError({"member": _("Nobody sits under this number.")})
    common = {"actor": viewer, "referral": referral, "membership": sitting}
    if referral.is_question:
        services.keep_word(text=form.cleaned_data["text"], **common)
    elif referral.is_form_test:
        services.fill_sheet(said=form.said(), **common)
    else:
        services.answer_invitation(comes=form.cleaned_data["comes"], **common)


@require_safe
@inside
def slip(request, panel, referral):
    """The referral and its answer slip, to print; of a form to try, the sheet of its tasks."""
    if not referral.is_accepted or referral.is_questionnaire:
        raise missing()
    html = render_to_string("panel_referrals/print/slip.html", places.slip_context(referral))
    return documents.pdf_or_html_response(html, f"saisine-{referral.reference}.pdf")
