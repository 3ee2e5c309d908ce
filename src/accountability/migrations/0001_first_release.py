import django.db.models.deletion
import django.db.models.expressions
import src.accountability.models.measure_story
import src.foundations.references
import src.foundations.uploads
import uuid
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("accountability", "0001_initial"),
        ("accountability", "0002_initial"),
        ("accountability", "0003_carried_promise"),
        ("accountability", "0004_another_decider"),
        ("accountability", "0005_measures"),
        ("accountability", "0006_plans"),
        ("accountability", "0007_plan_reports"),
        ("accountability", "0008_reply_signature"),
        ("accountability", "0009_reopening_conditions"),
        ("accountability", "0010_conditions_of_past_answers"),
        ("accountability", "0011_terms_of_each_condition"),
        ("accountability", "0012_co_authors_credited"),
    ]

    dependencies = [
        *WAGTAIL,
        ("directory", "0001_first_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("rules", models.JSONField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "column mapping",
                "verbose_name_plural": "column mappings",
            },
        ),
        migrations.CreateModel(
            name="MeasureImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("mapping", models.CharField(max_length=80)),
                ("licence_note", models.CharField(blank=True, max_length=300)),
                ("started_at", models.DateTimeField()),
                ("counts", models.JSONField(default=dict)),
                (
                    "run_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import of measures",
                "verbose_name_plural": "imports of measures",
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("changes", models.TextField(blank=True, verbose_name="what it changes")),
                ("is_trial", models.BooleanField(default=False, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "To come"),
                            ("studies", "Being studied"),
                            ("procedure", "Being ordered"),
                            ("works", "Being done"),
                            ("delivered", "Done, to confirm"),
                            ("verified", "Confirmed"),
                            ("stopped", "Stopped"),
                        ],
                        db_index=True,
                        default="planned",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(db_index=True, verbose_name="year")),
                ("theme", models.CharField(blank=True, max_length=120, verbose_name="theme")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="place")),
                ("direction_label", models.CharField(blank=True, max_length=200)),
                ("owner_label", models.CharField(blank=True, max_length=160, verbose_name="who does it")),
                ("budget", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="budget, in euros")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="begins")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="planned end")),
                (
                    "changes_daily_work",
                    models.BooleanField(default=True, verbose_name="changes the working day of colleagues"),
                ),
                ("created_on", models.DateField()),
                ("published_on", models.DateField(blank=True, null=True)),
                ("heard_on", models.DateField(blank=True, null=True)),
                ("news_on", models.DateField(blank=True, null=True)),
                ("delivered_on", models.DateField(blank=True, null=True)),
                ("delivered_proof", models.TextField(blank=True, verbose_name="what proves it")),
                (
                    "confirmation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sample", "People drawn by lot, on the ground"),
                            ("word", "The word of the correspondent, with a photo"),
                        ],
                        max_length=8,
                    ),
                ),
                ("verified_on", models.DateField(blank=True, null=True)),
                ("confirmation_text", models.TextField(blank=True)),
                ("stopped_on", models.DateField(blank=True, null=True)),
                (
                    "stop_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("regle", "A rule forbids it"),
                            ("budget", "No budget this year"),
                            ("competence", "Not for the City to decide"),
                            ("securite", "Safety of people"),
                            ("vie_privee", "Protection of privacy"),
                            ("egalite", "Would create an inequality"),
                            ("technique", "Not possible with our tools"),
                            ("effet", "Would not solve the problem"),
                            ("deja", "Already exists"),
                            ("priorite", "Other priorities first"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("stop_text", models.TextField(blank=True, verbose_name="why it stops")),
                ("stop_signed_as", models.CharField(blank=True, max_length=160)),
                ("import_key", models.CharField(blank=True, editable=False, max_length=120)),
                ("adopted_on", models.DateField(blank=True, editable=False, null=True)),
                ("carrier_kind", models.CharField(blank=True, editable=False, max_length=20)),
                ("carrier_reference", models.CharField(blank=True, editable=False, max_length=60)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "delivered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="named person in charge",
                    ),
                ),
                (
                    "perimeter",
                    models.ManyToManyField(blank=True, related_name="+", to="directory.unit", verbose_name="where"),
                ),
                (
                    "pilots",
                    models.ManyToManyField(blank=True, related_name="+", to="directory.unit", verbose_name="with"),
                ),
                (
                    "stopped_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
                (
                    "import_batch",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="accountability.measureimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="measure_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit__isnull", False), models.Q(("direction_label", ""), _negated=True), _connector="OR"
                        ),
                        name="measure_has_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "verified"), _negated=True),
                            models.Q(("verified_on__isnull", False), ("confirmation__in", ["sample", "word"])),
                            _connector="OR",
                        ),
                        name="measure_confirmed_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmation", "word"), _negated=True),
                            ("confirmed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="measure_word_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            ("delivered_by__isnull", True),
                            models.Q(("confirmed_by", models.F("delivered_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_confirmed_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("import_key", ""), _negated=True),
                        fields=("import_key",),
                        name="measure_import_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("carrier_kind", ""), ("carrier_reference", "")),
                            models.Q(
                                models.Q(("carrier_kind", ""), _negated=True),
                                models.Q(("carrier_reference", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_carrier_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["delivered", "verified"]), _negated=True),
                            models.Q(
                                ("delivered_on__isnull", False), models.Q(("delivered_proof", ""), _negated=True)
                            ),
                            ("import_batch__isnull", False),
                            _connector="OR",
                        ),
                        name="measure_done_with_proof",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "stopped"), _negated=True),
                            models.Q(
                                models.Q(("stop_text", ""), _negated=True),
                                models.Q(
                                    ("stopped_on__isnull", False), ("import_batch__isnull", False), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="measure_stop_says_why",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["-year", "reference"], name="measure_public_order"),
                    models.Index(fields=["direction", "status"], name="measure_direction_status"),
                    models.Index(fields=["status", "heard_on"], name="measure_silence"),
                    models.Index(
                        condition=models.Q(("carrier_kind", ""), _negated=True),
                        fields=["carrier_kind", "carrier_reference"],
                        name="measures_of_a_carrier",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroundCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.CharField(editable=False, max_length=64)),
                ("frame_hash", models.CharField(editable=False, max_length=64)),
                ("frame_size", models.PositiveIntegerField(editable=False)),
                ("drawn", models.PositiveSmallIntegerField(editable=False)),
                ("opened_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("answers", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("on_paper", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("yes", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("done_yes", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("suits_yes", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("lasts_yes", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("to_confirm", "Still to confirm"),
                            ("dropped", "Taken up again meanwhile"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="accountability.measure"
                    ),
                ),
            ],
            options={
                "verbose_name": "ground check",
                "verbose_name_plural": "ground checks",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("result", "")),
                            models.Q(models.Q(("result", ""), _negated=True), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="ground_check_result_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answers__lte", models.F("drawn")),
                            ("yes__lte", models.F("answers")),
                            ("yes__lte", models.F("done_yes")),
                            ("yes__lte", models.F("suits_yes")),
                            ("done_yes__lte", models.F("answers")),
                            ("suits_yes__lte", models.F("answers")),
                            ("lasts_yes__lte", models.F("answers")),
                            ("on_paper__lte", models.F("answers")),
                        ),
                        name="ground_check_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "confirmed"), _negated=True),
                            models.Q(
                                ("answers__gte", 8),
                                (
                                    "answers__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("yes"), "*", models.Value(5)
                                        ),
                                        "/",
                                        models.Value(3),
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="ground_check_confirmed_by_enough",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("result", "")), fields=("measure",), name="ground_check_one_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnouncementBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("created_at", models.DateTimeField()),
                ("planned_for", models.DateField(blank=True, null=True, verbose_name="planned for")),
                ("announced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "announced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "announcement",
                "verbose_name_plural": "announcements",
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=32)),
                ("subject_reference", models.CharField(max_length=16)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "Yes"),
                            ("pilot", "Trial"),
                            ("deferred", "Later"),
                            ("declined", "No"),
                            ("already_done", "Already in place"),
                        ],
                        max_length=16,
                        verbose_name="answer",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("regle", "A rule forbids it"),
                            ("budget", "No budget this year"),
                            ("competence", "Not for the City to decide"),
                            ("securite", "Safety of people"),
                            ("vie_privee", "Protection of privacy"),
                            ("egalite", "Would create an inequality"),
                            ("technique", "Not possible with our tools"),
                            ("effet", "Would not solve the problem"),
                            ("deja", "Already exists"),
                            ("priorite", "Other priorities first"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("text", models.TextField(verbose_name="official response")),
                ("reopening_conditions", models.TextField(blank=True, verbose_name="what could change the answer")),
                (
                    "condition_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("budget", "A budget"),
                            ("loi", "A law or a rule"),
                            ("outil", "A tool"),
                            ("annee", "A year or a date"),
                            ("equipe", "People to do it"),
                            ("preuve", "Proof that it works"),
                            ("autre", "Something else"),
                        ],
                        db_default="",
                        default="",
                        max_length=16,
                        verbose_name="what has to change",
                    ),
                ),
                ("condition_on", models.DateField(blank=True, null=True, verbose_name="to look at from")),
                (
                    "condition_terms",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=160),
                ),
                ("revisit_on", models.DateField(blank=True, null=True, verbose_name="we will answer again before")),
                ("measure_owner", models.CharField(blank=True, max_length=160, verbose_name="who will do it")),
                ("first_milestone", models.CharField(blank=True, max_length=240, verbose_name="first step")),
                ("first_milestone_on", models.DateField(blank=True, null=True, verbose_name="date of the first step")),
                ("is_fast_lane", models.BooleanField(default=False, editable=False)),
                ("countersigned_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("signed_as", models.CharField(max_length=160, verbose_name="signed")),
                ("turn", models.PositiveSmallIntegerField(db_default=1, default=1, editable=False)),
                ("prepared_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="accountability.announcementbatch",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="decision_has_text"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["declined", "deferred"]), _negated=True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("reopening_conditions", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_no_and_later_say_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "deferred"), _negated=True),
                            ("revisit_on__isnull", False),
                            _connector="OR",
                        ),
                        name="decision_later_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["accepted", "pilot"]), _negated=True),
                            models.Q(
                                models.Q(("measure_owner", ""), _negated=True),
                                models.Q(("first_milestone", ""), _negated=True),
                                ("first_milestone_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decision_yes_says_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_fast_lane", False), ("drafted_by__isnull", False), _connector="OR"),
                        name="decision_fast_lane_has_drafter",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("applied_at__isnull", True)),
                        fields=("subject_kind", "subject_reference"),
                        name="decision_one_in_preparation",
                    ),
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_reference", "decided_by", "turn"),
                        name="decision_once_by_each",
                    ),
                ],
                "indexes": [models.Index(fields=["subject_kind", "subject_reference"], name="decision_subject")],
            },
        ),
        migrations.CreateModel(
            name="GroundSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quarter", models.CharField(max_length=6)),
                ("has_answered", models.BooleanField(default=False, editable=False, null=True)),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="accountability.groundcheck",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "person asked on the ground",
                "verbose_name_plural": "people asked on the ground",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "quarter"), name="ground_seat_once_a_quarter")
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="what is counted")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                ("method", models.CharField(blank=True, max_length=300, verbose_name="how it is counted")),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="at the beginning"
                    ),
                ),
                (
                    "target",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="aim"),
                ),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="today"),
                ),
                ("measured_on", models.DateField(blank=True, null=True, verbose_name="measured on")),
                (
                    "measure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicator",
                        to="accountability.measure",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator of a measure",
                "verbose_name_plural": "indicators of measures",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("measured_on__isnull", False), _connector="OR"),
                        name="indicator_value_has_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureOrigin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=32)),
                ("subject_reference", models.CharField(blank=True, max_length=16)),
                ("label", models.CharField(blank=True, max_length=200, verbose_name="where it comes from")),
                ("credit", models.CharField(blank=True, max_length=160)),
                ("co_credit", models.TextField(blank=True, db_default="", default="")),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measure_origin",
                        to="accountability.decision",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origins",
                        to="accountability.measure",
                    ),
                ),
            ],
            options={
                "verbose_name": "origin of a measure",
                "verbose_name_plural": "origins of measures",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "subject_kind", "subject_reference", "label"), name="measure_origin_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_reference", ""), _negated=True),
                            models.Q(("label", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_origin_says_what",
                    ),
                ],
                "indexes": [models.Index(fields=["subject_kind", "subject_reference"], name="measure_origin_subject")],
            },
        ),
        migrations.CreateModel(
            name="MeasureReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("silent_since", models.DateField()),
                ("on", models.DateField()),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="accountability.measure",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder about a measure",
                "verbose_name_plural": "reminders about measures",
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "level", "silent_since"), name="measure_reminder_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("born", "Decided"),
                            ("adopted", "Taken in hand"),
                            ("published", "Published"),
                            ("reworded", "Put in other words"),
                            ("moved", "New step"),
                            ("milestone", "Date changed"),
                            ("delivered", "Said to be done"),
                            ("reopened", "Taken up again"),
                            ("verified", "Confirmed"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("planned", "To come"),
                            ("studies", "Being studied"),
                            ("procedure", "Being ordered"),
                            ("works", "Being done"),
                            ("delivered", "Done, to confirm"),
                            ("verified", "Confirmed"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("planned", "To come"),
                            ("studies", "Being studied"),
                            ("procedure", "Being ordered"),
                            ("works", "Being done"),
                            ("delivered", "Done, to confirm"),
                            ("verified", "Confirmed"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=16,
                    ),
                ),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("text", models.TextField(blank=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="accountability.measure"
                    ),
                ),
            ],
            options={
                "verbose_name": "history of a measure",
                "verbose_name_plural": "history of measures",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=240, verbose_name="step")),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned for")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="accountability.measure",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a measure",
                "verbose_name_plural": "steps of measures",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("planned_on__isnull", False), ("done_on__isnull", False), _connector="OR"),
                        name="milestone_has_a_day",
                    ),
                    models.UniqueConstraint(fields=("measure", "title"), name="milestone_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="in a few lines")),
                ("adopted_on", models.DateField(verbose_name="adopted on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="runs until")),
                ("created_on", models.DateField()),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                        verbose_name="followed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="plan_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("adopted_on")), _connector="OR"
                        ),
                        name="plan_ends_after_its_start",
                    ),
                ],
                "indexes": [models.Index(fields=["-adopted_on", "reference"], name="plan_public_order")],
            },
        ),
        migrations.CreateModel(
            name="PlanAxis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="axes", to="accountability.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "axis of a plan",
                "verbose_name_plural": "axes of plans",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_axis_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), models.Q(("title", ""), _negated=True)),
                        name="plan_axis_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanOrientation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "axis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="orientations",
                        to="accountability.planaxis",
                    ),
                ),
            ],
            options={
                "verbose_name": "orientation of a plan",
                "verbose_name_plural": "orientations of plans",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("axis", "number"), name="plan_orientation_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), models.Q(("title", ""), _negated=True)),
                        name="plan_orientation_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanMeasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_entries",
                        to="accountability.measure",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="accountability.plan"
                    ),
                ),
                (
                    "orientation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="accountability.planorientation",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure of a plan",
                "verbose_name_plural": "measures of plans",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_measure_number_once"),
                    models.UniqueConstraint(fields=("plan", "measure"), name="plan_measure_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="plan_measure_is_numbered"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("figures_on", models.DateField(verbose_name="figures of")),
                ("introduction", models.TextField(verbose_name="introduction")),
                ("created_on", models.DateField()),
                ("frozen_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("signed_as", models.CharField(blank=True, editable=False, max_length=160)),
                (
                    "frozen_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="accountability.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "yearly report of a plan",
                "verbose_name_plural": "yearly reports of plans",
                "ordering": ["-year"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "year"), name="plan_report_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("introduction", ""), _negated=True), name="plan_report_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frozen_at__isnull", True),
                            models.Q(("frozen_by__isnull", False), models.Q(("signed_as", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="plan_report_frozen_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanReportAxis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("to_come", models.PositiveSmallIntegerField(default=0)),
                ("under_way", models.PositiveSmallIntegerField(default=0)),
                ("silent", models.PositiveSmallIntegerField(default=0)),
                ("to_confirm", models.PositiveSmallIntegerField(default=0)),
                ("confirmed", models.PositiveSmallIntegerField(default=0)),
                ("stopped", models.PositiveSmallIntegerField(default=0)),
                ("ground_answers", models.PositiveIntegerField(default=0)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="axes",
                        to="accountability.planreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "axis of a yearly report",
                "verbose_name_plural": "axes of yearly reports",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="plan_report_axis_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "silent__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("to_come"), "+", models.F("under_way")
                                ),
                            )
                        ),
                        name="plan_report_axis_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanReportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("axis_number", models.PositiveSmallIntegerField()),
                ("orientation_number", models.PositiveSmallIntegerField()),
                ("orientation_title", models.CharField(max_length=200)),
                ("number", models.PositiveSmallIntegerField()),
                ("reference", models.CharField(max_length=6)),
                ("title", models.CharField(max_length=300)),
                ("direction_label", models.CharField(max_length=200)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "To come"),
                            ("studies", "Being studied"),
                            ("procedure", "Being ordered"),
                            ("works", "Being done"),
                            ("delivered", "Done, to confirm"),
                            ("verified", "Confirmed"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=16,
                    ),
                ),
                ("silent_days", models.PositiveIntegerField(default=0)),
                ("news_on", models.DateField(null=True)),
                ("news", models.TextField(blank=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="accountability.planreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure in a yearly report",
                "verbose_name_plural": "measures in yearly reports",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="plan_report_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("silent_days", 0),
                            ("status__in", ["planned", "studies", "procedure", "works"]),
                            _connector="OR",
                        ),
                        name="plan_report_line_silent_runs",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField()),
                ("text", models.TextField(verbose_name="news")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "To come"),
                            ("studies", "Being studied"),
                            ("procedure", "Being ordered"),
                            ("works", "Being done"),
                            ("delivered", "Done, to confirm"),
                            ("verified", "Confirmed"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=16,
                    ),
                ),
                ("signed_as", models.CharField(blank=True, max_length=160)),
                (
                    "photo",
                    models.FileField(
                        blank=True,
                        max_length=120,
                        storage=src.foundations.uploads.PrivateStorage(),
                        upload_to=src.accountability.models.measure_story.random_name,
                    ),
                ),
                ("photo_alt", models.CharField(blank=True, max_length=200, verbose_name="what the picture shows")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="accountability.measure"
                    ),
                ),
            ],
            options={
                "verbose_name": "news of a measure",
                "verbose_name_plural": "news of measures",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="progress_note_has_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("photo", ""), models.Q(("photo_alt", ""), _negated=True), _connector="OR"),
                        name="progress_note_photo_is_described",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReopeningCondition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("budget", "A budget"),
                            ("loi", "A law or a rule"),
                            ("outil", "A tool"),
                            ("annee", "A year or a date"),
                            ("equipe", "People to do it"),
                            ("preuve", "Proof that it works"),
                            ("autre", "Something else"),
                        ],
                        max_length=16,
                        verbose_name="what has to change",
                    ),
                ),
                ("words", models.TextField(verbose_name="what could change the answer")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to look at from")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="met on")),
                ("met_text", models.TextField(blank=True, verbose_name="what has changed")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="accountability.decision",
                    ),
                ),
                (
                    "met_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "reopening condition",
                "verbose_name_plural": "reopening conditions",
                "ordering": ["decision", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "position"), name="condition_place"),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="condition_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("met_by__isnull", True), ("met_on__isnull", True), ("met_text", "")),
                            models.Q(
                                ("met_by__isnull", False),
                                ("met_on__isnull", False),
                                models.Q(("met_text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="condition_met_by_somebody_who_says_how",
                    ),
                ],
                "indexes": [models.Index(fields=["met_on", "due_on"], name="condition_watched")],
            },
        ),
        migrations.CreateModel(
            name="ReplySignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("function", models.CharField(blank=True, max_length=110, verbose_name="your function")),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_text", models.TextField(blank=True, verbose_name="what must change")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signature",
                        to="accountability.decision",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "signature of a reply",
                "verbose_name_plural": "signatures of replies",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_at__isnull", True), ("returned_at__isnull", True), _connector="OR"
                        ),
                        name="reply_signed_or_returned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", True),
                            models.Q(("returned_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reply_returned_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("official", models.F("asked_by")), _negated=True),
                        name="reply_signed_by_another",
                    ),
                ],
                "indexes": [models.Index(fields=["official", "signed_at"], name="reply_to_sign")],
            },
        ),
        migrations.CreateModel(
            name="ResponseOwed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=32)),
                ("subject_reference", models.CharField(max_length=16)),
                ("started_on", models.DateField()),
                ("days", models.PositiveSmallIntegerField(default=60, editable=False)),
                ("threshold_on", models.DateField(blank=True, null=True)),
                ("carried_on", models.DateField(blank=True, editable=False, null=True)),
                ("carried_days", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ("by_week", models.BooleanField(default=False, editable=False)),
                ("promised_on", models.DateField(verbose_name="promised for")),
                ("promised_after_pause", models.DateField(blank=True, editable=False, null=True)),
                ("paused_on", models.DateField(blank=True, null=True)),
                ("paused_until", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("cancelled_on", models.DateField(blank=True, null=True)),
                ("escalation_level", models.PositiveSmallIntegerField(default=0)),
                ("last_reminder_on", models.DateField(blank=True, null=True)),
                (
                    "owner",
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
                        verbose_name="owed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer owed",
                "verbose_name_plural": "answers owed",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on__isnull", True), ("cancelled_on__isnull", True)),
                        fields=("subject_kind", "subject_reference"),
                        name="response_owed_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paused_on__isnull", True), ("paused_until__isnull", False), _connector="OR"
                        ),
                        name="response_owed_pause_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paused_on__isnull", True), ("promised_after_pause__isnull", False), _connector="OR"
                        ),
                        name="response_owed_pause_counted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True), ("cancelled_on__isnull", True), _connector="OR"
                        ),
                        name="response_owed_one_ending",
                    ),
                ],
                "indexes": [models.Index(fields=["promised_on"], name="response_owed_due")],
            },
        ),
        migrations.CreateModel(
            name="OwedReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("promised_on", models.DateField()),
                ("on", models.DateField()),
                (
                    "owed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="accountability.responseowed",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "constraints": [
                    models.UniqueConstraint(fields=("owed", "level", "promised_on"), name="owed_reminder_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OwedPause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("started_on", models.DateField()),
                ("until", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("step", models.CharField(blank=True, max_length=32)),
                (
                    "owed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pauses",
                        to="accountability.responseowed",
                    ),
                ),
            ],
            options={
                "verbose_name": "pause",
                "verbose_name_plural": "pauses",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)), fields=("owed",), name="owed_pause_one_open"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("step", ""), _negated=True),
                        fields=("owed", "step"),
                        name="owed_pause_once_a_step",
                    ),
                ],
            },
        ),
    ]
