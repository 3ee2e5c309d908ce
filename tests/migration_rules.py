"""What a migration may do while the version before still answers people: docs/migrations.md, one rule a line."""

from django.db.migrations import operations as did

# The last migration of each app that some database may already hold: rules begin after it. An app that isn't here is new,
# and all its migrations follow them. To move at each release, never back.
RELEASED = {
    "accountability": "0001_first_release",
    "consultations": "0001_first_release",
    "directory": "0001_first_release",
    "foundations": "0001_initial",
    "ideas": "0001_first_release",
    "kiosk": "0001_initial",
    "meetings": "0001_initial",
    "notices": "0001_first_release",
    "paper": "0001_initial",
    "participation": "0001_first_release",
    "publishing": "0001_initial",
    "questionnaires": "0001_first_release",
    "ratings": "0001_initial",
    "search": "0001_first_release",
    "texts": "0001_first_release",
    "wall": "0001_initial",
    "workflow": "0001_first_release",
}


def faults(migration) -> list[str]:
    """Each operation of a migration that would break or stop the version that runs beside it.

    A migration that must break one says why in ``breaks = "…"`` and is let through; the reason is read in review.
    """
    if getattr(migration, "breaks", ""):
        return []
    made = {operation.name_lower for operation in migration.operations if isinstance(operation, did.CreateModel)}
    found = []
    for operation in migration.operations:
        model = getattr(operation, "model_name_lower", "") or getattr(operation, "name_lower", "")
        if model in made:
            continue
        if told := _fault(operation, migration):
            found.append(f"{migration.app_label}.{migration.name}: {told}")
    return found


def _fault(operation, migration) -> str:
    match operation:
        case did.DeleteModel() | did.RemoveField():
            return f"{operation.describe()}: the version that runs still reads it; remove it one release after its last use"
        case did.RenameModel() | did.RenameField() | did.AlterModelTable():
            return f"{operation.describe()}: add the new name, fill it, then remove the old one a release later"
        case did.AddField() if not _fills_itself(operation.field):
            return (
                f"{operation.describe()}: the version that runs inserts without it; give it null=True or a db_default"
            )
        case did.AlterField() if not operation.field.null and operation.preserve_default is False:
            return f"{operation.describe()}: fill the empty rows first, then add a check that is validated apart"
        case did.AddIndex() if migration.atomic:
            return f"{operation.describe()}: AddIndexConcurrently, in a migration with atomic = False"
        case did.AddConstraint() if _locks(operation.constraint):
            return f"{operation.describe()}: AddConstraintNotValid, then ValidateConstraint in a later migration"
    return ""


def _fills_itself(field) -> bool:
    return field.null or field.has_db_default() or field.many_to_many or field.generated


def _locks(constraint) -> bool:
    """A check reads the whole table under a lock; on a new table, or a unique built beside, nobody waits."""
    return type(constraint).__name__ == "CheckConstraint"
