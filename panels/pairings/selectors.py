"""What pages of the room read: where each pairing stands, and what is told, in words, pictures and tables."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.questionnaires import rules as asking_rules
from src.questionnaires.models import AnswerRoll, Questionnaire
from src.questionnaires.services.opening import smallest
from theme.charts import Series

from .enums import Ending
from .models import Pairing
from .shift import DOWN, UP

TEN = 10


@dataclass
class Told:
    """One question, before and after."""

    text: str
    people: int | None
    withheld: str = ""
    series: list[Series] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    columns: list[dict] = field(default_factory=list)
    means: str = ""
    moves: str = ""
    verdict: str = ""


@dataclass
class Standing:
    """Where a pairing stands, for the team and members: how many, never who."""

    pairing: Pairing
    before_state: str
    after_state: str
    sentence: str
    may_unlink: bool = False
    may_open: bool = False
    may_give_up: bool = False


def pairings_of(panel) -> list[Pairing]:
    """The pairings of a panel, the first one first; one statement."""
    found = Pairing.objects.filter(panel=panel).select_related("before", "after")
    return list(found.order_by("linked_at", "pk"))


def standing(pairing: Pairing, panel) -> Standing:
    """Where it stands; the counts are told by tens, so that nobody reads who has just answered."""
    first = Questionnaire.objects.for_pages().get(pk=pairing.before_id)
    second = Questionnaire.objects.for_pages().get(pk=pairing.after_id) if pairing.after_id else None
    answered = AnswerRoll.objects.filter(questionnaire=first).exists()
    is_waiting = not pairing.is_over and first.closed_at is not None and second is None
    return Standing(
        pairing,
        before_state=asking_rules.state_of(first).label,
        after_state=asking_rules.state_of(second).label if second else "",
        sentence=_sentence(pairing, first, second),
        may_unlink=not pairing.is_over and first.closed_at is None and not answered,
        may_open=is_waiting,
        may_give_up=is_waiting,
    )


def _sentence(pairing: Pairing, first, second) -> str:
    if pairing.ending == Ending.TOLD:
        return _("Both were opened together: everybody reads what changed.")
    if pairing.ending == Ending.FEW:
        return few_words()
    if pairing.ending == Ending.GIVEN_UP:
        return _("The second was given up: the answers were destroyed without being read.")
    if first.closed_at is None:
        return by_tens(AnswerRoll.objects.filter(questionnaire=first).count())
    if second is None:
        return _("The first is closed; its answers stay sealed. Ask the same questions again at the end of the work.")
    people = AnswerRoll.objects.filter(questionnaire=first).order_by().values("person")
    return pairs_by_tens(AnswerRoll.objects.filter(questionnaire=second, person__in=people).count())


def few_words() -> str:
    """Why nothing is told."""
    return _("Fewer than %(k)d members answered one of the two: the answers were destroyed without being read.") % {
        "k": smallest()
    }


def by_tens(number: int) -> str:
    """How many answered so far."""
    if number < smallest():
        return _("Fewer than %(k)d members have answered so far.") % {"k": smallest()}
    return _("%(n)d members at least have answered so far.") % {"n": number // TEN * TEN}


def pairs_by_tens(number: int) -> str:
    """How many answered both so far."""
    if number < smallest():
        return _("Fewer than %(k)d members have answered both so far: nothing would be told.") % {"k": smallest()}
    return _("%(n)d members at least have answered both so far.") % {"n": number // TEN * TEN}


def told(pairing: Pairing) -> list[Told]:
    """What is told of each question."""
    return [_told(one) for one in pairing.figures]


def _told(one: dict) -> Told:
    if one["people"] is None:
        withheld = _("Not shown: fewer than %(k)d people gave some of the answers, or answered twice.") % {
            "k": one["k"]
        }
        return Told(one["text"], None, withheld)
    bars = [(bar_words(one, bar), bar["before"], bar["after"]) for bar in one["bars"]]
    most = max(max(before, after) for _label, before, after in bars)
    names = (pgettext("answers", "Before"), pgettext("answers", "After"))
    return Told(
        text=one["text"],
        people=one["people"],
        series=[
            Series(f"{name} : {one['text']}", [(bar[0], bar[side]) for bar in bars], maximum=most)
            for side, name in enumerate(names, 1)
        ],
        columns=[
            {"label": pgettext("results", "Answer")}, {"label": names[0], "numeric": True},
            {"label": names[1], "numeric": True},
        ],
        rows=[[label, str(before), str(after)] for label, before, after in bars],
        means=means_words(one),
        moves=moves_words(one),
        verdict=verdict_words(one),
    )  # fmt: skip


def bar_words(one: dict, bar: dict) -> str:
    """The words of a bar: a value, several, or an end of the scale with its own words."""
    labels = bar["label"]
    if one["kind"] != "scale":
        return labels[0] if len(labels) == 1 else _("Together: %(answers)s") % {"answers": ", ".join(labels)}
    said = labels[0] if len(labels) == 1 else _("%(least)s to %(most)s") % {"least": labels[0], "most": labels[1]}
    ends, bars = one["ends"], one["bars"]
    end = ends[0] if bar is bars[0] or bar == bars[0] else ends[1] if bar == bars[-1] else ""
    return _("%(value)s (towards “%(end)s”)") % {"value": said, "end": end} if end else said


def means_words(one: dict) -> str:
    """The two means and the difference of what is shown."""
    if not one["means"]:
        return ""
    before, after = (Decimal(mean) for mean in one["means"])
    moved = after - before
    sign = "+" if moved > 0 else "−" if moved < 0 else ""
    return _("Mean: %(before)s before, %(after)s after (%(moved)s).") % {
        "before": number_format(before, 1), "after": number_format(after, 1),
        "moved": f"{sign}{number_format(abs(moved), 1)}",
    }  # fmt: skip


def moves_words(one: dict) -> str:
    """Who went which way, when each is told."""
    if not one["moves"]:
        return ""
    up, same, down = one["moves"]
    return _("%(up)d answers went up, %(same)d did not change, %(down)d went down.") % {
        "up": up, "same": same, "down": down,
    }  # fmt: skip


def verdict_words(one: dict) -> str:
    """Whether more moved one way than chance would do; empty for choices without an order."""
    if not one["verdict"]:
        return ""
    if one["verdict"] not in (UP, DOWN):
        return _("No clear change: as many could have moved each way by chance.") + _chance(one)
    clear = _("Answers went up clearly.") if one["verdict"] == UP else _("Answers went down clearly.")
    return clear + _chance(one)


def _chance(one: dict) -> str:
    if not one["chance"]:
        return ""
    chance = Fraction(one["chance"])
    least = Fraction(1, 1000)
    if chance < least:
        return " " + _("(Sign test: p under %(p)s.)") % {"p": number_format(Decimal("0.001"), 3)}
    exact = Decimal(chance.numerator) / Decimal(chance.denominator)
    return " " + _("(Sign test: p = %(p)s.)") % {"p": number_format(round(exact, 3), 3)}


def people_words(one: Told) -> str:
    """How many answered the question twice."""
    return ngettext("%(n)d member answered it twice.", "%(n)d members answered it twice.", one.people) % {
        "n": one.people
    }


def csv_columns() -> list[str]:
    """The columns of the file."""
    return [
        _("Question"), pgettext("results", "Answer"), pgettext("answers", "Before"), pgettext("answers", "After"),
        _("What changed"),
    ]  # fmt: skip


def csv_rows(pairing: Pairing):
    """The same figures as lines: one a bar, then what is said of the question."""
    for one, shown in zip(pairing.figures, told(pairing), strict=True):
        if shown.withheld:
            yield [shown.text, "", "", "", shown.withheld]
            continue
        for bar in one["bars"]:
            yield [shown.text, bar_words(one, bar), bar["before"], bar["after"], ""]
        if one["means"]:
            yield [shown.text, _("Mean"), Decimal(one["means"][0]), Decimal(one["means"][1]), shown.verdict]
        if one["moves"]:
            yield [shown.text, "", "", "", shown.moves]
