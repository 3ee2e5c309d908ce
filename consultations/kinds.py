"""The kinds of space that a dossier comes with: what an organiser chooses from in the administration."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from src.foundations import clock
from src.participation.ballots.rules import ACTIVITY as VOTING
from src.participation.ballots.services import prepare_choice
from src.participation.enums import CONTRIBUTING, ActivityPhase, Circle, PhaseVerb
from src.participation.kinds import PlannedPhase, SpaceKind, register
from src.questionnaires.rules import ACTIVITY as ASKING
from theme.templatetags.theme import short_day

from .services.templates import dossier_of, prepare_dossier

IDEAS, TEXTS = "ideas", "texts"
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


def promised_and_voted() -> dict:
    """The same, and whether people choose at the end."""
    return promised() | {
        "ends_by_vote": forms.BooleanField(
            label=_("End with a vote"),
            required=False,
            help_text=_(
                "A vote is prepared for when the answers close: write its proposals then, from what was collected."
            ),
        )
    }


@transaction.atomic
def large(space, *, actor=None, report_on, ends_by_vote: bool = False) -> None:
    """A large consultation; its vote, if there is one, closes before the report that tells it."""
    dossier = prepare_dossier(space, actor=actor, report_on=report_on)
    if not ends_by_vote or actor is None:
        return
    collected = clock.start_of_day(dossier.phases.get(kind=ActivityPhase.COLLECT).ends_on + timedelta(days=1))
    closes_on = timezone.localdate(prepare_choice(actor=actor, space=space, after=collected).closes_at)
    if closes_on >= report_on:
        raise ValidationError(
            {
                "report_on": gettext("The vote would close on %(day)s: promise the report for a day after that one.")
                % {"day": short_day(closes_on)}
            }
        )


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
        _("The text of the reform, if there is one: cut into articles, contributed to article by article."),
        _("At the end: what was said, what is decided, what changes, with the measures it leads to."),
    ),
    example=_("For example: the charter of rosters, before it is written again."),
    activity=ASKING,
    beside=(TEXTS,),
    process="",
    phases=(
        PlannedPhase(
            pgettext_lazy("phase", "Answers and contributions"),
            (PhaseVerb.ANSWER, PhaseVerb.COMMENT, PhaseVerb.SUPPORT),
            28,
        ),
    ),
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
        _("At the end, if you want one: a vote among the proposals that come out of it."),
        _("Then the report, and a plan whose measures are followed one by one."),
    ),
    example=_("For example: “Let’s talk about public services”, six thousand answers, seventy measures."),
    activity=ASKING,
    beside=(IDEAS, VOTING),
    process="permanent-box",
    phases=(PlannedPhase(pgettext_lazy("phase", "Answers and ideas"), (PhaseVerb.ANSWER, *CONTRIBUTING), 42),),
    icon="folder-open-1",
    circle=Circle.EVERYONE,
    fields=promised_and_voted,
    set_up=large,
    leads_to=written,
)

register(REFORM)
register(LARGE)
