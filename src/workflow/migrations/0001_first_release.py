import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("workflow", "0001_initial"),
        ("workflow", "0002_may_go_back"),
        ("workflow", "0003_shortlisted_and_chosen"),
        ("workflow", "0004_cohort_stages"),
    ]

    dependencies = [
        *WAGTAIL,
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Process",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=64, verbose_name="short name")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("active", "In use"), ("retired", "Replaced")],
                        default="draft",
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("subject_kind", models.CharField(default="idea", max_length=32, verbose_name="moves")),
                ("notes", models.TextField(blank=True, verbose_name="what changed, and why")),
                ("is_shipped", models.BooleanField(default=False, editable=False)),
                ("activated_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "activated_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "process",
                "verbose_name_plural": "processes",
                "ordering": ["slug", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "version"), name="process_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "active")), fields=("slug",), name="process_one_active_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "active", "retired"])), name="process_status_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("activated_at__isnull", False), _connector="OR"),
                        name="process_active_since_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mapping", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Under way"),
                            ("done", "Finished"),
                            ("cancelled", "Interrupted"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("planned_count", models.PositiveIntegerField(default=0, verbose_name="to adopt")),
                ("moved_count", models.PositiveIntegerField(default=0, verbose_name="adopted")),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions_out",
                        to="workflow.process",
                    ),
                ),
                (
                    "to_process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adoptions_in", to="workflow.process"
                    ),
                ),
            ],
            options={
                "verbose_name": "adoption",
                "verbose_name_plural": "adoptions",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "running", "done", "cancelled"])),
                        name="adoption_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")), fields=("from_process",), name="adoption_one_running"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=64, verbose_name="short name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted"),
                            ("open", "Open"),
                            ("qualified", "Oriented"),
                            ("shortlisted", "Shortlisted"),
                            ("needs_info", "Question to the author"),
                            ("transferred", "Proposed to another direction"),
                            ("in_review", "Under study"),
                            ("countersign", "Answer to countersign"),
                            ("decision_pending", "Awaiting a decision"),
                            ("accepted", "Accepted"),
                            ("selected", "Chosen among several"),
                            ("cohort", "In the cohort"),
                            ("pilot", "Trial"),
                            ("deferred", "Later"),
                            ("declined", "Declined"),
                            ("already_done", "Already in place"),
                            ("in_progress", "In progress"),
                            ("delivered", "Done, to confirm"),
                            ("verified", "Confirmed"),
                            ("graduated", "Graduated"),
                            ("stopped", "Stopped"),
                            ("merged", "Merged"),
                            ("withdrawn", "Withdrawn"),
                            ("removed", "Removed"),
                            ("dormant", "Dormant"),
                        ],
                        max_length=32,
                        verbose_name="kind",
                    ),
                ),
                ("staff_label", models.CharField(max_length=80, verbose_name="label for staff")),
                (
                    "staff_label_en",
                    models.CharField(blank=True, max_length=80, verbose_name="label for staff, in English"),
                ),
                ("public_label", models.CharField(max_length=80, verbose_name="label for everyone")),
                (
                    "public_label_en",
                    models.CharField(blank=True, max_length=80, verbose_name="label for everyone, in English"),
                ),
                (
                    "default_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="working days allowed"),
                ),
                ("accepts_supports", models.BooleanField(default=False, verbose_name="can be supported")),
                ("is_start", models.BooleanField(default=False, verbose_name="first stage")),
                ("sort_order", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "process",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="workflow.process"
                    ),
                ),
            ],
            options={
                "verbose_name": "stage",
                "verbose_name_plural": "stages",
                "ordering": ["sort_order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("process", "slug"), name="stage_slug_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "submitted",
                                    "open",
                                    "qualified",
                                    "shortlisted",
                                    "needs_info",
                                    "transferred",
                                    "in_review",
                                    "countersign",
                                    "decision_pending",
                                    "accepted",
                                    "selected",
                                    "cohort",
                                    "pilot",
                                    "deferred",
                                    "declined",
                                    "already_done",
                                    "in_progress",
                                    "delivered",
                                    "verified",
                                    "graduated",
                                    "stopped",
                                    "merged",
                                    "withdrawn",
                                    "removed",
                                    "dormant",
                                ],
                            )
                        ),
                        name="stage_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=64, verbose_name="short name")),
                ("label", models.CharField(max_length=80, verbose_name="button")),
                ("label_en", models.CharField(blank=True, max_length=80, verbose_name="button, in English")),
                ("from_slug", models.CharField(max_length=64, verbose_name="from the stage")),
                ("to_slug", models.CharField(max_length=64, verbose_name="to the stage")),
                ("who", models.JSONField(default=list, verbose_name="who may do it")),
                ("form", models.CharField(blank=True, max_length=32, verbose_name="form")),
                ("guard", models.CharField(blank=True, max_length=32, verbose_name="condition")),
                (
                    "clock",
                    models.CharField(
                        choices=[
                            ("none", "The clock keeps running"),
                            ("pause", "The clock is paused"),
                            ("resume", "The clock starts again"),
                            ("stop", "The clock stops: answered or closed"),
                        ],
                        default="none",
                        max_length=16,
                        verbose_name="promised date",
                    ),
                ),
                (
                    "after_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="automatic after (working days)"
                    ),
                ),
                (
                    "may_go_back",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Only steps Terrain knows how to undo are offered: never an answer, a removal or a withdrawal.",
                        verbose_name="can be taken back while nobody is told",
                    ),
                ),
                ("sort_order", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "from_stage",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ways_out",
                        to="workflow.stage",
                    ),
                ),
                (
                    "process",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="transitions", to="workflow.process"
                    ),
                ),
                (
                    "to_stage",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ways_in",
                        to="workflow.stage",
                    ),
                ),
            ],
            options={
                "verbose_name": "transition",
                "verbose_name_plural": "transitions",
                "ordering": ["sort_order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("process", "slug"), name="transition_slug_once"),
                    models.CheckConstraint(
                        condition=models.Q(("clock__in", ["none", "pause", "resume", "stop"])),
                        name="transition_clock_known",
                    ),
                ],
            },
        ),
    ]
