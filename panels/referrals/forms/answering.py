"""What members say; what the team types for those who answered on paper."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from panels.forms.plain import PlainForm, whole

from ..enums import TaskResult
from ..models.form_test import LONGEST_MINUTES
from ..models.word import WORD_MAX
from ..services.testing import STUCK_MAX, Said
from .asking import words


class WordForm(PlainForm):
    """One's word on an open question."""

    text = words(gettext_lazy("My word"), gettext_lazy("Write your word."), longest=WORD_MAX, rows=8)


class DisagreeForm(PlainForm):
    """Why one doesn't agree; empty, it is taken back."""

    text = words(gettext_lazy("Why I don’t agree"), "", longest=2000, rows=4)


class SheetForm(PlainForm):
    """How each task of a form went."""

    def __init__(self, tasks, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.tasks = list(tasks)
        missing = gettext_lazy("Say how this task went.")
        for one in self.tasks:
            words_of_task = {"n": one.position}
            self.fields[f"result_{one.position}"] = forms.ChoiceField(
                label=f"{one.position}. {one.text}",
                widget=forms.RadioSelect,
                choices=TaskResult.choices,
                error_messages={"required": missing, "invalid_choice": missing},
            )
            self.fields[f"stuck_{one.position}"] = words(
                _("Task %(n)d: where I got stuck") % words_of_task, "", longest=STUCK_MAX, rows=2
            )
            self.fields[f"minutes_{one.position}"] = whole(
                _("Task %(n)d: minutes it took") % words_of_task, most=LONGEST_MINUTES
            )

    def said(self) -> dict[int, Said]:
        """What was said of each task, by its position."""
        data = self.cleaned_data
        return {
            one.position: Said(
                data[f"result_{one.position}"], data[f"stuck_{one.position}"], data[f"minutes_{one.position}"]
            )
            for one in self.tasks
        }


class _Typed(PlainForm):
    """Base: the paper of one member, by the number printed on it."""

    member = whole(
        gettext_lazy("Number of the member"), gettext_lazy("Write the number printed on the paper."), least=1
    )


class TypedWordForm(_Typed, WordForm):
    """A slip with a word."""


class TypedSheetForm(_Typed, SheetForm):
    """A sheet of a form tried on paper."""


class TypedComingForm(_Typed):
    """A slip that answers an invitation."""

    comes = forms.TypedChoiceField(
        label=gettext_lazy("Do they come?"),
        widget=forms.RadioSelect,
        coerce=lambda value: value == "1",
        choices=[("1", pgettext_lazy("workshop", "They come")), ("0", pgettext_lazy("workshop", "They don’t come"))],
        error_messages={
            "required": gettext_lazy("Say whether they come."),
            "invalid_choice": gettext_lazy("Say whether they come."),
        },
    )
