"""The results of a counted ballot in words, tables and pictures; nothing but what ``publication.result_of`` told."""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from theme.charts import Series

from . import words
from .enums import Grade, Majority, Method

OVER = "over_90"


@dataclass
class Table:
    """Figures with their picture, when they have one."""

    caption: str
    columns: list[dict]
    rows: list[list[str]]
    series: Series | None = None


@dataclass
class Reading:
    """What the page of results says, in the order in which it says it."""

    facts: list[tuple[str, str]]
    outcome: list[str] = field(default_factory=list)
    retained: list[str] = field(default_factory=list)
    hidden: str = ""
    notes: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


def number(value: int) -> str:
    """ "1 204"."""
    return number_format(value, force_grouping=True)


def labels_of(ballot) -> list[str]:
    """The names of what was voted on, by position."""
    if ballot.method == Method.YES_NO:
        return [pgettext("vote", "Yes"), pgettext("vote", "No")]
    return [one.label for one in ballot.ordered]


def read(ballot) -> Reading:
    """The results of a counted ballot."""
    told = ballot.result
    reading = Reading(_facts(ballot, told))
    if told.get("hidden"):
        reading.hidden = (
            words.least_words()
            if told["hidden"] == "few"
            else _("Nearly all votes are blank or void: no figure is told, so that nobody's choice is known.")
        )
        return reading
    reading.outcome = _outcome(ballot, told)
    reading.retained = [labels_of(ballot)[option] for option in told["outcome"]["retained"]]
    reading.notes = _notes(ballot, told)
    reading.tables = _tables(ballot, told)
    reading.steps = [sentence for step in told["outcome"]["steps"] if (sentence := _step(ballot, step))]
    return reading


def _facts(ballot, told) -> list[tuple[str, str]]:
    electors, voted = told["electors"], told["voted"]
    share = round(100 * voted / electors) if electors else 0
    facts = [
        (_("People who could vote"), number(electors)),
        (_("People who voted"), _("%(n)s, that is %(share)d%%") % {"n": number(voted), "share": share}),
    ]
    if told.get("voted_on_paper"):
        facts.append((_("Of whom on paper"), number(told["voted_on_paper"])))
    if told.get("total"):
        total = told["total"]
        facts += [(_("Blank votes"), number(total["blank"])), (_("Void votes"), number(total["void"]))]
    return facts


def _outcome(ballot, told) -> list[str]:
    """What is decided, what isn't, and why."""
    found, labels = told["outcome"], labels_of(ballot)
    said = []
    if found["quorum_met"] is False:
        return [
            _("The quorum of %(percent)d%% isn't reached: nothing is retained. The figures are told all the same.")
            % {"percent": ballot.quorum_percent}
        ]
    if found["quorum_met"]:
        said.append(_("The quorum of %(percent)d%% is reached.") % {"percent": ballot.quorum_percent})
    if ballot.method == Method.YES_NO:
        return [*said, _yes_or_no(ballot, found)]
    if found["tied"]:
        said.append(
            _("Tied for the last place: %(proposals)s. None of them is retained by the count: people decide.")
            % {"proposals": _list(labels[option] for option in found["tied"])}
        )
    lacking = [labels[option] for option, met in enumerate(found.get("majority_met", [])) if not met]
    if lacking and ballot.majority != Majority.MOST:
        said.append(_("Without the majority asked for: %(proposals)s.") % {"proposals": _list(lacking)})
    if not found["retained"] and not found["tied"]:
        said.append(_("No proposal is retained."))
    if ballot.method == Method.EQUAL_SHARES and "spent" in found:
        said.append(
            _("%(spent)s of the %(budget)s are spent.")
            % {"spent": words.money(found["spent"]), "budget": words.money(ballot.budget)}
        )
    return said


def _yes_or_no(ballot, found) -> str:
    if found["retained"] == [0]:
        return _("Yes wins.")
    if found["retained"] == [1]:
        return _("No wins.")
    if found["tied"]:
        return _("As many people chose yes as no: the count decides nothing, people do.")
    return _("Neither answer has the majority asked for: nothing is retained.")


def _list(some) -> str:
    return ", ".join(f"« {one} »" for one in some)


def _notes(ballot, told) -> list[str]:
    """What is masked, and why."""
    labels, total, notes = labels_of(ballot), told["total"], []
    for one in total.get(OVER, []):
        if isinstance(one, list):
            notes.append(
                _("“%(proposal)s”: more than 90%% gave it “%(grade)s”. Its counts aren't told: everybody's would be.")
                % {"proposal": labels[one[0]], "grade": Grade(one[1]).label}
            )
        else:
            notes.append(
                _("“%(proposal)s”: more than 90%% of the votes. Its count isn't told: everybody's choice would be.")
                % {"proposal": labels[one]}
            )
    if "sets_hidden" in total:
        notes.append(
            _(
                "The exact sets of projects aren't published: some were chosen by so few people that they could be "
                "recognised. The prices that would give them back are left out too."
            )
        )
    return notes


def _tables(ballot, told) -> list[Table]:
    if ballot.method == Method.GRADES:
        return [_graded(ballot, told), *_by_channel(ballot, told)]
    compared = [_compared(ballot, told)] if ballot.method == Method.EQUAL_SHARES else []
    return [_counted(ballot, told), *compared, *_by_channel(ballot, told)]


def _by_channel(ballot, told) -> list[Table]:
    """Web and paper apart, where ``masks.apart`` tells them; of grades, how many say *Passable* or better."""
    if "web" not in told:
        return []
    parts = [told["web"], told["paper"], told["total"]]
    caption = _("On the web and on paper")
    counts = [part.get("counts") for part in parts]
    if ballot.method == Method.GRADES:
        caption = _("On the web and on paper: Passable or better")
        counts = [[sum(row[: Grade.PASSABLE + 1]) for row in part["grades"]] for part in parts]
    columns = [
        {"label": _("Proposal")},
        {"label": _("On the web"), "numeric": True},
        {"label": _("On paper"), "numeric": True},
        {"label": _("Together"), "numeric": True},
    ]
    labels = labels_of(ballot)
    rows = [[labels[option], *(number(one[option]) for one in counts)] for option in told["outcome"]["ranking"]]
    return [Table(caption, columns, [*rows, [_("Votes counted"), *(number(part["ballots"]) for part in parts)]])]


def _counted(ballot, told) -> Table:
    labels, found = labels_of(ballot), told["outcome"]
    counts = told["total"]["counts"]
    expressed = told["total"]["ballots"] - told["total"]["blank"] - told["total"]["void"]
    order = range(2) if ballot.method == Method.YES_NO else found["ranking"]
    rows, points = [], []
    for option in order:
        count = counts[option]
        share = round(100 * count / expressed) if count is not None and expressed else None
        row = [labels[option]]
        if ballot.method == Method.EQUAL_SHARES:
            row.append(words.money(ballot.ordered[option].cost))
        rows.append(
            [
                *row,
                _("not told") if count is None else number(count),
                _share(ballot, told, option, share),
                _kept(found, option),
            ]
        )
        points.append((labels[option], share if share is not None else (95 if _is_over(told, option) else 0)))
    costs = [{"label": _("Cost"), "numeric": True}] if ballot.method == Method.EQUAL_SHARES else []
    columns = [
        {"label": pgettext("results", "Answer") if ballot.method == Method.YES_NO else _("Proposal")},
        *costs,
        {"label": _("Votes"), "numeric": True},
        {"label": _("Share of votes expressed"), "numeric": True},
        {"label": pgettext("results", "Outcome")},
    ]
    masked = any(count is None for count in counts)
    series = None if masked else Series(_("Share of votes expressed"), points, unit="%", maximum=100)
    return Table(_("Votes by proposal"), columns, rows, series)


def _share(ballot, told, option, share) -> str:
    if share is not None:
        return _("%(n)d%%") % {"n": share}
    return _("more than 90%") if _is_over(told, option) else _("not told")


def _is_over(told, option) -> bool:
    return option in told["total"].get(OVER, [])


def _kept(found, option) -> str:
    if option in found["retained"]:
        return pgettext("result", "Retained")
    return pgettext("result", "Tied") if option in found["tied"] else "–"


def _graded(ballot, told) -> Table:
    """Grades by proposal; the picture is the share of those who gave *Good* or better."""
    labels, found, rows, points = labels_of(ballot), told["outcome"], [], []
    medians = {step["option"]: step["grade"] for step in found["steps"] if step["code"] == "median"}
    for option in found["ranking"]:
        row = told["total"]["grades"][option]
        cells = [_("not told")] * len(Grade) if row is None else [number(one) for one in row]
        median = Grade(medians[option]).label if option in medians else "–"
        rows.append([labels[option], str(median), *cells, _kept(found, option)])
        if row is not None and sum(row):
            points.append((labels[option], round(100 * sum(row[: Grade.GOOD + 1]) / sum(row))))
    columns = [
        {"label": _("Proposal")},
        {"label": _("Middle grade")},
        *({"label": str(grade.label), "numeric": True} for grade in Grade),
        {"label": pgettext("results", "Outcome")},
    ]
    series = (
        Series(_("Share of “Good” or better"), points, unit="%", maximum=100) if len(points) == len(rows) else None
    )
    return Table(_("Grades by proposal, best first"), columns, rows, series)


def _compared(ballot, told) -> Table:
    """What the most votes alone would have bought, printed as a comparison."""
    labels, found = labels_of(ballot), told["outcome"]
    greedy = found.get("greedy", {"retained": [], "spent": 0})
    rows = [
        [
            labels[option],
            pgettext("result", "Retained") if option in found["retained"] else "–",
            pgettext("result", "Retained") if option in greedy["retained"] else "–",
        ]
        for option in found["ranking"]
    ]
    columns = [{"label": _("Project")}, {"label": _("Equal shares")}, {"label": _("Most votes first")}]
    return Table(_("For comparison only: what the most votes alone would retain"), columns, rows)


def _step(ballot, step) -> str:
    """One step of the method."""
    labels, code = labels_of(ballot), step["code"]
    if code == "median":
        grade = Grade(step["grade"]).label
        if "above" not in step:
            return _("“%(proposal)s”: middle grade “%(grade)s”.") % {
                "proposal": labels[step["option"]],
                "grade": grade,
            }
        return _("“%(proposal)s”: middle grade “%(grade)s” (%(above)s above, %(at)s on it, %(below)s below).") % {
            "proposal": labels[step["option"]],
            "grade": grade,
            "above": number(step["above"]),
            "at": number(step["at"]),
            "below": number(step["below"]),
        }
    if code == "removed":
        return _separated(labels, step)
    if code == "same":
        return _("%(proposals)s have exactly the same grades: they stay tied.") % {
            "proposals": _list(labels[option] for option in step["options"])
        }
    return _of_shares(labels, step)


def _separated(labels, step) -> str:
    seen = _list_grades(labels, step)
    if "removed" not in step:
        return _(
            "%(proposals)s have the same middle grade. Taking it away one vote at a time separates them: %(seen)s."
        ) % {
            "proposals": _list(labels[option] for option in step["options"]),
            "seen": seen,
        }
    return ngettext(
        "%(proposals)s have the same middle grade. After %(n)d middle vote is taken away from each: %(seen)s.",
        "%(proposals)s have the same middle grade. After %(n)d middle votes are taken away from each: %(seen)s.",
        step["removed"],
    ) % {"proposals": _list(labels[option] for option in step["options"]), "n": step["removed"], "seen": seen}


def _list_grades(labels, step) -> str:
    return ", ".join(
        _("“%(proposal)s” has “%(grade)s”") % {"proposal": labels[option], "grade": Grade(grade).label}
        for option, grade in zip(step["options"], step["grades"], strict=True)
    )


def _of_shares(labels, step) -> str:
    code = step["code"]
    if code == "share":
        return ngettext(
            "%(n)d vote shares the budget: %(share)s.", "%(n)d votes share the budget: %(share)s each.", step["voters"]
        ) % {"n": step["voters"], "share": _cents(step["share"])}
    if code == "raised":
        if step["percent"] <= 100:
            return ""
        return _("So that the budget is used, shares are raised to %(percent)d%%: %(share)s each.") % {
            "percent": step["percent"],
            "share": _cents(step["share"]),
        }
    if code == "added":
        return _("With what is left, by number of votes: “%(project)s” is retained (%(cost)s).") % {
            "project": labels[step["option"]],
            "cost": words.money(step["cost"]),
        }
    told = {"project": labels[step["option"]], "cost": words.money(step["cost"])}
    tied = _settled(labels, step)
    if "price" not in step:
        return " ".join([_("“%(project)s” is bought: %(cost)s.") % told, *tied])
    bought = _(
        "“%(project)s” is bought: %(cost)s, paid for by %(payers)s people who chose it, %(price)s at most each."
    ) % {**told, "payers": number(step["payers"]), "price": _cents(step["price"])}
    return " ".join([bought, *tied])


def _settled(labels, step) -> list[str]:
    """With which projects it was tied, and how that was settled."""
    if not step.get("tied"):
        return []
    others = _list(labels[option] for option in step["tied"] if option != step["option"])
    return [
        {
            "cost": _("It was tied with %(projects)s, and costs less."),
            "votes": _("It was tied with %(projects)s, and had more votes at the beginning."),
            "lot": _("It was tied with %(projects)s, and was drawn by lot."),
        }[step["settled_by"]]
        % {"projects": others}
    ]


def _cents(pair) -> str:
    """An amount to the cent, from a numerator and a denominator."""
    return _("€%(amount)s") % {"amount": number_format(pair[0] / pair[1], decimal_pos=2, force_grouping=True)}
