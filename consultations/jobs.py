"""What the relay and the ticker do for dossiers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_unpublished, post_page_move

from src.foundations import outbox
from src.foundations.ticking import on_tick
from src.notices.services import send
from src.participation import activities
from src.participation.enums import Circle
from src.participation.rules import can_see_space

from .models import ConsultationDossier, DossierFollow, DossierNews
from .notices import NewsPublished, ReportPublished
from .searching import DOSSIER
from .services.telling import NEWS_TOPIC, REPORT_TOPIC, held_reports, tell


@outbox.handles(REPORT_TOPIC)
def tell_the_report(payload: dict) -> None:
    """Tell those who took part, and those who follow, that the report can be read; once for each person."""
    dossier = _live(payload)
    if dossier is None:
        return
    taking_part = activities.participants_of(dossier.space)
    send(
        ReportPublished.code,
        recipients=chain(followers(dossier), *(one.user_ids for one in taking_part)),
        handles=chain.from_iterable(one.handles for one in taking_part),
        context={"title": dossier.title, "slug": dossier.slug},
        key=f"report:{dossier.pk}",
    )


@outbox.handles(NEWS_TOPIC)
def tell_the_news(payload: dict) -> None:
    """Tell those who follow a dossier of one post; nothing if it was taken back meanwhile."""
    dossier = _live(payload)
    post = DossierNews.objects.filter(dossier=dossier, uid=payload["uid"]).first() if dossier else None
    if post is None:
        return
    send(
        NewsPublished.code,
        recipients=followers(dossier),
        context={"title": dossier.title, "slug": dossier.slug, "news": post.title, "text": post.text},
        key=f"news:{post.uid}",
    )


def followers(dossier: ConsultationDossier) -> Iterator[int]:
    """Accounts that follow a dossier and may still read it: a circle of members is asked one by one."""
    rows = DossierFollow.objects.filter(dossier=dossier).order_by("user_id")
    if dossier.space.circle != Circle.MEMBERS:
        yield from rows.values_list("user_id", flat=True).iterator()
        return
    for user in get_user_model().objects.filter(pk__in=rows.values("user_id"), is_active=True).order_by("pk"):
        if can_see_space(user, dossier.space):
            yield user.pk


@on_tick("consultations.held", every=timedelta(hours=1))
def tell_held(now: datetime) -> None:
    """Reports held by a pre-electoral period come out once it is over."""
    for dossier in held_reports():
        tell(dossier)


def published(sender, instance, **kwargs) -> None:
    """A version of a dossier came out: what is new in it is told."""
    tell(instance)


def changed(sender, instance, **kwargs) -> None:
    """It came out, was taken down or moved: the index follows."""
    with transaction.atomic():
        outbox.emit("search.index", {"kind": DOSSIER, "pk": instance.pk})


def connect() -> None:
    """Listen to Wagtail's publication."""
    for number, signal in enumerate((page_published, page_unpublished, post_page_move, post_delete)):
        signal.connect(changed, sender=ConsultationDossier, dispatch_uid=f"consultations.search.{number}")
    page_published.connect(published, sender=ConsultationDossier, dispatch_uid="consultations.published")


def _live(payload: dict) -> ConsultationDossier | None:
    return ConsultationDossier.objects.live().select_related("space").filter(pk=payload["dossier"]).first()
