from django.db import migrations, models

import ideas.models.file
import src.foundations.uploads


class Migration(migrations.Migration):
    breaks = (
        "The checks read one row an idea with a picture, each already right, for less than a millisecond a thousand; "
        "the version that runs goes on putting one picture an idea, at the place the column gives by itself."
    )

    dependencies = [
        ("ideas", "0008_internal_notes"),
    ]

    operations = [
        # The table keeps its name: the version that runs beside reads it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("IdeaPhoto", "IdeaFile"),
                migrations.AlterModelTable("IdeaFile", "ideas_ideaphoto"),
            ]
        ),
        migrations.AlterModelOptions(
            name="ideafile",
            options={
                "ordering": ["position"],
                "verbose_name": "file of an idea",
                "verbose_name_plural": "files of ideas",
            },
        ),
        migrations.AlterField(
            model_name="ideafile",
            name="idea",
            field=models.ForeignKey(
                on_delete=models.deletion.CASCADE, related_name="files", to="ideas.idea"
            ),
        ),
        migrations.AlterField(
            model_name="ideafile",
            name="alt",
            field=models.CharField(max_length=200, verbose_name="what it shows or holds"),
        ),
        migrations.AddField(
            model_name="ideafile",
            name="kind",
            field=models.CharField(
                choices=[("picture", "Picture"), ("document", "Document")], db_default="picture", max_length=8
            ),
        ),
        migrations.AddField(
            model_name="ideafile",
            name="small",
            field=models.FileField(
                blank=True,
                db_default="",
                default="",
                max_length=120,
                storage=src.foundations.uploads.PrivateStorage(),
                upload_to=ideas.models.file.random_name,
            ),
        ),
        migrations.AddField(
            model_name="ideafile",
            name="size",
            field=models.PositiveIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name="ideafile",
            name="position",
            field=models.PositiveSmallIntegerField(db_default=1),
        ),
        migrations.AddConstraint(
            model_name="ideafile",
            constraint=models.UniqueConstraint(fields=("idea", "position"), name="idea_file_one_a_place"),
        ),
        migrations.AddConstraint(
            model_name="ideafile",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__range", (1, 5))), name="idea_file_five_places"
            ),
        ),
        migrations.AddConstraint(
            model_name="ideafile",
            constraint=models.CheckConstraint(
                condition=models.Q(("alt", ""), _negated=True), name="idea_file_is_described"
            ),
        ),
        migrations.AddConstraint(
            model_name="ideafile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["picture", "document"])), name="idea_file_kind_known"
            ),
        ),
    ]
