"""What the team does: prepare a round, read statements, type sheets, close."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panels.services.preparing import WrongState
from panels.views.confirming import confirm, data_of, done
from panels.views.gate import open_to
from src.foundations import clock
from src.foundations.gates import see_other

from .. import rules, selectors, services
from ..forms.answering import SheetForm
from ..forms.rounds import AddForm, AsideForm, MergeForm, RoundForm
from ..models import Statement
from .gate import METHODS, address, calm, closer, runner, show_form


@require_http_methods(METHODS)
@open_to(rules.may_run)
def prepare(request, panel):
    """A new round."""
    form = RoundForm(data_of(request), initial={"token": uuid4(), "opens_on": clock.today()})
    made = []

    def act():
        calm(request, "prepare", 20)
        made.append(services.open_round(actor=request.viewer, panel=panel, **form.cleaned_data))

    if done(form, act):
        messages.success(request, _("The round is prepared. Add the first statements."))
        return see_other(address(made[0], "add"))
    back = reverse("panel_statements:list", kwargs={"slug": panel.slug})
    return show_form(
        request, panel, form, title=_("Prepare a round of statements"), submit=_("Prepare the round"), back=back,
        back_label=_("Statements"),
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def change(request, panel, round_):
    """Its words and its days."""
    first = {name: getattr(round_, name) for name in ("title", "question", "opens_on", "closes_on")}
    form = RoundForm(data_of(request), initial=first)

    def act():
        said = {name: form.cleaned_data[name] for name in first}
        services.change_round(actor=request.viewer, round_=round_, **said)

    if done(form, act):
        messages.success(request, _("It is kept."))
        return see_other(address(round_))
    return show_form(
        request, panel, form, title=_("Change the round"), submit=_("Save the round"), back=address(round_),
        back_label=round_.title,
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def add(request, panel, round_):
    """The first statements, or those written on sheets."""
    form = AddForm(data_of(request))

    def act():
        calm(request, "add", 30)
        services.add_statements(actor=request.viewer, round_=round_, texts=form.cleaned_data["texts"].splitlines())

    if done(form, act):
        messages.success(request, _("They are shown. Members answer them."))
        return see_other(address(round_, "read"))
    return show_form(
        request, panel, form, title=_("Add statements"), submit=_("Add them"), back=address(round_),
        back_label=round_.title, quote=round_.question,
        lede=_("Write some for each point of view: whoever reads them should find their own."),
    )  # fmt: skip


@require_safe
@runner
def read(request, panel, round_):
    """Every statement, those that wait first; without who proposed it."""
    context = {
        "nav_key": "panels",
        "panel": panel,
        "round": round_,
        "statements": list(selectors.statements_of(round_)),
        "back": address(round_),
    }
    return render(request, "panel_statements/read.html", context)


@require_POST
@runner
def show(request, panel, round_, statement):
    """Have members answer it."""
    services.show(actor=request.viewer, statement=statement)
    messages.success(request, _("It is shown: members answer it."))
    return see_other(address(round_, "read"))


@require_http_methods(METHODS)
@runner
def aside(request, panel, round_, statement):
    """Not shown, and why."""
    form = AsideForm(data_of(request))

    def act():
        services.set_aside(actor=request.viewer, statement=statement, because=form.cleaned_data["because"])

    if done(form, act):
        messages.success(request, _("It is set aside. Whoever proposed it reads why."))
        return see_other(address(round_, "read"))
    return show_form(
        request, panel, form, title=_("Set a statement aside"), danger=True,
        submit=pgettext("statement", "Set it aside"),
        back=address(round_, "read"), back_label=_("All the statements"), quote=statement.text,
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def merge(request, panel, round_, statement):
    """The same as another."""
    shown = Statement.objects.shown().filter(round=round_).exclude(pk=statement.pk).order_by("number")
    form = MergeForm(shown, data_of(request))

    def act():
        services.merge(actor=request.viewer, statement=statement, same_as=form.cleaned_data["same_as"])

    if done(form, act):
        messages.success(request, _("Noted: whoever proposed it reads which statement says the same."))
        return see_other(address(round_, "read"))
    return show_form(
        request, panel, form, title=pgettext("statement", "Says the same as another"), submit=_("Keep the other one"),
        back=address(round_, "read"), back_label=_("All the statements"), quote=statement.text,
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def type_sheet(request, panel, round_):
    """A sheet that came by post: typed, read back beside the paper, then kept."""
    shown = Statement.objects.shown().filter(round=round_).order_by("number")
    form = SheetForm(shown, data_of(request))
    is_read = request.POST.get("relu") == "1"

    def act():
        calm(request, "sheet", 120)
        services.type_sheet(
            actor=request.viewer, round_=round_, member=form.cleaned_data["member"], choices=form.choices()
        )

    if is_read and done(form, act):
        messages.success(request, _("The sheet is kept. Destroy the paper."))
        return see_other(address(round_, "sheet_typing"))
    if form.is_bound and form.is_valid() and form.choices():
        context = {
            "nav_key": "panels", "panel": panel, "round": round_, "member": form.cleaned_data["member"],
            "rows": form.read_back(), "form": form.hide(), "back": address(round_),
        }  # fmt: skip
        return render(request, "panel_statements/read_back.html", context)
    if form.is_bound and form.is_valid():
        form.add_error(None, _("Type at least one answer."))
    return show_form(
        request, panel, form, title=_("Type a sheet"), submit=_("Read it back"), back=address(round_),
        back_label=round_.title,
        lede=_("An answer that is already there stays: the sheet fills what the member hasn’t answered."),
    )  # fmt: skip


@require_http_methods(METHODS)
@closer
def close(request, panel, round_):
    """What closing means, then the gesture."""
    if request.method == "POST":
        services.close_round(actor=request.viewer, round_=round_)
        messages.success(request, _("The round is closed. Its map is being made."))
        return see_other(address(round_))
    means = [
        _("Nobody answers any more; it isn’t opened again."),
        _("The map is made from the answers, which are erased at the same moment: figures alone stay."),
        _("Sheets that aren’t typed yet no longer count."),
    ]
    return confirm(
        request, panel, _("Close the round and make its map"), means, _("Close the round"), back=address(round_),
        danger=True,
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def throw_away(request, panel, round_):
    """What throwing a round away means, then the gesture."""
    if request.method == "POST":
        services.throw_away(actor=request.viewer, round_=round_)
        messages.success(request, _("The round is thrown away."))
        return see_other(reverse("panel_statements:list", kwargs={"slug": panel.slug}))
    if services.taken_up(round_):
        raise WrongState(_("Members have answered or proposed: close this round instead."), code="answered")
    means = [
        _("Nobody has answered it: nothing that a member said is lost."),
        _("Its title, its question and its statements are no longer read by anybody, you included."),
        _("Members who were told of it no longer find it."),
    ]
    return confirm(
        request, panel, _("Throw the round away"), means, _("Throw this round away"), back=address(round_), danger=True
    )
