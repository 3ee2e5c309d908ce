"""The opinion: frozen from what was adopted, then handed over on a day from which a reply is owed for each."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.enums import PanelState
from panels.models import Membership, Panel
from panels.services.preparing import WrongState, move
from src.accountability.services import owe
from src.foundations import clock, outbox
from src.foundations.text import tidy

from .. import body
from ..enums import DraftState
from ..models import AdoptionRule, Article, MinorityOpinion, Opinion, Recommendation, Reply
from .gates import organising

KIND = "recommendation"
MOST_INTRODUCTION = 4000


@transaction.atomic
def adopt_opinion(*, actor, panel: Panel, introduction: str = "") -> Opinion:
    """Freeze the opinion: the words that were voted, adopted or not, the rule, the turnout, the minority opinions.

    Organisers. Refuses while something is a draft or voted, and an opinion without any recommendation adopted. Nothing
    of it changes afterwards, minority opinions included.
    """
    held = organising(actor, panel, PanelState.DELIBERATING)
    said = tidy(introduction)
    if len(said) > MOST_INTRODUCTION:
        raise ValidationError({"introduction": _("Shorten it: %(most)d characters at most.") % {"most": 4000}})
    faults = faults_before_adopting(held)
    if faults:
        raise ValidationError(faults)
    settled = [
        (one, one.vote)
        for one in Recommendation.objects.filter(panel=held, state__in=[DraftState.ADOPTED, DraftState.NOT_ADOPTED])
        .order_by("number")
        .prefetch_related("votes__version")
    ]
    lines = [
        (
            Article(
                recommendation=one, version=vote.version, number=one.number, title=vote.version.title,
                text=vote.version.text, is_adopted=one.state == DraftState.ADOPTED,
            ),
            vote,
        )
        for one, vote in settled
    ]  # fmt: skip
    told = body.of(
        panel=held,
        introduction=said,
        rule=AdoptionRule.objects.get(panel=held),
        articles=lines,
        minorities=minorities_of(held),
        members=Membership.objects.sitting().filter(panel=held).count(),
    )
    written = body.written(told)
    made = Opinion.objects.create(
        panel=held, introduction=said, body=written, sha256=body.fingerprint(written), adopted_at=clock.now()
    )
    for article, _vote in lines:
        article.opinion = made
    Article.objects.bulk_create([article for article, _vote in lines])
    move(held, PanelState.OPINION_ADOPTED, actor, "opinion_adopted", {"sha256": made.sha256})
    return made


def faults_before_adopting(panel: Panel) -> list[str]:
    """What keeps an opinion from being adopted, in words; empty when nothing does."""
    found = dict(Recommendation.objects.filter(panel=panel).values_list("number", "state"))
    faults = []
    open_ones = [n for n, state in sorted(found.items()) if state in (DraftState.DRAFT, DraftState.PROPOSED)]
    if open_ones:
        faults.append(
            _("Still drafts, or voted: %(numbers)s. Have them voted, or withdraw them with a reason.")
            % {"numbers": ", ".join(map(str, open_ones))}
        )
    if DraftState.ADOPTED not in found.values():
        faults.append(_("No recommendation is adopted yet."))
    return faults


def minorities_of(panel: Panel) -> list[tuple[MinorityOpinion, list[str], int]]:
    """Each minority opinion that stands, the names of who signs by name, how many sign in all; two statements."""
    found = MinorityOpinion.objects.standing().filter(panel=panel).select_related("recommendation")
    told = []
    for one in found.order_by("number").prefetch_related("signatures__membership"):
        signatures = list(one.signatures.all())
        told.append((one, [signature.name for signature in signatures if signature.name], len(signatures)))
    return told


@transaction.atomic
def hand_over(*, actor, panel: Panel, on: date | None = None) -> Opinion:
    """Hand the opinion over: from this day the direction that asked owes a reply for each recommendation adopted.

    Organisers. Refuses a day to come, or before the adoption. Everybody reads the opinion from now on.
    """
    held = organising(actor, panel, PanelState.OPINION_ADOPTED)
    opinion = Opinion.objects.select_for_update(of=("self",)).get(panel=held)
    day = on or clock.today()
    if not opinion.adopted_at.date() <= day <= clock.today():
        raise ValidationError({"on": _("Choose a day between the adoption and today.")})
    if opinion.handed_over_on is not None:
        raise WrongState(_("This opinion is handed over already."), code="state")
    due = day + timedelta(days=held.reply_days)
    for article in opinion.articles.filter(is_adopted=True):
        reply = Reply.objects.create(article=article, unit=held.commissioner, due_on=due)
        owe(KIND, reply.reference, held.commissioner, started_on=day, days=held.reply_days)
    opinion.handed_over_on, opinion.due_on = day, due
    opinion.save(update_fields=["handed_over_on", "due_on"])
    for article in opinion.articles.all():
        outbox.emit("search.index", {"kind": "recommendation", "pk": article.pk})
    move(
        held, PanelState.HANDED_OVER, actor, "opinion_handed_over", {"on": day.isoformat(), "due_on": due.isoformat()}
    )
    return opinion
