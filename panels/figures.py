"""How many people registered, from where, of which values, how far they came: live, then kept from the closing on."""

from collections import Counter

from django.db.models import Count

from . import vault
from .enums import InvitationState
from .models import Candidate, Criterion, Invitation, PoolFigures


def live_figures(panel) -> dict:
    """The figures counted now. Profiles are opened in memory and give totals alone; six statements at most."""
    rows = list(
        Candidate.objects.filter(panel=panel)
        .order_by("ticket")
        .values_list("source_list__slug", "profile__ciphertext", "household__digest")
    )
    answered: dict[str, Counter] = {}
    for _slug, ciphertext, _digest in rows:
        for key, value in (vault.opened(ciphertext, vault.PROFILE) if ciphertext else {}).items():
            answered.setdefault(key, Counter())[value] += 1
    criteria = Criterion.objects.filter(panel=panel).prefetch_related("values")
    return {
        **moving_figures(panel),
        "lists": dict(sorted(Counter(slug for slug, *_rest in rows if slug).items())),
        "values": {
            one.key: {value.key: answered.get(one.key, Counter())[value.key] for value in one.values.all()}
            for one in criteria
        },
        "households": len({digest for *_rest, digest in rows if digest}),
        "registered": len(rows),
    }


def moving_figures(panel) -> dict:
    """How far letters and people came: no profile is opened; two statements."""
    letters = Invitation.objects.filter(batch__panel=panel).order_by().values_list("state").annotate(count=Count("pk"))
    states = Candidate.objects.filter(panel=panel).order_by().values_list("state").annotate(count=Count("pk"))
    return {"letters": dict.fromkeys(InvitationState.values, 0) | dict(letters), "states": dict(sorted(states))}


def figures_of(panel) -> dict:
    """The figures of a panel: those kept since its closing when there are, whoever left or was erased since."""
    frozen = PoolFigures.objects.filter(panel=panel).first()
    return frozen.content if frozen is not None else live_figures(panel)


def counts_of(panel) -> dict:
    """Letters by state and registrations alone, no profile opened; three statements at most."""
    frozen = None if panel.is_preparing else PoolFigures.objects.filter(panel=panel).first()
    if frozen is not None:
        return {name: frozen.content[name] for name in ("letters", "registered")}
    letters = Invitation.objects.filter(batch__panel=panel).order_by().values_list("state").annotate(count=Count("pk"))
    return {
        "letters": dict.fromkeys(InvitationState.values, 0) | dict(letters),
        "registered": Candidate.objects.filter(panel=panel).count(),
    }
