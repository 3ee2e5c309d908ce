"""Votes, by organisers: the rule, ballots, the room and its two counts; called off with a reason."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from panels.rules import refuse_unless
from panels.views.confirming import data_of, done
from src.foundations import clock
from src.foundations.gates import see_other
from src.participation.ballots.enums import Secrecy

from .. import rules, selectors, words
from ..forms.voting import BallotForm, CountForm, RoomForm, RuleForm
from ..forms.writing import ReasonForm
from ..models import Recommendation
from ..services import ruling, settling, voting
from ..services.settling import Counts
from .gate import METHODS, numbered, organiser, runner, url
from .pages import form_page


def _back(panel) -> dict:
    return {"back": url(panel, "recommendations"), "back_label": _("Recommendations")}


def drafts_of(panel) -> list[Recommendation]:
    """The drafts that may be voted."""
    found = Recommendation.objects.filter(panel=panel, state="draft").order_by("number")
    return list(found.prefetch_related("versions"))


@require_http_methods(METHODS)
@organiser
def rule(request, panel):
    """Write the adoption rule; once a vote was opened it is read where recommendations are."""
    if request.method != "POST" and ruling.is_fixed(panel):
        messages.info(request, _("A vote was opened: the rule no longer changes."))
        return see_other(url(panel, "recommendations"))
    known = selectors.rule_of(panel)
    initial = {"numerator": 60, "denominator": 100, "base": "expressed"}
    if known:
        initial = {name: getattr(known, name) for name in ("numerator", "denominator", "base", "quorum_percent")}
    form = RuleForm(data_of(request), initial=initial)

    def keep():
        ruling.write_rule(actor=request.viewer, panel=panel, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, _("The rule is written; everybody reads it."))
        return see_other(url(panel, "recommendations"))
    means = [
        words.of_rule(known) if known else _("Nobody votes before it is written."),
        _("Everybody reads it, with its day. It no longer changes once a vote is opened."),
    ]
    return form_page(
        request, panel, _("Adoption rule"), pgettext("button", "Save"), form=form, means=means, **_back(panel)
    )


@require_http_methods(METHODS)
@organiser
def ballots(request, panel):
    """Put several recommendations to the vote, by ballots with the same dates."""
    drafts = drafts_of(panel)
    form = BallotForm(data_of(request), drafts=drafts, initial={"numbers": [one.number for one in drafts]})

    def keep():
        opens_at, closes_at = form.moments()
        voting.put_to_ballot(
            actor=request.user, panel=panel, numbers=form.cleaned_data["numbers"], opens_at=opens_at,
            closes_at=closes_at, secrecy=form.cleaned_data["secrecy"],
        )  # fmt: skip

    if done(form, keep):
        simple = form.cleaned_data["secrecy"] == Secrecy.SIMPLE
        said = _("The ballots are opened.") if simple else _("The ballots are made: name their key holders.")
        messages.success(request, said)
        return see_other(url(panel, "recommendations"))
    means = [
        _("From now on the text of these recommendations and the rule no longer change."),
        _("Members who have an account vote on line, for, against or blank. The team doesn’t vote."),
        _("Amendments still under discussion end with it."),
    ]
    return form_page(
        request, panel, _("Put to the vote"), pgettext("button", "Put to the vote"), form=form if drafts else None,
        means=means, faults=[] if drafts else [_("There is no draft to be voted.")], **_back(panel),
    )  # fmt: skip


@require_POST
@organiser
def open_ballots(request, panel):
    """Open the ballots that waited for their key holders."""
    try:
        count = voting.open_votes(actor=request.user, panel=panel)
    except ValidationError as refusal:
        faults = dict.fromkeys(refusal.messages)
        return form_page(request, panel, _("These ballots can’t open yet"), "", faults=list(faults), **_back(panel))
    messages.success(request, _("Ballots opened: %(n)d.") % {"n": count})
    return see_other(url(panel, "recommendations"))


@require_http_methods(METHODS)
@organiser
def room(request, panel):
    """Open a vote in the room."""
    drafts = drafts_of(panel)
    initial = {"numbers": [one.number for one in drafts], "held_on": clock.today()}
    form = RoomForm(data_of(request), drafts=drafts, initial=initial)

    def keep():
        voting.put_to_room(actor=request.user, panel=panel, **form.cleaned_data)

    if done(form, keep):
        messages.success(request, _("The vote is open in the room. Two people then type what they counted."))
        return see_other(url(panel, "count"))
    means = [
        _("On paper, in the room, when the session can’t wait for a ballot of three days."),
        _("From now on the text of these recommendations and the rule no longer change."),
        _("Two people count, and each types the same with their own account: only then the rule is applied."),
    ]
    return form_page(
        request, panel, _("Vote in the room"), pgettext("button", "Open the vote"), form=form if drafts else None,
        means=means, faults=[] if drafts else [_("There is no draft to be voted.")], **_back(panel),
    )  # fmt: skip


@require_http_methods(METHODS)
@runner
def count(request, panel):
    """Type what was counted in the room: the first person, then a second who doesn't see it."""
    votes = selectors.open_room_votes(panel)
    form = CountForm(data_of(request), votes=votes)
    settled = []

    def keep():
        counts = {number: Counts(**one) for number, one in form.counts().items()}
        settled.extend(
            settling.type_counts(actor=request.user, panel=panel, present=form.cleaned_data["present"], counts=counts)
        )

    if votes and done(form, keep):
        said = _("The two counts are the same: the rule is applied.")
        messages.success(request, said if settled else _("It is kept: somebody else now types the same."))
        return see_other(url(panel, "recommendations"))
    first = [getattr(one, "first_count", None) for one in votes]
    means = [_("Count the papers together first. Blank: a paper left empty, or that chooses neither.")]
    if any(first):
        mine = any(one and one.typed_by_id == request.viewer.user_id for one in first)
        means.append(
            _("You typed the first count: typing again replaces it. Somebody else types the second.")
            if mine
            else _("A first person has typed their count: you don’t see it, type yours.")
        )
    return form_page(
        request, panel, _("Count of the vote in the room"), pgettext("button", "Save"), form=form if votes else None,
        means=means, faults=[] if votes else [_("No vote in the room waits for a count.")], **_back(panel),
    )  # fmt: skip


@require_http_methods(METHODS)
@numbered
def call_off(request, panel, recommendation):
    """Call a vote off, with its reason."""
    refuse_unless(rules.may_organise_votes(request.viewer, panel))
    vote, form = recommendation.vote, ReasonForm(data_of(request))
    back = url(panel, "recommendation", number=recommendation.number)
    label = _("Recommendation %(n)d") % {"n": recommendation.number}
    if vote is None:
        return form_page(
            request, panel, _("Call the vote off"), "", faults=[_("This vote is over.")], back=back, back_label=label
        )

    def keep():
        vote.recommendation = recommendation
        voting.call_off(actor=request.user, vote=vote, because=form.cleaned_data["reason"])

    if done(form, keep):
        messages.success(request, _("The vote is called off: the recommendation is a draft again."))
        return see_other(back)
    return form_page(
        request, panel, _("Call the vote off"), pgettext("button", "Call the vote off"), form=form, danger=True,
        means=[_("Votes already cast are destroyed. Everybody who could vote reads why.")],
        back=back, back_label=label,
    )  # fmt: skip


@require_POST
@numbered
def settle(request, panel, recommendation):
    """Apply the rule to a ballot that is counted."""
    if recommendation.vote is not None:
        vote = recommendation.vote
        vote.recommendation = recommendation
        settling.settle(actor=request.viewer, vote=vote)
    return see_other(url(panel, "recommendation", number=recommendation.number))
