"""What keeps a plan of tables from being made, in sentences for whoever prepares it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:  # numpy loads when tables are made
    from panels.mixing.setup import Clash

CLASHES = {
    "person_twice": gettext_lazy("“{people}” is in the list {times} times."),
    "table_twice": gettext_lazy("The table “{tables}” is given {times} times."),
    "no_seat_at_table": gettext_lazy("The table “{tables}” has no seat."),
    "no_round": gettext_lazy("At least one round of tables is needed."),
    "nobody": gettext_lazy("There is nobody to seat."),
    "no_table": gettext_lazy("There is no table."),
    "together_with_oneself": gettext_lazy("“{people}” is to be seated with themselves."),
    "apart_with_oneself": gettext_lazy("“{people}” is to be kept apart from themselves."),
    "unknown_person": gettext_lazy("“{people}” isn't in the list of people."),
    "unknown_table": gettext_lazy("{people}: the table “{tables}” doesn't exist."),
    "unknown_round": gettext_lazy("{people}: the round asked for doesn't exist."),
    "apart_and_together": gettext_lazy(
        "{people} are to be kept apart, and other requests seat them together: {rules}."
    ),
    "no_table_offers": gettext_lazy("No table offers all of {labels}, which {people} need together."),
    "group_too_large": gettext_lazy(
        "{people} are to be seated together: {number} people, for a table of {seats} seats."
    ),
    "pins_differ": gettext_lazy("{people} are to be seated together, and are expected at different tables: {tables}."),
    "pin_without_need": gettext_lazy("{people}: the table “{tables}” doesn't offer {labels}."),
    "pins_over_seats": gettext_lazy(
        "The table “{tables}” has {seats} seats, and {number} people are expected there: {people}."
    ),
    "pinned_and_apart": gettext_lazy("{people} are to be kept apart, and are expected at the same table, “{tables}”."),
    "too_few_seats": gettext_lazy(
        "{number} people can only go to these tables: {tables}. They have {seats} seats; {missing} are missing."
    ),
    "rules_clash": gettext_lazy("These requests can't all be kept at once: {rules}."),
    "undecided": gettext_lazy("No plan was found, and it isn't proved that there is none: ask for less."),
}
RULES = {
    "together": gettext_lazy("{0} with {1}"),
    "apart": gettext_lazy("{0} apart from {1}"),
    "need": gettext_lazy("{0} needs “{1}”"),
    "pin": gettext_lazy("{0} at the table “{2}”"),
}


def of_clash(clash: "Clash") -> str:
    """One clash, in a sentence of the reader's language, with its round when it is of one round."""
    sentence = str(CLASHES[clash.code]).format(
        people=listed(clash.people),
        tables=listed(clash.tables),
        labels=listed(clash.labels),
        rules=", ".join(
            str(RULES[rule[0]]).format(*rule[1:]) for rule in clash.rules if rule[0] in RULES and rule[1:]
        ),
        number=clash.figures.get("people", ""),
        **{name: value for name, value in clash.figures.items() if name != "people"},
    )
    return sentence if clash.round is None else _("Round %(n)d: %(said)s") % {"n": clash.round + 1, "said": sentence}


def listed(names) -> str:
    """Names as a sentence says them."""
    *first, last = list(names) or [""]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
