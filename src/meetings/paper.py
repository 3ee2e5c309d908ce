"""The paper version of a topic: a sheet of the depot, copied at the desk and signed by the team."""

from django.utils.translation import gettext_lazy as _

from src.foundations import references
from src.paper import registry
from src.participation.enums import Channel, Signature
from src.participation.services.contributions import team_name

from . import rules, services
from .forms import SheetForm
from .models import MeetingSeries

KIND = "topic"


def groups_for(viewer) -> list[tuple[str, str]]:
    """The groups whose sheets a facilitator may print and copy."""
    found = MeetingSeries.objects.visible_to(viewer).select_related("space").prefetch_related("space__phases")
    return [(one.reference, one.space.name) for one in found if not rules.why_closed(one)]


def build(about: str, data=None) -> SheetForm:
    """The form of one group."""
    series = (
        MeetingSeries.objects.filter(reference=references.normalise(about[:20]))
        .select_related("space", "unit")
        .first()
    )
    if series is None:
        raise LookupError(about)
    return SheetForm(series, data)


def submit(submission: registry.Submission) -> registry.Handed:
    """Raise the topic of the sheet, in the name of the team that meets."""
    form = submission.form
    topic = services.raise_topic(
        series=form.series,
        title=form.cleaned_data["title"],
        body=form.cleaned_data["body"],
        signature=Signature.TEAM,
        team=team_name(form.series.unit),
        channel=submission.channel or Channel.PAPER,
        token=submission.token,
    )
    return registry.Handed(kind=KIND, handle=topic.handle, label=topic.title)


def refuses_place(form: SheetForm, unit) -> str:
    """Sheets come from the unit that meets, or from a place of it."""
    if unit is not None and unit.path.startswith(form.series.unit.path):
        return ""
    return str(_("These sheets don’t come from a place of this group."))


registry.register(
    registry.PaperForm(
        key=KIND,
        title=_("A topic for the team’s meeting"),
        lede=_("Signed by the team: don’t write your name. Give the sheet to who runs the meetings."),
        addresses=("reunions/<slug:reference>/proposer/",),
        build=build,
        fields=("title", "body"),
        submit=submit,
        watched=("title", "body"),
        who=registry.NOBODY,
        places=groups_for,
        refuses_place=refuses_place,
    )
)
