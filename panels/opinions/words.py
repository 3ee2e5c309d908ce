"""What a rule and a vote say, in words that anybody can check with a pencil."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .arithmetic import Figures, base_count, percent
from .enums import Base
from .models import AdoptionRule, Vote


def share_of(numerator: int, denominator: int) -> str:
    """A share as one says it: in hundredths when it is exact to a tenth, otherwise as a fraction."""
    share = Fraction(numerator, denominator)
    if (share * 1000).denominator == 1:
        return _("%(share)s %%") % {"share": percent(share)}
    return f"{share.numerator}/{share.denominator}"


def of_rule(rule: AdoptionRule) -> str:
    """The rule in one sentence, the quorum in another."""
    words = {"share": share_of(rule.numerator, rule.denominator)}
    said = {
        Base.EXPRESSED: _("A recommendation is adopted with %(share)s of those who say yes or no; blank votes apart."),
        Base.PRESENT: _("A recommendation is adopted with %(share)s of everybody who votes, blank votes included."),
        Base.MEMBERS: _("A recommendation is adopted with %(share)s of all the members of the panel."),
    }[Base(rule.base)] % words
    if rule.quorum_percent:
        said += " " + _("The vote counts if %(n)d %% of the members take part in it.") % {"n": rule.quorum_percent}
    return said


def of_vote(vote: Vote) -> str:
    """A settled vote with its arithmetic, as it may be told."""
    if not vote.is_settled:
        return ""
    needed = Fraction(vote.numerator, vote.denominator)
    asked = share_of(vote.numerator, vote.denominator)
    if not vote.quorum_met:
        return _("%(present)d of %(members)d members took part: the quorum of %(quorum)d %% isn’t met.") % {
            "present": vote.present, "members": vote.members, "quorum": vote.quorum_percent or 0,
        }  # fmt: skip
    if not vote.is_told:
        return _("%(asked)s were needed. The figures aren’t told: they would say how somebody voted.") % {
            "asked": asked
        }
    figures = figures_of(vote)
    count = base_count(vote.base, figures)
    words = {
        "favour": figures.favour,
        "count": count,
        "share": percent(Fraction(figures.favour, count), below=needed) if count else "0",
        "asked": asked,
    }
    return {
        Base.EXPRESSED: _("%(favour)d for, of %(count)d expressed: %(share)s %%; %(asked)s were needed."),
        Base.PRESENT: _("%(favour)d for, of %(count)d present: %(share)s %%; %(asked)s were needed."),
        Base.MEMBERS: _("%(favour)d for, of %(count)d members: %(share)s %%; %(asked)s were needed."),
    }[Base(vote.base)] % words


def tally_of(vote: Vote) -> str:
    """For, against, blank, as they may be told; how many took part otherwise."""
    if not vote.is_settled:
        return ""
    if not vote.is_told:
        return ngettext("%(n)d person took part", "%(n)d people took part", vote.present) % {"n": vote.present}
    said = _("%(favour)d for, %(against)d against") % {"favour": vote.favour, "against": vote.against}
    said += ", " + ngettext("%(n)d blank", "%(n)d blanks", vote.blank) % {"n": vote.blank}
    if vote.void:
        said += ", " + ngettext("%(n)d void", "%(n)d voids", vote.void) % {"n": vote.void}
    return said


def figures_of(vote: Vote) -> Figures:
    """The figures of a vote that tells them."""
    return Figures(vote.favour, vote.against, vote.blank, vote.void, vote.present, vote.members)
