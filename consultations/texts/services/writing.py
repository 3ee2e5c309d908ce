"""Writing a version: brought in from a file or a paste, then corrected unit by unit, in place."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.foundations import journal, outbox
from src.foundations.references import new_reference

from .. import differences, rules
from ..cutting import CutUnit
from ..cutting.blocks import MOST_BODY, MOST_UNITS
from ..enums import UnitKind
from ..models import ReformText, TextUnit, TextVersion
from .trace import before, refresh_spans, units_of

INDEX = "text"


def create_text(*, actor=None, space, title: str, introduction: str = "") -> ReformText:
    """Begin a text with an empty first version, which nobody else sees. Refuses a space that isn't for texts."""
    if rules.ACTIVITY not in space.activities or space.is_archive:
        raise ValidationError(_("This space doesn't take texts: an administrator adds them to what it does."))
    with transaction.atomic():
        made = ReformText.objects.create(space=space, title=title.strip(), introduction=introduction.strip())
        TextVersion.objects.create(text=made, number=1)
        journal.record("texts.created", actor=actor, object_ref=f"text:{made.reference}")
    return made


def describe(*, actor=None, text: ReformText, title: str, introduction: str) -> None:
    """Change the words around a text. Refuses a closed one."""
    if text.closed_at is not None:
        raise ValidationError(_("This text is closed: nothing of it changes any more."))
    text.title, text.introduction = title.strip(), introduction.strip()
    with transaction.atomic():
        text.save(update_fields=["title", "introduction"])
        journal.record("texts.described", actor=actor, object_ref=f"text:{text.reference}")
        reindex(text)


def reindex(text: ReformText) -> None:
    """Have the index follow."""
    outbox.emit("search.index", {"kind": INDEX, "pk": text.pk})


@transaction.atomic
def begin_version(*, actor=None, text: ReformText) -> TextVersion:
    """Begin the next version as a copy of the last one, keys kept. Safe twice: the draft that is there is returned.

    Refuses a closed text, and one whose first version isn't open.
    """
    held = ReformText.objects.select_for_update().get(pk=text.pk)
    if held.closed_at is not None:
        raise ValidationError(_("This text is closed: nothing of it changes any more."))
    if held.draft is not None:
        return held.draft
    last = held.current
    if last is None:
        raise ValidationError(_("Open the first version before writing the next one."))
    made = TextVersion.objects.create(text=held, number=last.number + 1)
    TextUnit.objects.bulk_create(
        TextUnit(
            version=made,
            key=unit.key,
            position=unit.position,
            kind=unit.kind,
            label=unit.label,
            title=unit.title,
            body=unit.body,
        )
        for unit in last.units.order_by("position", "pk")
    )
    journal.record("texts.version_begun", actor=actor, object_ref=f"text:{held.reference}")
    return made


@transaction.atomic
def drop_version(*, actor=None, version: TextVersion) -> None:
    """Throw a next version away with its changes; outcomes that stood on them wait again. The first one stays."""
    held = _draft(version)
    if held.number == 1:
        raise ValidationError(_("The first version can't be thrown away: correct it."))
    from .trace import forget_without_change  # after the links are gone

    held.spans.all().delete()
    forget_without_change(held)
    journal.record("texts.version_dropped", actor=actor, object_ref=f"text:{held.text.reference}")
    held.units.all().delete()
    held.delete()


@transaction.atomic
def bring_in(*, actor=None, version: TextVersion, units: Iterable[CutUnit]) -> int:
    """Put these units in the place of a draft's; those of the version before are found again and keep their key.

    Returns how many came in. Refuses a version that is published.
    """
    held = _draft(version)
    units = list(units)
    previous = before(held)
    keys: dict[int, str] = {}
    if previous is not None:
        old = units_of(previous)
        new = [differences.Unit("", one.label, one.title, one.body, one.kind) for one in units]
        keys = {j: old[i].key for j, i in differences.match(old, new).items()}
    held.units.all().delete()
    taken = set(keys.values())
    TextUnit.objects.bulk_create(
        TextUnit(
            version=held,
            key=keys.get(position) or _new_key(taken),
            position=position,
            kind=one.kind,
            label=one.label,
            title=one.title,
            body=one.body,
        )
        for position, one in enumerate(units)
    )
    refresh_spans(held)
    journal.record(
        "texts.brought_in", actor=actor, object_ref=f"text:{held.text.reference}", payload={"units": len(units)}
    )
    return len(units)


def _new_key(taken: set[str]) -> str:
    key = new_reference()
    while key in taken:
        key = new_reference()
    taken.add(key)
    return key


@transaction.atomic
def note_version(*, version: TextVersion, note: str) -> None:
    """Say what changes in a draft, and why."""
    held = _draft(version)
    held.note = version.note = note.strip()
    held.save(update_fields=["note"])


@transaction.atomic
def save_unit(*, unit: TextUnit, kind: str, label: str, title: str, body: str) -> TextUnit:
    """Correct one unit of a draft: its kind, number, title and words; its key stays."""
    version = _draft(unit.version)
    _check(title, body)
    unit.kind, unit.label, unit.title, unit.body = kind, label.strip(), title.strip(), body.strip()
    unit.save(update_fields=["kind", "label", "title", "body"])
    refresh_spans(version)
    return unit


@transaction.atomic
def add_unit(
    *, version: TextVersion, after: str = "", kind: str, label: str = "", title: str = "", body: str = ""
) -> TextUnit:
    """Add a unit to a draft, after the one of that key; at the beginning without. Refuses over 400 units."""
    held = _draft(version)
    _check(title, body)
    rows = _rows(held)
    _check_room(rows)
    at = next((n + 1 for n, row in enumerate(rows) if row.key == after), 0)
    made = TextUnit(
        version=held,
        key=_new_key(_known_keys(held)),
        kind=kind,
        label=label.strip(),
        title=title.strip(),
        body=body.strip(),
    )
    rows.insert(at, made)
    made.position = at
    made.save()
    _renumber(rows)
    refresh_spans(held)
    return made


@transaction.atomic
def split_unit(*, unit: TextUnit, first: str, second: str, label: str = "", title: str = "") -> TextUnit:
    """Cut a unit in two: the first part keeps the key, the second says which one it came from.

    The two parts are the unit's own words, in order, as the person cut them. Refuses a part without words, or words
    that aren't the unit's: one corrects before or after, not while cutting.
    """
    version = _draft(unit.version)
    if not first.strip() or not second.strip():
        raise ValidationError(_("Leave words on both sides of the cut."))
    if "".join(unit.body.split()) != "".join((first + second).split()):
        raise ValidationError(_("Cut without changing the words: correct them before or afterwards."))
    rows = _rows(version)
    _check_room(rows)
    cut = next(row for row in rows if row.pk == unit.pk)
    cut.body = first.strip()
    cut.save(update_fields=["body"])
    previous = before(version)
    is_old = previous is not None and previous.units.filter(key=unit.key).exists()
    made = TextUnit(
        version=version,
        key=_new_key(_known_keys(version)),
        from_key=unit.key if is_old else "",
        kind=UnitKind.PARAGRAPH if cut.kind == UnitKind.HEADING else cut.kind,
        label=label.strip(),
        title=title.strip(),
        body=second.strip(),
    )
    at = rows.index(cut) + 1
    rows.insert(at, made)
    made.position = at
    made.save()
    _renumber(rows)
    refresh_spans(version)
    return made


@transaction.atomic
def merge_unit(*, unit: TextUnit) -> TextUnit:
    """Put a unit's words at the end of the one before it, whose key stays. Refuses the first one, and a heading."""
    version = _draft(unit.version)
    rows = _rows(version)
    at = next(n for n, row in enumerate(rows) if row.pk == unit.pk)
    if at == 0:
        raise ValidationError(_("This is the first unit: there is nothing before it."))
    into, gone = rows[at - 1], rows[at]
    if into.kind == UnitKind.HEADING and gone.kind != UnitKind.HEADING:
        raise ValidationError(_("A heading stands before it: change its kind first."))
    words = [into.body, gone.title, gone.body]
    body = "\n\n".join(part for part in words if part)
    if len(body) > MOST_BODY:
        raise ValidationError(_("Together they are over %(most)d characters.") % {"most": MOST_BODY})
    into.body = body
    into.save(update_fields=["body"])
    rows.remove(gone)
    gone.delete()
    _renumber(rows)
    refresh_spans(version)
    return into


@transaction.atomic
def move_unit(*, unit: TextUnit, up: bool) -> bool:
    """Move a unit by one place; False when it is already at the end of the way."""
    version = _draft(unit.version)
    rows = _rows(version)
    at = next(n for n, row in enumerate(rows) if row.pk == unit.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return False
    rows[at], rows[to] = rows[to], rows[at]
    _renumber(rows)
    refresh_spans(version)
    return True


@transaction.atomic
def delete_unit(*, unit: TextUnit) -> None:
    """Take a unit out of a draft; it stays in the versions before."""
    version = _draft(unit.version)
    rows = [row for row in _rows(version) if row.pk != unit.pk]
    unit.delete()
    _renumber(rows)
    refresh_spans(version)


def check_organiser(actor, text: ReformText) -> None:
    """Refuse with PermissionDenied who doesn't organise this text."""
    if not rules.may_organise(actor, text):
        raise PermissionDenied(_("Those who organise this space write its texts."))


def _draft(version: TextVersion) -> TextVersion:
    """The version, held until the end of the transaction; refuses one that was published meanwhile."""
    held = TextVersion.objects.select_for_update(of=("self",)).select_related("text").get(pk=version.pk)
    if held.published_at is not None:
        raise ValidationError(_("This version was published: it doesn't change any more. Begin the next one."))
    return held


def _rows(version: TextVersion) -> list[TextUnit]:
    return list(version.units.order_by("position", "pk"))


def _renumber(rows: list[TextUnit]) -> None:
    """Write positions that changed."""
    changed = []
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            changed.append(row)
    TextUnit.objects.bulk_update(changed, ["position"], batch_size=200)


def _known_keys(version: TextVersion) -> set[str]:
    """Keys already used in any version: one that was removed is never given again."""
    return set(TextUnit.objects.filter(version__text=version.text_id).values_list("key", flat=True))


def _check(title: str, body: str) -> None:
    if not title.strip() and not body.strip():
        raise ValidationError(_("Write a title or a text."))
    if len(body) > MOST_BODY:
        raise ValidationError(_("A unit has %(most)d characters at most: cut it.") % {"most": MOST_BODY})


def _check_room(rows: list) -> None:
    if len(rows) >= MOST_UNITS:
        raise ValidationError(_("A text has %(most)d units at most.") % {"most": MOST_UNITS})
