"""Drafts in the members' space: the list, one of them with its versions and amendments, writing, discussing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panels.rules import is_member, may_organise, may_run, refuse_unless
from panels.views.confirming import data_of, done
from src.foundations.gates import see_other
from src.participation.ballots.rules import state_of

from .. import comparing, rules, selectors, words
from ..forms.writing import AmendmentForm, DecideForm, DraftForm, ReasonForm, VersionForm
from ..services import amending, drafting
from .gate import METHODS, calm, inside, member_of, numbered, url
from .pages import form_page


@require_safe
@inside
def listed(request, panel):
    """The rule, then each recommendation: where it stands, how it was voted."""
    rows = selectors.recommendations_of(request.viewer, panel)
    for one in rows:
        one.outcome = words.of_vote(one.vote) if one.vote else ""
        one.ballot_state = state_of(one.vote.ballot).label if one.vote and one.vote.ballot_id else ""
    rule = selectors.rule_of(panel)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "rule": rule,
        "rule_words": words.of_rule(rule) if rule else "",
        "rows": rows,
        "writes": rules.may_draft(request.viewer, panel),
        "organises": may_organise(request.viewer, panel),
    }
    return render(request, "opinions/list.html", context)


@require_safe
@numbered
def one(request, panel, recommendation):
    """Its words, what changed from one version to another, its amendments, its vote."""
    member = member_of(request, panel)
    versions = sorted(recommendation.versions.all(), key=lambda each: each.number)
    shown = [
        {"version": each, "pieces": comparing.pieces(before.text, each.text) if before else None}
        for before, each in zip([None, *versions], versions, strict=False)
    ]
    amendments = selectors.amendments_of(recommendation, member)
    for each in amendments:
        each.pieces = comparing.pieces(each.on_version.text, each.text)
    vote = recommendation.vote
    runs = may_run(request.viewer, panel)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "one": recommendation,
        "current": versions[-1],
        "versions": shown[::-1],
        "amendments": amendments,
        "vote": vote,
        "former_votes": [each for each in recommendation.votes.all() if each.called_off_at],
        "tally": words.tally_of(vote) if vote else "",
        "arithmetic": words.of_vote(vote) if vote else "",
        "ballot_state": state_of(vote.ballot).label if vote and vote.ballot_id else "",
        "member": member,
        "runs": runs,
        "organises": may_organise(request.viewer, panel),
        "drafts": recommendation.is_draft and rules.may_draft(request.viewer, panel),
        "rewrites": recommendation.is_draft and drafting.may_write_version(request.viewer, recommendation),
        "settles": runs
        and vote is not None
        and not vote.is_settled
        and bool(vote.ballot_id and vote.ballot.counted_at),
    }
    return render(request, "opinions/one.html", context)


@require_http_methods(METHODS)
@inside
def write(request, panel):
    """Begin a draft."""
    _refuse_watchers(request, panel)
    form = DraftForm(data_of(request), is_member=member_of(request, panel) is not None)
    made = []

    def keep():
        made.append(drafting.write_draft(actor=request.viewer, panel=panel, **form.cleaned_data))

    calm(request, "drafts", 30)
    if done(form, keep):
        messages.success(request, _("The draft is written: members read it and discuss it."))
        return see_other(url(panel, "recommendation", number=made[0].number))
    return form_page(
        request, panel, _("Write a recommendation"), pgettext("button", "Write it"), form=form,
        back=url(panel, "recommendations"), back_label=_("Recommendations"),
        means=[_("The members and the team read it. It changes by versions and by amendments until it is voted.")],
    )  # fmt: skip


@require_http_methods(METHODS)
@numbered
def version(request, panel, recommendation):
    """Other words for a draft."""
    _refuse_others(request, recommendation)
    last = recommendation.current
    initial = {"title": last.title, "text": last.text, "on": last.number}
    form = VersionForm(data_of(request), is_member=member_of(request, panel) is not None, initial=initial)

    def keep():
        drafting.write_version(actor=request.viewer, recommendation=recommendation, **form.cleaned_data)

    return _written(request, panel, recommendation, form, keep, _("Write a new version"), _("The version is written."))


@require_http_methods(METHODS)
@numbered
def withdraw(request, panel, recommendation):
    """Withdraw a draft, with its reason."""
    _refuse_others(request, recommendation)
    form = ReasonForm(data_of(request))

    def keep():
        drafting.withdraw_draft(
            actor=request.viewer, recommendation=recommendation, because=form.cleaned_data["reason"]
        )

    return _written(
        request, panel, recommendation, form, keep, _("Withdraw this draft"), _("The draft is withdrawn."),
        danger=True, means=[_("Members read why. Its number isn’t used again.")],
    )  # fmt: skip


@require_http_methods(METHODS)
@numbered
def amend(request, panel, recommendation):
    """Propose other words."""
    _refuse_watchers(request, panel)
    initial = {"text": recommendation.current.text}
    form = AmendmentForm(data_of(request), is_member=member_of(request, panel) is not None, initial=initial)

    def keep():
        amending.propose(actor=request.viewer, recommendation=recommendation, **form.cleaned_data)

    calm(request, "amendments", 30)
    return _written(
        request, panel, recommendation, form, keep, _("Propose an amendment"), _("The amendment is proposed.")
    )


@require_POST
@numbered
def support(request, panel, recommendation, amendment):
    """Agree with an amendment, or no longer."""
    amending.support(actor=request.viewer, amendment=amendment, agrees=request.POST.get("action") != "take")
    return see_other(url(panel, "recommendation", number=recommendation.number) + f"#amendement-{amendment.number}")


@require_http_methods(METHODS)
@numbered
def decide(request, panel, recommendation, amendment):
    """Write what the panel decided of an amendment."""
    refuse_unless(may_run(request.viewer, panel))
    form = DecideForm(data_of(request), initial={"text": amendment.text})

    def keep():
        amending.decide(actor=request.viewer, amendment=amendment, **form.cleaned_data)

    means = [_("Amendment %(n)d, by %(who)s: %(why)s") % {
        "n": amendment.number, "who": amendment.author, "why": amendment.why,
    }]  # fmt: skip
    return _written(
        request, panel, recommendation, form, keep, _("What becomes of this amendment"), _("The decision is written."),
        means=means, pieces=comparing.pieces(recommendation.current.text, amendment.text),
    )  # fmt: skip


@require_http_methods(METHODS)
@numbered
def take_back(request, panel, recommendation, amendment):
    """Withdraw one's own amendment."""
    member = member_of(request, panel)
    is_own = (
        may_run(request.viewer, panel)
        if amendment.written_by_id is None
        else (member is not None and member.pk == amendment.written_by_id)
    )
    if not is_own:
        raise PermissionDenied(_("Whoever proposed this amendment withdraws it."))
    form = ReasonForm(data_of(request))

    def keep():
        amending.withdraw(actor=request.viewer, amendment=amendment, reason=form.cleaned_data["reason"])

    return _written(
        request, panel, recommendation, form, keep, _("Withdraw this amendment"), _("The amendment is withdrawn."),
        danger=True,
    )  # fmt: skip


def _refuse_watchers(request, panel) -> None:
    """Guarantors and keepers of the profiles read; they don't write."""
    refuse_unless(may_run(request.viewer, panel) or is_member(request.viewer, panel))


def _refuse_others(request, recommendation) -> None:
    if not drafting.may_write_version(request.viewer, recommendation):
        raise PermissionDenied(_("Propose an amendment: this draft was begun by somebody else."))


def _written(request, panel, recommendation, form, keep, title, said, **more):
    back = url(panel, "recommendation", number=recommendation.number)
    if done(form, keep):
        messages.success(request, said)
        return see_other(back)
    return form_page(
        request, panel, title, pgettext("button", "Save"), form=form, back=back,
        back_label=_("Recommendation %(n)d") % {"n": recommendation.number}, **more,
    )  # fmt: skip
