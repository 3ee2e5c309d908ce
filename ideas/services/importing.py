"""Brings in contributions of another platform: nothing owed, nobody told, undone whole."""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.text import slugify
from django.utils.translation import gettext as _
from taggit.models import Tag

from src.foundations import clock, outbox
from src.foundations.references import new_reference
from src.participation.enums import Channel, Circle, IdentityMode
from src.participation.models import Space
from src.participation.services import rebuild_counts
from src.workflow.services import begin
from src.workflow.services.starting import active_process

from ..decidim import COMMENTS, DEBATES, Export, Problem, Row
from ..enums import IdeaKind
from ..models import Idea, IdeaComment, IdeaCounts, ImportBatch, TaggedIdea

PROCESS = "permanent-box"
REST_STAGE = "open"
CHUNK = 500
# Ideas whose text was already brought in with the same words aren't written again.
_IDEA_COLUMNS = ("title", "body", "created_at", "signed_as")
_COMMENT_COLUMNS = ("body", "created_at", "signed_as", "alignment")


@dataclass
class Report:
    """What a run did, or would do."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    batch: ImportBatch | None = None

    @property
    def counts(self) -> dict[str, int]:
        return {
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "errors": len(self.problems),
        }


class _Undo(Exception):
    """Takes a dry run back."""


def import_export(
    export: Export,
    *,
    space_slug: str,
    source_name: str,
    data: bytes,
    actor=None,
    space_name: str = "",
    circle: str = Circle.AGENTS,
    licence_note: str = "",
    dry_run: bool = False,
    skip_errors: bool = False,
) -> Report:
    """Write the rows of an export in an archive space, made if it isn't there; run again, it changes nothing.

    With faults and without ``skip_errors``, nothing is written. ``dry_run`` does everything, then takes it back.
    Refuses a space that isn't an archive: what is alive there isn't mixed with what comes from elsewhere.
    """
    report = Report(read=export.read, problems=list(export.problems))
    try:
        with transaction.atomic():
            space = _space(space_slug, space_name, circle, licence_note)
            batch = ImportBatch.objects.create(
                space=space,
                kind=export.kind,
                source_name=source_name[:200],
                sha256=hashlib.sha256(data).hexdigest(),
                started_at=clock.now(),
                run_by=actor,
            )
            write = _write_comments if export.kind == COMMENTS else _write_ideas
            write(export, space, batch, report)
            report.problems.sort()
            if dry_run or (report.problems and not skip_errors):
                raise _Undo
            if report.created:
                ImportBatch.objects.filter(pk=batch.pk).update(counts={**batch.counts, **report.counts})
                report.batch = batch
            else:
                batch.delete()
    except _Undo:
        if report.problems and not skip_errors:
            report.created = report.updated = report.unchanged = 0
    return report


def undo_import(batch_id: int) -> dict[str, int]:
    """Take away everything a batch created, and nothing else; comments others brought under its ideas go with them.

    Refuses a batch that doesn't exist.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_related("space").filter(pk=batch_id).first()
        if batch is None:
            raise ValidationError(_("There is no import %(number)s.") % {"number": batch_id})
        ideas = list(Idea.objects.filter(import_batch=batch).values_list("pk", flat=True))
        touched = set(IdeaComment.objects.filter(import_batch=batch).values_list("idea_id", flat=True)) - set(ideas)
        counts = {
            "ideas": len(ideas),
            "comments": IdeaComment.objects.filter(import_batch=batch).count(),
        }
        tags = batch.counts.get("tags", [])
        for pk in ideas:
            outbox.emit("search.index", {"kind": Idea.subject_kind, "pk": pk})
        IdeaComment.objects.filter(import_batch=batch, parent__isnull=False).delete()
        IdeaComment.objects.filter(import_batch=batch).delete()
        Idea.objects.filter(pk__in=ideas).delete()
        batch.delete()
        Tag.objects.filter(pk__in=tags).annotate(uses=Count("tagged_ideas")).filter(uses=0).delete()
        if touched:
            rebuild_counts(IdeaCounts, comment_model=IdeaComment, targets=sorted(touched))
    return counts


def _space(slug: str, name: str, circle: str, licence_note: str) -> Space:
    space = Space.objects.filter(slug=slug).first()
    if space is None:
        return Space.objects.create(
            slug=slug,
            name=name or slug.replace("-", " ").capitalize(),
            circle=circle,
            activities=["ideas"],
            identity_modes=[IdentityMode.ANONYMOUS],
            process=active_process(PROCESS),
            is_archive=True,
            on_home_page=False,
            licence_note=licence_note,
        )
    if not space.is_archive:
        raise ValidationError(
            _("“%(space)s” isn't an archive: what comes from another platform has a space of its own.")
            % {"space": space.name}
        )
    return space


# ---------------------------------------------------------------------------------------------- proposals, debates
def _write_ideas(export: Export, space: Space, batch: ImportBatch, report: Report) -> None:
    known = {
        idea.import_key: idea
        for idea in Idea.objects.filter(space=space, import_key__in=[row.key for row in export.rows]).select_related(
            "counts"
        )
    }
    fresh = [row for row in export.rows if row.key not in known]
    start = begin((space.process or active_process(PROCESS)).pk, stage_slug=REST_STAGE)
    kind = IdeaKind.DEBATE if export.kind == DEBATES else IdeaKind.IDEA
    for number in range(0, len(fresh), CHUNK):
        _create_ideas(fresh[number : number + CHUNK], space, batch, start, kind)
    report.created = len(fresh)
    for row in export.rows:
        if row.key in known:
            changed = _bring_in_line(known[row.key], row, _idea_values(row), _IDEA_COLUMNS)
            changed |= _votes(known[row.key], row.votes)
            report.updated += changed
            report.unchanged += not changed
    batch.counts = {"tags": _tag(fresh, batch)}


def _idea_values(row: Row) -> dict:
    return {
        "title": row.title,
        "body": row.body,
        "body_html": row.body_html,
        "created_at": row.created_at,
        "signed_as": row.author,
        "week": clock.week_of(row.created_at),
    }


def _create_ideas(rows: list[Row], space, batch, start, kind) -> None:
    ideas = Idea.objects.bulk_create(
        [
            Idea(
                **start | {"stage_since": row.created_at},
                **_idea_values(row),
                space=space,
                kind=kind,
                identity_mode=IdentityMode.ANONYMOUS,
                channel=Channel.IMPORT,
                is_imported=True,
                import_batch=batch,
                import_key=row.key,
            )
            for row in rows
        ]
    )
    IdeaCounts.objects.bulk_create(
        [IdeaCounts(idea=idea, imported_supports=row.votes) for idea, row in zip(ideas, rows, strict=True)]
    )
    outbox.emit_many("search.index", [{"kind": Idea.subject_kind, "pk": idea.pk} for idea in ideas])


def _votes(idea, votes: int) -> bool:
    if idea.counts.imported_supports == votes:
        return False
    IdeaCounts.objects.filter(pk=idea.pk).update(imported_supports=votes)
    return True


def _bring_in_line(contribution, row: Row, values: dict, compared: tuple) -> bool:
    """Rewrite what the other platform changed since; True when something did."""
    if all(getattr(contribution, name) == values[name] for name in compared):
        return False
    for name, value in values.items():
        setattr(contribution, name, value)
    contribution.save(update_fields=list(values))
    if isinstance(contribution, Idea):
        outbox.emit("search.index", {"kind": Idea.subject_kind, "pk": contribution.pk})
    return True


def _tag(rows: list[Row], batch: ImportBatch) -> list[int]:
    """Categories become tags; answers the ids of those that didn't exist, so that the undo takes them away."""
    names = sorted({row.category for row in rows if row.category})
    if not names:
        return []
    tags = {tag.name.lower(): tag for tag in Tag.objects.filter(slug__in=[_slug(name) for name in names])}
    made = []
    for name in names:
        if name.lower() not in tags:
            tag, created = Tag.objects.get_or_create(slug=_slug(name), defaults={"name": name[:100]})
            tags[name.lower()] = tag
            made += [tag.pk] if created else []
    keys = {row.key: row.category.lower() for row in rows if row.category}
    ideas = Idea.objects.filter(import_batch=batch, import_key__in=keys).values_list("pk", "import_key")
    TaggedIdea.objects.bulk_create(
        [TaggedIdea(content_object_id=pk, tag=tags[keys[key]]) for pk, key in ideas], batch_size=CHUNK
    )
    return made


def _slug(name: str) -> str:
    return slugify(name)[:100] or "autre"


# -------------------------------------------------------------------------------------------------------- comments
def _write_comments(export: Export, space: Space, batch: ImportBatch, report: Report) -> None:
    placed = _place(export, space, report)
    known = {
        comment.import_key: comment
        for comment in IdeaComment.objects.filter(idea__space=space, import_key__in=[row.key for row in export.rows])
    }
    written = dict(known)
    fresh = [row for row in export.rows if row.key in placed and row.key not in known]
    # First-level comments first, then replies: each finds its own.
    for level in (False, True):
        rows = [row for row in fresh if (placed[row.key].parent is not None) == level]
        for number in range(0, len(rows), CHUNK):
            chunk = rows[number : number + CHUNK]
            made = IdeaComment.objects.bulk_create([_comment(row, placed[row.key], batch, written) for row in chunk])
            written |= {row.key: comment for row, comment in zip(chunk, made, strict=True)}
    _name_answered(fresh, placed, written)
    report.created = len(fresh)
    for row in export.rows:
        if row.key in known and row.key in placed:
            changed = _bring_in_line(known[row.key], row, _comment_values(row), _COMMENT_COLUMNS)
            report.updated += changed
            report.unchanged += not changed
    rebuild_counts(IdeaCounts, comment_model=IdeaComment, targets={placed[row.key].idea for row in fresh})


@dataclass(frozen=True)
class _Place:
    """Where a comment hangs: its idea, its first-level ancestor, whom it answers when that is another reply."""

    idea: int
    parent: str | None
    answers: str | None


def _place(export: Export, space: Space, report: Report) -> dict[str, _Place]:
    """Find the idea and the first-level ancestor of each comment; what can't be placed is a fault of its line."""
    ideas = dict(Idea.objects.filter(space=space).exclude(import_key="").values_list("import_key", "pk"))
    rows = {row.key: row for row in export.rows}
    # Comments of an earlier run may be answered by those of this one.
    before = {
        comment.import_key: comment
        for comment in IdeaComment.objects.filter(idea__space=space).exclude(import_key="").select_related("parent")
    }
    placed = {}
    for row in export.rows:
        top, fault = _top(row, rows, before)
        idea = None
        if fault is None:
            subject = rows[top].answers if top in rows else None
            idea = ideas.get(subject) if subject else before[top].idea_id
            if idea is None:
                fault = _("What it comments isn't here: import the proposals or debates first.")
        if fault is not None:
            report.problems.append(Problem(row.line, fault))
            continue
        parent = None if top == row.key else top
        placed[row.key] = _Place(idea, parent, row.answers if parent and row.answers != parent else None)
    return placed


def _top(row: Row, rows: dict[str, Row], before: dict[str, IdeaComment]) -> tuple[str, str | None]:
    """The key of the first-level ancestor of a comment, itself included."""
    seen, current = {row.key}, row
    while f"/{COMMENTS}/" in current.answers:
        key = current.answers
        if key in seen:
            return "", _("Comments answer each other in a circle.")
        seen.add(key)
        if key in rows:
            current = rows[key]
        elif key in before:
            found = before[key]
            return (found.parent.import_key if found.parent_id else found.import_key), None
        else:
            return "", _("The comment it answers isn't in the file.")
    return current.key, None


def _comment_values(row: Row) -> dict:
    return {
        "body": row.body,
        "body_html": row.body_html,
        "created_at": row.created_at,
        "signed_as": row.author,
        "alignment": row.alignment,
        "week": clock.week_of(row.created_at),
    }


def _comment(row: Row, place: _Place, batch, written) -> IdeaComment:
    return IdeaComment(
        **_comment_values(row),
        reference=new_reference(),
        idea_id=place.idea,
        parent=written[place.parent] if place.parent else None,
        identity_mode=IdentityMode.ANONYMOUS,
        channel=Channel.IMPORT,
        is_imported=True,
        import_batch=batch,
        import_key=row.key,
    )


def _name_answered(fresh: list[Row], placed, written) -> None:
    """Deep replies name whom they answer, once everybody is written."""
    deep = []
    for row in fresh:
        answers = placed[row.key].answers
        if answers and answers in written:
            written[row.key].in_reply_to = written[answers]
            deep.append(written[row.key])
    IdeaComment.objects.bulk_update(deep, ["in_reply_to"], batch_size=CHUNK)
