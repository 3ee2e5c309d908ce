"""What a member writes, and the sheet of a member that the team types."""

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from panels.forms.plain import PlainForm, whole
from src.foundations.plain_fields import LineField

from ..enums import Choice
from ..models.statement import STATEMENT_MAX


class ProposeForm(PlainForm):
    """One idea in one sentence."""

    text = LineField(
        label=gettext_lazy("My statement"),
        max_length=STATEMENT_MAX,
        help_text=gettext_lazy("140 characters at most, one idea, that others may agree with or not. Name nobody."),
        error_messages={
            "required": gettext_lazy("Write the statement."),
            "max_length": gettext_lazy("Shorten it to 140 characters: one idea is enough."),
        },
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)


class SheetForm(PlainForm):
    """The answers of one sheet; what is left as it is wasn't ticked."""

    member = whole(
        gettext_lazy("Number of the member, at the top of the sheet"),
        gettext_lazy("Write the number at the top of the sheet."),
        least=1,
        most=32000,
    )

    def __init__(self, statements, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.statements = list(statements)
        choices = [("", pgettext_lazy("answer sheet", "Not ticked")), *Choice.choices]
        for one in self.statements:
            self.fields[f"s{one.number}"] = forms.TypedChoiceField(
                label=f"{one.number}. {one.text}",
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": gettext_lazy("Choose one of the three answers.")},
            )

    def choices(self) -> dict[int, int]:
        """What is ticked, by the number of the statement."""
        ticked = ((one.number, self.cleaned_data.get(f"s{one.number}")) for one in self.statements)
        return {number: choice for number, choice in ticked if choice is not None}

    def read_back(self) -> list[tuple[str, str]]:
        """Each statement with its answer in words, for whoever compares it with the sheet."""
        ticked = self.choices()
        none = pgettext_lazy("answer sheet", "Not ticked")
        return [
            (f"{one.number}. {one.text}", Choice(ticked[one.number]).label if one.number in ticked else none)
            for one in self.statements
        ]
