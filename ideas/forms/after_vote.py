"""The answers that a vote asks for, written on one page: who does each idea retained, and one answer to the others."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from src.accountability.enums import Outcome, Reason
from src.accountability.services.decisions import check_answer

from ..validators import ANSWER_MAX, ANSWER_MIN
from .fields import LineField, PlainTextField, TermsForm
from .steps import DayField, text_area

# Per idea retained: the answer's field, and the form's.
OF_EACH = ("text", "measure_owner", "first_milestone", "first_milestone_on")


class AfterVoteForm(TermsForm):
    """For each idea retained: the answer, begun with what the vote said, who does it, its first step and its date."""

    declined_text = PlainTextField(
        label=gettext_lazy("The response to the others, in plain words"),
        help_text=gettext_lazy("It starts with “No”. Each can still be rewritten by itself."),
        min_length=ANSWER_MIN,
        max_length=ANSWER_MAX,
        widget=text_area(6),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=[("", gettext_lazy("Choose…")), *Reason.choices], initial=Reason.PRIORITY
    )
    reopening_conditions = PlainTextField(
        label=gettext_lazy("What could change the answer"), max_length=600, widget=text_area(3)
    )

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page
        self.retained = [row for row in page.to_write_after_vote if row.vote.is_retained]
        self.others = [row for row in page.to_write_after_vote if not (row.vote.is_retained or row.vote.is_tied)]
        if not self.others:
            for name in ("declined_text", "reason", "reopening_conditions"):
                del self.fields[name]
        else:
            self.fields["declined_text"].initial = declined_words(page)
        first = {}
        for row in self.retained:
            first |= self._fields_of(row)
        self.fields = first | self.fields

    def _fields_of(self, row) -> dict:
        title = {"title": row.title}
        unit = self.page.space.steering_unit
        return {
            f"{row.reference}-text": PlainTextField(
                label=_("Response to “%(title)s”") % title,
                initial=retained_words(self.page, row),
                min_length=ANSWER_MIN,
                max_length=ANSWER_MAX,
                widget=text_area(5),
            ),
            f"{row.reference}-measure_owner": LineField(
                label=_("Who does “%(title)s”") % title, initial=unit.name if unit else "", max_length=160
            ),
            f"{row.reference}-first_milestone": LineField(
                label=_("First step of “%(title)s”") % title, max_length=240
            ),
            f"{row.reference}-first_milestone_on": DayField(label=_("Date of the first step of “%(title)s”") % title),
        }

    def clean(self):
        cleaned = super().clean()
        for row in self.retained:
            if not any(f"{row.reference}-{name}" in self.errors for name in OF_EACH):
                self._check(self._yes(row), {name: f"{row.reference}-{name}" for name in OF_EACH})
        names = {"text": "declined_text", "reason": "reason", "reopening_conditions": "reopening_conditions"}
        if self.others and not any(name in self.errors for name in names.values()):
            self._check(self._no(), names)
        return cleaned

    def _check(self, answer: dict, names: dict) -> None:
        try:
            check_answer(**answer)
        except ValidationError as refusal:
            for field, errors in refusal.error_dict.items():
                self.add_error(names.get(field), errors)

    def _yes(self, row) -> dict:
        values = {name: self.cleaned_data.get(f"{row.reference}-{name}") for name in OF_EACH}
        return {"outcome": Outcome.ACCEPTED.value, **values}

    def _no(self) -> dict:
        return {
            "outcome": Outcome.DECLINED.value,
            "text": self.cleaned_data.get("declined_text", ""),
            "reason": self.cleaned_data.get("reason", ""),
            "reopening_conditions": self.cleaned_data.get("reopening_conditions", ""),
        }

    def answers(self) -> dict[str, dict]:
        """Each answer by the reference of its idea."""
        yes = {row.reference: self._yes(row) for row in self.retained}
        return yes | {row.reference: self._no() for row in self.others}


def retained_words(page, row) -> str:
    """How the answer to an idea retained begins: the vote, its day, its rank, who chose it."""
    told = {
        "ballot": page.vote.title,
        "day": date_format(page.vote.closed_on, "j F Y"),
        "rank": row.vote.rank,
        "of": len(page.vote.lines),
        "voted": number_format(page.vote.voted, force_grouping=True),
    }
    said = _("Yes. The vote “%(ballot)s”, closed on %(day)s, put this idea in place %(rank)d of %(of)d.") % told
    if row.vote.chosen_by is not None:
        said += " " + _("%(n)s of the %(voted)s people who voted chose it.") % {
            "n": number_format(row.vote.chosen_by, force_grouping=True),
            **told,
        }
    return said + " " + _("Who does it and the first step are told below.")


def declined_words(page) -> str:
    """How the answer to the others begins."""
    retained = len(page.vote.retained)
    told = {"ballot": page.vote.title, "day": date_format(page.vote.closed_on, "j F Y"), "n": retained}
    return (
        ngettext(
            "No. The vote “%(ballot)s”, closed on %(day)s, retained %(n)d idea, and this one is not it.",
            "No. The vote “%(ballot)s”, closed on %(day)s, retained %(n)d ideas, and this one is not among them.",
            retained,
        )
        % told
    )
