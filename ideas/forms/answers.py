"""The official response: drafted, countersigned, or prepared by the person who decides."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from src.accountability.enums import ConditionKind, Outcome, Reason
from src.accountability.services.decisions import check_answer
from src.foundations.numbers import whole
from theme.forms import ChoiceLabel

from .. import selectors
from ..enums import IdeaScale
from ..services import cohorts
from ..services.answering import outcomes_by
from ..validators import ANSWER_MAX, ANSWER_MIN
from .conditions import ConditionFields
from .fields import LineField, PlainTextField
from .steps import DayField, StepForm, text_area

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


DATES = ("condition_on", "revisit_on", "first_milestone_on")
ANSWER_FIELDS = (
    "outcome",
    "text",
    "reason",
    "reopening_conditions",
    "condition_kind",
    "condition_terms",
    "measure_owner",
    "first_milestone",
    *DATES,
)


class AnswerForm(ConditionFields, StepForm):
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
        help_text=_("Your choice above writes the first words. Say why, then what comes next."),
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
        help_text=_("Required for a “no” and for a “later”: a budget, a law, a tool, a year. One condition a line."),
        required=False,
        max_length=600,
        widget=text_area(3),
    )
    condition_kind = forms.ChoiceField(
        label=_("What has to change"),
        help_text=_("Optional. It helps to find the idea again the day it happens."),
        choices=[("", _("As the reason says")), *ConditionKind.choices],
        required=False,
    )
    condition_on = DayField(
        label=_("To look at from"), help_text=_("Optional: a vote, a delivery, a new law."), required=False
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
    # Its name once one was added; empty when none was chosen; None before anything was asked.
    inserted = None
    template = forms.TypedChoiceField(
        label=_("Ready-made answer"),
        help_text=_("It is added to what you already wrote, which stays."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    # Where seats are counted: how many are left, in a sentence.
    seats = ""

    # Whose ways give the answers: the stage's own, or those a draft leads to.
    form_key = "fast_answer"

    def prepare(self):
        ideas = self.answered()
        possible = set(Outcome.values).intersection(*(outcomes_by(idea, self.form_key) for idea in ideas))
        self.fields["outcome"].choices = [choice for choice in self.fields["outcome"].choices if choice[0] in possible]
        self.counted = bool(ideas) and all(idea.space.cohort_seats is not None for idea in ideas)
        if self.counted:
            # A yes takes its first step from the calendar of the cohort.
            for name in ("measure_owner", "first_milestone", "first_milestone_on"):
                del self.fields[name]
            self.seats = cohorts.seats_sentence(ideas[0].space)
        likely = self.likely()
        units, scales = {idea.unit for idea in likely}, {idea.scale for idea in likely}
        if len(units) == 1 and None not in units and not self.counted:
            self.initial.setdefault("measure_owner", next(iter(units)).name)
        if len(scales) == 1 and "" not in scales:
            self.initial.setdefault("outcome", SCALE_OUTCOME.get(IdeaScale(next(iter(scales))), ""))
        self.templates = {template.pk: template for template in selectors.templates_for(ideas)}
        if self.templates:
            self.fields["template"].choices = [
                ("", _("Choose…")),
                *((template.pk, template.name) for template in self.templates.values()),
            ]
        else:
            del self.fields["template"]
        self.unfold()

    def answered(self) -> list:
        """The ideas this answer is written for."""
        return [self.idea]

    def likely(self) -> list:
        """Those from which the answer's first words are guessed."""
        return self.answered()

    def with_template(self, data):
        """The same form, not sent yet: what was typed stays, and the ready-made answer chosen is added to it."""
        typed = {name: data.get(name, "") for name in self.fields if name not in ("template", "together")}
        if "together" in self.fields:
            typed["together"] = data.getlist("together")
        chosen = data.get("template", "")
        template = self.templates.get(whole(chosen))
        if template is not None:
            typed["text"] = "\n\n".join(part for part in (typed["text"].strip(), template.text) if part)
            for name in ("outcome", "reason", "reopening_conditions"):
                typed[name] = typed[name] or getattr(template, name)
        self.initial.update(typed, template="" if template else chosen)
        self.is_bound, self.data = False, {}
        self.inserted = template.name if template else ""
        return self

    def clean(self):
        """Everything a complete answer needs, said at once and beside each field that lacks."""
        cleaned = super().clean()
        if "outcome" not in cleaned:
            return cleaned
        self.join(cleaned)
        answer = {name: cleaned.get(name, "") for name in ANSWER_FIELDS if name not in DATES}
        answer |= {name: cleaned.get(name) for name in DATES}
        try:
            if self.counted:
                answer = cohorts.complete_yes(self.answered()[0], answer)
                cleaned.update(answer)
            check_answer(**answer)
        except ValidationError as refusal:
            for field, errors in refusal.error_dict.items():
                if field not in self.errors:
                    self.add_error(field if field in self.fields else None, errors)
        return cleaned

    def answers(self):
        return {name: self.cleaned_data[name] for name in ANSWER_FIELDS}


class TogetherForm(AnswerForm):
    """One answer to several ideas that stay apart; for those who decide, a day to announce it."""

    together = forms.MultipleChoiceField(
        label=_("Which ideas receive this answer?"),
        error_messages={
            "required": _("Tick at least two ideas: one alone is answered from its own page."),
            "invalid_choice": _("An idea you ticked isn't in this queue any more: it is unticked, the others stay."),
        },
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    planned_for = DayField(
        label=_("Announcement planned for"), help_text=_("Optional, thirty days from now at most."), required=False
    )

    def __init__(self, *args, choices, ideas, deciding: bool, **kwargs):
        self.choices, self.ideas, self.deciding = choices, ideas, deciding
        self.form_key = "decision" if deciding else "fast_answer"
        super().__init__(*args, idea=None, **kwargs)

    def answered(self):
        return self.ideas

    def likely(self):
        """Those ticked in the queue, else all that may be."""
        ticked = self.initial.get("together") or []
        return [idea for idea in self.ideas if idea.reference in ticked] or self.ideas

    def prepare(self):
        super().prepare()
        self.fields["together"].choices = [
            (choice.reference, ChoiceLabel(choice.title, _("Read by: %(readers)s") % {"readers": choice.readers}))
            for choice in self.choices
        ]
        if not self.deciding:
            del self.fields["planned_for"]

    def clean_together(self):
        chosen = self.cleaned_data["together"]
        if len(set(chosen)) < 2:
            raise ValidationError(self.fields["together"].error_messages["required"])
        return chosen


class DecisionForm(AnswerForm):
    """The decision of a named person, prepared: nobody else sees it until it is announced."""

    form_key = "decision"

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
    together = forms.MultipleChoiceField(
        label=_("The same answer waits for these ideas: sign them too"),
        help_text=_("One signature for all those ticked. The others wait for you, or for somebody else."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def prepare(self):
        self.others = {idea.reference: idea for idea in selectors.drafted_with(self.viewer, self.idea)}
        if not self.others:
            del self.fields["together"]
            return
        self.fields["together"].choices = [
            (reference, ChoiceLabel(idea.title, selectors.choice_of(idea).readers))
            for reference, idea in self.others.items()
        ]
        self.initial.setdefault("together", list(self.others))

    def answers(self):
        return {"together": [self.others[reference] for reference in self.cleaned_data.get("together", [])]}
