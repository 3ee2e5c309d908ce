"""Topics as an opening of an identity finds them."""

from src.participation.opening_subjects import Contribution

from .models import Topic


def topic(reference: str) -> Contribution | None:
    """The topic of that reference."""
    found = Topic.objects.filter(reference=reference).select_related("series").first()
    return _seen(found) if found else None


def topics_of(handles) -> list[Contribution]:
    """The topics of these handles."""
    return [_seen(one) for one in Topic.objects.filter(handle__in=list(handles)).select_related("series")]


def _seen(one: Topic) -> Contribution:
    return Contribution(
        kind="topic",
        reference=one.reference,
        handle=one.handle,
        identity_mode=one.identity_mode,
        week=one.week,
        title=one.title,
        text=one.body,
        url=one.series.get_absolute_url(),
    )
