"""L1: what a busy day asks of two workers, arrivals not waiting for answers."""

from .campaign import Campaign


def l1_consultation_opens(campaign: Campaign) -> dict:
    """L1: 20 submissions and 35 pages a second for five minutes, two workers; p95 under 500 ms, p99 under 1.5 s."""
    campaign.start(workers=2)
    crowd = campaign.crowd("L1")
    mix = {"idea": 1, "comment": 1, "support": 2}
    told = campaign.while_they_write(crowd, lambda: None, kinds=mix, at_most=None)
    found = campaign.verdict(crowd, told)
    errors = sum(n for status, n in told.statuses.items() if isinstance(status, int) and status >= 400) + sum(
        told.cut.values()
    )
    shares = {kind: (told.share(kind, 0.5), told.share(kind, 0.95), told.share(kind, 0.99)) for kind in told.delays}
    holds = errors == 0 and all(p95 < 500 and p99 < 1500 for _p50, p95, p99 in shares.values())
    return {
        **found,
        "mix": mix,
        "p50_p95_p99_ms": shares,
        "errors": errors,
        "memory_mb": campaign.app.memory_mb(),
        "holds": holds,
    }
