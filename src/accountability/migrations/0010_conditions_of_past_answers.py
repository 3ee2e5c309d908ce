"""The conditions of answers already announced get their rows, in the words that were signed, one a line."""

from django.db import migrations

KIND_OF_REASON = {
    "regle": "loi",
    "budget": "budget",
    "competence": "loi",
    "vie_privee": "loi",
    "technique": "outil",
    "effet": "preuve",
    "priorite": "annee",
}


def note(apps, schema_editor):
    decisions = apps.get_model("accountability", "Decision").objects.using(schema_editor.connection.alias)
    conditions = apps.get_model("accountability", "ReopeningCondition")
    rows = conditions.objects.using(schema_editor.connection.alias)
    told = decisions.filter(outcome__in=["declined", "deferred"], batch__announced_at__isnull=False)
    slice_ = []
    for pk, reason, text in told.values_list("pk", "reason", "reopening_conditions").iterator():
        lines = [line.strip().removeprefix("-").removeprefix("•").strip() for line in text.splitlines()]
        for place, words in enumerate(filter(None, lines), start=1):
            kind = KIND_OF_REASON.get(reason, "autre")
            slice_.append(conditions(decision_id=pk, position=place, kind=kind, words=words))
        if len(slice_) >= 500:
            rows.bulk_create(slice_, ignore_conflicts=True)
            slice_ = []
    rows.bulk_create(slice_, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("accountability", "0009_reopening_conditions")]
    operations = [migrations.RunPython(note, migrations.RunPython.noop, elidable=True)]
