"""Reads of what is carried: letters by place, batches, the queue of calls; for whoever takes care of the place."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Min
from django.utils import translation

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.directory.viewer import WHOLE_CITY, as_viewer
from src.foundations import clock, together

from .. import registry
from ..enums import ErrandState, Means
from ..models import Errand, LetterBatch

# Those who print, post and call, each in their branch; agents alone: messages repeat what agents read.
ROLES = (Role.FACILITATOR, Role.ADMINISTRATOR)
BATCHES_SHOWN = 20
CALLS_SHOWN = 100


@dataclass(frozen=True)
class Place:
    """A place with letters to print: how many people."""

    unit: Unit
    people: int


@dataclass(frozen=True)
class Call:
    """Somebody to call: how many messages wait, since when, how many times nobody answered."""

    person: User
    messages: int
    tried: int
    since: object


@dataclass(frozen=True)
class Told:
    """One message as it is read on a letter or said on the phone."""

    subject: str
    text: str


def branches(viewer) -> tuple[str, ...]:
    """Paths of the branches whose people the viewer takes care of; empty for everybody else."""
    viewer = as_viewer(viewer)
    if not viewer.is_agent:
        return ()
    paths = {path for role in ROLES for path in viewer.role_paths(role)}
    return (WHOLE_CITY,) if WHOLE_CITY in paths or viewer.is_superuser else tuple(sorted(paths))


def covers(viewer, path: str) -> bool:
    """Whether a place is in the viewer's care."""
    return any(path.startswith(branch) for branch in branches(viewer))


def places_to_print(viewer) -> list[Place]:
    """Places of the viewer where letters wait, the fullest first. Two statements."""
    waiting = Errand.objects.letters_to_print("/").of_branches(branches(viewer)).order_by()
    counted = waiting.values("user__current_affectation__unit").annotate(people=Count("user", distinct=True))
    found = {row["user__current_affectation__unit"]: row["people"] for row in counted}
    units = Unit.objects.in_bulk(found)
    return sorted((Place(units[pk], people) for pk, people in found.items()), key=lambda place: -place.people)


def people_to_write_to(viewer) -> together.Counted:
    """How many people have letters to print in the viewer's places: the sum of ``places_to_print``."""
    waiting = Errand.objects.letters_to_print("/").of_branches(branches(viewer)).order_by()
    return together.counted(waiting.values("user").distinct())


def people_to_call(viewer) -> together.Counted:
    """How many people are to be called now, as many as ``calls`` lists."""
    return together.counted(_calls_due(viewer).values("user").distinct()[:CALLS_SHOWN])


def _calls_due(viewer):
    return Errand.objects.due(clock.now()).filter(means=Means.CALL).of_branches(branches(viewer)).order_by()


def batches(viewer) -> list[LetterBatch]:
    """Batches of the viewer's places, those not posted first, then the newest. One statement."""
    rows = LetterBatch.objects.select_related("unit", "drawn_by", "posted_by")
    rows = rows.annotate(people=Count("errands__user", distinct=True)).order_by("posted_on", "-drawn_at")
    kept = [batch for batch in rows.order_by("-drawn_at")[: 5 * BATCHES_SHOWN] if covers(viewer, batch.unit.path)]
    return sorted(kept, key=lambda batch: batch.posted_on is not None)[:BATCHES_SHOWN]


def people_of(batch: LetterBatch) -> list[tuple[User, list[Told]]]:
    """Each person of a batch with what their letter says, in their language, by place then by name. One statement."""
    rows = batch.errands.select_related("user__current_affectation__unit").order_by(
        "user__current_affectation__unit__path", "user__last_name", "user__first_name", "user_id", "-created_at", "-id"
    )
    people: dict[User, list[Told]] = {}
    for row in rows:
        with translation.override(row.user.language or settings.LANGUAGE_CODE):
            people.setdefault(row.user, []).append(_told(row))
    return list(people.items())


def calls(viewer) -> list[Call]:
    """People to call now, the longest waiting first. Two statements."""
    rows = (
        _calls_due(viewer)
        .values("user")
        .annotate(messages=Count("pk"), tried=Max("attempts"), since=Min("created_at"))
    )
    rows = list(rows.order_by("since")[:CALLS_SHOWN])
    people = User.objects.select_related("reach", "current_affectation__unit").in_bulk(row["user"] for row in rows)
    return [Call(people[row["user"]], row["messages"], row["tried"], row["since"]) for row in rows]


def to_say(viewer, user_id: int) -> tuple[Call, list[Told]] | None:
    """Who to call and what to say, newest first; None when nothing waits or the person isn't in the viewer's care."""
    call = next((call for call in calls(viewer) if call.person.pk == user_id), None)
    if call is None:
        return None
    rows = Errand.objects.filter(user_id=user_id, means=Means.CALL, state=ErrandState.WAITING)
    return call, [_told(row) for row in rows.order_by("-created_at", "-id")]


def _told(row: Errand) -> Told:
    notice = registry.registered().get(row.code)
    return Told(notice.subject(row.context), notice.text(row.context)) if notice else Told("", "")
