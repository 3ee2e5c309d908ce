"""What panels put on the to-do list of those who work for them: to sign, to close, to seal, to reveal, to call."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.foundations import clock, together
from src.notices.todo import TodoItem

from . import desk
from .enums import DrawState, PanelState, TeamRole
from .models import Call, Draw, Panel, Relaxation, Substitution
from .querysets import FACT


@together.reading
def for_my_panels(viewer):
    """What waits for somebody on the panels they work for; nothing for everybody else."""
    roles = viewer.fact(FACT) or {}
    if not roles:
        return []
    panels = yield _waiting(Panel.objects.filter(pk__in=sorted(roles)).exclude(state=PanelState.CLOSED))
    return [line for panel in panels for line in LINES.get(roles[panel.pk], _nothing)(panel)]


def _waiting(panels):
    relaxations = Relaxation.objects.filter(quota__value__criterion__panel=OuterRef("pk"), signed_at__isnull=True)
    substitutions = Substitution.objects.filter(seat__panel=OuterRef("pk"), is_listed=False, signed_at__isnull=True)
    now = clock.now()
    calls = Call.objects.to_make(now).filter(candidate__panel=OuterRef("pk")).order_by().values("candidate__panel")
    draws = Draw.objects.filter(panel=OuterRef("pk"), is_trial=False).order_by("-number")
    return panels.annotate(
        asks_relaxation=Exists(relaxations),
        asks_substitution=Exists(substitutions),
        calls=Subquery(calls.annotate(count=Count("pk")).values("count")),
        checked=Subquery(draws.filter(state=DrawState.CHECKED).values("number")[:1]),
        sealed=Subquery(draws.filter(state=DrawState.SEALED, beacon_on__lte=clock.today()).values("number")[:1]),
        revealed=Subquery(draws.filter(state=DrawState.REVEALED).values("number")[:1]),
        stands=Exists(draws.filter(~Q(state=DrawState.VOID))),
    ).order_by("pk")


def _nothing(_panel) -> list[TodoItem]:
    return []


def _line(panel, title: str, url: str, verb: str, icon: str, kind: str, **more) -> TodoItem:
    return TodoItem(
        title=title % {"title": panel.title},
        url=url,
        verb=verb,
        icon=icon,
        awaited=True,
        kind=f"panels.{kind}",
        **more,
    )


def _of_guarantor(panel) -> list[TodoItem]:
    """What waits for a signature, and a row that came out."""
    found = []
    if panel.asks_relaxation:
        title, url = _("A protected quota to loosen: %(title)s"), desk.link("quotas", panel)
        found.append(_line(panel, title, url, _("Read and sign"), "pencil", "relaxation", minutes=5))
    if panel.asks_substitution:
        title, url = _("A substitution to sign: %(title)s"), desk.link("seats", panel)
        found.append(_line(panel, title, url, _("Read and sign"), "pencil", "substitution", minutes=5))
    if panel.revealed:
        title, url = _("A draw to certify: %(title)s"), desk.link("draw", panel, number=panel.revealed)
        found.append(_line(panel, title, url, _("Certify"), "gavel", "certify", due_on=clock.today(), minutes=10))
    return found


def _of_organiser(panel) -> list[TodoItem]:
    """Registration whose last day is past; a draw to prepare, to seal, to reveal."""
    today = clock.today()
    if panel.is_recruiting and panel.registration_ends_on < today:
        title, url = _("Close registration: %(title)s"), desk.link("close", panel)
        return [_line(panel, title, url, _("Close"), "lock", "close", due_on=panel.registration_ends_on, minutes=3)]
    if panel.sealed:
        title, url = _("Draw the row in public: %(title)s"), desk.link("draw", panel, number=panel.sealed)
        return [_line(panel, title, url, _("See"), "gavel", "reveal", due_on=today, minutes=15)]
    if panel.checked:
        title, url = _("A draw to seal: %(title)s"), desk.link("draw", panel, number=panel.checked)
        return [
            _line(
                panel,
                title,
                url,
                _("See"),
                "gavel",
                "seal",
                due_on=panel.draw_on if panel.is_preparing else None,
                minutes=5,
            )
        ]
    if panel.state == PanelState.POOL_CLOSED and not panel.stands and panel.draw_on <= today:
        title, url = _("A draw to prepare: %(title)s"), desk.link("draws", panel)
        return [_line(panel, title, url, _("See"), "gavel", "draw", due_on=panel.draw_on, minutes=15)]
    return []


def _of_facilitator(panel) -> list[TodoItem]:
    """Calls that may be made now."""
    if not panel.calls:
        return []
    said = ngettext("%(n)d call is to be made now.", "%(n)d calls are to be made now.", panel.calls)
    title, url = _("People to call: %(title)s"), desk.link("calls", panel)
    return [
        _line(
            panel, title, url, _("Call"), "phone", "calls", detail=said % {"n": panel.calls}, minutes=5 * panel.calls
        )
    ]


LINES = {
    TeamRole.GUARANTOR: _of_guarantor, TeamRole.ORGANISER: _of_organiser, TeamRole.FACILITATOR: _of_facilitator,
}  # fmt: skip
