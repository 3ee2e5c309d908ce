"""A rule in words, for everybody; and why one person is concerned, for that person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from src.directory.models import JobFamily, Unit

from .cycles import Anchor
from .predicates import Branch, Leaf, leaves, read


@dataclass(frozen=True)
class Names:
    """How units and jobs are called, by their codes."""

    units: Mapping[str, str]
    jobs: Mapping[str, str]

    def of(self, leaf: Leaf) -> str:
        known = self.jobs if leaf.field == "job_family" else self.units
        codes = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        return listed([known.get(str(code), str(code)) for code in codes])


def names_for(trees: Iterable[Branch | Leaf]) -> Names:
    """The names that these trees need, in two statements at most."""
    asked: dict[str, set[str]] = {"unit": set(), "job_family": set()}
    for tree in trees:
        for leaf in leaves(tree):
            if leaf.field in ("unit", "direction", "job_family"):
                kind = "job_family" if leaf.field == "job_family" else "unit"
                asked[kind].update(map(str, leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)))
    units = Unit.objects.filter(code__in=asked["unit"]) if asked["unit"] else ()
    jobs = JobFamily.objects.filter(code__in=asked["job_family"]) if asked["job_family"] else ()
    return Names({unit.code: unit.name for unit in units}, {job.code: job.name for job in jobs})


def listed(words: list[str]) -> str:
    """Names one after the other, the last one after “or”."""
    if len(words) < 2:
        return "".join(words)
    return pgettext("rule", "%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def question(leaf: Leaf, names: Names) -> str:
    """Whom one question is about: "meet the public"."""
    if leaf.field == "contact_public":
        return pgettext("rule", "meet the public") if leaf.value else pgettext("rule", "don’t meet the public")
    if leaf.field == "is_manager":
        return pgettext("rule", "manage a team") if leaf.value else pgettext("rule", "don’t manage a team")
    if leaf.field in ("unit", "direction"):
        return pgettext("rule", "work in: %(units)s") % {"units": names.of(leaf)}
    if leaf.field == "job_family":
        return pgettext("rule", "have the job: %(jobs)s") % {"jobs": names.of(leaf)}
    day = date_format(leaf.value, "j F Y")
    if leaf.field == "hired_on":
        return pgettext("rule", "came to the city from %(day)s on") % {"day": day}
    return pgettext("rule", "have had their post from %(day)s on") % {"day": day}


def sentence(tree: Branch | Leaf, names: Names) -> str:
    """A whole rule in one sentence: "People who meet the public and manage a team."."""
    if isinstance(tree, Branch) and tree.kind == "all" and not tree.parts:
        return pgettext("rule", "Everybody.")
    return pgettext("rule", "People who %(what)s.") % {"what": _said(tree, names, True)}


def _said(tree: Branch | Leaf, names: Names, is_first: bool) -> str:
    if isinstance(tree, Leaf):
        return question(tree, names)
    if tree.kind == "not":
        return pgettext("rule", "are not among those who: %(what)s") % {"what": _said(tree.parts[0], names, False)}
    word = pgettext("rule", " and ") if tree.kind == "all" else pgettext("rule", " or ")
    said = word.join(_said(part, names, False) for part in tree.parts)
    return said if is_first or len(tree.parts) == 1 else f"({said})"


@dataclass(frozen=True)
class Line:
    """One line of a rule shown as a tree."""

    depth: int
    text: str


def lines(tree: Branch | Leaf, names: Names, depth: int = 0) -> list[Line]:
    """A rule as a tree, one line a branch: what it asks, indented by its depth."""
    if isinstance(tree, Leaf):
        return [Line(depth, question(tree, names))]
    heads = {
        "all": pgettext("rule", "all of this:") if tree.parts else pgettext("rule", "everybody"),
        "any": pgettext("rule", "at least one of these:"),
        "not": pgettext("rule", "nothing of this:"),
    }
    found = [Line(depth, heads[tree.kind])]
    for part in tree.parts:
        found += lines(part, names, depth + 1)
    return found


# ---- why somebody is concerned


def _own(leaf: Leaf, names: Names) -> str:
    """What one question says of the reader."""
    if leaf.field == "contact_public":
        return _("You meet the public.") if leaf.value else _("You don’t meet the public.")
    if leaf.field == "is_manager":
        return _("You manage a team.") if leaf.value else _("You don’t manage a team.")
    if leaf.field in ("unit", "direction"):
        return _("You work in: %(units)s.") % {"units": names.of(leaf)}
    if leaf.field == "job_family":
        return _("Your job is: %(jobs)s.") % {"jobs": names.of(leaf)}
    day = date_format(leaf.value, "j F Y")
    if leaf.field == "hired_on":
        return _("You came to the city on %(day)s or later.") % {"day": day}
    return _("You have had your post since %(day)s or later.") % {"day": day}


def _from(rule: Mapping) -> str:
    day = date_format(date.fromisoformat(rule["anchor_on"]), "j F Y")
    if rule["missing"]:
        said = _("A date is missing in the staff file: the days are counted from %(day)s, when you became concerned.")
        return said % {"day": day}
    said = {
        Anchor.RULE_ENTRY: _("The days are counted from %(day)s, when you became concerned."),
        Anchor.HIRE_DATE: _("The days are counted from %(day)s, your first day in the city."),
        Anchor.JOB_START: _("The days are counted from %(day)s, your first day in this job."),
        Anchor.VERSION_PUBLISHED: _("The days are counted from %(day)s, when the training was published."),
        Anchor.FIXED_DATE: _("The day is fixed: %(day)s."),
    }
    return said[Anchor(rule["anchor"])] % {"day": day}


@dataclass(frozen=True)
class Why:
    """One rule that concerns somebody: its reasons, how its day was counted, whether it is the one that holds."""

    reasons: tuple[str, ...]
    counted: tuple[str, ...]
    due_on: date
    holds: bool


def why(explanation: Mapping) -> list[Why]:
    """« Pourquoi suis-je concerné ? »: each rule that asks, the one whose day holds first."""
    rules = explanation.get("rules", ())
    trees = [[read(leaf) for leaf in rule["because"]] for rule in rules]
    names = names_for(leaf for tree in trees for leaf in tree)
    found = []
    for place, (rule, tree) in enumerate(zip(rules, trees, strict=True)):
        if explanation.get("catches_up"):
            counted = [_("A new version came out: the City asks for what changed in it, before a day it set.")]
        else:
            counted = [_renewed(explanation)] if explanation.get("expires_on") else [_from(rule), _offset(rule)]
        notice = ngettext(
            "You always have %(count)d day of notice at least.",
            "You always have %(count)d days of notice at least.",
            rule["notice_days"],
        ) % {"count": rule["notice_days"]}
        reasons = tuple(_own(leaf, names) for leaf in tree) or (_("Everybody is concerned."),)
        found.append(
            Why(
                reasons,
                tuple(part for part in (*counted, notice) if part),
                date.fromisoformat(rule["due_on"]),
                place == explanation["winner"],
            )
        )
    return sorted(found, key=lambda one: not one.holds)


def _renewed(explanation: Mapping) -> str:
    day = date_format(date.fromisoformat(explanation["expires_on"]), "j F Y")
    return _("What you did before holds until %(day)s: it is to be renewed.") % {"day": day}


def _offset(rule: Mapping) -> str:
    if rule["anchor"] == Anchor.FIXED_DATE:
        return ""
    days = rule["offset_days"]
    return ngettext("%(count)d day is given to do it.", "%(count)d days are given to do it.", days) % {"count": days}


# ---- why somebody else is concerned, for human resources


def _from_them(rule: Mapping) -> str:
    day = date_format(date.fromisoformat(rule["anchor_on"]), "j F Y")
    if rule["missing"]:
        said = _("A date is missing in the staff file: the days are counted from %(day)s, the entry into the rule.")
        return said % {"day": day}
    said = {
        Anchor.RULE_ENTRY: _("The days are counted from %(day)s, the entry into the rule."),
        Anchor.HIRE_DATE: _("The days are counted from %(day)s, the first day in the city."),
        Anchor.JOB_START: _("The days are counted from %(day)s, the first day in the job."),
        Anchor.VERSION_PUBLISHED: _("The days are counted from %(day)s, when the training was published."),
        Anchor.FIXED_DATE: _("The day is fixed: %(day)s."),
    }
    return said[Anchor(rule["anchor"])] % {"day": day}


def why_them(explanation: Mapping) -> list[Why]:
    """Why one person is concerned, as human resources read it: each rule that asks, the one whose day holds first."""
    rules = explanation.get("rules", ())
    trees = [[read(leaf) for leaf in rule["because"]] for rule in rules]
    names = names_for(leaf for tree in trees for leaf in tree)
    found = []
    for place, (rule, tree) in enumerate(zip(rules, trees, strict=True)):
        if explanation.get("catches_up"):
            counted = [_("A new version came out: what changed in it is asked, before the day that was decided.")]
        elif explanation.get("expires_on"):
            day = date_format(date.fromisoformat(explanation["expires_on"]), "j F Y")
            counted = [_("What was done before holds until %(day)s: it is to be renewed.") % {"day": day}]
        else:
            counted = [part for part in (_from_them(rule), _offset(rule)) if part]
        notice = ngettext(
            "At least %(count)d day of notice.", "At least %(count)d days of notice.", rule["notice_days"]
        ) % {"count": rule["notice_days"]}
        said = tuple(concerned_because(leaf, names) for leaf in tree) or (_("Everybody is concerned."),)
        holds = place == explanation["winner"]
        found.append(Why(said, (*counted, notice), date.fromisoformat(rule["due_on"]), holds))
    return sorted(found, key=lambda one: not one.holds)


def concerned_because(leaf: Leaf, names: Names) -> str:
    """One reason said of anybody: “People who meet the public.”."""
    return pgettext("rule", "People who %(what)s.") % {"what": question(leaf, names)}


def moved(explanation: Mapping) -> list[str]:
    """What moved the day: absences, a later day that was given."""
    said = []
    if away := explanation.get("absence_days"):
        said.append(
            ngettext("Your absence moved it by %(count)d day.", "Your absences moved it by %(count)d days.", away)
            % {"count": away}
        )
    if until := explanation.get("extended_to"):
        day = date_format(date.fromisoformat(until), "j F Y")
        said.append(_("Human resources gave you until %(day)s.") % {"day": day})
    return said
