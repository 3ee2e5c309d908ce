"""The voting paper, drawn from the form of the screen; all papers of a ballot are the same.

Nothing on it changes from one print to the next: no number, code, date of printing, place or name of who printed it.
Whoever votes is marked on the roll before they are given one (``services.mark_on_paper``).
"""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from src.paper import registry

from . import words
from .enums import Method, State
from .forms.voting import BLANK, VoteForm

# While papers may still be given to somebody.
PRINTED_IN = (State.READY, State.OPEN)


@dataclass(frozen=True)
class Box:
    """A square to tick. ``number`` is what is typed for it, empty where its word is."""

    number: str
    label: str
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """One question of the paper: a line of grades, a list of squares, or one square alone (``boxes`` is empty)."""

    name: str
    label: str
    hint: str
    boxes: tuple[Box, ...]
    is_grades: bool = False


def questions(ballot) -> list[Asked]:
    """The fields of the screen's form, in its order."""
    form = VoteForm(ballot)
    return [
        Asked(
            name=bound.name,
            label=str(bound.label),
            hint=str(bound.field.help_text or ""),
            boxes=_boxes(ballot, bound.field),
            is_grades=form.is_graded and bound.name != BLANK,
        )
        for bound in form.visible_fields()
    ]


def _boxes(ballot, field) -> tuple[Box, ...]:
    return tuple(
        Box(
            number="" if value == BLANK or ballot.method == Method.YES_NO else str(int(value) + 1),
            label=str(label),
            hints=tuple(str(hint) for hint in getattr(label, "hints", ())),
        )
        for value, label in getattr(field, "choices", ())
    )


def rules_of_paper(ballot) -> list[str]:
    """What whoever votes on paper has to know, in the order of what they do."""
    kept = _(
        "Two people open the box together. One of them types the papers, and somebody else types them again without "
        "seeing the first typing. They read the papers, without knowing whose they are."
    )
    return [
        _("First you are marked on the list of those who vote, with your card: from then on you vote nowhere else."),
        _("Fill in this paper alone. Write nothing else on it: a paper with a name, a signature or a mark is void."),
        _(
            "Fold it and put it alone in the envelope you are given. All envelopes are the same: write nothing on "
            "yours, and put it in the box yourself. A vote on paper can't be taken back."
        ),
        kept,
        _(
            "Are you the only person who votes on paper here? Then whoever types your paper knows that it is yours: "
            "vote on a screen, or with the others of another site."
        ),
    ]


def secrecy_words(ballot) -> str:
    """What is known of a vote on paper, and what isn't."""
    if ballot.is_secret:
        return _(
            "Secret vote. The City knows that you voted, not what you chose: this paper has no number, no code and no "
            "date, and all papers of this vote are the same."
        )
    return _(
        "Simple vote. The City knows that you voted. On a screen a choice is kept with a name; on paper it isn't: "
        "this paper has no number, no code and no date, and all papers of this vote are the same."
    )


def drawn(ballot, *, large: bool = False) -> str:
    """The paper as one document; ``large`` in signs of 15 points."""
    with override("fr"):
        asked = questions(ballot)
        context = {
            "ballot": ballot,
            "city": settings.CITY_NAME,
            "questions": asked,
            "is_graded": any(one.is_grades for one in asked),
            "how_to": words.how_to_words(ballot),
            "rules": rules_of_paper(ballot),
            "secrecy": secrecy_words(ballot),
            "closes": words.moment_words(ballot.closes_at),
            "large": large,
        }
        return render_to_string("ballots/print/voting_paper.html", context)


registry.register_room_sheet(
    registry.RoomSheet(
        key="ballot",
        title=gettext_lazy("Voting paper"),
        forms=(VoteForm,),
        addresses=("scrutins/<slug:reference>/verifier/", "scrutins/<slug:reference>/voter/"),
    )
)
