"""The opinion: in the members' space, with minority opinions; adopted, handed over; read by everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from panels.enums import PanelState
from panels.rules import may_organise, may_run, refuse_unless
from panels.views.confirming import data_of, done
from src.foundations import clock, documents
from src.foundations.gates import see_other

from .. import body, rules, selectors, words
from ..forms.voting import AdoptForm, HandOverForm
from ..forms.writing import MinorityForm, PaperMinorityForm, PaperSignForm, SignForm
from ..models import Opinion
from ..services import adopting, minority
from .gate import METHODS, calm, inside, member_of, minority_of, numbered_seat, organiser, runner, sitting, told, url
from .pages import form_page


@require_safe
@inside
def within(request, panel):
    """Where the opinion stands, for members: what is missing, minority opinions, what one does now."""
    member = member_of(request, panel)
    opinion = selectors.opinion_of(request.viewer, panel)
    writing = rules.drafts(panel)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "opinion": opinion,
        "minorities": selectors.minorities_of(panel, member),
        "member": member,
        "signs": member is not None and writing,
        "writing": writing,
        "types": writing and may_run(request.viewer, panel),
        "faults": adopting.faults_before_adopting(panel) if writing else [],
        "organises": may_organise(request.viewer, panel),
        "hands_over": may_organise(request.viewer, panel) and panel.state == PanelState.OPINION_ADOPTED,
        "grades": member is not None and opinion is not None and bool(opinion.handed_over_on)
        and rules.grading_is_open(panel),
    }  # fmt: skip
    return render(request, "opinions/within.html", context)


@require_http_methods(METHODS)
@sitting
def write_minority(request, panel, member):
    """Write a minority opinion."""
    rows = [one for one in selectors.recommendations_of(request.viewer, panel) if one.state != "withdrawn"]
    form = MinorityForm(data_of(request), recommendations=rows)

    def keep():
        told_of = form.cleaned_data
        minority.write_minority(
            actor=request.viewer, panel=panel, text=told_of["text"], name=told_of["name"],
            recommendation=next((one for one in rows if one.number == told_of["recommendation"]), None),
        )  # fmt: skip

    calm(request, "minorities", 10)
    if done(form, keep):
        messages.success(request, _("Your minority opinion is written. Other members may sign it."))
        return see_other(url(panel, "within"))
    means = [
        _("Its words never change: read them again before you send."),
        _("You alone may withdraw it, until the opinion is adopted. Neither the team nor the city can."),
        _("Members know that you wrote it when you sign it by name; otherwise they read how many sign."),
    ]
    return form_page(
        request, panel, _("Write a minority opinion"), pgettext("button", "Send it"), form=form, means=means,
        back=url(panel, "within"), back_label=_("The opinion of the panel"),
    )  # fmt: skip


@require_http_methods(METHODS)
@sitting
def sign(request, panel, member, number):
    """Sign a minority opinion, by name or counted; or take one's signature back."""
    found = minority_of(panel, number)
    form = SignForm(data_of(request))

    def keep():
        if request.POST.get("action") == "take":
            minority.unsign(actor=request.viewer, minority=found)
        else:
            minority.sign(actor=request.viewer, minority=found, name=form.cleaned_data["name"])

    if done(form, keep):
        messages.success(request, _("It is kept."))
        return see_other(url(panel, "within"))
    return form_page(
        request, panel, _("Sign this minority opinion"), pgettext("button", "Sign"), form=form, quoted=found.text,
        back=url(panel, "within"), back_label=_("The opinion of the panel"),
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def type_minority(request, panel):
    """Type a minority opinion that a member wrote on paper."""
    rows = [one for one in selectors.recommendations_of(request.viewer, panel) if one.state != "withdrawn"]
    form = PaperMinorityForm(data_of(request), recommendations=rows)

    def keep():
        told_of = form.cleaned_data
        minority.write_minority(
            actor=request.viewer, panel=panel, text=told_of["text"], name=told_of["name"],
            member=numbered_seat(panel, told_of["member"]),
            recommendation=next((one for one in rows if one.number == told_of["recommendation"]), None),
        )  # fmt: skip

    if done(form, keep):
        messages.success(request, _("The minority opinion is kept, as its author wrote it. Give the paper back."))
        return see_other(url(panel, "within"))
    means = [
        _("Its words never change afterwards, and the team can’t take it away: read it aloud with its author first."),
        _("Members read that it came on paper, and that you typed it."),
    ]
    return form_page(
        request, panel, _("Type a minority opinion"), pgettext("button", "Save"), form=form, means=means,
        back=url(panel, "within"), back_label=_("The opinion of the panel"),
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def type_signature(request, panel, number):
    """Type a signature that came on paper; then the next one."""
    found = minority_of(panel, number)
    form = PaperSignForm(data_of(request))

    def keep():
        told_of = form.cleaned_data
        member = numbered_seat(panel, told_of["member"])
        minority.sign(actor=request.viewer, minority=found, name=told_of["name"], member=member)

    if done(form, keep):
        said = _("The signature of member %(n)d is kept: type the next paper.")
        messages.success(request, said % {"n": form.cleaned_data["member"]})
        return see_other(request.path)
    means = [
        _("Members who sign by account find their signature, and change it themselves; the team can’t."),
        ngettext("%(n)d member has signed so far.", "%(n)d members have signed so far.", found.signatures.count())
        % {"n": found.signatures.count()},
    ]
    return form_page(
        request, panel, _("Type a signature that came on paper"), pgettext("button", "Save"), form=form, means=means,
        quoted=found.text, back=url(panel, "within"), back_label=_("The opinion of the panel"),
    )  # fmt: skip


@require_http_methods(METHODS)
@sitting
def withdraw(request, panel, member, number):
    """Withdraw one's own minority opinion; what it means is told first."""
    found = minority_of(panel, number)
    refuse_unless(found.author_id == member.pk)
    if request.method == "POST":
        minority.withdraw(actor=request.viewer, minority=found)
        messages.success(request, _("Your minority opinion is withdrawn."))
        return see_other(url(panel, "within"))
    return form_page(
        request, panel, _("Withdraw my minority opinion"), pgettext("button", "Withdraw"), danger=True,
        means=[_("It won’t stand beside the opinion. Those who signed it see it no more.")], quoted=found.text,
        back=url(panel, "within"), back_label=_("The opinion of the panel"),
    )  # fmt: skip


@require_http_methods(METHODS)
@organiser
def adopt(request, panel):
    """Freeze the opinion; what it means, and what is missing, is told first."""
    faults = adopting.faults_before_adopting(panel)
    form = None if faults else AdoptForm(data_of(request))

    def keep():
        adopting.adopt_opinion(actor=request.viewer, panel=panel, **form.cleaned_data)

    if form is not None and done(form, keep):
        messages.success(request, _("The opinion is adopted: nothing of it changes any more."))
        return see_other(url(panel, "within"))
    means = [
        _("It holds the very words that were voted, the votes, the rule and the minority opinions."),
        _("Nothing of it changes any more, minority opinions included. Its fingerprint is written in the journal."),
    ]
    return form_page(
        request, panel, _("Adopt the opinion"), pgettext("button", "Adopt the opinion"), form=form, faults=faults,
        means=means, back=url(panel, "within"), back_label=_("The opinion of the panel"),
    )  # fmt: skip


@require_http_methods(METHODS)
@organiser
def hand_over(request, panel):
    """Hand the opinion over on a day."""
    form = HandOverForm(data_of(request), initial={"on": clock.today()})

    def keep():
        adopting.hand_over(actor=request.viewer, panel=panel, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, _("The opinion is handed over: the city owes a reply for each recommendation."))
        return see_other(url(panel, "opinion"))
    means = [
        _("Everybody reads the opinion from now on."),
        _("The city owes one reply a recommendation, within %(n)d days. A missing one is shown as missing.")
        % {"n": panel.reply_days},
    ]
    return form_page(
        request, panel, _("Hand the opinion over"), pgettext("button", "Hand it over"), form=form, means=means,
        back=url(panel, "within"), back_label=_("The opinion of the panel"),
    )  # fmt: skip


@require_safe
@told
def opinion(request, panel, found):
    """The opinion as everybody reads it, and how to check it."""
    return render(request, "opinions/opinion.html", {"nav_key": "panels", **reading(panel, found)})


@require_safe
@told
def bytes_of(request, panel, found):
    """The bytes whose fingerprint is published."""
    response = HttpResponse(found.body.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{body.FILE}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@told
def paper(request, panel, found):
    """The opinion as a PDF."""
    calm(request, "pdf", 20)
    html = render_to_string("opinions/print/opinion.html", reading(panel, found), request=request)
    return documents.pdf_or_html_response(html, f"avis-{panel.slug}")


def reading(panel, found: Opinion) -> dict:
    """What an opinion is drawn from, on a screen and on paper."""
    articles = selectors.articles_of(found)
    rule = selectors.rule_of(panel)
    return {
        "panel": panel,
        "opinion": found,
        "heading": _("Opinion of the panel “%(title)s”") % {"title": panel.title},
        "adopted": [one for one in articles if one.is_adopted],
        "not_adopted": [one for one in articles if not one.is_adopted],
        "minorities": selectors.minorities_of(panel),
        "rule": rule,
        "rule_words": words.of_rule(rule),
        "file": body.FILE,
    }
