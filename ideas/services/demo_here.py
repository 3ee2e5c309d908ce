"""Loads what the depot of the demo city settles itself; run twice, nothing changes."""

import uuid
from datetime import timedelta

from src.directory.models import User
from src.foundations import clock
from src.workflow.enums import Actor
from src.workflow.services import fire

from ..demo_here import GONE_UP, SETTLED, TALES, YES
from ..models import Idea
from .answering import announce_decision, prepare_decision
from .submitting import submit_idea

AUTHOR, HEAD = "agent", "encadrement"
NAMESPACE = uuid.UUID("3b0c5f4e-51a5-4c1f-9a57-0f7a64a6b1d2")


def load_here(box) -> int:
    """Three ideas to settle at the depot; answers how many came in."""
    author, head = (User.objects.get(username=name) for name in (AUTHOR, HEAD))
    loaded = 0
    for tale in TALES:
        key, title, body, days = tale
        token = uuid.uuid5(NAMESPACE, key)
        if Idea.objects.filter(submission_token=token).exists():
            continue
        idea = submit_idea(
            actor=author,
            space=box,
            title=title,
            body=body,
            identity_mode="named",
            settle_here=True,
            submission_token=token,
            at=clock.now() - timedelta(days=days),
        ).idea
        loaded += 1
        if tale is SETTLED:
            prepare_decision(idea=idea, actor=head, first_milestone_on=clock.today() + timedelta(days=4), **YES)
            announce_decision(idea=idea, actor=head)
        elif tale is GONE_UP:
            fire(idea, "lapse_here", actor=None, as_role=Actor.SYSTEM, at=clock.now() - timedelta(days=2))
    return loaded
