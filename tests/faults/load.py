"""L1: what a busy day asks of two workers, arrivals not waiting for answers."""

from .app import family, used_seconds
from .campaign import Campaign


def l1_consultation_opens(campaign: Campaign) -> dict:
    """L1: 20 submissions and 35 pages a second for five minutes, two workers; p95 under 500 ms, p99 under 1.5 s."""
    campaign.start(workers=2)
    crowd = campaign.crowd("L1")
    mix = {"idea": 1, "comment": 1, "support": 2}
    before = processor(campaign)
    told = campaign.while_they_write(crowd, lambda: None, kinds=mix, at_most=None)
    used = {name: round(seconds - before.get(name, 0), 1) for name, seconds in processor(campaign).items()}
    found = campaign.verdict(crowd, told)
    errors = sum(n for status, n in told.statuses.items() if isinstance(status, int) and status >= 400) + sum(
        told.cut.values()
    )
    shares = {kind: (told.share(kind, 0.5), told.share(kind, 0.95), told.share(kind, 0.99)) for kind in told.delays}
    holds = errors == 0 and all(p95 < 500 and p99 < 1500 for _p50, p95, p99 in shares.values())
    return {
        **found,
        "mix": mix,
        "processor_s": used,
        "processor_ms_each": round(1000 * sum(used.values()) / max(1, sum(map(len, told.delays.values())))),
        "p50_p95_p99_ms": shares,
        "errors": errors,
        "memory_mb": campaign.app.memory_mb(),
        "holds": holds,
    }


def processor(campaign: Campaign) -> dict[str, float]:
    """Seconds of processor used so far: what a rate costs, whatever else the machine does meanwhile."""
    return {**campaign.app.cpu_seconds(), "postgres": sum(map(used_seconds, family(campaign.cluster.pid)))}
