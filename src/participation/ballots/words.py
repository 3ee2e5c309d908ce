"""What ballots say of themselves: who votes, how it is counted, what is secret; one sentence for each thing."""

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from theme.templatetags.theme import hour

from . import rules
from .enums import Electorate, Grade, Majority, Method, State
from .method_words import method_sentences


def secret() -> str:
    """Sentence 10 of the glossary, first half."""
    return _(
        "The City knows that you voted. It can't read your choice, unless two key holders out of three cheat "
        "together. Nobody can protect you from somebody who looks at your screen."
    )


def sealed_here() -> str:
    """Sentence 10 of the glossary, second half: on a kiosk, or without JavaScript."""
    return _("Here, the server sees your choice at the moment you vote, but doesn't record it in clear.")


def for_good() -> str:
    """Told before a secret vote is sent."""
    return _(
        "A secret vote can't be changed nor taken back once sent: it is closed, and nobody opens it before the count."
    )


def simple() -> str:
    """What a simple vote keeps, truly."""
    return _(
        "Your choice is encrypted, and kept with your name so that you can change it. No page and no file shows it: "
        "only totals are told. But it isn't a secret vote: whoever holds both the server and its keys could read it."
    )


def money(euros: int) -> str:
    """ "12 000 €"."""
    return _("€%(amount)s") % {"amount": number_format(euros, force_grouping=True)}


def moment_words(moment) -> str:
    """ "mardi 2 décembre à 18 h 00"."""
    local = timezone.localtime(moment)
    return _("%(day)s at %(hour)s") % {"day": date_format(local, "l j F"), "hour": hour(local)}


def electors_words(ballot) -> str:
    """Who votes, by the rule written before the opening."""
    if ballot.electorate == Electorate.UNIT:
        return _("The people of “%(unit)s” and of its teams who take part in “%(space)s”.") % {
            "unit": ballot.electorate_unit.name,
            "space": ballot.space.name,
        }
    return _("Everybody who takes part in “%(space)s”.") % {"space": ballot.space.name}


def concerned_words(ballot, *, is_elector: bool) -> str:
    """Why the reader may vote, or may not."""
    made = {"day": date_format(ballot.frozen_at, "j F Y"), "rule": electors_words(ballot)}
    if is_elector:
        return (
            _("The list of those who vote was made on %(day)s by one rule, the same for all: %(rule)s You are on it.")
            % made
        )
    return (
        _("The list of those who vote was made on %(day)s by one rule, the same for all: %(rule)s You aren't on it.")
        % made
    )


def method_words(ballot) -> str:
    """How votes are counted, in one sentence."""
    if ballot.method == Method.YES_NO:
        return _("Yes wins if more people choose yes than no.")
    if ballot.method == Method.GRADES:
        return ngettext(
            "Each proposal gets its middle grade: half of people give it at least that one. The best one is retained.",
            "Each proposal gets its middle grade: half of people give it at least that one. "
            "The %(n)d best are retained.",
            ballot.seats,
        ) % {"n": ballot.seats}
    if ballot.method == Method.EQUAL_SHARES:
        return _(
            "The budget of %(budget)s is shared equally between those who vote, and each project is paid for by those "
            "who choose it: every group of people weighs by its size."
        ) % {"budget": money(ballot.budget or 0)}
    return ngettext(
        "The proposal chosen most often is retained.",
        "The %(n)d proposals chosen most often are retained.",
        ballot.seats,
    ) % {"n": ballot.seats}


def example(method: str) -> str:
    """A worked example of a method that few people know; empty for the others."""
    if method == Method.GRADES:
        return _(
            "For instance, five people grade a bench: Excellent, Good, Good, Passable, To reject. Put in order, the "
            "third grade of five is the middle one: the bench is “Good”. A shelter graded Very good, Very good, Very "
            "good, Insufficient, To reject is “Very good”: it comes first, although two people don't want it. Between "
            "two equal middle grades, one vote of that grade is taken away from each, and the next middle ones are "
            "compared."
        )
    if method == Method.EQUAL_SHARES:
        return _(
            "For instance, 100 people share €10,000: €100 each. 60 of them choose a bicycle shelter that costs "
            "€6,000: each pays €100, and it is retained. The 40 others still have €4,000: enough for the fountain "
            "they choose, at €3,000. A second project of the first group can't be bought: their share is spent. "
            "Counting by votes alone would have given everything to the 60."
        )
    if method == Method.YES_NO:
        return _(
            "For instance, out of 50 votes, 26 yes, 20 no and 4 blank: yes has 26 of the 46 votes that say something, "
            "more than half. With a two-thirds majority, 31 yes would be needed."
        )
    return ""


def conditions(ballot) -> list[str]:
    """The quorum and the majority, when there are any: told before one votes."""
    told = []
    if ballot.quorum_percent:
        told.append(
            _("Quorum: %(percent)d%% of those who may vote must take part; otherwise nothing is retained.")
            % {"percent": ballot.quorum_percent}
        )
    if ballot.majority == Majority.HALF:
        told.append(_("Majority: more than half of those who expressed a choice."))
    elif ballot.majority == Majority.TWO_THIRDS:
        told.append(_("Majority: two thirds of those who expressed a choice."))
    return told


def rules_words(ballot) -> list[str]:
    """The conditions, and what becomes of blanks."""
    told = conditions(ballot)
    if ballot.method == Method.GRADES:
        told.append(_("A proposal whose middle grade is “To reject” is never retained."))
    told.append(_("Blank votes are counted and told apart; they count for the turnout."))
    return [*told, *method_sentences(ballot)]


def how_to_words(ballot) -> str:
    """What to do on the form, under its question."""
    if ballot.method == Method.GRADES:
        return _("Give each proposal one of the seven grades. Several may have the same one.")
    if ballot.method == Method.EQUAL_SHARES:
        return _(
            "Tick every project you find worth its cost. The budget is %(budget)s. Ticking a project means: “a part "
            "of the budget may pay for it”. Your part goes to the projects you ticked, and to no other."
        ) % {"budget": money(ballot.budget or 0)}
    if ballot.method == Method.YES_NO:
        return ""
    if ballot.most_choices == 1:
        return _("Choose one proposal, or vote blank.")
    return ngettext(
        "Tick %(n)d proposal at most.", "Tick up to %(n)d proposals: fewer if you wish.", ballot.most_choices
    ) % {"n": ballot.most_choices}


def choice_words(ballot, choice) -> list[str]:
    """A choice as its voter reads it again."""
    if not choice:
        return [_("Blank vote")]
    if ballot.method == Method.YES_NO:
        return [_("Yes") if choice[0] else _("No")]
    options = ballot.ordered
    if ballot.method == Method.GRADES:
        return [
            _("%(proposal)s: %(grade)s")
            % {"proposal": one.label, "grade": Grade(grade).label if grade >= 0 else _("no grade")}
            for one, grade in zip(options, choice, strict=True)
        ]
    return [options[position].label for position in choice]


def possible_lines(ballot) -> list[str]:
    """Every line that ``choice_words`` may tell of a choice: the page that reads one again is as long for all."""
    if ballot.method == Method.YES_NO:
        choices = [[], [1], [0]]
    elif ballot.method == Method.GRADES:
        choices = [[], *([grade] * len(ballot.ordered) for grade in (-1, *Grade.values))]
    else:
        choices = [[], list(range(len(ballot.ordered)))]
    return [line for choice in choices for line in choice_words(ballot, choice)]


def state_words(ballot, state: State) -> str:
    """When it opens, closes or closed, beside its state."""
    if state == State.READY:
        return _("Opens on %(moment)s") % {"moment": moment_words(ballot.opens_at)}
    if state == State.OPEN:
        return _("Open until %(moment)s") % {"moment": moment_words(ballot.closes_at)}
    if state in (State.CLOSED, State.COUNTED):
        return _("Closed on %(moment)s") % {"moment": moment_words(ballot.closed_at or ballot.closes_at)}
    return ""


def minutes_words(minutes: int) -> str:
    """ "2 minutes, sur votre temps de travail"."""
    return ngettext("%(n)d minute, on your working time", "%(n)d minutes, on your working time", minutes) % {
        "n": minutes
    }


def least_words() -> str:
    """Why small figures aren't told."""
    return _("Fewer than %(least)d votes: no figure is told, so that nobody is recognised.") % {
        "least": rules.LEAST_BALLOTS
    }
