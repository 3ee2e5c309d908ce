"""What the database itself refuses about completions."""

from src.foundations import guards

from .models import Completion, CompletionRevocation

COMPLETION = Completion._meta.db_table


def declare_guards() -> None:
    """Nothing is changed or removed; a completion tells the fingerprint of the version it names, of its own track."""
    guards.append_only(Completion)
    guards.append_only(CompletionRevocation)
    guards.refuse_reading(
        f"{COMPLETION}_is_of_its_version",
        COMPLETION,
        event="INSERT",
        condition=(
            '(NEW."version_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "trainings_trackversion" AS v '  # noqa: S608
            'WHERE v."id" = NEW."version_id" AND v."track_id" = NEW."track_id" '
            'AND v."content_sha256" = NEW."content_sha256"))'
        ),
        message=f"{COMPLETION}: this is not the content of that version",
    )
    guards.refuse_reading(
        f"{COMPLETION}_carries_its_own",
        COMPLETION,
        event="INSERT",
        condition=(
            '(NEW."carries_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM '  # noqa: S608
            f'"{COMPLETION}" AS c WHERE c."id" = NEW."carries_id" AND c."agent_id" = NEW."agent_id" '
            'AND c."track_id" = NEW."track_id" AND c."carries_id" IS NULL))'
        ),
        message=f"{COMPLETION}: what is carried is of the same person and training, and carries nothing",
    )
