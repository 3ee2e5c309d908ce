import django.db.models.deletion
import src.foundations.references
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True

    dependencies = [
        *WAGTAIL,
        ("directory", "0001_first_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("week", models.DateField(db_index=True, verbose_name="week")),
                (
                    "scope",
                    models.CharField(
                        choices=[("place", "the place"), ("direction", "its direction"), ("city", "the city")],
                        max_length=16,
                        verbose_name="speaks of",
                    ),
                ),
                ("content", models.JSONField()),
                ("drawn_at", models.DateTimeField()),
                ("printed_on", models.DateField(blank=True, null=True, verbose_name="printed on")),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="on the wall since")),
                (
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "printed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "sheet for the wall",
                "verbose_name_plural": "sheets for the wall",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "week"), name="wall_sheet_once"),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["place", "direction", "city"])),
                        name="wall_sheet_scope_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("posted_on__isnull", True), ("posted_on__gte", models.F("week")), _connector="OR"
                        ),
                        name="wall_sheet_posted_after_drawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("posted_by__isnull", True), ("posted_on__isnull", False), _connector="OR"),
                        name="wall_sheet_poster_has_day",
                    ),
                ],
            },
        ),
    ]
