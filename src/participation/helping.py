"""Who can help, for one person: the equality referents of their unit, then the services the city keeps as data."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.models import RoleGrant
from src.foundations import clock

from .models import HelpContact
from .rail_lexicon import ALERT, DANGER, DISCRIMINATION, HARASSMENT, RACISM, SELF_HARM, SEXUAL

REFERENTS_HELP_WITH = frozenset({DISCRIMINATION, HARASSMENT, RACISM, SEXUAL})


@dataclass(frozen=True, kw_only=True)
class Helper:
    """One line of the list."""

    name: str
    detail: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    # Concerned by what was told: shown first, the others one gesture further.
    is_near: bool = True


def people_who_help(viewer, themes) -> list[Helper]:
    """Those concerned by the themes first. Two statements; an installation without data shows national numbers."""
    return _listed(themes, referents_of(viewer.unit_ids, but=viewer.user_id))


def people_who_help_at(unit, themes) -> list[Helper]:
    """The same for somebody of a place who isn't there to ask: whoever wrote a sheet."""
    return _listed(themes, referents_of([int(part) for part in unit.path.split("/") if part]))


def _listed(themes, referents: list[Helper]) -> list[Helper]:
    contacts = list(HelpContact.objects.filter(is_shown=True).order_by("position", "name", "pk"))
    contacts = contacts or national_numbers()
    near = [contact for contact in contacts if themes & set(contact.themes)]
    others = [contact for contact in contacts if contact not in near]
    helpers = [
        Helper(
            name=one.name,
            detail=one.detail,
            phone=one.phone,
            email=one.email,
            url=one.url,
            is_near=one in near or not one.themes,
        )
        for one in (*near, *others)
    ]
    return [*referents, *helpers] if themes & REFERENTS_HELP_WITH else [*helpers, *referents]


def referents_of(unit_ids, *, but: int | None = None) -> list[Helper]:
    """The equality referents nearest to a unit, given with those above it; ``but`` is whoever asks."""
    today = clock.today()
    grants = list(
        RoleGrant.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            Q(unit__isnull=True) | Q(unit_id__in=unit_ids),
            role=Role.EQUALITY_REFERENT,
            starts_on__lte=today,
            user__is_active=True,
        )
        .exclude(user_id=but)
        .select_related("user", "unit")
        .order_by("user__last_name", "pk")
    )
    deepest = max((len(grant.unit.path) if grant.unit else 0 for grant in grants), default=0)
    return [
        Helper(
            name=grant.user.get_full_name(),
            detail=_("Equality referent, %(place)s") % {"place": grant.place},
            email=grant.user.email or "",
        )
        for grant in grants
        if (len(grant.unit.path) if grant.unit else 0) == deepest
    ]


def national_numbers() -> list[HelpContact]:
    """Numbers that answer everywhere in France, unsaved: what is shown before the city gave its own."""
    numbers = (
        ("Urgence : police, pompiers, SAMU", "Si quelqu'un est en danger maintenant.", "112", [DANGER, SELF_HARM]),
        ("Prévention du suicide", "Jour et nuit, gratuit et confidentiel.", "3114", [SELF_HARM]),
        ("Violences Femmes Info", "Anonyme et gratuit.", "3919", [SEXUAL]),
        ("Antidiscriminations, Défenseur des droits", "Écoute et conseil juridique.", "39 28",
         [DISCRIMINATION, RACISM, HARASSMENT, ALERT]),
        ("France Victimes", "Aide aux victimes, tous les jours.", "116 006", [HARASSMENT, SEXUAL, RACISM]),
    )  # fmt: skip
    return [
        HelpContact(name=name, detail=detail, phone=phone, themes=themes, position=10 * rank)
        for rank, (name, detail, phone, themes) in enumerate(numbers, start=1)
    ]
