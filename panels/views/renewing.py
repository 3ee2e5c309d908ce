"""A standing panel renewed in part: the draw is prepared from those who leave, then its members take over."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from src.foundations import clock
from src.foundations.gates import see_other

from ..forms.members import RenewalForm
from ..models import Membership, Panel
from ..services import renewing
from .confirming import confirm, data_of, done
from .gate import METHODS, address, missing, organiser

DAYS = ("registration_ends_on", "draw_on", "starts_on", "ends_on")


@require_http_methods(METHODS)
@organiser
def begin(request, panel):
    """Whose term ends, and when those who follow are drawn; the renewal is then prepared from its own desk."""
    if not panel.is_standing:
        raise missing()
    renewing.refuse_if_going(panel)
    members = Membership.objects.sitting().filter(panel=panel).order_by("number")
    number = panel.renewals.count() + 1
    initial = {"title": _("%(title)s: renewal %(n)d") % {"title": panel.title, "n": number}}
    over = clock.today() + timedelta(days=120)
    initial["leaving"] = [str(one.number) for one in members if one.term_ends_on and one.term_ends_on <= over]
    form = RenewalForm(members, data_of(request), initial=initial)
    made = []

    def act():
        told = {name: form.cleaned_data[name] for name in ("title", *DAYS)}
        slug = free_slug(told["title"])
        made.append(renewing.begin_renewal(actor=request.user, panel=panel, leaving=form.chosen, slug=slug, **told))

    if done(form, act):
        messages.success(request, _("The renewal is prepared: look at its quotas, then open registration."))
        return see_other(address(made[0], "desk"))
    context = {"nav_key": "panels", "panel": panel, "form": form}
    return render(request, "panels/members/renew.html", context, status=422 if form.errors else 200)


def free_slug(title: str) -> str:
    """An address nobody has, from the title."""
    base = slugify(title)[:56].strip("-") or "renouvellement"
    taken = set(Panel.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, 1000))) if one not in taken)


@require_http_methods(METHODS)
@organiser
def take_over(request, panel):
    """What it means that the new members join; then they do, and those at the end of their term leave."""
    if not panel.is_renewal:
        raise missing()
    if request.method == "POST":
        joined = renewing.take_over(actor=request.user, panel=panel)
        words = ngettext("%(n)d member joined the panel.", "%(n)d members joined the panel.", joined)
        messages.success(request, words % {"n": joined})
        return see_other(address(panel.renews, "members"))
    means = [
        _("Those who were drawn join the members’ space of the standing panel."),
        _("Members whose term ends leave it: they no longer vote, and still grade the replies to what they adopted."),
        _("The draw and its files stay on the page of the renewal."),
    ]
    return confirm(request, panel, _("Have the new members join"), means, _("Have them join"))
