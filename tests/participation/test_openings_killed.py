"""A process killed between the journal and the name leaves the trace, never the name without it."""

import os
import subprocess
import sys
import textwrap

import pytest
from django.conf import settings
from django.db import connection

from src.directory.enums import Role
from src.foundations.models import AuditEntry, Seal
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation import selectors
from src.participation.enums import Ground, IdentityMode, OpeningState
from src.participation.models import IdentityOpening
from src.participation.services import openings
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory
from tests.factories.participation import SpaceFactory

from .conftest import build_idea

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

# Another process of the same city: it stops where it is told to and waits to be killed.
PROGRAM = textwrap.dedent(
    """
    import sys, time
    import django
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()
    from src.directory.models import User
    from src.participation.models import IdentityOpening
    from src.participation.services import authorship, opening_telling, openings

    def stop(*args, **kwargs):
        print("here", flush=True)
        time.sleep(120)

    opening = IdentityOpening.objects.get(reference=sys.argv[2])
    actor = User.objects.get(pk=int(sys.argv[3]))
    if sys.argv[4] == "before the name":
        authorship.open_seal = stop
        openings.read_name(opening=opening, actor=actor)
    else:
        opening_telling.tell_author = stop
        openings.confirm(opening=opening, actor=actor)
    """
)


def killed(opening, actor, where: str) -> None:
    """Run the gesture in a process of its own, and kill it -9 at that place."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, connection.settings_dict["NAME"], opening.reference, str(actor.pk), where],
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env=os.environ | {"TERRAIN_VAR": str(settings.VAR_DIR)},
        text=True,
    )
    try:
        assert process.stdout.readline().strip() == "here"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def asked():
    legal, mediator = (AgentFactory(roles=[(role, None)]) for role in (Role.LEGAL, Role.MEDIATOR))
    idea = build_idea(SpaceFactory(), AgentFactory(first_name="Zoé"), identity_mode=IdentityMode.PROTECTED)
    drain_outbox()
    opening = openings.ask(
        actor=legal,
        kind="idea",
        reference=idea.reference,
        ground=Ground.DANGER,
        motive="Une personne est en danger. " * 2,
    )
    return opening, legal, mediator


def verbs(opening):
    rows = AuditEntry.objects.filter(object_ref=f"opening:{opening.reference}").order_by("pk")
    return [row.verb.rpartition(".")[2] for row in rows]


def test_killed_between_the_journal_and_the_name_it_is_written_chained_and_counted():
    opening, legal, mediator = asked()
    opening = openings.confirm(opening=opening, actor=mediator)

    killed(opening, mediator, "before the name")

    assert verbs(opening) == ["asked", "opened", "read"]
    written = AuditEntry.objects.filter(object_ref=f"opening:{opening.reference}")
    assert {str(pk) for pk in written.values_list("pk", flat=True)} <= {
        str(pk) for pk in Seal.objects.values_list("row_pk", flat=True)
    }
    assert InboxItem.objects.filter(handle=opening.handle).count() == 1
    assert selectors.openings_by_year()[0].opened == 1
    opening.refresh_from_db()
    # The one reading was spent, seen or not; the other person still has theirs.
    with pytest.raises(TransitionNotAllowed):
        openings.read_name(opening=opening, actor=mediator)
    assert openings.read_name(opening=opening, actor=legal).name.startswith("Zoé")
    drain_outbox()


def test_killed_while_confirming_nothing_happened_and_it_can_be_done_again():
    opening, _legal, mediator = asked()

    killed(opening, mediator, "before the author is told")

    assert verbs(opening) == ["asked"]
    assert IdentityOpening.objects.get().state == OpeningState.WAITING
    assert InboxItem.objects.filter(handle=opening.handle).count() == 0
    openings.confirm(opening=opening, actor=mediator)
    assert InboxItem.objects.filter(handle=opening.handle).count() == 1
    drain_outbox()
