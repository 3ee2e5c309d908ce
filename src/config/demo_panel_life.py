"""The life of panels in the demo city, room after room: sessions, questions asked twice, the opinion and its replies,
statements."""

from datetime import date, timedelta

from panels.demo_content import CORE, RECEPTION, STANDING
from panels.models import Panel
from panels.opinions.services.demo import load_opinion
from panels.pairings.services.demo import ask_twice
from panels.referrals.services.demo import consult
from panels.services.demo import Days
from panels.services.demo_committee import load_committee
from panels.sessions.models import Session
from panels.sessions.services.demo import plan_season, tell
from panels.statements.services.demo import prepare_next, state_opinions
from src.config.demo_standing_panel import write_recommendations
from src.directory.models import User
from src.foundations import clock

# Days before the loading: the four Saturdays are the first ones from there.
SATURDAYS = (206, 178, 150, 127)
# Working days that are told: five months.
MOST_DAYS = 105


class AtWork(Days):
    """What rooms tell a story with: the panel, who organises, who helps, and the days."""

    def __init__(self, panel: Panel):
        super().__init__(clock.today(), most=MOST_DAYS)
        self.panel = panel
        # Read again: what somebody may do is kept beside them.
        self._people = {one.username: one for one in User.objects.filter(username__in=[row[0] for row in CORE])}

    @property
    def organiser(self) -> User:
        return self._people[CORE[0][0]]

    def facilitator(self, place: int) -> User:
        return self._people[CORE[1 + place % 2][0]]


def load_panel_life() -> int:
    """Tell what is missing of it; answers how many rooms came in."""
    loaded = load_committee()
    panel = Panel.objects.select_related("commissioner", "space").filter(slug=RECEPTION.slug).first()
    if panel is None:
        return loaded
    if not Session.objects.filter(panel=panel).exists():
        tell(panel, AtWork(panel), [_saturday(ago) for ago in SATURDAYS])
        loaded += 1
    loaded += bool(load_opinion(panel))
    story = AtWork(Panel.objects.select_related("commissioner", "space").get(pk=panel.pk))
    loaded += bool(state_opinions(story)) + bool(ask_twice(story))
    standing = Panel.objects.select_related("commissioner", "space").filter(slug=STANDING.slug).first()
    if standing is None:
        return loaded
    story = AtWork(standing)
    if not Session.objects.filter(panel=standing).exists():
        loaded += bool(plan_season(standing, story))
    return loaded + bool(write_recommendations(story)) + prepare_next(story) + bool(consult(story))


def _saturday(ago: int) -> date:
    day = clock.today() - timedelta(days=ago)
    return day + timedelta(days=(5 - day.weekday()) % 7)
