"""The groups one reads or follows, as asked: one gate for the list and its file."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from src.foundations import keyset
from src.search.analyser import fold

from .enums import MeetingState
from .models import Meeting, MeetingSeries

ORDER = ("due_on", "pk")


@dataclass(frozen=True)
class Question:
    """What is asked of the list."""

    words: str = ""
    state: str = ""

    @classmethod
    def read(cls, query) -> "Question":
        """From an address; what isn't understood is left out."""
        state = query.get("etat", "")
        words = query.get("q", "").replace("\x00", "")[:80].strip()
        return cls(words, state if state in ("retard", "jour") else "")

    @property
    def asked(self) -> dict:
        return {name: value for name, value in (("q", self.words), ("etat", self.state)) if value}


def groups(viewer, question: Question):
    """Groups the viewer reads, or whose dates they follow; the longest due first."""
    read = MeetingSeries.objects.visible_to(viewer).order_by().values("pk")
    followed = MeetingSeries.objects.followed_by(viewer).order_by().values("pk")
    coming = Meeting.objects.filter(series=OuterRef("pk"), state=MeetingState.CALLED)
    found = MeetingSeries.objects.filter(Q(pk__in=read) | Q(pk__in=followed), space__is_draft=False).annotate(
        reads=Exists(MeetingSeries.objects.visible_to(viewer).filter(pk=OuterRef("pk"))),
        next_at=Subquery(coming.values("starts_at")[:1]),
    )
    if question.state == "retard":
        found = found.late()
    elif question.state == "jour":
        found = found.exclude(pk__in=MeetingSeries.objects.late().order_by().values("pk"))
    found = found.select_related("space", "unit__direction")
    if question.words:
        # Units are hundreds, never thousands: their names are folded once here, as the search folds them.
        words = fold(question.words).split()
        pks = [
            pk
            for pk, name, unit in found.order_by().values_list("pk", "space__name", "unit__name")
            if all(word in fold(f"{name} {unit}") for word in words)
        ]
        found = found.filter(pk__in=pks)
    return found


def page(viewer, question: Question, *, cursor: str = "", size: int = 30) -> keyset.Page:
    """One page of them."""
    return keyset.paginate(groups(viewer, question), order=ORDER, cursor=cursor, size=size)


def count_late(viewer) -> int:
    """How many of them have not met for their agreed period."""
    return groups(viewer, Question(state="retard")).count()


COLUMNS = [
    (_("Group"), lambda one: one.space.name),
    (_("Unit"), lambda one: one.unit.name),
    (_("Direction"), lambda one: one.unit.direction.name if one.unit.direction else ""),
    (_("How often"), lambda one: one.get_every_display()),
    (_("Last meeting"), lambda one: one.met_on or ""),
    (_("Due before"), lambda one: one.due_on),
    (_("Next meeting"), lambda one: timezone.localdate(one.next_at) if one.next_at else ""),
    (_("Days late"), lambda one: one.days_late),
]


def day_words(day) -> str:
    """ "8 décembre 2026"; empty without a day."""
    return date_format(day, "j F Y") if day else ""
