"""What the directory keeps of people, for how long, and how it leaves."""

import uuid

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare, file_only

from .enums import Role
from .groups import GROUPS
from .models import Absence, Affectation, JobFamily, PersonalCode, RoleGrant, Unit, User
from .services.codes import finished_codes, purge_codes

OWNER = "directory"
NOBODY = "No personal data: the city's organisation."


def _account(user):
    yield {
        "identifier": user.username,
        "personnel_number": user.personnel_number,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "language": user.language,
        "date_joined": user.date_joined,
    }


def _erase_account(user):
    """Empty the account: rows that must stay (decisions signed, journals) keep a number without a person."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    return User.objects.filter(pk=user.pk).update(
        username=f"efface-{uuid.uuid4().hex[:12]}",
        personnel_number=None,
        email=None,
        first_name="",
        last_name="",
        password=make_password(None),
        current_affectation=None,
        holds_roles=False,
        is_staff=False,
        is_superuser=False,
        is_active=False,
    )


def _affectations(user):
    for post in Affectation.objects.filter(user=user).select_related("unit", "job_family").order_by("starts_on", "pk"):
        yield {
            "unit": post.unit.name,
            "job_title": post.job_title,
            "job_family": post.job_family.name if post.job_family_id else "",
            "starts_on": post.starts_on,
            "ends_on": post.ends_on,
        }


def _erase_affectations(user):
    User.objects.filter(pk=user.pk).update(current_affectation=None)
    return Affectation.objects.filter(user=user).delete()[0]


def _grants(user):
    for grant in RoleGrant.objects.filter(user=user).select_related("unit").order_by("starts_on", "pk"):
        yield {
            "role": grant.get_role_display(),
            "unit": grant.unit.name if grant.unit_id else "",
            "starts_on": grant.starts_on,
            "ends_on": grant.ends_on,
        }


def _erase_grants(user):
    RoleGrant.objects.filter(deputy=user).update(deputy=None)
    return RoleGrant.objects.filter(user=user).delete()[0]


def _absences(user):
    yield from Absence.objects.filter(user=user).order_by("starts_on").values("starts_on", "ends_on")


def _erase_absences(user):
    return Absence.objects.filter(user=user).delete()[0]


def _codes(user):
    yield from PersonalCode.objects.filter(user=user).order_by("created_at").values("created_at", "expires_at")


def _erase_codes(user):
    return PersonalCode.objects.filter(user=user).delete()[0]


def _purge_codes(now, apply):
    return purge_codes(now) if apply else finished_codes(now).count()


def _groups(user):
    for group in user.groups.order_by("name"):
        yield {"group": group.name}


def _erase_groups(user):
    return User.groups.through.objects.filter(user=user).delete()[0]


def _permissions(user):
    for permission in user.user_permissions.order_by("codename"):
        yield {"permission": permission.codename}


def _erase_permissions(user):
    return User.user_permissions.through.objects.filter(user=user).delete()[0]


def _language(code, row) -> str:
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return ""


def _administration_group(name, row) -> str:
    """Groups carry a name of the machine: people know the role that opens them."""
    role = next((role for role, group in GROUPS.items() if group == name), None)
    return Role(role).label if role else name


code_words.register(
    "verb",
    {
        "directory.absence_cancelled": _("Absence cancelled"),
        "directory.absence_declared": _("Absence declared"),
        "directory.code_reissued": _("Personal code given again"),
        "directory.code_used": _("Personal code used to sign in"),
        "directory.codes_issued": _("Personal codes printed"),
        "directory.deputy_named": _("Deputy named"),
        "directory.imported": _("Staff file loaded"),
        "directory.own_data_taken": _("File of my own data taken"),
        "directory.role_ended": _("Role ended"),
        "directory.role_granted": _("Role given"),
        "directory.secret_changed": _("My password changed"),
        "directory.unit_closed": _("Unit closed"),
        "directory.unit_moved": _("Unit moved"),
    },
)
declare(Unit, owner=OWNER, classification=Classification.C1, retention=None, export=None, erase=None, reason=NOBODY)
declare(
    JobFamily, owner=OWNER, classification=Classification.C1, retention=None, export=None, erase=None, reason=NOBODY
)
declare(
    User,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("while the person works for the city; emptied on request afterwards"),
    title=_("My account"),
    words={"language": _language},
    export=_account,
    erase=_erase_account,
    reason="Signing in, and the name under what people sign.",
)
declare(
    Affectation,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("as long as the account"),
    title=_("My posts"),
    export=_affectations,
    erase=_erase_affectations,
    reason="What somebody sees and answers depends on where they work.",
)
declare(
    RoleGrant,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("as long as the account; the journal keeps a pseudonym for five years"),
    title=_("My roles"),
    export=_grants,
    erase=_erase_grants,
    reason="Who may do what, and since when.",
)
declare(
    Absence,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("as long as the account"),
    title=_("My days of absence"),
    export=_absences,
    erase=_erase_absences,
    reason="Deputies act while somebody is away; no reason is kept.",
)
declare(
    PersonalCode,
    owner=OWNER,
    classification=Classification.C3,
    retention=_("until its first use, 60 days at most"),
    title=_("My personal codes"),
    export=_codes,
    erase=_erase_codes,
    reason="Signing in without e-mail; only a keyed hash is kept.",
    purge=_purge_codes,
)
declare(
    User.groups.through,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("as long as the role"),
    title=_("My doors into the administration"),
    words={"group": _administration_group},
    export=_groups,
    erase=_erase_groups,
    reason="Who enters the site's administration; follows from roles.",
)
declare(
    User.user_permissions.through,
    owner=OWNER,
    classification=Classification.C2,
    retention=_("as long as the role"),
    title=_("My own rights in the administration"),
    words={"permission": file_only},
    export=_permissions,
    erase=_erase_permissions,
    reason="Django's own table; nothing here writes to it.",
)
