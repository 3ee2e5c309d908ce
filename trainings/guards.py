"""What the database itself refuses about published content."""

from src.foundations import guards

from .models import Module, ModulePatch, QuestionRevision, Track, TrackVersion

VERSION, TRACK = TrackVersion._meta.db_table, Track._meta.db_table


def declare_guards() -> None:
    """What was published stays as it was; an address is kept once a version has it."""
    guards.append_only(Module)
    guards.append_only(ModulePatch)
    guards.append_only(QuestionRevision)
    guards.frozen_columns(
        TrackVersion,
        ["track", "number", "change_kind", "change_note", "published_at", "structure", "content_sha256"],
    )
    # Who published may be forgotten, never changed.
    guards.frozen_columns(TrackVersion, ["published_by"], when='NEW."published_by_id" IS NOT NULL')
    guards.refuse(f"{VERSION}_stays", VERSION, event="DELETE", message=f"{VERSION}: a published version stays")
    guards.refuse_reading(
        f"{TRACK}_address_stays",
        TRACK,
        event="UPDATE",
        condition=(
            f'EXISTS (SELECT 1 FROM "{VERSION}" AS v JOIN "{TRACK}" AS t ON t."id" = v."track_id" '  # noqa: S608
            'WHERE v."track_id" = NEW."id" AND t."slug" <> NEW."slug")'
        ),
        message=f"{TRACK}: the address of a published track stays",
    )
