"""The kinds of space that a dossier comes with: what an organiser chooses from in the administration."""

from datetime import timedelta

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from src.foundations import clock
from src.participation.enums import CONTRIBUTING, Circle, PhaseVerb
from src.participation.kinds import PlannedPhase, SpaceKind, register
from src.questionnaires.rules import ACTIVITY as ASKING

from .services.templates import dossier_of, prepare_dossier

IDEAS = "ideas"
REPORT_AFTER = timedelta(days=90)


def promised() -> dict:
    """The one question of these templates: when people will read what was decided."""
    return {
        "report_on": forms.DateField(
            label=_("Report promised on"),
            widget=AdminDateInput,
            initial=lambda: clock.today() + REPORT_AFTER,
            help_text=_("What was said, what is decided, what changes: the day is told on the page from the start."),
        )
    }


def reform(space, *, actor=None, report_on) -> None:
    """An internal consultation: the body that represents agents is asked for its opinion."""
    prepare_dossier(space, actor=actor, report_on=report_on, bodies=[gettext("Social committee of the City")])


def large(space, *, actor=None, report_on) -> None:
    """A large consultation."""
    prepare_dossier(space, actor=actor, report_on=report_on)


def written(space) -> str:
    """Where its dossier is written, previewed and published."""
    dossier = dossier_of(space)
    return reverse("wagtailadmin_pages:edit", args=[dossier.pk]) if dossier else reverse("wagtailadmin_home")


REFORM = SpaceKind(
    code="consultation-reform",
    name=_("Internal consultation on a reform"),
    purpose=_("Before a rule changes, ask the agents concerned, and tell them what was done with it."),
    does=(
        _("A dossier with its phase line, its documents, the bodies consulted, and the day of the report."),
        _("A questionnaire to write: each person answers once, under their name or a protected one."),
        _("At the end: what was said, what is decided, what changes, with the measures it leads to."),
    ),
    example=_("For example: the charter of rosters, before it is written again."),
    activity=ASKING,
    process="",
    phases=(PlannedPhase(pgettext_lazy("phase", "Answers"), (PhaseVerb.ANSWER,), 28),),
    icon="folder-open-1",
    fields=promised,
    set_up=reform,
    leads_to=written,
)
LARGE = SpaceKind(
    code="large-consultation",
    name=_("Large consultation"),
    purpose=_("Ask everybody, gather ideas beside the answers, and come out with a plan that is followed."),
    does=(
        _("A dossier that everybody reads, with its figures of participation and its library of works."),
        _("A questionnaire to write, and a call for ideas: agents answer and propose in one place."),
        _("At the end: the report, and a plan whose measures are followed one by one."),
    ),
    example=_("For example: “Let’s talk about public services”, six thousand answers, seventy measures."),
    activity=ASKING,
    beside=(IDEAS,),
    process="permanent-box",
    phases=(PlannedPhase(pgettext_lazy("phase", "Answers and ideas"), (PhaseVerb.ANSWER, *CONTRIBUTING), 42),),
    icon="folder-open-1",
    circle=Circle.EVERYONE,
    fields=promised,
    set_up=large,
    leads_to=written,
)

register(REFORM)
register(LARGE)
