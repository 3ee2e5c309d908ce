"""What everybody reads of a panel: where it stands in a sentence, its days, its figures."""

from collections import Counter
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from theme.charts import Series
from theme.templatetags.theme import short_day

from . import quota_chart, selectors
from .enums import InvitationState, MembershipWay, PanelState
from .figures import counts_of

# Once posted; one that came back was posted too.
POSTED = (InvitationState.SENT, InvitationState.RETURNED, InvitationState.USED)
# The opinion was handed over: the days owed are those of its replies.
ANSWERING = (PanelState.HANDED_OVER, PanelState.ANSWERED, PanelState.FOLLOWED_UP)
BY_VALUE_FROM = frozenset(PanelState) - {PanelState.DRAFT, PanelState.RECRUITING}


def standing(panel) -> str:
    """Where the panel stands, in a sentence."""
    if panel.state == PanelState.DRAFT:
        return _("In preparation: its team alone reads this page.")
    if panel.state == PanelState.RECRUITING and panel.draws_nobody:
        return _("Its members are being welcomed.")
    if panel.state == PanelState.RECRUITING:
        words = {"day": short_day(panel.registration_ends_on)}
        return _("People who were drawn for a letter register until %(day)s.") % words
    if panel.state == PanelState.POOL_CLOSED:
        return _("Registration is closed. The draw is on %(day)s.") % {"day": short_day(panel.draw_on)}
    if panel.state == PanelState.DRAWN:
        return _("The draw is done: each person drawn is called.")
    if panel.state == PanelState.CLOSED:
        if panel.is_renewal and not panel.stopped_because:
            return _("Those who were drawn joined the panel.")
        return _("This panel was stopped.") if panel.stopped_because else _("This panel is over.")
    if panel.state == PanelState.SEATED:
        return _("Every seat has somebody.")
    return _("Its members work on the question, or the City answers them.")


def dialled(number: str) -> str:
    """A number as a telephone dials it."""
    return "".join(sign for sign in number if sign.isdecimal() and sign.isascii() or sign == "+")


def days_of(panel) -> list[dict]:
    """The days of a panel, in their order: those of registration and of the draw where there is one."""
    days = (
        []
        if panel.draws_nobody
        else [(_("Last day to register"), panel.registration_ends_on), (_("Draw"), panel.draw_on)]
    )
    days += [(_("First session"), panel.starts_on), (_("End of the mandate"), panel.ends_on)]
    if panel.state not in ANSWERING:
        days.append((_("Answer at the latest"), answered_by(panel)))
    return [{"label": label, "day": day} for label, day in days]


def answered_by(panel):
    """The day by which the opinion is answered, if it is handed over on the last day of the mandate."""
    return panel.ends_on + timedelta(days=panel.reply_days)


def answer_promised(panel) -> str:
    """What the direction does with the opinion, and by when; once it was handed over, the day is on its own page."""
    if panel.state in ANSWERING:
        said = ngettext(
            "%(direction)s answers each recommendation, within %(n)d day of the opinion.",
            "%(direction)s answers each recommendation, within %(n)d days of the opinion.",
            panel.reply_days,
        )
        return said % {"direction": panel.commissioner.name, "n": panel.reply_days}
    said = ngettext(
        "%(direction)s answers each recommendation, within %(n)d day of the opinion: by %(day)s at the latest.",
        "%(direction)s answers each recommendation, within %(n)d days of the opinion: by %(day)s at the latest.",
        panel.reply_days,
    )  # fmt: skip
    words = {"direction": panel.commissioner.name, "n": panel.reply_days, "day": short_day(answered_by(panel))}
    return said % words


def composition(panel) -> list[str]:
    """How many sit, by how they came, and which associations name somebody; of a committee alone."""
    if not panel.is_committee:
        return []
    sitting = panel.memberships.sitting().values_list("way", "designated_by")
    ways = Counter(way for way, _by in sitting)
    said = []
    if ways[MembershipWay.DRAWN]:
        said.append(ngettext("%(n)d member drawn by lot", "%(n)d members drawn by lot", ways[MembershipWay.DRAWN]))
        said[-1] %= {"n": ways[MembershipWay.DRAWN]}
    if ways[MembershipWay.VOLUNTEER]:
        said.append(ngettext("%(n)d volunteer", "%(n)d volunteers", ways[MembershipWay.VOLUNTEER]))
        said[-1] %= {"n": ways[MembershipWay.VOLUNTEER]}
    return said + sorted({_("Named by: %(name)s") % {"name": by} for _way, by in sitting if by})


def recruitment(panel) -> Series | None:
    """From letters to registrations; nothing before the first of them, nor where nobody is drawn."""
    if panel.draws_nobody:
        return None
    told = counts_of(panel)
    posted = sum(told["letters"].get(state, 0) for state in POSTED)
    if not posted and not told["registered"]:
        return None
    points = [(_("Letters posted"), posted)]
    if told["letters"].get(InvitationState.RETURNED):
        points.append((_("Came back by post"), told["letters"][InvitationState.RETURNED]))
    return Series(_("From letters to registrations"), [*points, (_("Registrations"), told["registered"])])


def by_value(panel) -> tuple[list, list[dict]]:
    """Charts of those who registered, a criterion each, and the lists they came from; once registration is closed.

    Told day by day, these figures would say what the last person who registered answered.
    """
    if panel.state not in BY_VALUE_FROM:
        return [], []
    told = selectors.public_figures(panel)
    counts = {(key, value): count for key, values in told["values"].items() for value, count in values.items()}
    table = selectors.quota_table(panel)
    charts = quota_chart.charts_of(table, counts, people=told["registered"], seats=panel.seats)
    lists = [{"list": one, "registered": told["lists"].get(one.slug, 0)} for one in panel.source_lists.all()]
    return charts, lists
