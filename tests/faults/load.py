"""L1: what a busy day asks of two workers, arrivals not waiting for answers. L2: twice what they bear."""

import time

from .app import family, used_seconds
from .campaign import Campaign
from .visitors import Told, share

MIX = {"idea": 1, "comment": 1, "support": 2}
# An answer in time, and one a hundred: the bar of L1.
P95_MS, P99_MS = 500, 1500
NORMAL_AGAIN_SECONDS = 10.0


def l1_consultation_opens(campaign: Campaign) -> dict:
    """L1: 20 submissions and 35 pages a second for five minutes, two workers; p95 under 500 ms, p99 under 1.5 s."""
    opened(campaign)
    crowd = campaign.crowd("L1")
    before = processor(campaign)
    told = campaign.while_they_write(crowd, lambda: None, kinds=MIX, at_most=None)
    used = {name: round(seconds - before.get(name, 0), 1) for name, seconds in processor(campaign).items()}
    found = campaign.verdict(crowd, told)
    errors = sum(n for status, n in told.statuses.items() if isinstance(status, int) and status >= 400) + sum(
        told.cut.values()
    )
    shares = {kind: (told.share(kind, 0.5), told.share(kind, 0.95), told.share(kind, 0.99)) for kind in told.delays}
    holds = errors == 0 and all(p95 < P95_MS and p99 < P99_MS for _p50, p95, p99 in shares.values())
    return {
        **found,
        "mix": MIX,
        "processor_s": used,
        "processor_ms_each": round(1000 * sum(used.values()) / max(1, sum(map(len, told.delays.values())))),
        "p50_p95_p99_ms": shares,
        "errors": errors,
        "memory_mb": campaign.app.memory_mb(),
        "holds": holds,
    }


def l2_twice_what_it_bears(campaign: Campaign) -> dict:
    """L2: people come at twice the rate two workers bear, then at a third of it; whoever is refused is told quickly."""
    opened(campaign)
    size = campaign.size
    pace = {"gestures": size.gestures, "pages": size.pages, "kinds": MIX}
    first, crowd, calm = (campaign.crowd(f"L2-{phase}") for phase in ("bears", "twice", "after"))
    borne = campaign.loop.run(first.bears(seconds=size.seconds / 3, **pace), size.seconds + 300)
    part = borne / (size.gestures + size.pages)
    crowd.patient = calm.patient = True

    def coming(who, times: float):
        rates = {"gestures": times * part * size.gestures, "pages": times * part * size.pages}
        return campaign.loop.start(who.come(seconds=size.seconds, kinds=MIX, **rates))

    rush = coming(crowd, 2.0)
    time.sleep(size.seconds)
    fell = time.monotonic()
    ebb = coming(calm, 0.33)
    told, after = rush.result(900), ebb.result(900)
    for one in (first, calm):
        crowd.ledger.acks += one.ledger.acks
        crowd.ledger.sent += one.ledger.sent
    found = campaign.verdict(crowd, told)
    refused = sorted(at - fell for at in (*told.refused_at, *after.refused_at) if at > fell)
    rude = len(after.rude) + len(first.told.rude)
    holds = in_time(told, "answered") and in_time(told, "refused") and in_time(after, "answered")
    holds = holds and told.took.get("refused") and (not refused or refused[-1] < NORMAL_AGAIN_SECONDS)
    return {
        **found,
        "bears_per_second": round(borne, 1),
        "asked_per_second": round(2 * borne, 1),
        "twice": answers(told),
        "after": answers(after),
        "last_refused_after_s": round(refused[-1], 1) if refused else 0,
        "rude_answers": found["rude_answers"] + rude,
        "holds": bool(holds),
    }


def opened(campaign: Campaign) -> None:
    """Two workers, on a city that has lived: the first tick of a new one indexes every idea."""
    campaign.start(workers=2)
    campaign.app.tick_once()
    campaign.drained()


def answers(told: Told) -> dict:
    """How many answers of each kind, and how long they took."""
    return {
        kind: {"n": len(took), **{f"p{round(100 * part)}_ms": share(took, part) for part in (0.5, 0.95, 0.99)}}
        for kind, took in told.took.items()
    }


def in_time(told: Told, kind: str) -> bool:
    took = told.took.get(kind, [])
    return share(took, 0.95) < P95_MS and share(took, 0.99) < P99_MS


def processor(campaign: Campaign) -> dict[str, float]:
    """Seconds of processor used so far: what a rate costs, whatever else the machine does meanwhile."""
    return {**campaign.app.cpu_seconds(), "postgres": sum(map(used_seconds, family(campaign.cluster.pid)))}
