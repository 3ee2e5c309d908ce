import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
import modelcluster.fields
import src.foundations.clock
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
            name="IndependentEvaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "evaluator",
                    models.CharField(
                        help_text="A body from outside the City, never one person.",
                        max_length=120,
                        verbose_name="evaluator",
                    ),
                ),
                (
                    "grid",
                    models.CharField(
                        help_text="Name and version of the grid of criteria.", max_length=120, verbose_name="grid"
                    ),
                ),
                ("evaluated_on", models.DateField(verbose_name="evaluated on")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("obtained", "Label obtained"),
                            ("reserved", "Obtained with reservations"),
                            ("refused", "Not obtained"),
                        ],
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="label")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="label valid until")),
                ("summary", models.TextField(blank=True, max_length=600, verbose_name="in a few words")),
                ("is_published", models.BooleanField(default=False, verbose_name="shown to everybody")),
            ],
            options={
                "verbose_name": "independent evaluation",
                "verbose_name_plural": "independent evaluations",
                "ordering": ["-evaluated_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["obtained", "reserved", "refused"])),
                        name="evaluation_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("label", ""), ("result", "refused"), ("valid_until__isnull", True)),
                            models.Q(
                                models.Q(("result", "refused"), _negated=True),
                                models.Q(("label", ""), _negated=True),
                                ("valid_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="evaluation_label_with_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("evaluated_on")),
                            _connector="OR",
                        ),
                        name="evaluation_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("sealed", models.BinaryField()),
            ],
            options={
                "verbose_name": "key of a day",
                "verbose_name_plural": "keys of days",
            },
        ),
        migrations.CreateModel(
            name="EvaluationCriterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.PositiveSmallIntegerField(blank=True, editable=False, null=True)),
                ("label", models.CharField(max_length=160, verbose_name="criterion")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("yes", "Met"),
                            ("partly", "Partly met"),
                            ("no", "Not met"),
                            ("none", "Not looked at"),
                        ],
                        max_length=8,
                        verbose_name="result",
                    ),
                ),
                (
                    "evaluation",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="ratings.independentevaluation",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["sort_order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RatingPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("procedure", "Procedure"),
                            ("counter", "Counter"),
                            ("site", "Site"),
                            ("mobile", "Mobile unit"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As people say it: “Counter of identity papers, Quais”.",
                        max_length=80,
                        verbose_name="name",
                    ),
                ),
                ("opened_on", models.DateField(default=src.foundations.clock.today, verbose_name="open since")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "unit",
                    models.ForeignKey(
                        help_text="Its correspondents and those who answer for it read the reports.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                        verbose_name="unit that answers",
                    ),
                ),
            ],
            options={
                "verbose_name": "rating point",
                "verbose_name_plural": "rating points",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["procedure", "counter", "site", "mobile"])),
                        name="rating_point_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="rating_point_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("very_good", models.PositiveIntegerField(default=0)),
                ("good", models.PositiveIntegerField(default=0)),
                ("average", models.PositiveIntegerField(default=0)),
                ("bad", models.PositiveIntegerField(default=0)),
                ("very_bad", models.PositiveIntegerField(default=0)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("flagged", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="periods", to="ratings.ratingpoint"
                    ),
                ),
            ],
            options={
                "verbose_name": "period of ratings",
                "verbose_name_plural": "periods of ratings",
                "ordering": ["point_id", "first"],
                "constraints": [
                    models.UniqueConstraint(fields=("point", "last"), name="rating_period_once"),
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="rating_period_in_order"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("very_good"), "+", models.F("good")
                                        ),
                                        "+",
                                        models.F("average"),
                                    ),
                                    "+",
                                    models.F("bad"),
                                ),
                                "+",
                                models.F("very_bad"),
                            ),
                            5,
                        ),
                        name="rating_period_above_floor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("very_good", models.PositiveIntegerField(default=0)),
                ("good", models.PositiveIntegerField(default=0)),
                ("average", models.PositiveIntegerField(default=0)),
                ("bad", models.PositiveIntegerField(default=0)),
                ("very_bad", models.PositiveIntegerField(default=0)),
                ("month", models.DateField()),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="months", to="ratings.ratingpoint"
                    ),
                ),
            ],
            options={
                "verbose_name": "month of ratings",
                "verbose_name_plural": "months of ratings",
                "constraints": [models.UniqueConstraint(fields=("point", "month"), name="rating_month_once")],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[(5, "Very good"), (4, "Good"), (3, "Average"), (2, "Bad"), (1, "Very bad")]
                    ),
                ),
                ("reasons", models.PositiveSmallIntegerField(default=0)),
                ("words", models.CharField(blank=True, max_length=280)),
                ("language", models.CharField(default="fr", max_length=2)),
                ("easy", models.BooleanField(default=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Poster or link"),
                            ("visit", "Link sent after a visit"),
                            ("kiosk", "Shared tablet"),
                        ],
                        default="web",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("day", models.DateField()),
                ("seconds", models.PositiveIntegerField(blank=True, null=True)),
                ("network", models.CharField(blank=True, max_length=16)),
                ("display", models.CharField(blank=True, max_length=32, null=True, unique=True)),
                ("flags", models.PositiveSmallIntegerField(default=0)),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="ratings.ratingpoint"
                    ),
                ),
            ],
            options={
                "verbose_name": "rating",
                "verbose_name_plural": "ratings",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("grade__range", (1, 5))), name="rating_grade_of_five"),
                    models.CheckConstraint(condition=models.Q(("reasons__lte", 31)), name="rating_reasons_known"),
                    models.CheckConstraint(condition=models.Q(("flags__lte", 2047)), name="rating_flags_known"),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["web", "visit", "kiosk"])), name="rating_channel_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ("fr", "en", "pt", "ar"))), name="rating_language_known"
                    ),
                ],
                "indexes": [models.Index(fields=["point", "day"], name="rating_point_day")],
            },
        ),
        migrations.CreateModel(
            name="ProblemReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("handle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("text", models.TextField(max_length=1000, verbose_name="what happened")),
                ("language", models.CharField(default="fr", max_length=2)),
                ("week", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To answer"), ("answered", "Answered")], default="open", max_length=12
                    ),
                ),
                (
                    "contact_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "With the secret code alone"),
                            ("mail", "By e-mail"),
                            ("sms", "By text message"),
                        ],
                        max_length=8,
                    ),
                ),
                ("contact", models.BinaryField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("signed", models.CharField(blank=True, max_length=120)),
                ("display", models.CharField(blank=True, max_length=32, null=True, unique=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="ratings.ratingpoint"
                    ),
                ),
            ],
            options={
                "verbose_name": "problem report",
                "verbose_name_plural": "problem reports",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on__isnull", True), ("state", "open")),
                            models.Q(
                                ("answered_on__isnull", False),
                                ("contact__isnull", True),
                                ("state", "answered"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="problem_report_answered_whole_contact_gone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contact__isnull", True), models.Q(("contact_kind", ""), _negated=True), _connector="OR"
                        ),
                        name="problem_report_contact_has_kind",
                    ),
                ],
                "indexes": [models.Index(fields=["point", "state"], name="problem_report_queue")],
            },
        ),
        migrations.AddField(
            model_name="independentevaluation",
            name="point",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evaluations",
                to="ratings.ratingpoint",
                verbose_name="rating point",
            ),
        ),
        migrations.CreateModel(
            name="AnomalyFlag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pattern",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Many ratings within ten minutes"),
                            (2, "Many ratings from one network"),
                            (4, "The same sentence, many times"),
                            (8, "Many ratings in the night"),
                            (16, "A long run of one grade"),
                            (32, "Ratings at regular intervals"),
                            (64, "Faster than somebody reads"),
                            (128, "A day unlike the others by its grades"),
                            (256, "A day unlike the others by its number"),
                            (512, "The same answers, many times"),
                            (1024, "Filled by a program"),
                        ]
                    ),
                ),
                ("day", models.DateField()),
                ("ratings", models.PositiveIntegerField()),
                ("found_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="what it was")),
                ("looked_on", models.DateField(blank=True, null=True)),
                (
                    "looked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flags", to="ratings.ratingpoint"
                    ),
                ),
            ],
            options={
                "verbose_name": "unusual ratings",
                "verbose_name_plural": "unusual ratings",
                "ordering": ["-day", "point_id", "pattern"],
                "constraints": [
                    models.UniqueConstraint(fields=("point", "pattern", "day"), name="anomaly_flag_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_on__isnull", True), ("note", "")),
                            models.Q(("looked_on__isnull", False), models.Q(("note", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="anomaly_flag_looked_at_with_a_note",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="suggestion")),
                ("language", models.CharField(default="fr", max_length=2)),
                ("week", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "To read"), ("taken", "Became an idea"), ("set_aside", "Set aside")],
                        default="new",
                        max_length=12,
                    ),
                ),
                ("idea", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("handled_on", models.DateField(blank=True, null=True)),
                ("display", models.CharField(blank=True, max_length=32, null=True, unique=True)),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="ratings.ratingpoint",
                    ),
                ),
            ],
            options={
                "verbose_name": "suggestion",
                "verbose_name_plural": "suggestions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("idea", ""), ("reason", ""), ("state", "new")),
                            models.Q(("state", "taken"), models.Q(("idea", ""), _negated=True)),
                            models.Q(("state", "set_aside"), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="suggestion_handled_whole",
                    )
                ],
                "indexes": [models.Index(fields=["point", "state"], name="suggestion_queue")],
            },
        ),
        migrations.CreateModel(
            name="VisitKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("token_hash", models.CharField(max_length=32, unique=True)),
                ("made_on", models.DateField()),
                ("used_on", models.DateField(blank=True, null=True)),
                ("revoked_on", models.DateField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "key of a program",
                "verbose_name_plural": "keys of programs",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="VisitBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(choices=[("file", "File"), ("api", "Appointment tool")], max_length=8)),
                ("made_on", models.DateField()),
                ("links", models.PositiveIntegerField()),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ratings.visitkey",
                    ),
                ),
            ],
            options={
                "verbose_name": "visits sent together",
                "verbose_name_plural": "visits sent together",
            },
        ),
        migrations.CreateModel(
            name="VisitLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=32, unique=True)),
                ("expires_on", models.DateField()),
                ("is_used", models.BooleanField(default=False)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="ratings.visitbatch"
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="ratings.ratingpoint"
                    ),
                ),
            ],
            options={
                "verbose_name": "link after a visit",
                "verbose_name_plural": "links after a visit",
                "indexes": [models.Index(fields=["expires_on"], name="visit_link_expiry")],
            },
        ),
    ]
