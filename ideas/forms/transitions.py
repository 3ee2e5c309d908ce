"""One form per kind of step: what the person acting must say before an idea moves.

Keys are those the process names; each form answers, in ``answers()``, what ``services.perform`` expects.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from src.accountability.enums import Outcome, Reason
from src.accountability.services.decisions import check_answer
from src.directory.enums import Role, UnitKind
from src.directory.models import RoleGrant, Unit, User
from src.foundations import clock
from theme.forms import ChoiceLabel

from .. import selectors
from ..enums import IdeaScale, RemovalReason
from ..validators import ANSWER_MAX, ANSWER_MIN, QUESTION_MAX
from .fields import LineField, PlainTextField, TermsForm

AUTHOR_ANSWER_MAX = 2_000
REASON_MAX = 1_000


def date_input(**attrs):
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


class DayField(forms.DateField):
    """A day, picked or typed; the browser's own picker speaks ISO whatever the language."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", date_input())
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(**kwargs)


def text_area(rows: int = 5):
    return forms.Textarea(attrs={"rows": rows})


class StepForm(TermsForm):
    """A step with nothing to say: pressing the button is enough."""

    def __init__(self, *args, idea, viewer, to_kind="", **kwargs):
        super().__init__(*args, **kwargs)
        self.idea, self.viewer, self.to_kind = idea, viewer, to_kind
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices that depend on the idea and on who acts."""

    def answers(self) -> dict:
        """What the service expects, once the form is valid."""
        return dict(self.cleaned_data)


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


OUTCOME_HINTS = {
    Outcome.ACCEPTED: _("The answer starts with “Yes”."),
    Outcome.PILOT: _("The answer starts with “Yes, we try”."),
    Outcome.DEFERRED: _("The answer starts with “Later”, with a date."),
    Outcome.DECLINED: _("The answer starts with “No”, and says what could change it."),
    Outcome.ALREADY_DONE: _("The answer starts with “It is already there”."),
}
SCALE_OUTCOME = {
    IdeaScale.QUICK_FIX: Outcome.ACCEPTED,
    IdeaScale.ALREADY_DONE: Outcome.ALREADY_DONE,
    IdeaScale.OUT_OF_SCOPE: Outcome.DECLINED,
}


DATES = ("revisit_on", "first_milestone_on")
ANSWER_FIELDS = (
    "outcome",
    "text",
    "reason",
    "reopening_conditions",
    "measure_owner",
    "first_milestone",
    *DATES,
)


class AnswerForm(StepForm):
    """The official response: what is decided, why, and what comes next."""

    # Each field says itself when it is required: it depends on the answer.
    hide_optional = True

    outcome = forms.ChoiceField(
        label=_("The answer"),
        choices=[(value, ChoiceLabel(label, OUTCOME_HINTS[value])) for value, label in Outcome.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer.")},
    )
    text = PlainTextField(
        label=_("The official response, in plain words"),
        help_text=_("Say yes, no, later or “it is already there”, then why, then what comes next."),
        min_length=ANSWER_MIN,
        max_length=ANSWER_MAX,
        widget=text_area(7),
        error_messages={"required": _("Write the response: a decision without a text can't be saved.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        help_text=_("Required for a “no” and for a “later”."),
        choices=[("", _("Choose…")), *Reason.choices],
        required=False,
    )
    reopening_conditions = PlainTextField(
        label=_("What could change the answer"),
        help_text=_("Required for a “no” and for a “later”: a budget, a law, a tool, a year."),
        required=False,
        max_length=600,
        widget=text_area(3),
    )
    revisit_on = DayField(
        label=_("We will answer again before"),
        help_text=_("Required for a “later”: twelve months at most."),
        required=False,
    )
    measure_owner = LineField(
        label=_("Who will do it"), help_text=_("Required for a “yes” and for a trial."), required=False, max_length=160
    )
    first_milestone = LineField(label=_("First step"), required=False, max_length=240)
    first_milestone_on = DayField(label=_("Date of the first step"), required=False)

    def prepare(self):
        if self.idea.unit:
            self.initial.setdefault("measure_owner", self.idea.unit.name)
        if self.idea.scale:
            self.initial.setdefault("outcome", SCALE_OUTCOME.get(IdeaScale(self.idea.scale), ""))

    def clean(self):
        """Everything a complete answer needs, said at once and beside each field that lacks."""
        cleaned = super().clean()
        if "outcome" not in cleaned:
            return cleaned
        try:
            check_answer(
                **{name: cleaned.get(name, "") for name in ANSWER_FIELDS if name not in DATES},
                **{name: cleaned.get(name) for name in DATES},
            )
        except ValidationError as refusal:
            for field, errors in refusal.error_dict.items():
                if field not in self.errors:
                    self.add_error(field, errors)
        return cleaned

    def answers(self):
        return {name: self.cleaned_data[name] for name in ANSWER_FIELDS}


class DecisionForm(AnswerForm):
    """The decision of a named person, prepared: nobody else sees it until it is announced."""

    planned_for = DayField(
        label=_("Announcement planned for"), help_text=_("Optional, thirty days from now at most."), required=False
    )

    def answers(self):
        # Announcing is a step of its own: the answer is read again first.
        return {**super().answers(), "planned_for": self.cleaned_data["planned_for"], "announce": False}


class CountersignForm(StepForm):
    """The delegate has read the answer: signing sends it."""

    read = forms.BooleanField(
        label=_("I have read the answer. It leaves as soon as I sign."),
        error_messages={"required": _("Tick the box once you have read the answer.")},
    )

    def answers(self):
        return {}


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
    "question": QuestionForm,
    "author_answer": AuthorAnswerForm,
    "reason": ReasonForm,
    "study": StudyForm,
    "close_study": CloseStudyForm,
    "fast_answer": AnswerForm,
    "countersign": CountersignForm,
    "decision": DecisionForm,
    "transfer": TransferForm,
    "transfer_answer": TransferAnswerForm,
    "withdraw": WithdrawForm,
}
