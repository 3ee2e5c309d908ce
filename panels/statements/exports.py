"""What statements give back to somebody of what they hold of them; and the figures of a map, for the team."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .models import Statement, StatementVote


def votes(user):
    found = StatementVote.objects.filter(membership__candidate__account=user)
    for one in found.select_related("statement__round__panel").order_by("statement__round", "statement__number"):
        yield {
            "panel": one.statement.round.panel.title,
            "title": one.statement.round.title,
            "statement": one.statement.text,
            "answer": one.get_choice_display(),
        }


def statements(user):
    found = Statement.objects.filter(author__candidate__account=user).select_related("round__panel")
    for one in found:
        yield {
            "panel": one.round.panel.title,
            "title": one.round.title,
            "statement": one.text,
            "state": one.get_state_display(),
            "because": one.because,
        }


def columns() -> list[str]:
    """Columns of the figures of a map."""
    return [
        _("Number"), _("Statement"), _("Group"), pgettext("statement", "I agree"),
        pgettext("statement", "I pass"), pgettext("statement", "I don’t agree"),
    ]  # fmt: skip


def rows(told):
    """One line a statement, then one a group; counts that aren't told are empty."""
    for one in told.all_statements:
        yield [one.number, one.text, _("All members"), one.agree, one.passed, one.disagree]
        for letter, bar in one.groups:
            yield [one.number, one.text, letter, bar.agree, bar.passed, bar.disagree]
