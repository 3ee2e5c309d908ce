"""The members' space: its first page, one's badge; for the team, who sits, their letters, the beginning."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.directory import letters as code_letters
from src.foundations import documents
from src.foundations.gates import see_other
from src.participation import activities
from src.participation.enums import ActivityPhase

from .. import public_words, rules, selectors, workspace
from ..enums import PanelState
from ..forms.members import BadgeForm, BeginForm
from ..models import Membership, Panel
from ..services import members as services
from ..services import renewing, welcoming
from .confirming import confirm, data_of, done
from .gate import METHODS, address, calm, missing, open_to, organiser, screen, signed_in
from .own import owner

inside = open_to(rules.may_enter_workspace)
runner = open_to(rules.may_run)


def sitting(view):
    """Give a view the membership of whoever asks; the team reads there and doesn't sit."""

    @wraps(view)
    def checked(request, panel, *args, **kwargs):
        found = Membership.objects.select_related("panel", "candidate__account").filter(
            pk=rules.membership_id(request.viewer, panel)
        )
        one = found.first()
        if one is None:
            raise PermissionDenied(_("Members alone do this; the team doesn’t."))
        return view(request, panel, one, *args, **kwargs)

    return inside(checked)


@require_safe
@signed_in
@screen
def mine(request):
    """The panels where one sits; the only one at once."""
    found = list(Panel.objects.filter(pk__in=(request.viewer.fact("panel_memberships") or {})))
    opened = [one for one in found if rules.may_enter_workspace(request.viewer, one)]
    if len(opened) == 1:
        return see_other(address(opened[0], "workspace"))
    return render(request, "panels/members/mine.html", {"nav_key": "panels", "panels": opened})


@require_safe
@inside
def home(request, panel):
    """Where one is: what comes next, each part of the work, votes and questionnaires, whom to call."""
    beside = activities.cards_of(panel.space, request.viewer) if panel.space_id else []
    context = {
        "nav_key": "panels",
        "panel": panel,
        "member": selectors.membership_of(request.viewer, panel),
        "tabs": workspace.tabs_for(request.viewer, panel),
        "activities": [(card, ActivityPhase(card.phase).label) for card in beside],
        "phone": public_words.dialled(panel.contact_phone),
        "works": rules.works_for(request.viewer, panel),
    }
    return render(request, "panels/members/home.html", context)


@require_http_methods(METHODS)
@sitting
def badge(request, panel, member):
    """The name others read, and whether everything is posted too."""
    form = BadgeForm(data_of(request), initial={"shown_name": member.shown_name, "by_post": member.by_post})

    def keep():
        services.name_badge(membership=member, actor=request.viewer, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, _("It is kept."))
        return see_other(address(panel, "workspace"))
    context = {"nav_key": "panels", "panel": panel, "member": member, "form": form}
    return render(request, "panels/members/badge.html", context, status=422 if form.errors else 200)


def beginning(panel) -> tuple:
    """The states from which the work may begin."""
    if panel.is_renewal:
        return ()
    return (PanelState.RECRUITING,) if panel.draws_nobody else (PanelState.DRAWN, PanelState.SEATED)


@require_safe
@runner
def listed(request, panel):
    """Who sits: number, badge, how they came, whether they have an account; no ticket, no answer, no address."""
    rows = list(selectors.members_of(panel))
    context = {
        "nav_key": "panels",
        "panel": panel,
        "members": [one for one in rows if one.left_on is None],
        "left": [one for one in rows if one.left_on is not None],
        "organises": rules.may_organise(request.viewer, panel),
        "begins": panel.state in beginning(panel),
        "welcomes": panel.is_committee and panel.state in welcoming.WELCOMING,
        "renews": panel.is_standing and panel.space_id is not None and not renewing.is_going(panel),
        "without_account": sum(one.left_on is None and one.candidate.account_id is None for one in rows),
    }
    return render(request, "panels/members/list.html", context)


@require_http_methods(METHODS)
@organiser
def begin(request, panel):
    """What beginning means; with empty seats, why."""
    form = BeginForm(data_of(request)) if panel.state == PanelState.DRAWN else None
    if panel.is_renewal:
        return see_other(address(panel, "take_over"))

    def act():
        services.begin_work(actor=request.user, panel=panel, because=form.cleaned_data["because"] if form else "")

    if request.method == "POST" and (done(form, act) if form else not act()):
        messages.success(request, _("The panel is at work: members have their space."))
        return see_other(address(panel, "members"))
    means = [
        _("Members find their sessions, documents, drafts and votes in their space; nobody else reads it."),
        _("Those who have no account get one with a letter, from the list of members."),
        _("The team prepares the sessions there. It neither sits nor votes."),
    ]
    return confirm(
        request, panel, _("Begin the work of the panel"), means, _("Begin the work"), form=form,
        back=address(panel, "members"),
    )  # fmt: skip


@never_cache
@require_POST
@organiser
def accounts(request, panel):
    """Letters with a code for members who have no account, or for one whose code was lost: made once, never kept."""
    calm(request, "member-letters", 20)
    wanted = None
    if request.POST.get("member", "").isdigit():
        wanted = list(Membership.objects.filter(panel=panel, number=request.POST["member"]))
        if not wanted:
            raise missing()
    issued = services.give_accounts(actor=request.user, panel=panel, members=wanted)
    if not issued:
        messages.info(request, _("Every member has an account: nothing to print."))
        return see_other(address(panel, "members"))
    html = code_letters.letters_html(issued, place=panel.title)
    return documents.pdf_or_html_response(html, code_letters.file_name(panel.title))


@require_http_methods(METHODS)
@runner
def rename(request, panel, number):
    """A badge and the post, written for somebody who asked by telephone or in the room."""
    member = (
        Membership.objects.select_related("panel", "candidate__account").filter(panel=panel, number=number).first()
    )
    if member is None:
        raise missing()
    form = BadgeForm(data_of(request), initial={"shown_name": member.shown_name, "by_post": member.by_post})

    def keep():
        services.name_badge(membership=member, actor=request.viewer, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, _("It is kept."))
        return see_other(address(panel, "members"))
    context = {"nav_key": "panels", "panel": panel, "member": member, "form": form, "for_somebody": True}
    return render(request, "panels/members/badge.html", context, status=422 if form.errors else 200)


@require_POST
@owner
def link(request, candidate):
    """Join one's seat to the account one is signed in with; the ticket and its number were given just before."""
    if not request.viewer.is_authenticated:
        messages.info(request, _("Sign in first, then come back here with your ticket."))
        return see_other(reverse("panels:own"))
    made = services.link_account(candidate=candidate, account=request.user)
    messages.success(request, _("Your account opens the members’ space."))
    return see_other(address(made.panel, "workspace"))
