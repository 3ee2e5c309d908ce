"""The tables of before and after in the registry of what is published."""

from src.participation.published import PublishedTable, publish

from .models import Pairing


def _read():
    """Each side of each question is a table of its own; so is who moved which way."""
    for figures in Pairing.objects.filter(ending="told").order_by("pk").values_list("figures", flat=True):
        for one in figures:
            for side in ("before", "after"):
                yield {"+".join(bar["label"]): bar[side] for bar in one["bars"]}
            if one["moves"]:
                yield dict(zip(("up", "same", "down"), one["moves"], strict=True))


publish(
    PublishedTable(
        "pairings",
        ("panels/<slug:slug>/avant-apres/", "panels/<slug:slug>/avant-apres/<slug:reference>/chiffres.csv"),
        _read,
    )
)
