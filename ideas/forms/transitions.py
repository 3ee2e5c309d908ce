"""One form per kind of step: what the person acting must say before an idea moves.

Keys are those the process names; each form answers, in ``answers()``, what ``services.perform`` expects.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from src.directory.enums import Role, UnitKind
from src.directory.models import RoleGrant, Unit, User
from src.foundations import clock
from src.participation.enums import RemovalReason
from theme.forms import ChoiceLabel

from .. import selectors
from ..enums import IdeaScale
from ..validators import ANSWER_MAX, QUESTION_MAX
from .answers import AnswerForm, CountersignForm, DecisionForm
from .fields import PlainTextField
from .steps import REASON_MAX, DayField, StepForm, text_area

AUTHOR_ANSWER_MAX = 2_000


def unit_groups() -> list:
    """Directions and their services as one list with groups: no second list to wait for."""
    today = clock.today()
    units = Unit.objects.current(today).filter(kind__in=[UnitKind.DIRECTION, UnitKind.SERVICE]).order_by("path")
    groups: dict[int, list] = {}
    names: dict[int, str] = {}
    for unit in units:
        if unit.kind == UnitKind.DIRECTION:
            names[unit.pk] = unit.name
            groups.setdefault(unit.pk, []).insert(
                0, (unit.pk, _("%(direction)s: whole direction") % {"direction": unit.name})
            )
        elif unit.direction_id:
            groups.setdefault(unit.direction_id, []).append((unit.pk, unit.name))
    return [(names[pk], options) for pk, options in groups.items() if pk in names]


class UnitPlaceField(forms.TypedChoiceField):
    """A direction or one of its services."""

    def __init__(self, **kwargs):
        kwargs.setdefault("empty_value", None)
        super().__init__(coerce=int, **kwargs)


def direction_and_service(unit_id: int | None) -> dict:
    unit = Unit.objects.select_related("direction").filter(pk=unit_id).first() if unit_id else None
    if unit is None:
        return {"direction": None, "service": None}
    if unit.kind == UnitKind.DIRECTION:
        return {"direction": unit, "service": None}
    return {"direction": unit.direction, "service": unit}


SCALE_HINTS = {
    IdeaScale.QUICK_FIX: _("Easy to settle: one person answers, the direction's delegate countersigns."),
    IdeaScale.ALREADY_DONE: _("It exists: say where, and why it wasn't known."),
    IdeaScale.OUT_OF_SCOPE: _("Not for the City to decide: say who decides."),
    IdeaScale.PROJECT: _("Two people of the trade at least look at it. About one idea in five."),
}


class OrientationForm(StepForm):
    """Who answers, and how: the fast lane or the study."""

    place = UnitPlaceField(
        label=_("Which direction or service answers?"),
        error_messages={"required": _("Choose the direction that will answer.")},
    )
    scale = forms.ChoiceField(
        label=_("What kind of answer?"),
        choices=[(value, ChoiceLabel(label, SCALE_HINTS[value])) for value, label in IdeaScale.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of answer.")},
    )
    owner = forms.TypedChoiceField(
        label=_("Who looks after it?"),
        help_text=_("Optional. Without a name, the direction's correspondent does."),
        coerce=int,
        required=False,
        empty_value=None,
    )
    text = PlainTextField(
        label=_("A word for the direction"),
        help_text=_("Optional. Read by staff only."),
        required=False,
        max_length=REASON_MAX,
        widget=text_area(3),
    )

    def prepare(self):
        self.fields["place"].choices = [("", _("Choose…")), *unit_groups()]
        holders = (
            RoleGrant.objects.filter(role__in=[Role.INSTRUCTOR, Role.IDEA_CORRESPONDENT], ends_on__isnull=True)
            .select_related("user", "unit")
            .order_by("user__first_name", "user__last_name", "user_id")[:500]
        )
        people = {
            grant.user_id: f"{grant.user.short_name}, {grant.unit.name}" if grant.unit else grant.user.short_name
            for grant in holders
        }
        self.fields["owner"].choices = [("", _("The direction's correspondent")), *people.items()]
        if self.idea.direction_id:
            self.initial.setdefault("place", self.idea.service_id or self.idea.direction_id)

    def answers(self):
        owner = self.cleaned_data["owner"]
        return {
            **direction_and_service(self.cleaned_data["place"]),
            "scale": IdeaScale(self.cleaned_data["scale"]),
            "owner": User.objects.filter(pk=owner, is_active=True).first() if owner else None,
            "text": self.cleaned_data["text"],
        }


class QuestionForm(StepForm):
    """A question to the author, shown on the idea's page; the promised date waits."""

    text = PlainTextField(
        label=_("Your question to the author"),
        help_text=_("One question, in plain words. Everybody who sees the idea reads it."),
        max_length=QUESTION_MAX,
        widget=text_area(),
        error_messages={"required": _("Write your question.")},
    )


class AuthorAnswerForm(StepForm):
    """The author's answer to a question."""

    text = PlainTextField(
        label=_("Your answer"),
        help_text=_("Everybody who sees the idea reads it. Your name stays as you chose it."),
        max_length=AUTHOR_ANSWER_MAX,
        widget=text_area(),
        error_messages={"required": _("Write your answer.")},
    )


class AnswerAppealForm(StepForm):
    """The author appeals against a "no" or a "later", with what is new."""

    text = PlainTextField(
        label=_("What is new, or what wasn't seen"),
        help_text=_("Everybody who sees the idea reads it. One appeal an idea: say everything here."),
        max_length=AUTHOR_ANSWER_MAX,
        widget=text_area(),
        error_messages={"required": _("Say what is new: somebody else answers you on it.")},
    )


class ReasonForm(StepForm):
    """A step backwards or a removal, with its reason."""

    reason_code = forms.ChoiceField(
        label=_("Reason"),
        choices=RemovalReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    text = PlainTextField(
        label=_("Say why, in plain words"),
        max_length=REASON_MAX,
        widget=text_area(4),
        error_messages={"required": _("Say why: this step always carries a reason.")},
    )

    def prepare(self):
        if self.to_kind != "removed":
            del self.fields["reason_code"]
        else:
            self.fields["text"].help_text = _("The author alone reads it.")

    def answers(self):
        return {"reason_code": self.cleaned_data.get("reason_code", ""), "text": self.cleaned_data["text"]}


class GoUpForm(StepForm):
    """The site says why the direction must answer."""

    text = PlainTextField(
        label=_("Why can’t the site settle it?"),
        help_text=_("The author and the direction read it."),
        max_length=REASON_MAX,
        widget=text_area(4),
        error_messages={"required": _("Say why: this step always carries a reason.")},
    )

    def answers(self):
        return {"text": self.cleaned_data["text"]}


class ShortlistForm(StepForm):
    """The idea is kept for the study, with the others of its call."""

    text = PlainTextField(
        label=_("A word for the people who will study it"),
        required=False,
        max_length=REASON_MAX,
        widget=text_area(3),
    )


class GraduationForm(StepForm):
    """The project has reached every milestone: it receives its diploma."""

    text = PlainTextField(
        label=_("A word for the team"),
        help_text=_("Optional. Everybody who sees the project reads it."),
        required=False,
        max_length=REASON_MAX,
        widget=text_area(3),
    )


class StudyForm(StepForm):
    """Who assesses, and until when."""

    assessors = forms.TypedMultipleChoiceField(
        label=_("Who assesses?"),
        help_text=_("From two to five people, one of the trade at least."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose two people at least.")},
    )
    due_on = DayField(label=_("Assessments expected before"), required=False, help_text=_("Empty: in 20 days."))

    def prepare(self):
        self.fields["assessors"].choices = selectors.assessor_candidates(self.viewer, self.idea)

    def clean_assessors(self):
        chosen = self.cleaned_data["assessors"]
        if not 2 <= len(set(chosen)) <= 5:
            raise forms.ValidationError(_("Choose from two to five people."))
        return chosen

    def answers(self):
        people = User.objects.in_bulk(self.cleaned_data["assessors"])
        return {
            "assessors": [people[pk] for pk in self.cleaned_data["assessors"] if pk in people],
            "due_on": self.cleaned_data["due_on"],
        }


class CloseStudyForm(StepForm):
    """The study ends: what the person who decides should read first."""

    text = PlainTextField(
        label=_("Proposed answer"),
        help_text=_("Optional. The person who decides starts from it."),
        required=False,
        max_length=ANSWER_MAX,
        widget=text_area(),
    )
    late_text = PlainTextField(
        label=_("Why go on without the missing assessments"),
        help_text=_("Needed only when somebody hasn't answered. Kept inside."),
        required=False,
        max_length=REASON_MAX,
        widget=text_area(3),
    )


class TransferForm(StepForm):
    """Another direction is asked to take the idea over; the promised date doesn't move."""

    direction = forms.ModelChoiceField(
        label=_("Which direction should take it over?"),
        queryset=Unit.objects.none(),
        empty_label=_("Choose…"),
        error_messages={"required": _("Choose a direction.")},
    )
    text = PlainTextField(
        label=_("Why this direction"),
        max_length=REASON_MAX,
        widget=text_area(4),
        error_messages={"required": _("Say why this direction should answer.")},
    )

    def prepare(self):
        self.fields["direction"].queryset = (
            Unit.objects.current(clock.today()).directions().exclude(pk=self.idea.direction_id).order_by("name")
        )


class TransferAnswerForm(StepForm):
    """The direction asked accepts the idea, and may name the service that takes it."""

    service = forms.ModelChoiceField(
        label=_("Which service takes it?"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("The direction itself"),
    )
    text = PlainTextField(
        label=_("A word for the other direction"), required=False, max_length=REASON_MAX, widget=text_area(3)
    )

    def prepare(self):
        self.fields["service"].queryset = (
            Unit.objects.current(clock.today())
            .filter(kind=UnitKind.SERVICE, direction_id=self.idea.transfer_to_id)
            .order_by("name")
        )


class WithdrawForm(StepForm):
    """The author takes the idea back."""

    reason = PlainTextField(
        label=_("Why you withdraw it"),
        help_text=_("Optional. Shown on the page."),
        required=False,
        max_length=REASON_MAX,
        widget=text_area(3),
    )
    hide_body = forms.BooleanField(label=_("Hide my text. The comments stay."), required=False)


FORMS = {
    "": StepForm,
    "orientation": OrientationForm,
    "shortlist": ShortlistForm,
    "question": QuestionForm,
    "author_answer": AuthorAnswerForm,
    "appeal": AnswerAppealForm,
    "reason": ReasonForm,
    "go_up": GoUpForm,
    "restore": StepForm,
    "merge": StepForm,
    "unmerge": StepForm,
    "study": StudyForm,
    "jury": StepForm,
    "graduation": GraduationForm,
    "close_study": CloseStudyForm,
    "fast_answer": AnswerForm,
    "countersign": CountersignForm,
    "decision": DecisionForm,
    "transfer": TransferForm,
    "transfer_answer": TransferAnswerForm,
    "withdraw": WithdrawForm,
    # Taken by the measure alone, from its own page.
    "measure": StepForm,
}
