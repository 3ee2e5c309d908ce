"""One line of a list: what everybody may read of an idea, in words."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.foundations import clock
from src.participation.enums import IdentityMode
from src.workflow import process_cache
from src.workflow.enums import StageKind

from ..enums import PUBLIC_STEP_OF_KIND, IdeaKind, PublicStep, outcome_of_stage

EXCERPT = 220


@dataclass(frozen=True, kw_only=True)
class IdeaRow:
    """A line of a list."""

    reference: str
    url: str
    title: str
    excerpt: str
    kind: str
    kind_label: str
    step: PublicStep | None
    step_label: str
    outcome: str
    author_label: str
    place_label: str
    space_name: str
    space_slug: str
    direction_label: str
    tags: list = field(default_factory=list)
    supports: int = 0
    imported_supports: int = 0
    comments: int = 0
    week: date | None = None
    when_label: str = ""
    promised_on: date | None = None
    is_late: bool = False
    days_late: int = 0
    supported: bool = False
    followed: bool = False
    is_mine: bool = False
    is_archive: bool = False
    accepts_supports: bool = False
    # Moderation hides it: the words of its badge, for its author and the moderators.
    hidden_label: str = ""
    # The space it passed from, where lists ask for it (``with_origin``).
    came_from: str = ""
    channel: str = ""


def row_of(idea, viewer, *, with_tags: bool = False) -> IdeaRow:
    """The line of an idea read by ``for_rows``; no query, unless its tags are asked for."""
    today = clock.today()
    owed = idea.owed if idea.owed is not None and idea.owed.is_open else None
    counts = idea.counts
    return IdeaRow(
        reference=idea.reference,
        url=idea.get_absolute_url(),
        title=idea.title,
        excerpt=excerpt_of(idea),
        kind=idea.kind,
        kind_label=str(IdeaKind(idea.kind).label),
        step=public_step(idea),
        step_label=step_label(idea),
        outcome=outcome_of_stage(idea.stage_kind),
        author_label=author_label(idea),
        place_label=place_label(idea),
        space_name=idea.space.name,
        space_slug=idea.space.slug,
        direction_label=idea.direction.name if idea.direction else "",
        tags=sorted((tag.slug, tag.name) for tag in idea.tags.all()) if with_tags else [],
        supports=counts.supports,
        imported_supports=counts.imported_supports,
        comments=counts.comments,
        week=idea.week,
        when_label=when_label(idea),
        promised_on=owed.promised(today) if owed else None,
        is_late=owed.is_late(today) if owed else False,
        days_late=owed.days_late(today) if owed else 0,
        supported=idea.supported,
        followed=idea.followed,
        is_mine=idea.is_of(viewer),
        is_archive=idea.is_imported or idea.space.is_archive,
        came_from=getattr(idea, "came_from", None) or "",
        hidden_label="" if idea.is_shown else str(idea.get_visibility_display()),
        accepts_supports=idea.is_shown and not idea.is_imported and stage_of(idea).accepts_supports,
        channel=idea.channel,
    )


def stage_of(idea):
    return process_cache.graph(idea.process_id).stage(idea.stage_id)


def public_step(idea) -> PublicStep | None:
    """Which of the five steps everybody reads; None for an imported idea and for what left its way.

    A question keeps the idea at the step it was asked from.
    """
    if idea.is_imported:
        return None
    kind = idea.stage_kind
    if kind == StageKind.NEEDS_INFO:
        ways = process_cache.graph(idea.process_id).ways_out(idea.stage_id)
        kind = next((way.to_stage.kind for way in ways if way.form == "author_answer"), kind)
    return PUBLIC_STEP_OF_KIND.get(kind)


def step_label(idea) -> str:
    """The public word of the stage, as the city wrote it; an archive has none."""
    return _("Archive") if idea.is_imported else stage_of(idea).public_text


def author_label(contribution) -> str:
    """Who says it, as they chose to be read: never looked up, never an account."""
    if contribution.is_imported:
        return contribution.signed_as or _("Participant of another platform")
    if contribution.identity_mode == IdentityMode.PROTECTED:
        return _("Protected name")
    if contribution.identity_mode == IdentityMode.ANONYMOUS:
        return _("Anonymous")
    first = contribution.signed_as or _("Former colleague")
    others = getattr(contribution, "co_signed_as", "")
    return _("%(author)s, with %(others)s") % {"author": first, "others": others} if others else first


def place_label(idea) -> str:
    """Where: the site of a signed idea; for the others the site only above k people, the direction otherwise."""
    site = idea.site
    if site is not None and (not idea.is_sealed or site.headcount >= settings.TERRAIN_K):
        return site.name
    direction = (site.direction if site is not None else None) or idea.direction
    return direction.name if direction is not None else ""


def when_label(contribution) -> str:
    """When it was made, in words: the day of what is signed, the week of the rest."""
    if contribution.identity_mode == IdentityMode.NAMED or contribution.is_imported:
        return date_format(timezone.localdate(contribution.created_at), "DATE_FORMAT")
    return week_label(contribution.week)


def week_label(week: date) -> str:
    return _("week of %(date)s") % {"date": date_format(week, "DATE_FORMAT")}


def excerpt_of(idea) -> str:
    if idea.body_hidden:
        return ""
    text = " ".join(idea.body.split())
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rsplit(" ", 1)[0] + "…"
