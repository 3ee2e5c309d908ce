"""Codes printed per site and week, and the pass a browser carries between the code and the text.

The pass says which space was opened and carries a random secret; it says nothing of the place. Sending reads the
pass alone: no row written with a contribution leads to the code, hence to the place, that opened the form.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, timedelta
from secrets import token_hex
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, journal, ratelimit, references, sealing

from ..enums import Circle, PhaseVerb
from ..models import SiteCode, Space
from ..rules import anonymous_offered, is_open

PURPOSE = sealing.register_purpose("participation-site-code")
# 50 bits: typed from a wall, and worth nothing after the week.
SYMBOLS = 10
PASS_SECONDS = 2 * 3600
PADDED = 160
# A depot at the change of shift. In memory alone: a row would tell when somebody wrote, and where.
OPENED_AN_HOUR = 30
SENT_AN_HOUR = 60
GUESSES, PERIOD, PER_ADDRESS, EVERYWHERE = 10, 600, 100, 3000
KEPT_WEEKS = 4


@dataclass(frozen=True)
class Entry:
    """What a pass gives back: the space, and the secret that makes sending twice leave one contribution."""

    space: Space
    seed: str

    @property
    def token(self) -> UUID:
        """What the contribution keeps of the pass: a keyed hash, from which nothing comes back."""
        return UUID(hex=sealing.keyed_hash(f"sent:{self.seed}", PURPOSE))


def spaces_with_codes() -> list[Space]:
    """Spaces where one may write without signing in now, by name."""
    spaces = Space.objects.filter(is_archive=False, is_draft=False).exclude(circle=Circle.MEMBERS).order_by("name")
    return [space for space in spaces if anonymous_offered(space) and is_open(space, PhaseVerb.PROPOSE)]


def may_print(user, unit) -> bool:
    """Facilitators, for the places of their role."""
    return as_viewer(user).has_role(Role.FACILITATOR, unit=unit)


def codes_of(user) -> list[SiteCode]:
    """Live codes of this week and the next, for the places where the person is a facilitator."""
    here = as_viewer(user).role_condition(Role.FACILITATOR, "unit__path")
    return list(
        SiteCode.objects.filter(here, stopped_on__isnull=True, week__gte=clock.week_of())
        .select_related("unit", "space")
        .order_by("week", "unit__name", "space__name")
    )


def printed_code(*, actor, unit, space: Space, week: date) -> SiteCode:
    """The code of a place, a space and a week, made the first time somebody prints it; the same all week.

    Writes one row and one journal line, naming the place alone. Refuses a place where the actor isn't a facilitator,
    a space that takes nothing without a name, and a week that is over or further than the next.
    """
    if not may_print(actor, unit):
        raise PermissionDenied(_("Your role doesn't cover this place."))
    if not anonymous_offered(space):
        raise ValidationError({"space": _("This space takes nothing anonymous.")})
    this_week = clock.week_of()
    if clock.week_of(week) not in (this_week, this_week + timedelta(days=7)):
        raise ValidationError({"week": _("Codes are printed for this week or the next one.")})
    week = clock.week_of(week)
    live = SiteCode.objects.filter(unit=unit, space=space, week=week, stopped_on__isnull=True)
    found = live.first()
    if found is not None:
        return found
    code = SiteCode(unit=unit, space=space, week=week)
    code.code_hash = _hash_of(in_clear(code))
    try:
        with transaction.atomic():
            code.save(force_insert=True)
            journal.record(
                "participation.site_code_made",
                actor=as_viewer(actor).user,
                object_ref=f"unit:{unit.code}",
                payload={"space": space.slug, "week": week.isoformat()},
            )
    except IntegrityError:
        return live.get()
    return code


@transaction.atomic
def stop_code(*, actor, code: SiteCode) -> None:
    """Make a code open nothing from now on; forms opened before may still be sent. Safe twice."""
    if not may_print(actor, code.unit):
        raise PermissionDenied(_("Your role doesn't cover this place."))
    if SiteCode.objects.filter(pk=code.pk, stopped_on__isnull=True).update(stopped_on=clock.today()):
        journal.record(
            "participation.site_code_stopped",
            actor=as_viewer(actor).user,
            object_ref=f"unit:{code.unit.code}",
            payload={"space": code.space.slug, "week": code.week.isoformat()},
        )


def demo_code() -> str:
    """A code that opens now, in the demo city alone; empty elsewhere, and where none was printed this week."""
    live = SiteCode.objects.filter(stopped_on__isnull=True, week=clock.week_of()) if settings.TERRAIN_DEMO else ()
    return in_clear(live[0]) if live else ""


def in_clear(code: SiteCode) -> str:
    """The ten symbols, for the sheet being printed and nowhere else."""
    number = int(sealing.keyed_hash(f"site:{code.salt}", PURPOSE), 16)
    return "".join(references.ALPHABET[number >> 5 * place & 31] for place in range(SYMBOLS))


def find(typed: str) -> SiteCode | None:
    """The code of this week somebody typed. The same None for unknown, stopped, past and closed ones."""
    kept = "".join(symbol for symbol in (typed or "")[:64] if symbol.isalnum())
    text = references.normalise(kept) if kept else ""
    known = references.is_reference(text, SYMBOLS)
    found = SiteCode.objects.filter(code_hash=_hash_of(text if known else "0")).select_related("space").first()
    if not known or found is None or found.stopped_on is not None or found.week != clock.week_of():
        return None
    space = found.space
    closed = space.is_draft or not anonymous_offered(space) or not is_open(space, PhaseVerb.PROPOSE)
    return None if closed else found


def may_guess(address: str) -> bool:
    """Take one guess, of this address and of everybody together; counted in memory, written nowhere."""
    own = ratelimit.hit_in_memory("site-code", address, GUESSES * PER_ADDRESS, PERIOD)
    return own and ratelimit.hit_in_memory("site-code", "everywhere", EVERYWHERE, PERIOD)


def open_pass(code: SiteCode) -> str:
    """A pass for one contribution, good for two hours; empty when this code opened too many forms this hour."""
    if not ratelimit.hit_in_memory("site-code-open", str(code.pk), OPENED_AN_HOUR, 3600):
        return ""
    clear = {"space": code.space_id, "seed": token_hex(16), "until": int(clock.now().timestamp()) + PASS_SECONDS}
    return urlsafe_b64encode(sealing.encrypt(json.dumps(clear).encode(), PURPOSE, pad_to=PADDED)).decode()


def read_pass(text: str) -> Entry | None:
    """What a pass opens; None when it is not one of ours, or when its two hours are over."""
    try:
        clear = json.loads(sealing.decrypt(urlsafe_b64decode((text or "")[:600].encode()), PURPOSE))
    except (ValueError, sealing.CannotDecrypt):
        return None
    space = Space.objects.filter(pk=clear["space"], is_draft=False, is_archive=False).first()
    return Entry(space, clear["seed"]) if space is not None and clear["until"] > clock.now().timestamp() else None


def may_send(space: Space) -> bool:
    """Take one sending of a space; in memory."""
    return ratelimit.hit_in_memory("site-code-send", str(space.pk), SENT_AN_HOUR, 3600)


def over(now) -> Q:
    """The codes whose week ended long enough ago to be erased."""
    return Q(week__lt=clock.week_of(now) - timedelta(weeks=KEPT_WEEKS))


def _hash_of(code: str) -> str:
    return sealing.keyed_hash(f"code:{code}", PURPOSE)
