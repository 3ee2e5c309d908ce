"""The one message of each contributor: their sentence, what became of it, the text before and after."""

from django.utils.text import Truncator

from src.notices.services import send
from src.participation.enums import IdentityMode

from ..models import ReformText, SpanSource, TextUnit, UnitContribution
from ..notices import OutcomeTold

MOST_SAID, MOST_QUOTED = 400, 600


def tell_people(payload: dict) -> int:
    """Tell the people of one effect, each once whatever the number of times it runs; returns how many."""
    text = ReformText.objects.prefetch_related("versions").get(pk=payload["text"])
    people = payload["people"]
    told = lines_of(text, [pk for one in people for pk in one])
    sent = 0
    for one in people:
        found = [told[pk] for pk in one if pk in told]
        if not found:
            continue
        first = found[0][0]
        # Nothing leads to who wrote anonymously: their code reads the same words at /suivre/.
        if first.identity_mode == IdentityMode.ANONYMOUS:
            continue
        named = first.author_id is not None
        send(
            OutcomeTold.code,
            recipients=[first.author_id] if named else [],
            handles=[] if named else [first.handle],
            context={
                "reference": text.reference,
                "title": text.title,
                "occasion": payload["occasion"],
                "items": [item for _contribution, item in found],
            },
            key=f"texts:{text.reference}:{payload['occasion']}",
        )
        sent += 1
    return sent


def lines_of(text: ReformText, pks: list[int]) -> dict[int, tuple[UnitContribution, dict]]:
    """What is told of these contributions, with their outcome; four statements whatever their number."""
    found = (
        UnitContribution.objects.filter(pk__in=pks, is_withdrawn=False, outcome__isnull=False)
        .select_related("unit__version", "outcome")
        .order_by("pk")
    )
    found = list(found)
    links: dict[int, list] = {}
    for source in SpanSource.objects.filter(contribution__in=found).select_related("span").order_by("span__position"):
        links.setdefault(source.contribution_id, []).append(source.span)
    current = text.current
    after = {unit.key: unit for unit in TextUnit.objects.filter(version=current)} if current else {}
    return {one.pk: (one, _line(one, links.get(one.pk, ()), after.get(one.unit.key))) for one in found}


def _line(one: UnitContribution, spans, unit_after) -> dict:
    """JSON alone: it is kept with the message."""
    outcome = one.outcome
    changed = [span for span in spans if span.before or span.after]
    before = " […] ".join(span.before.strip() for span in changed if span.before and span.kind != "moved")
    after = " […] ".join(span.after.strip() for span in changed if span.after and span.kind != "moved")
    if not changed:
        before = one.unit.body or one.unit.title
        after = (unit_after.body or unit_after.title) if unit_after is not None else ""
    return {
        "unit": one.unit.name,
        "kind": one.kind,
        "said": Truncator(one.body).chars(MOST_SAID),
        "proposal": Truncator(one.proposal).chars(MOST_QUOTED),
        "outcome": outcome.kind,
        "reason": outcome.reason,
        "theme": outcome.theme,
        "before": Truncator(before).chars(MOST_QUOTED),
        "after": Truncator(after).chars(MOST_QUOTED),
        "unchanged": not changed and before == after,
    }
