import django.db.models.deletion
import src.foundations.references
import uuid
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
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("held_on", models.DateField(verbose_name="day of the visit")),
                ("announced", models.PositiveSmallIntegerField(verbose_name="sheets")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("typing", "Being typed"),
                            ("checking", "Waiting for its second look"),
                            ("sent", "Sent, sheets to destroy"),
                            ("destroyed", "Sheets destroyed"),
                        ],
                        default="typing",
                        max_length=16,
                    ),
                ),
                ("sent", models.PositiveSmallIntegerField(default=0)),
                ("set_aside", models.PositiveSmallIntegerField(default=0)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("destroy_by", models.DateField()),
                ("destroyed_on", models.DateField(blank=True, null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "destroyed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "typed_by",
                    models.ForeignKey(
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
                "verbose_name": "batch of sheets",
                "verbose_name_plural": "batches of sheets",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            models.Q(("checked_by", models.F("typed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="paper_batch_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["typing", "checking", "sent", "destroyed"])),
                        name="paper_batch_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrintRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form_key", models.CharField(max_length=32)),
                ("about", models.CharField(blank=True, max_length=64)),
                ("sheets", models.PositiveSmallIntegerField(verbose_name="sheets")),
                ("printed_on", models.DateField()),
                ("destroy_by", models.DateField()),
                (
                    "printed_by",
                    models.ForeignKey(
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
                "verbose_name": "printed sheets",
                "verbose_name_plural": "printed sheets",
            },
        ),
        migrations.CreateModel(
            name="FollowCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=32, unique=True)),
                ("sheet_number", models.CharField(blank=True, max_length=6, null=True, unique=True)),
                ("subject_kind", models.CharField(blank=True, max_length=32)),
                ("handle", models.UUIDField(blank=True, null=True, unique=True)),
                ("expires_on", models.DateField()),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codes",
                        to="paper.printrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "secret code",
                "verbose_name_plural": "secret codes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("handle__isnull", True),
                            models.Q(("run__isnull", True), ("sheet_number__isnull", True)),
                            _connector="OR",
                        ),
                        name="paper_code_forgets_its_sheet",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TypedSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("form_key", models.CharField(max_length=32)),
                ("about", models.CharField(blank=True, max_length=64)),
                ("ciphertext", models.BinaryField()),
                ("is_blind", models.BooleanField(default=False)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="paper.batch"
                    ),
                ),
                (
                    "code",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="paper.followcode"
                    ),
                ),
            ],
            options={
                "verbose_name": "sheet being typed",
                "verbose_name_plural": "sheets being typed",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "position"), name="paper_sheet_position_once")
                ],
            },
        ),
    ]
