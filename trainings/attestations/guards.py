"""What the database itself refuses about attestations."""

from src.foundations import guards

from .models import Attestation, AttestationPrint

ATTESTATION, PRINT = Attestation._meta.db_table, AttestationPrint._meta.db_table
REVOKED = 'EXISTS (SELECT 1 FROM "trainings_ledger_completionrevocation" AS r '
PRINTED = [
    "attestation", "number", "printed_on", "printed_at", "channel", "printed_by", "batch", "title", "version",
    "completed_on", "minutes", "valid_until", "template_version", "pdf_sha256",
]  # fmt: skip


def declare_guards() -> None:
    """A code is for ever; a print stays as it was, its person's name may leave; nothing for a revoked completion."""
    guards.append_only(Attestation)
    guards.refuse_reading(
        f"{ATTESTATION}_of_what_counts",
        ATTESTATION,
        event="INSERT",
        condition=f'({REVOKED} WHERE r."completion_id" = NEW."completion_id"))',
        message=f"{ATTESTATION}: this completion no longer counts",
    )
    guards.refuse_reading(
        f"{PRINT}_of_what_counts",
        PRINT,
        event="INSERT",
        condition=(
            f'({REVOKED} JOIN "{ATTESTATION}" AS a ON a."completion_id" = r."completion_id" '
            'WHERE a."id" = NEW."attestation_id"))'
        ),
        message=f"{PRINT}: this completion no longer counts",
    )
    guards.frozen_columns(AttestationPrint, PRINTED)
    guards.frozen_columns(AttestationPrint, ["name"], when="NEW.\"name\" <> ''")
    guards.refuse(f"{PRINT}_stays", PRINT, event="DELETE", message=f"{PRINT}: what was printed stays")
