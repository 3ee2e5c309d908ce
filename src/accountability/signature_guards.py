"""What the database itself refuses about signatures: no announcement without the one asked, none changed after."""

from src.foundations.guards import refuse_reading

from .models import AnnouncementBatch, Decision, ReplySignature


def declare_signature_guards() -> None:
    """Declare the triggers of signatures; ``declare_guards`` calls it."""
    signatures, decisions, batches = (model._meta.db_table for model in (ReplySignature, Decision, AnnouncementBatch))
    refuse_reading(
        "accountability_batch_signed_update",
        batches,
        event="UPDATE",
        condition='OLD."announced_at" IS NULL AND NEW."announced_at" IS NOT NULL AND EXISTS '  # noqa: S608
        f'(SELECT 1 FROM "{decisions}" AS d JOIN "{signatures}" AS s ON s."decision_id" = d."id" '
        'WHERE d."batch_id" = NEW."id" AND s."signed_at" IS NULL)',
        message=f"{batches}: a signature is still awaited",
    )
    announced = (
        f'EXISTS (SELECT 1 FROM "{decisions}" AS d JOIN "{batches}" AS b ON b."id" = d."batch_id" '  # noqa: S608
        'WHERE d."id" = {row}."decision_id" AND b."announced_at" IS NOT NULL)'
    )
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        refuse_reading(
            f"accountability_signature_announced_{event.lower()}",
            signatures,
            event=event,
            condition=announced.format(row=row),
            message=f"{signatures}: the reply is announced",
        )
