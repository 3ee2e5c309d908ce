"""Asking a panel something, taking it back, saying what was done of its answer."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panels.views.confirming import data_of, done
from panels.views.gate import address as panel_address
from panels.views.gate import screen, signed_in
from src.foundations.gates import see_other

from .. import rules, selectors, services
from ..enums import ReferralKind
from ..forms.asking import AskForm, BecauseForm, FollowForm
from .gate import METHODS, address, calm, missing, show_form, speaking

# As addresses name them.
KINDS = {
    "question": ReferralKind.QUESTION,
    "essai": ReferralKind.FORM_TEST,
    "questionnaire": ReferralKind.QUESTIONNAIRE,
    "atelier": ReferralKind.WORKSHOP,
}


def asker(view):
    """For whoever answers for a unit; a refusal in words for the others, who read the panel's page all the same."""

    def checked(request, panel, *args, **kwargs):
        rules.refuse_unless(rules.may_ask(request.viewer, panel))
        return view(request, panel, *args, **kwargs)

    return signed_in(screen(checked))


@require_safe
@asker
def ask(request, panel):
    """Choosing what is asked: a question, a form to try, a questionnaire, a workshop."""
    choices = [
        (ReferralKind.QUESTION, "messages-square", _("Each member gives their word; the team writes the answer.")),
        (
            ReferralKind.FORM_TEST,
            "clipboard-list",
            _("Members try it first, and say where they got stuck."),
        ),
        (ReferralKind.QUESTIONNAIRE, "list-checks", _("The team makes a questionnaire in the panel’s space.")),
        (ReferralKind.WORKSHOP, "users", _("Members and agents of your unit meet for half a day.")),
    ]
    slugs = {kind: slug for slug, kind in KINDS.items()}
    cards = [
        {
            "title": kind.label,
            "text": text,
            "icon": icon,
            "url": reverse("panel_referrals:ask_kind", kwargs={"slug": panel.slug, "kind": slugs[kind]}),
        }
        for kind, icon, text in choices
    ]
    context = {"nav_key": "panels", "panel": panel, "cards": cards, "back": panel_address(panel)}
    return render(request, "panel_referrals/ask.html", context)


@require_http_methods(METHODS)
@asker
def ask_kind(request, panel, kind):
    """What is asked, in plain words."""
    if kind not in KINDS:
        raise missing()
    wanted, units = KINDS[kind], selectors.units_of(request.viewer)
    files = request.FILES if request.method == "POST" else None
    first = {"unit": units.first()}
    form = AskForm(units, wanted, data_of(request), files, initial=first)
    made = []

    def act():
        calm(request, "ask", 20)
        said = dict(form.cleaned_data)
        tasks = said.pop("tasks", "").splitlines()
        made.append(services.ask_panel(actor=request.viewer, panel=panel, kind=wanted, tasks=tasks, **said))

    if done(form, act):
        messages.success(request, _("It is asked. The panel accepts it with a day, or declines it and says why."))
        return see_other(address(made[0], "detail"))
    lede = ""
    if wanted == ReferralKind.FORM_TEST:
        lede = _("No form is used before members of the panel have tried it.")
    back = reverse("panel_referrals:ask", kwargs={"slug": panel.slug})
    return show_form(
        request, None, form, panel=panel, title=wanted.label, lede=lede, submit=_("Ask the panel"), back=back,
        with_file=wanted == ReferralKind.FORM_TEST,
    )  # fmt: skip


@require_http_methods(METHODS)
@speaking
def withdraw(request, panel, referral):
    """Taking back what was asked, with its reason."""
    form = BecauseForm(data_of(request))

    def act():
        services.withdraw_referral(actor=request.viewer, referral=referral, because=form.cleaned_data["because"])

    if done(form, act):
        messages.success(request, _("It is withdrawn. The panel reads why."))
        return see_other(address(referral, "detail"))
    return show_form(
        request, referral, form, title=_("Withdraw this referral"), submit=_("Withdraw it"), danger=True,
        lede=_("What members said is erased three months later. The page stays, with your reason."),
        back=address(referral, "detail"),
    )  # fmt: skip


@require_http_methods(METHODS)
@speaking
def follow(request, panel, referral):
    """What was done of the panel's answer."""
    form = FollowForm(referral.changes.all(), data_of(request))

    def act():
        services.follow_up(
            actor=request.viewer, referral=referral, text=form.cleaned_data["text"], outcomes=form.outcomes()
        )

    if done(form, act):
        messages.success(request, _("Everybody reads what you did. The members of the panel are told."))
        return see_other(address(referral, "detail"))
    return show_form(
        request, referral, form, title=_("Say what was done"), submit=_("Publish"), back=address(referral, "detail"),
    )  # fmt: skip
