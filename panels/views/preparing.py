"""The preparation of a panel: begun, written, its team, its lists, and registration opened, closed, stopped."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from src.foundations.gates import see_other

from .. import advice_words, consistency, rules, selectors
from ..enums import PanelState, TeamRole
from ..forms.preparing import ListForm, MandateForm, MemberForm, ReopenForm, StopForm
from ..services import preparing
from .confirming import confirm, data_of, done
from .gate import METHODS, address, missing, open_to, organiser, screen, signed_in

# Administrators prepare every panel; organisers, theirs.
preparer = open_to(rules.may_organise, lambda viewer, _panel: rules.may_create(viewer))
administrator = open_to(lambda viewer, _panel: rules.may_create(viewer))


def _answer(request, name: str, form, **context):
    context = {"nav_key": "panels", "form": form, **context}
    return render(request, f"panels/{name}.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@signed_in
@screen
def create(request):
    """Begin a panel; the team is named next."""
    if not rules.may_create(request.viewer):
        raise missing()
    form = MandateForm(data_of(request))
    made = []
    if done(form, lambda: made.append(preparing.create_panel(actor=request.user, **form.written))):
        messages.success(request, _("It is begun. Nobody else sees it: name its team."))
        return see_other(address(made[0], "team"))
    return _answer(request, "edit", form)


@require_http_methods(METHODS)
@preparer
def edit(request, panel):
    """Write the panel again; once people were asked, what they were asked stays."""
    if panel.state == PanelState.CLOSED:
        return see_other(address(panel, "desk"))
    form, changed = MandateForm(data_of(request), panel=panel), [panel]
    if done(form, lambda: changed.append(_changed(request, panel, form.written))):
        messages.success(request, _("It is saved."))
        return see_other(address(changed[-1], "desk"))
    return _answer(request, "edit", form, panel=panel)


def _changed(request, panel, written):
    return preparing.change_panel(actor=request.user, panel=panel, **written) if written else panel


@require_http_methods(METHODS)
@preparer
def team(request, panel):
    """Who works for the panel; administrators name them."""
    names = rules.may_create(request.viewer)
    if request.method == "POST" and not names:
        rules.refuse_unless(False)
    form = MemberForm(panel, data_of(request))
    if done(form, lambda: preparing.name_to_team(actor=request.user, panel=panel, person=form.person, **form.shown)):
        messages.success(request, _("It is done: this person finds the panel in their account."))
        return see_other(address(panel, "team"))
    context = {"panel": panel, "members": selectors.team_of(panel), "missing": consistency.roles_missing(panel)}
    return _answer(request, "team", form, names=names, **context)


@require_http_methods(METHODS)
@administrator
def end_role(request, panel, member):
    """End somebody's role."""
    found = selectors.team_of(panel).filter(pk=member).first()
    if found is None:
        raise Http404(_("This person doesn’t work for this panel any more."))
    if request.method == "POST":
        preparing.end_role(actor=request.user, member=found)
        messages.success(request, _("This role is ended."))
        return see_other(address(panel, "team"))
    words = {
        "name": found.person.get_full_name() if found.person else found.shown_name,
        "role": found.get_role_display(),
    }
    means = [_("From now on, this person reads and does nothing more on this panel.")]
    if found.role == TeamRole.GUARANTOR:
        means.append(_("Their name goes from the page that everybody reads."))
    return confirm(
        request, panel, _("End the role of %(name)s (%(role)s)?") % words, means, pgettext("button", "End this role"),
        back=address(panel, "team"),
    )  # fmt: skip


@require_http_methods(METHODS)
@organiser
def lists(request, panel):
    """Where people come from; a list is added until registration closes."""
    form = ListForm(panel, data_of(request))
    if done(form, lambda: preparing.add_source_list(actor=request.user, panel=panel, **form.cleaned_data)):
        messages.success(request, _("The list is added."))
        return see_other(address(panel, "lists"))
    found = list(panel.source_lists.order_by("position", "pk"))
    faults = consistency.faults_of_lists(panel.seats, {one.slug: one.seats for one in found})
    takes = panel.is_draft or panel.is_recruiting
    return _answer(request, "lists", form, panel=panel, lists=found, faults=faults, takes=takes)


@require_http_methods(METHODS)
@organiser
def remove_list(request, panel, name):
    """Take a list away, before anybody was asked."""
    found = panel.source_lists.filter(slug=name).first()
    if found is None:
        raise Http404(_("This panel has no such list."))
    if request.method == "POST":
        preparing.remove_source_list(actor=request.user, source_list=found)
        messages.success(request, _("The list is removed."))
        return see_other(address(panel, "lists"))
    means = [_("Nobody was asked yet: nothing else is lost.")]
    title = _("Remove the list “%(name)s”?") % {"name": found.label}
    return confirm(request, panel, title, means, pgettext("button", "Remove"), back=address(panel, "lists"))


@require_http_methods(METHODS)
@organiser
def open_it(request, panel):
    """What opening registration means and what is missing, then the opening."""
    if request.method == "GET" and not panel.is_draft:
        return see_other(address(panel, "desk"))
    faults = consistency.faults_before_opening(panel) if panel.is_draft else []
    if request.method == "POST" and not faults:
        preparing.open_registration(actor=request.user, panel=panel)
        messages.success(request, _("Registration is open."))
        return see_other(address(panel, "desk"))
    means = [
        _("Everybody reads the page of the panel."),
        _("The question, the direction that asks, the seats, the criteria and their values no longer change."),
        _("A protected quota is loosened only when a guarantor signs it."),
        _("The panel can be stopped, with a reason that everybody reads; it can’t be thrown away."),
    ]
    return confirm(
        request, panel, _("Open registration?"), means, pgettext("button", "Open registration"), faults=faults
    )


@require_http_methods(METHODS)
@organiser
def close_it(request, panel):
    """What closing registration means and who still waits, then the closing."""
    if request.method == "GET" and not panel.is_recruiting:
        return see_other(address(panel, "desk"))
    faults = [sentence for _code, sentence in consistency.faults_before_closing(panel)]
    if request.method == "POST" and not faults:
        preparing.close_registration(actor=request.user, panel=panel)
        messages.success(request, _("Registration is closed. The draw may be prepared."))
        return see_other(address(panel, "desk"))
    means = [
        _("Nobody registers any more, by code, by telephone or on paper."),
        _("Those who may be drawn are in the draw."),
        _("Registration may be opened again, with a later last day, until a draw is sealed."),
        *_told_now(request, panel),
    ]
    return confirm(
        request, panel, _("Close registration?"), means, pgettext("button", "Close registration"), faults=faults
    )


def _told_now(request, panel) -> list[str]:
    """What the quotas allow with those who may be drawn now."""
    if not panel.is_recruiting:
        return []
    found = advice_words.told(selectors.quota_check(actor=request.viewer, panel=panel))
    return [_("Today: %(what)s.") % {"what": found.title}]


@require_http_methods(METHODS)
@organiser
def reopen(request, panel):
    """Let people register again, until a later day."""
    if request.method == "GET" and panel.state != PanelState.POOL_CLOSED:
        return see_other(address(panel, "desk"))
    form = ReopenForm(panel, data_of(request))
    if done(form, lambda: preparing.reopen_registration(actor=request.user, panel=panel, until=form.until)):
        messages.success(request, _("Registration is open again."))
        return see_other(address(panel, "desk"))
    means = [
        _("People register again, those of the draw stay registered."),
        _("A draw that was prepared and not sealed must be prepared again."),
    ]
    return confirm(request, panel, _("Open registration again?"), means, pgettext("button", "Open again"), form=form)


@require_http_methods(METHODS)
@preparer
def throw_away(request, panel):
    """Take away a panel of which nobody was asked anything."""
    if request.method == "GET" and not panel.is_draft:
        return see_other(address(panel, "desk"))
    if request.method == "POST":
        preparing.throw_away(actor=request.user, panel=panel)
        messages.success(request, _("The panel is thrown away."))
        return see_other(reverse("panels:workshop"))
    means = [
        _("Its question, its team, its lists and its quotas go. It can’t be undone."),
        _("Nobody was asked anything: nobody has to be told."),
    ]
    return confirm(
        request, panel, _("Throw this panel away?"), means, pgettext("button", "Throw this panel away"), danger=True
    )


@require_http_methods(METHODS)
@preparer
def stop(request, panel):
    """End a panel before its time, with a reason."""
    if request.method == "GET" and panel.state in (PanelState.DRAFT, PanelState.CLOSED):
        return see_other(address(panel, "desk"))
    form = StopForm(data_of(request))
    if done(form, lambda: preparing.stop_panel(actor=request.user, panel=panel, **form.cleaned_data)):
        messages.success(request, _("The panel is stopped. Its page says why."))
        return see_other(address(panel, "desk"))
    means = [
        _("Nobody registers any more, nobody is drawn. It can’t be undone."),
        _("Its page stays, with the reason, the figures and the draws."),
        _("Those who registered are erased three months later."),
    ]
    return confirm(
        request, panel, _("Stop this panel?"), means, pgettext("button", "Stop this panel"), form=form, danger=True
    )
