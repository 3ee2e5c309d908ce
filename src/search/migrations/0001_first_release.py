import datetime
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("search", "0001_initial"),
        ("search", "0002_traits"),
    ]

    dependencies = [
        *WAGTAIL,
    ]

    operations = [
        migrations.CreateModel(
            name="KnownStem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("stem", models.CharField(max_length=64)),
                ("documents", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "known word",
                "verbose_name_plural": "known words",
                "constraints": [models.UniqueConstraint(fields=("kind", "stem"), name="search_known_stem_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("object_id", models.BigIntegerField()),
                ("cell", models.BigIntegerField(default=0)),
                ("tie", models.BigIntegerField(default=0)),
                ("day", models.DateField(default=datetime.date(1, 1, 1))),
                ("genre", models.CharField(default="", max_length=16)),
                ("step", models.CharField(default="", max_length=16)),
                ("direction", models.CharField(default="", max_length=32)),
                ("space", models.CharField(default="", max_length=64)),
                ("direction_name", models.CharField(default="", max_length=200)),
                ("space_name", models.CharField(default="", max_length=120)),
                ("title", models.CharField(max_length=300)),
                ("title_text", models.TextField()),
                ("search_text", models.TextField()),
            ],
            options={
                "verbose_name": "search document",
                "verbose_name_plural": "search documents",
                "constraints": [models.UniqueConstraint(fields=("kind", "object_id"), name="search_document_once")],
            },
        ),
    ]
