"""The supports and comments of the synthetic city, and their counters."""

import datetime as dt
import uuid
from collections import Counter

from django.db import transaction

from ideas.models import IdeaComment, IdeaCounts, IdeaSupport
from src.foundations import clock
from src.foundations.text import plain_to_html
from src.participation.enums import IdentityMode

from .contents import REASONS, reference
from .sizes import BATCH, in_batches


def build_supports(sizes, rng, ideas, agents, progress) -> Counter:
    """Give supports, a few ideas drawing most of them; one row per person and idea. Returns totals by idea id."""
    totals: Counter = Counter()
    seen: set[tuple[int, int]] = set()
    target = min(sizes.supports, len(ideas) * len(agents) // 2)

    def rows():
        while len(seen) < target:
            # Half of the supports go to the few ideas everybody talks about.
            busy = int(rng.paretovariate(1.1) * 20) - 20
            idea = ideas[busy % len(ideas)] if rng.random() < 0.5 else rng.choice(ideas)
            pair = (idea.pk, rng.choice(agents))
            if pair not in seen:
                seen.add(pair)
                totals[idea.pk] += 1
                yield IdeaSupport(idea_id=pair[0], user_id=pair[1])

    for chunk in in_batches(rows(), BATCH * 5):
        IdeaSupport.objects.bulk_create(chunk, batch_size=BATCH * 5)
        progress("supports", len(seen))
    return totals


def build_comments(sizes, rng, ideas, agents, progress) -> Counter:
    """Write comments, one in four a reply to an earlier one. Returns totals by idea id."""
    totals: Counter = Counter()
    first: dict[int, int] = {}
    taken = set(IdeaComment.objects.values_list("reference", flat=True))
    now, done = clock.now(), 0
    for numbers in in_batches(range(sizes.comments if ideas else 0)):
        rows = []
        for _number in numbers:
            idea = rng.choice(ideas)
            moment = min(now, idea.created_at + dt.timedelta(minutes=rng.randrange(30, 60 * 24 * 40)))
            body = f"D'accord : {rng.choice(REASONS)}."
            rows.append(
                IdeaComment(
                    idea=idea,
                    reference=reference(rng, taken),
                    identity_mode=IdentityMode.NAMED,
                    author_id=rng.choice(agents),
                    signed_as="Agente, agent",
                    handle=uuid.UUID(int=rng.getrandbits(128), version=4),
                    body=body,
                    body_html=plain_to_html(body),
                    week=clock.week_of(moment),
                    created_at=moment,
                    parent_id=first.get(idea.pk) if rng.random() < 0.25 else None,
                )
            )
        created = IdeaComment.objects.bulk_create(rows)
        for row in created:
            totals[row.idea_id] += 1
            if row.parent_id is None:
                first.setdefault(row.idea_id, row.pk)
        done += len(created)
        progress("comments", done)
    return totals


@transaction.atomic
def write_counts(ideas, supports: Counter, comments: Counter) -> None:
    """Write the counters once, from what was created."""
    for chunk in in_batches(ideas):
        counts = [IdeaCounts(idea=idea, supports=supports[idea.pk], comments=comments[idea.pk]) for idea in chunk]
        IdeaCounts.objects.bulk_update(counts, ["supports", "comments"])
