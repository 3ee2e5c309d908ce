"""What participation keeps of people, for how long, and how it leaves."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.foundations import clock, code_words
from src.foundations.personal_data import Classification, declare, file_only

from . import jobs, opening_subjects
from .enums import IdentityMode
from .models import (
    AuthorKeyring,
    ContributionDraft,
    HelpContact,
    IdentityOpening,
    NeutralPeriod,
    Phase,
    SealedAuthor,
    SiteCode,
    Space,
    SpaceLimit,
    SpaceMember,
    SpaceRoleGrant,
)
from .services import authorship, drafts, keyring, site_codes


def _memberships(user):
    for member in SpaceMember.objects.filter(user=user).select_related("space").order_by("since", "id"):
        yield {"space": member.space.name, "since": member.since, "until": member.until}


def _erase_memberships(user):
    return SpaceMember.objects.filter(user=user).delete()[0]


def _grants(user):
    for grant in SpaceRoleGrant.objects.filter(user=user).select_related("space").order_by("starts_on", "id"):
        yield {
            "space": grant.space.name,
            "role": grant.get_role_display(),
            "starts_on": grant.starts_on,
            "ends_on": grant.ends_on,
        }


def _erase_grants(user):
    SpaceRoleGrant.objects.filter(deputy=user).update(deputy=None)
    return SpaceRoleGrant.objects.filter(user=user).delete()[0]


def _handles(user):
    """Which of one's contributions are sealed; what each says is exported by the app that holds it."""
    handles = sorted(keyring.read(user).handles)
    found = {one.handle: one for one in opening_subjects.of_handles(handles)}
    for handle in handles:
        row = {"handle": str(handle)}
        if handle in found:
            one = found[handle]
            row |= {"kind": opening_subjects.label_of(one.kind), "reference": one.reference, "title": one.title}
        yield row


def _openings(user):
    """What one asked or decided; and, of one's own texts, the openings one was told of."""
    own = Q(handle__in=keyring.read(user).handles, told_at__isnull=False)
    rows = IdentityOpening.objects.filter(Q(asked_by=user) | Q(decided_by=user) | own)
    for opening in rows.order_by("asked_at", "pk"):
        row = {
            "reference": opening.subject_reference,
            "reason": opening.get_ground_display(),
            "state": opening.shown_state,
            "asked_at": opening.asked_at,
            "answered_on": timezone.localdate(opening.decided_at) if opening.decided_at else None,
        }
        if opening.asked_by_id == user.pk:
            row["text"] = opening.motive
        elif opening.decided_by_id == user.pk:
            row["text"] = opening.answer
        yield row


def _erase_openings(user):
    """The account alone: the request stays until its end, its trace under a pseudonym."""
    return sum(
        IdentityOpening.objects.filter(**{name: user}).update(**{name: None}) for name in ("asked_by", "decided_by")
    )


def _old_openings(now: datetime):
    day = jobs.months_before(timezone.localdate(now), 12 * settings.TERRAIN_OPENING_KEPT_YEARS)
    return IdentityOpening.objects.filter(asked_at__lt=clock.start_of_day(day), told_at__isnull=False) | (
        IdentityOpening.objects.filter(asked_at__lt=clock.start_of_day(day)).exclude(state="opened")
    )


def _purge_openings(now, apply):
    return _old_openings(now).delete()[0] if apply else _old_openings(now).count()


def _purge_links(now, apply):
    return jobs.drop_old_links(now) if apply else len(jobs.links_due(now))


def _purge_site_codes(now, apply):
    past = SiteCode.objects.filter(site_codes.over(now))
    return past.delete()[0] if apply else past.count()


def _drafts(user):
    for draft in drafts.drafts_of(user):
        yield {"kind": draft.kind, "text": draft.data, "touched_on": draft.touched_on}


def _erase_drafts(user):
    return ContributionDraft.objects.filter(pk__in=keyring.read(user).drafts).delete()[0]


def _purge_drafts(now, apply):
    return drafts.purge(now) if apply else drafts.forgotten(now).count()


def _typed(data, row) -> dict:
    """What was typed, with the way to sign in words."""
    modes = dict(IdentityMode.choices)
    return {**data, "identity": modes.get(data.get("identity"), "")}


NOBODY = "No personal data: settings of the programme."

code_words.register(
    "verb",
    {
        "participation.deputy_named": _("Deputy named in a space"),
        "participation.identity.alone": _("Lifting of the secret refused: the same person twice"),
        "participation.identity.asked": _("Lifting of the secret asked"),
        "participation.identity.excluded": _("Lifting of the secret refused"),
        "participation.identity.expired": _("Lifting of the secret not confirmed in time"),
        "participation.identity.opened": _("Lifting of the secret confirmed"),
        "participation.identity.read": _("Name read"),
        "participation.identity.refused": _("Lifting of the secret refused by the second person"),
        "participation.member_invited": _("Somebody invited into a space"),
        "participation.member_removed": _("Somebody taken out of a space"),
        "participation.member_until": _("End of an invitation set"),
        "participation.phase_planned": _("Phase planned"),
        "participation.phase_removed": _("Phase taken away"),
        "participation.role_ended": _("Role in a space ended"),
        "participation.role_granted": _("Role in a space given"),
        "participation.site_code_made": _("Code of a place printed for a week"),
        "participation.site_code_stopped": _("Code of a place stopped"),
        "participation.space_changed": _("Space changed"),
        "participation.space_limited": _("Who may propose in a space set"),
        "participation.space_made_public": _("Space in preparation opened"),
        "participation.space_opened": _("Space opened"),
    },
)
declare(
    Space, owner="participation", classification=Classification.C1, retention=None, export=None, erase=None,
    reason=NOBODY,
)  # fmt: skip
declare(
    Phase, owner="participation", classification=Classification.C1, retention=None, export=None, erase=None,
    reason=NOBODY,
)  # fmt: skip
declare(
    SpaceLimit, owner="participation", classification=Classification.C1, retention=None, export=None, erase=None,
    reason=NOBODY,
)  # fmt: skip
declare(
    SiteCode,
    owner="participation",
    classification=Classification.C1,
    retention="four weeks after its week",
    export=None,
    erase=None,
    purge=_purge_site_codes,
    reason="A code posted in a place for a week. Nothing of its use is written; whoever typed it isn't known.",
)
declare(
    HelpContact, owner="participation", classification=Classification.C1, retention=None, export=None, erase=None,
    reason="Services that help, as the city publishes them; no trace of who read them.",
)  # fmt: skip
declare(
    NeutralPeriod, owner="participation", classification=Classification.C1, retention=None, export=None, erase=None,
    reason="No personal data: an election and its days.",
)  # fmt: skip
declare(
    SpaceMember,
    owner="participation",
    classification=Classification.C2,
    retention=_("as long as the space"),
    title=_("Spaces I was invited into"),
    export=_memberships,
    erase=_erase_memberships,
    reason="Who was invited by name into a space of members.",
)
declare(
    SpaceRoleGrant,
    owner="participation",
    classification=Classification.C2,
    retention=_("as long as the account"),
    title=_("My roles in a space"),
    export=_grants,
    erase=_erase_grants,
    reason="Who may do what in a space; the journal keeps its chained trace under a pseudonym.",
)
declare(
    SealedAuthor,
    owner="participation",
    classification=Classification.C4,
    retention=_("24 months after the decision"),
    title=_("My contributions whose name is under lock"),
    words={"handle": file_only, "kind": lambda kind, row: kind},
    export=_handles,
    erase=authorship.forget,
    purge=_purge_links,
    reason="The sealed link from a protected contribution to its author, opened by the relay alone.",
)
declare(
    IdentityOpening,
    owner="participation",
    classification=Classification.C4,
    retention=_("five years after the request"),
    title=_("Lifting of the secret: what I asked, decided, or was told of"),
    words={"state": lambda state, row: state},
    export=_openings,
    erase=_erase_openings,
    purge=_purge_openings,
    reason="Who asked that a name be opened, who decided, why; never the name. Reasons are encrypted.",
)
declare(
    AuthorKeyring,
    owner="participation",
    classification=Classification.C4,
    retention=_("as long as the account"),
    export=None,
    erase=None,
    reason="An index of the sealed links, exported and erased with them; the row goes with the account.",
)
declare(
    ContributionDraft,
    owner="participation",
    classification=Classification.C3,
    retention=_("90 days after the last word typed"),
    title=_("My drafts"),
    words={"kind": code_words.reader("draft"), "text": _typed},
    export=_drafts,
    erase=_erase_drafts,
    purge=_purge_drafts,
    reason="What somebody was typing, encrypted, without an account column.",
)
