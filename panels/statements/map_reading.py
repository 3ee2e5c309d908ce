"""The map of a round as its pages and its files read it: figures of the snapshot, with the sentences."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .enums import Choice
from .models import MapSnapshot, Statement

WIDTH, HEIGHT, GAP = 320, 14, 2
LETTERS = "ABCDE"


@dataclass(frozen=True)
class Bar:
    """How many agree, pass, don't agree."""

    agree: int
    passed: int
    disagree: int

    @property
    def total(self) -> int:
        return self.agree + self.passed + self.disagree

    @property
    def words(self) -> str:
        """The three figures in words, beside the drawing and instead of it."""
        return " · ".join(
            (
                ngettext("%(n)d agrees", "%(n)d agree", self.agree) % {"n": self.agree},
                ngettext("%(n)d passes", "%(n)d pass", self.passed) % {"n": self.passed},
                ngettext("%(n)d doesn’t agree", "%(n)d don’t agree", self.disagree) % {"n": self.disagree},
            )
        )

    @property
    def drawing(self) -> SafeString:
        """One stacked bar: who agrees on the left, who doesn't on the right. The words say the same."""
        room, across, parts = WIDTH - 2 * GAP, 0.0, []
        for count, looks in (
            (self.agree, ("bar", "currentColor", "none")),
            (self.passed, ("bar-bg", "none", "currentColor")),
            (self.disagree, ("", "currentColor", "none")),
        ):
            width = room * count / max(self.total, 1)
            if count:
                parts.append((round(across, 1), round(width, 1), HEIGHT, *looks))
                across += width + GAP
        rows = format_html_join(
            "", '<rect x="{}" y="0" width="{}" height="{}" class="{}" fill="{}" stroke="{}"/>', parts
        )
        shape = '<svg class="chart" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>'
        return format_html(shape, WIDTH, HEIGHT, WIDTH, HEIGHT, rows)


@dataclass(frozen=True)
class ToldStatement(Bar):
    """A statement with its figures, and those of each group where each cast ten votes."""

    number: int
    text: str
    groups: tuple[tuple[str, Bar], ...] = ()


@dataclass(frozen=True)
class Own:
    """A statement by which one group differs, and its side there."""

    statement: ToldStatement
    agrees: bool


@dataclass(frozen=True)
class Group:
    """Some ten people or more who answered alike; nobody is named, not even to themselves."""

    letter: str
    people: int
    own: tuple[Own, ...] = field(default_factory=tuple)

    @property
    def title(self) -> str:
        return _("Group %(letter)s") % {"letter": self.letter}


class Told:
    """The map of one round; two statements of the database, whatever it holds."""

    def __init__(self, snapshot: MapSnapshot):
        self.snapshot, self.figures = snapshot, snapshot.figures
        found = Statement.objects.filter(round_id=snapshot.round_id, number__isnull=False)
        self.texts = dict(found.values_list("number", "text"))

    @cached_property
    def by_number(self) -> dict[int, ToldStatement]:
        return {
            one["number"]: ToldStatement(
                one["agree"],
                one["pass"],
                one["disagree"],
                number=one["number"],
                text=self.texts.get(one["number"], ""),
                groups=tuple(
                    (LETTERS[place], Bar(row["agree"], row["pass"], row["disagree"]))
                    for place, row in enumerate(one["groups"] or ())
                ),
            )
            for one in self.figures["statements"]
        }

    @property
    def all_statements(self) -> list[ToldStatement]:
        return list(self.by_number.values())

    @property
    def agreed(self) -> list[ToldStatement]:
        return self._these("agreed")

    @property
    def refused(self) -> list[ToldStatement]:
        return self._these("refused")

    @property
    def divided(self) -> list[ToldStatement]:
        return self._these("divided")

    def _these(self, part: str) -> list[ToldStatement]:
        return [self.by_number[number] for number in self.figures[part]]

    @property
    def hidden(self) -> list[tuple[int, str]]:
        """Statements whose figures are too small to be told."""
        return [(number, self.texts.get(number, "")) for number in self.figures["hidden"]]

    @cached_property
    def groups(self) -> list[Group]:
        return [
            Group(
                LETTERS[place],
                one["people"],
                tuple(Own(self.by_number[number], side == Choice.AGREE) for number, side in one["own"]),
            )
            for place, one in enumerate(self.figures["groups"])
        ]

    @property
    def voters(self) -> int:
        return self.figures["voters"]

    @property
    def placed(self) -> int:
        return self.figures["placed"]

    @property
    def why(self) -> str:
        """Why there are no groups, in words."""
        if self.figures["why_no_groups"] == "few_voters":
            return _("Fewer than thirty people answered enough statements: no group is made of so few.")
        if self.figures["why_no_groups"]:
            return _("Answers don’t make groups of ten people or more that differ: we mostly think alike.")
        return ""

    def record(self) -> dict:
        """The same as a file: figures and sentences."""
        return {
            **self.figures,
            "title": self.snapshot.round.title,
            "question": self.snapshot.round.question,
            "texts": {str(number): text for number, text in sorted(self.texts.items())},
        }
