"""Pages of sessions cost the same statements for one row and for three."""

import pytest

from panels.sessions import selectors
from panels.sessions.balance import balance_of
from panels.sessions.services import hearing, presence
from src.directory.viewer import Viewer
from tests.factories import panel_sessions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_sessions_documents_and_hearings(count, django_assert_num_queries):
    made = panel_sessions.working()
    session = panel_sessions.prepared(made)
    for place in range(count):
        panel_sessions.prepared(made, days=place + 2)
        panel_sessions.document(made, session=session)
        panel_sessions.heard(made, session, name=f"Personne {place}")
        hearing.ask_to_hear(membership=made.members()[place], who=f"Quelqu’un {place}", reason="Pour savoir.")
    viewer = Viewer(made.as_now(made.facilitator))
    # Who works where and who sits where, then each list.
    with django_assert_num_queries(6):
        sessions = [str(one) for one in selectors.sessions_of(viewer, made.panel)]
        documents = [(one.title, one.session.number) for one in selectors.documents_of(viewer, made.panel)]
        heard = balance_of(selectors.hearings_of(viewer, made.panel)).total
        asked = [(one.who, one.asked_by.label, one.supporters) for one in selectors.requests_of(made.panel)]

    assert (len(sessions), len(documents), heard, len(asked)) == (count + 1, count, count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_and_the_half_days(count, django_assert_num_queries):
    made = panel_sessions.working()
    session = panel_sessions.announced(made)
    with panel_sessions.during(session):
        numbers = set(range(1, count + 1))
        presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present=numbers)
    with django_assert_num_queries(3):
        rows = selectors.sheet_of(session, 1)
        half_days = selectors.stipends_by_session(made.panel)

    assert sum(one.is_present for one in rows) == count and half_days[0]["due"] == count
