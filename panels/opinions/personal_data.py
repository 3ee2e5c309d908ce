"""What the room keeps of people, for how long, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare, declare_impersonal

from . import exports
from .models import (
    AdoptionRule,
    Amendment,
    AmendmentSupport,
    Answer,
    Article,
    Grade,
    Hearing,
    HearingLine,
    MinorityOpinion,
    MinoritySignature,
    Opinion,
    Recommendation,
    RecommendationVersion,
    Reply,
    RoomCount,
    Vote,
)

OWNER = "panels"
KEPT = _("as long as the panel: the work of a panel stays, its members become numbers when they are erased")
SEAT = "Held by a seat, whose name goes with the erasure of its member."


def _forget(model, user, *columns):
    return sum(model.objects.filter(**{column: user}).update(**{column: None}) for column in columns)


for _model, _class, _title, _export, _columns, _why in (
    (
        RecommendationVersion,
        "C3",
        _("Words I wrote or typed for a recommendation"),
        exports.versions,
        ("typed_by",),
        "Words discussed by a panel.",
    ),
    (
        Amendment,
        "C3",
        _("Amendments I proposed, typed or decided"),
        exports.amendments,
        ("typed_by", "decided_by"),
        "Other words proposed for a draft.",
    ),
    (
        AmendmentSupport,
        "C3",
        _("Amendments I agree with"),
        exports.supports,
        (),
        "Told as a number.",
    ),
    (
        MinorityOpinion,
        "C4",
        _("Minority opinions I wrote or typed"),
        exports.minorities,
        ("typed_by",),
        "Nobody removes it: it was written to stay beside the opinion.",
    ),
    (
        MinoritySignature,
        "C4",
        _("Minority opinions I signed, or whose signatures I typed"),
        exports.signatures,
        ("typed_by",),
        "By name only if its signatory chose so; frozen with the opinion, whose fingerprint is published.",
    ),
    (
        RoomCount,
        "C2",
        _("Counts of votes in the room that I typed first"),
        exports.counts,
        ("typed_by",),
        "Goes once a second person typed the same.",
    ),
    (
        Vote,
        "C2",
        _("Votes in the room that I counted second"),
        exports.votes,
        ("checked_by",),
        "Totals of a vote; the account of whoever typed them alone is forgotten.",
    ),
    (
        Answer,
        "C2",
        _("Replies to panels that I published"),
        exports.answers,
        ("signed_by",),
        "Signed by name, to everybody; the account alone is forgotten.",
    ),
    (
        Grade,
        "C4",
        _("What I said of the replies to a panel"),
        exports.grades,
        (),
        "Kept so that each member has one; told as totals from eleven.",
    ),
):
    declare(
        _model,
        owner=OWNER,
        classification=_class,
        retention=KEPT,
        title=_title,
        export=_export,
        erase=(lambda user, model=_model, columns=_columns: _forget(model, user, *columns)) if _columns else None,
        reason=f"{_why} {SEAT}",
    )
declare_impersonal(
    OWNER,
    (
        (AdoptionRule, "What a recommendation needs: no personal data."),
        (Recommendation, "A number and where it stands."),
        (Opinion, "The work of a panel, told to everybody."),
        (Article, "The words voted, told to everybody."),
        (Reply, "What is owed, by which direction."),
        (Hearing, "What was said in public, without names."),
        (HearingLine, "What the city says of a measure."),
    ),
)
code_words.register(
    "verb",
    {
        "panels.rule_written": _("Adoption rule of a panel written"),
        "panels.draft_written": _("Draft of a recommendation begun"),
        "panels.version_written": _("Version of a recommendation written"),
        "panels.draft_withdrawn": _("Draft of a recommendation withdrawn"),
        "panels.amendment_proposed": _("Amendment proposed"),
        "panels.amendment_ended": _("Amendment decided or withdrawn"),
        "panels.put_to_the_vote": _("Recommendations put to the vote"),
        "panels.room_counted": _("Votes in the room typed"),
        "panels.vote_settled": _("Vote on a recommendation settled by the rule"),
        "panels.vote_called_off": _("Vote on a recommendation called off"),
        "panels.minority_written": _("Minority opinion written"),
        "panels.minority_signed_on_paper": _("Signature of a minority opinion typed from a paper"),
        "panels.minority_withdrawn": _("Minority opinion withdrawn by its author"),
        "panels.opinion_adopted": _("Opinion of a panel adopted"),
        "panels.opinion_handed_over": _("Opinion of a panel handed over"),
        "panels.reply_assigned": _("Reply to a panel given to another direction"),
        "panels.reply_published": _("Reply to a panel published"),
        "panels.answered": _("Every recommendation of a panel answered"),
        "panels.yearly_hearing_planned": _("Yearly hearing of a panel planned"),
        "panels.yearly_hearing_told": _("Account of a yearly hearing published"),
        "panels.followed_up": _("Panel followed up"),
    },
)
