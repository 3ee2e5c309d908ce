"""Something named by its reference, or found by words and then chosen in a list: one field, then a second."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext

from .text import tidy

OFFERED = 10
# (words typed, how many to show) → choices, and how many there are.
Find = Callable[[str, int], tuple[list, int]]


class FoundForm(forms.Form):
    """Its fields ``reference`` and ``which`` are the form's own; ``offer`` decides, once built, what ``which`` lists.

    Words typed are answered by what they find, none of it chosen; a reference stands alone. Works without script.
    """

    def offer(self, find: Find) -> None:
        """List what the words typed find, and ask which; nothing is asked when nothing is found."""
        words = self.data.get(self.add_prefix("reference"), "") if self.data else ""
        typed = tidy(str(words).replace("\x00", ""), one_line=True)[:200]
        choices, total = find(typed, OFFERED) if typed else ([], 0)
        if not choices:
            del self.fields["which"]
            return
        field = self.fields["which"]
        field.choices = choices
        if total > len(choices):
            field.help_text = gettext("The first %(shown)d of %(total)d: add a word to see fewer.") % {
                "shown": len(choices),
                "total": total,
            }

    def clean(self):
        """With words, what was chosen among those found; a reference stands alone."""
        cleaned = super().clean()
        which = cleaned.pop("which", "")
        if which:
            cleaned["reference"] = which
        return cleaned
