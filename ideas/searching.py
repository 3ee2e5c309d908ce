"""What the index and the page of results know of an idea: its words and its way, never who wrote it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.directory.viewer import as_viewer
from src.foundations import references
from src.participation.enums import Visibility
from src.search.registry import Document, Result, Shown

from .enums import IdeaKind
from .forms.filters import STEPS
from .models import Idea
from .selectors.rows import row_of

ARCHIVE = "archive"
# Kind of stage → word of the address, as the list of ideas writes it.
STEP_OF_KIND = {
    **dict.fromkeys(("submitted", "open", "qualified", "transferred"), "recue"),
    **dict.fromkeys(("shortlisted", "in_review", "countersign", "decision_pending"), "etude"),
    **dict.fromkeys(("in_progress", "delivered"), "en-cours"),
    "needs_info": "precision",
    "accepted": "oui",
    "selected": "oui",
    "cohort": "oui",
    "pilot": "essai",
    "deferred": "plus-tard",
    "declined": "non",
    "already_done": "deja",
    "verified": "confirmee",
    "graduated": "confirmee",
    "withdrawn": "retiree",
    "dormant": "en-sommeil",
}
TONES = {
    **dict.fromkeys(("accepted", "selected", "cohort", "pilot", "already_done", "verified", "graduated"), "ok"),
    "deferred": "warn",
}


def document(idea) -> Document:
    """Title, text, announced answer, reference, tags, and the direction by its name and its letters."""
    tags = " ".join(tag.name for tag in idea.tags.all())
    direction = idea.direction
    known_by = f"{direction.name} {direction.acronym}" if direction else ""
    answer = _answer(idea)
    return Document(
        title=idea.title,
        body=f"{idea.body}\n{answer}",
        extra=f"{idea.reference} {tags} {known_by}".strip(),
        genre=idea.kind,
        step=ARCHIVE if idea.is_imported else STEP_OF_KIND.get(idea.stage_kind, ""),
        direction=(direction.code, direction.name) if direction else ("", ""),
        space=(idea.space.slug, idea.space.name),
        day=idea.week if idea.is_sealed and not idea.is_imported else timezone.localdate(idea.created_at),
    )


def indexed():
    """Everything but what no longer shows."""
    shown = Idea.objects.filter(visibility=Visibility.SHOWN, body_hidden=False)
    return shown.select_related("direction", "space", "decision__batch").prefetch_related("tags")


def results(viewer, pks) -> dict:
    """These ideas as results, those the viewer sees."""
    viewer = as_viewer(viewer)
    found = Idea.objects.visible_to(viewer).for_rows(viewer).select_related("decision__batch").filter(pk__in=pks)
    return {idea.pk: _result(idea, viewer) for idea in found}


def direct(viewer, typed: str) -> str:
    """The address of the idea whose reference was typed, if the viewer sees it."""
    reference = references.normalise(typed)
    if not references.is_reference(reference):
        return ""
    idea = Idea.objects.visible_to(viewer).filter(reference=reference).only("reference").first()
    return idea.get_absolute_url() if idea else ""


def _answer(idea) -> str:
    """The words of the answer once announced; an idea doesn't know of a prepared one, and this looks again."""
    return idea.decision.text if idea.decision is not None and idea.decision.is_announced else ""


def _result(idea, viewer) -> Result:
    row = row_of(idea, viewer)
    texts = [("", "" if idea.body_hidden else idea.body)]
    if answer := _answer(idea):
        texts.append((_("Official response:"), answer))
    outcome = STEPS[STEP_OF_KIND[row.outcome]][0] if row.outcome else row.step_label
    return Result(
        title=row.title,
        url=row.url,
        label=row.kind_label,
        icon="triangle-alert" if idea.kind == IdeaKind.PAIN_POINT else "lightbulb",
        tone="idea",
        texts=tuple(texts),
        badge_label=str(outcome),
        badge_tone=TONES.get(idea.stage_kind, ""),
        facts=(row.author_label, row.place_label, row.space_name, row.when_label),
    )


SHOWN = Shown(
    visible=Idea.objects.visible_to,
    results=results,
    genres={
        IdeaKind.IDEA.value: gettext_lazy("Ideas"),
        IdeaKind.PAIN_POINT.value: gettext_lazy("Pain points"),
        IdeaKind.DEBATE.value: IdeaKind.DEBATE.label,
    },
    steps={
        **{value: label for value, (label, asked) in STEPS.items() if value != "decidee"},
        ARCHIVE: gettext_lazy("Archive"),
    },
    direct=direct,
)
