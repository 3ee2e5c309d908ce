"""What a box or a call for ideas shows of a space beside its other activities, and who wrote there."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation import limits
from src.participation.activities import ActivityCard, Participants
from src.participation.enums import ActivityPhase, IdentityMode, PhaseVerb, Visibility
from src.participation.rules import phase_status, phases_of

from .models import Idea


def cards(space, viewer) -> list[ActivityCard]:
    """The ideas of a space as one activity. Three statements at most."""
    viewer = as_viewer(viewer)
    status = phase_status(space)
    opened = PhaseVerb.PROPOSE in status.verbs
    coming = not opened and _opens_later(space)
    url = f"/idees/?espace={space.slug}"
    count = Idea.objects.visible_to(viewer).filter(space=space).count()
    may_propose = opened and not (viewer.is_authenticated and limits.why_not_propose(viewer, space))
    ends = status.until_of(PhaseVerb.PROPOSE) if opened else None
    return [
        ActivityCard(
            title=_("Ideas: %(space)s") % {"space": space.name},
            url=url,
            kind_label=_("Call for ideas"),
            phase=_phase(opened, coming),
            state_label=_state(opened, coming),
            tone="ok" if opened else "",
            icon="circle-play" if opened else "lightbulb",
            verb=_("Propose an idea") if may_propose else _("Read the ideas"),
            verb_url=f"/idees/deposer/?boite={space.slug}" if may_propose else url,
            until=_("Until %(moment)s") % {"moment": date_format(ends, "DATE_FORMAT")} if ends else "",
            count=ngettext("%(n)d idea", "%(n)d ideas", count) % {"n": count},
        )
    ]


def participants(space) -> Participants:
    """Who wrote an idea that is still shown: accounts of signed ones, handles of protected ones."""
    written = Idea.objects.filter(space=space, visibility=Visibility.SHOWN)
    return Participants(
        user_ids=written.filter(author__isnull=False).values_list("author_id", flat=True).distinct().iterator(),
        handles=written.filter(identity_mode=IdentityMode.PROTECTED).values_list("handle", flat=True).iterator(),
    )


def _opens_later(space) -> bool:
    """Whether a period of proposals is planned and none has begun."""
    begins = [phase.starts_at for phase in phases_of(space) if PhaseVerb.PROPOSE in phase.verbs]
    return bool(begins) and min(begins) > clock.now()


def _phase(opened: bool, coming: bool) -> ActivityPhase:
    if opened:
        return ActivityPhase.COLLECT
    return ActivityPhase.INFORM if coming else ActivityPhase.DELIBERATE


def _state(opened: bool, coming: bool) -> str:
    if opened:
        return pgettext("call for ideas", "Open")
    return pgettext("call for ideas", "Opens soon") if coming else pgettext("call for ideas", "Closed to new ideas")
