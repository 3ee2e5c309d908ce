"""What panels keep of people, for how long, and how it leaves. Somebody without an account asks with their ticket."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare, declare_impersonal

from . import exports
from .models import (
    Accommodation,
    Call,
    Candidate,
    CandidateContact,
    CandidateProfile,
    Consent,
    Criterion,
    CriterionValue,
    CrossQuota,
    Draw,
    DrawTable,
    EligibilityDecision,
    GuardianConsent,
    HouseholdKey,
    Invitation,
    InvitationAddress,
    InvitationBatch,
    Membership,
    Panel,
    PaperEntry,
    PoolFigures,
    Quota,
    Receipt,
    Relaxation,
    Seat,
    SourceList,
    Substitution,
    TeamMember,
)
from .services import erasing

KEPT = _("three months after the draw for those who aren’t members, six months after the mandate for members")
OWNER = "panels"


def _erase_candidates(user):
    return sum(erasing.erase_candidate(one) for one in exports.mine(user)) + _forget(
        Candidate, user, "entered_by", "checked_by"
    )


def _forget(model, user, *columns):
    """Take somebody's name off what they did for others."""
    return sum(model.objects.filter(**{column: user}).update(**{column: None}) for column in columns)


declare(
    Candidate,
    owner=OWNER,
    classification=Classification.C3,
    retention=KEPT,
    title=_("Panels: where I registered, and how many people I registered"),
    export=exports.candidates,
    erase=_erase_candidates,
    purge=lambda now, apply: erasing.erase_due(now, apply=apply),
    reason="The ticket alone stays, without anybody, so that the sealed table can still be counted again.",
)


def _listed(value, row):
    return " · ".join(value)


_GOES = "Goes with the candidate, whose erasure takes it away at once."
for _model, _class, _title, _export, _words, _why in (
    (
        CandidateContact,
        "C3",
        _("How to reach me for a panel"),
        exports.contacts,
        {},
        "Name and ways to reach somebody.",
    ),
    (
        CandidateProfile,
        "C4",
        _("My answers to register"),
        exports.profiles,
        {"answers": _listed},
        "Encrypted answers.",
    ),
    (
        Accommodation,
        "C4",
        _("What I need to come"),
        exports.needs,
        {"needs": _listed},
        "Encrypted, apart from answers.",
    ),
    (
        GuardianConsent,
        "C3",
        _("Agreements of a parent or guardian"),
        exports.guardians,
        {},
        "Who agreed for a minor, encrypted.",
    ),
):
    declare(
        _model,
        owner=OWNER,
        classification=_class,
        retention=KEPT,
        title=_title,
        export=_export,
        erase=(lambda user: _forget(GuardianConsent, user, "recorded_by")) if _model is GuardianConsent else None,
        words=_words,
        reason=f"{_why} {_GOES}",
    )
declare(
    Consent,
    owner=OWNER,
    classification=Classification.C3,
    retention=KEPT,
    title=_("What I agreed to for a panel"),
    export=exports.consents,
    erase=None,
    reason=f"What somebody agreed to, in which words. {_GOES}",
)
for _model, _column, _title, _export, _why in (
    (
        EligibilityDecision,
        "decided_by",
        _("Who may be drawn: what was decided of me, and how much I decided"),
        exports.decisions,
        "A decision on a ticket, with one reason of a closed list.",
    ),
    (
        Call,
        "taken_by",
        _("Calls for a panel: those made to me, and how many I made"),
        exports.calls,
        "Whom to call, and what came of it, by ticket.",
    ),
):
    declare(
        _model,
        owner=OWNER,
        classification=Classification.C3,
        retention=KEPT,
        title=_title,
        export=_export,
        erase=lambda user, model=_model, column=_column: _forget(model, user, column),
        reason=f"{_why} {_GOES} Whoever did it is forgotten with their account.",
    )
declare(
    HouseholdKey,
    owner=OWNER,
    classification=Classification.C4,
    retention=KEPT,
    export=None,
    erase=None,
    reason=f"A keyed hash from which no address comes back. {_GOES}",
)
declare(
    Receipt,
    owner=OWNER,
    classification=Classification.C4,
    retention=_("the encrypted number as long as the candidate; its fingerprint as long as the draw"),
    title=_("The number of my receipt"),
    export=exports.receipts,
    erase=None,
    reason="The number goes with the erasure of the candidate; its fingerprint leads to nobody.",
)
declare(
    PaperEntry,
    owner=OWNER,
    classification=Classification.C4,
    retention=_("until somebody else has typed it, thirty days at most"),
    title=_("Registrations on paper that I typed first"),
    export=exports.papers,
    erase=lambda user: _forget(PaperEntry, user, "typed_by"),
    purge=lambda now, apply: erasing.erase_papers(now, apply=apply),
    reason="A paper typed once, encrypted, of somebody who has no ticket yet.",
)
declare(
    InvitationBatch,
    owner=OWNER,
    classification=Classification.C3,
    retention=_("addresses until the letters are posted, sixty days at most; counts as long as the panel"),
    title=_("Letters I had made for a panel"),
    export=exports.batches,
    erase=lambda user: _forget(InvitationBatch, user, "made_by"),
    purge=lambda now, apply: erasing.erase_addresses(now, apply=apply),
    reason="People drawn from a roll, encrypted until their letters are posted; nobody here has an account by it.",
)
declare(
    InvitationAddress,
    owner=OWNER,
    classification=Classification.C3,
    retention=_("until the letter is posted, sixty days at most"),
    export=None,
    erase=None,
    reason="The address on one letter, encrypted; goes with the posting of its batch.",
)
declare(
    Membership,
    owner=OWNER,
    classification=Classification.C3,
    retention=_("the name on the badge six months after the mandate; the number as long as the panel"),
    title=_("Panels where I sit"),
    export=exports.memberships,
    erase=None,
    reason=f"The name on the badge. {_GOES}",
)
declare(
    TeamMember,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("as long as the panel"),
    title=_("Panels I work for"),
    export=exports.team,
    erase=lambda user: _forget(TeamMember, user, "person"),
    reason="Who works for a panel; the name and quality of a guarantor were told to everybody and stay.",
)
declare(
    Relaxation,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("as long as the panel"),
    title=_("Quotas I had relaxed"),
    export=exports.relaxations,
    erase=lambda user: _forget(Relaxation, user, "asked_by", "signed_by"),
    reason="Why a protected quota was relaxed is told with the panel; the accounts alone are forgotten.",
)
declare(
    Substitution,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("as long as the panel"),
    title=_("Seats that changed hands: mine, and those I had change"),
    export=exports.substitutions,
    erase=lambda user: _forget(Substitution, user, "made_by", "signed_by"),
    reason="Which ticket took which seat, and why, is told with the draw; the accounts alone are forgotten.",
)
declare(
    Draw,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("as long as the panel"),
    title=_("Draws I prepared or certified"),
    export=exports.draws,
    erase=lambda user: _forget(Draw, user, "made_by", "certified_by"),
    reason="A draw, void or not, stays listed; the accounts of those who made it alone are forgotten.",
)
declare_impersonal(
    OWNER,
    (
        (Panel, "What is asked, and whom to call: written by the city to be told to everybody."),
        (SourceList, "Where people come from: names of lists."),
        (Invitation, "The hash of a code and where the letter stands: leads to nobody by itself."),
        (Criterion, "What a panel must reflect: no personal data."),
        (CriterionValue, "What a panel must reflect: no personal data."),
        (Quota, "How many members of each value: no personal data."),
        (CrossQuota, "How many members of two values: no personal data."),
        (DrawTable, "Published files: tickets, hashes and quotas, never anybody's values."),
        (PoolFigures, "Totals, frozen before anybody is erased."),
        (Seat, "A seat and the ticket that has it."),
    ),
)
code_words.register(
    "verb",
    {
        "panels.created": _("Panel begun"),
        "panels.changed": _("Panel changed"),
        "panels.team_named": _("Role given on a panel"),
        "panels.team_ended": _("Role on a panel ended"),
        "panels.list_added": _("Source list added"),
        "panels.list_removed": _("Source list removed"),
        "panels.registration_opened": _("Registration for a panel opened"),
        "panels.registration_closed": _("Registration for a panel closed"),
        "panels.registration_reopened": _("Registration for a panel opened again"),
        "panels.stopped": _("Panel stopped"),
        "panels.thrown_away": _("Panel in preparation thrown away"),
        "panels.work_begun": _("Work of a panel begun"),
        "panels.welcomed": _("Seat of a committee given without a draw"),
        "panels.renewal_begun": _("Renewal of a standing panel begun"),
        "panels.renewed": _("Members of a standing panel renewed"),
        "panels.renewal_done": _("Renewal of a standing panel done"),
        "panels.accounts_given": _("Accounts and letters given to members"),
        "panels.account_linked": _("Account joined to a seat"),
        "panels.complete": _("Panel complete"),
        "panels.quotas_imported": _("Quotas brought in from a file"),
        "panels.quota_changed": _("Quota changed"),
        "panels.quota_protected": _("Protection of a quota changed"),
        "panels.quota_crossed": _("Crossed quota written"),
        "panels.quota_uncrossed": _("Crossed quota taken away"),
        "panels.relaxation_asked": _("Relaxation of a protected quota asked"),
        "panels.relaxation_signed": _("Relaxation of a protected quota signed"),
        "panels.relaxation_dropped": _("Relaxation of a protected quota dropped"),
        "panels.letters_begun": _("Letters of a batch begun"),
        "panels.letters_printed": _("Letters of a batch printed"),
        "panels.letters_taken": _("A file of letters taken away"),
        "panels.letters_mailed": _("Letters of a batch posted, addresses erased"),
        "panels.letters_returned": _("Letters brought back by the post"),
        "panels.registered": _("Registration kept"),
        "panels.paper_typed": _("Registration on paper typed"),
        "panels.paper_discarded": _("Registration on paper to be typed again"),
        "panels.eligibility": _("Eligibility decided"),
        "panels.guardian_agreed": _("Agreement of a guardian kept"),
        "panels.withdrawn": _("Candidate withdrawn"),
        "panels.excluded": _("Candidate excluded"),
        "panels.profile_read": _("Profile of a candidate read"),
        "panels.contact_read": _("Contact of a candidate read"),
        "panels.contact_changed": _("Contact of a candidate changed"),
        "panels.call_made": _("Call made"),
        "panels.substituted": _("Seat given to the next of the reserve"),
        "panels.substitution_asked": _("Substitution out of the reserve’s order asked"),
        "panels.substitution_signed": _("Substitution out of the reserve’s order signed"),
        "panels.erased": _("Candidates erased"),
        "panels.draw_prepared": _("Draw prepared"),
        "panels.draw_checked": _("Table of a draw made and checked"),
        "panels.draw_sealed": _("Draw sealed"),
        "panels.draw_revealed": _("Row of a draw revealed"),
        "panels.draw_certified": _("Draw certified"),
        "panels.draw_voided": _("Draw made void"),
    },
)
