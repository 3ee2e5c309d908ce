"""What the index and the page of results know of texts."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.search import registry
from src.search.registry import Document, Result, Shown

from .models import ReformText

TEXT = GENRE = "text"


def document(text: ReformText) -> Document:
    """Title, introduction, and the units of the last version published."""
    version = text.current
    units = version.units.order_by("position", "pk") if version else ()
    return Document(
        text.title,
        body="\n".join([text.introduction, *(f"{unit.name} {unit.body}" for unit in units)]),
        genre=GENRE,
        day=timezone.localdate(version.published_at) if version else None,
    )


def results(viewer, pks) -> dict:
    """These texts as results, those the viewer may read."""
    seen = ReformText.objects.visible_to(viewer).published().filter(pk__in=pks).select_related("space")
    return {
        text.pk: Result(
            title=text.title,
            url=text.get_absolute_url(),
            label=_("Reform text"),
            icon="file-text",
            tone="consult",
            texts=(("", text.introduction),),
            facts=(str(text.space.get_circle_display()),),
        )
        for text in seen
    }


def register() -> None:
    """Put texts on the page of results."""
    registry.register(
        TEXT,
        ReformText,
        document,
        lambda: ReformText.objects.published().prefetch_related("versions"),
        Shown(
            visible=lambda viewer: ReformText.objects.visible_to(viewer).published(),
            results=results,
            genres={GENRE: gettext_lazy("Reform texts")},
        ),
    )
