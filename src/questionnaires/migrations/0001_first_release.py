import django.db.models.deletion
import src.foundations.references
import src.foundations.uploads
import src.questionnaires.models.questionnaire
import uuid
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("questionnaires", "0001_initial"),
        ("questionnaires", "0002_answer_modes"),
        ("questionnaires", "0003_open_answers_read"),
        ("questionnaires", "0004_exchange"),
        ("questionnaires", "0005_axes_and_outreach"),
        ("questionnaires", "0006_question_image"),
        ("questionnaires", "0007_import_shape"),
        ("questionnaires", "0009_barometers"),
    ]

    dependencies = [
        *WAGTAIL,
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("participation", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Questionnaire",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("minutes", models.PositiveSmallIntegerField(default=5, verbose_name="minutes it takes")),
                (
                    "answer_mode",
                    models.CharField(
                        choices=[
                            ("identity", "With a name or a protected name"),
                            ("secret", "Secret answers"),
                            ("open", "By anybody, without an account"),
                        ],
                        db_default="identity",
                        default="identity",
                        max_length=16,
                        verbose_name="how people answer",
                    ),
                ),
                (
                    "first_axis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direction", "Direction"),
                            ("job_family", "Job family"),
                            ("contact", "Contact with the public"),
                            ("manager", "Leading a team"),
                            ("unit_size", "Size of the unit"),
                        ],
                        db_default="",
                        default="",
                        max_length=16,
                        verbose_name="broken down by",
                    ),
                ),
                (
                    "second_axis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direction", "Direction"),
                            ("job_family", "Job family"),
                            ("contact", "Contact with the public"),
                            ("manager", "Leading a team"),
                            ("unit_size", "Size of the unit"),
                        ],
                        db_default="",
                        default="",
                        max_length=16,
                        verbose_name="and by",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questionnaires",
                        to="participation.space",
                        verbose_name="space",
                    ),
                ),
            ],
            options={
                "verbose_name": "questionnaire",
                "verbose_name_plural": "questionnaires",
                "ordering": ["-created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1)), name="questionnaire_takes_a_minute"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_mode__in", ["identity", "secret", "open"])),
                        name="questionnaire_answer_mode_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionnaireRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision of a questionnaire",
                "verbose_name_plural": "revisions of questionnaires",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("questionnaire", "number"), name="revision_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", True)),
                        fields=("questionnaire",),
                        name="revision_one_draft",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=12)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "One choice"),
                            ("multiple", "Several choices"),
                            ("scale", "Scale"),
                            ("grid", "Grid: one answer a line"),
                            ("ranking", "Ranking"),
                            ("grades", "Grades for each proposal"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("short_text", "Short text"),
                            ("long_text", "Long text"),
                            ("information", "Information, nothing to answer"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.CharField(max_length=400, verbose_name="question")),
                ("help", models.TextField(blank=True, verbose_name="help")),
                ("is_required", models.BooleanField(default=False, verbose_name="an answer is needed")),
                ("is_personal", models.BooleanField(default=False, verbose_name="personal question")),
                ("is_sensitive", models.BooleanField(default=False, verbose_name="sensitive question")),
                ("settings", models.JSONField(blank=True, default=dict)),
                ("condition", models.JSONField(blank=True, null=True)),
                (
                    "image",
                    models.FileField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=120,
                        storage=src.foundations.uploads.PrivateStorage(),
                        upload_to=src.questionnaires.models.questionnaire.random_name,
                        verbose_name="image",
                    ),
                ),
                (
                    "image_alt",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=300, verbose_name="what the image shows"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="questionnaires.questionnairerevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "single",
                                    "multiple",
                                    "scale",
                                    "grid",
                                    "ranking",
                                    "grades",
                                    "number",
                                    "date",
                                    "short_text",
                                    "long_text",
                                    "information",
                                ],
                            )
                        ),
                        name="question_kind_known",
                    ),
                    models.UniqueConstraint(fields=("revision", "key"), name="question_key_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Codebook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=12)),
                ("k", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField()),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questionnaires.question"
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="codebooks",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "codebook",
                "verbose_name_plural": "codebooks",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("questionnaire", "key"), name="codebook_once")],
            },
        ),
        migrations.CreateModel(
            name="AnswerImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("source", models.CharField(max_length=140, verbose_name="where the answers come from")),
                (
                    "state",
                    models.CharField(
                        choices=[("mapping", "Waiting"), ("in", "Brought in"), ("taken_away", "Taken away")],
                        default="mapping",
                        max_length=16,
                    ),
                ),
                ("ciphertext", models.BinaryField(null=True)),
                ("shape", models.CharField(blank=True, db_default="", default="", editable=False, max_length=32)),
                ("meaning", models.JSONField(blank=True, default=dict)),
                ("brought_in", models.PositiveIntegerField(default=0)),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(editable=False)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="questionnaires.questionnaire",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="questionnaires.questionnairerevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of answers",
                "verbose_name_plural": "files of answers",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["mapping", "in", "taken_away"])),
                        name="answer_import_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ciphertext__isnull", False), ("state", "mapping")),
                            models.Q(models.Q(("state", "mapping"), _negated=True), ("ciphertext__isnull", True)),
                            _connector="OR",
                        ),
                        name="answer_import_file_until_in",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                (
                    "identity_mode",
                    models.CharField(
                        choices=[
                            ("named", "With my name"),
                            ("protected", "Protected name"),
                            ("anonymous", "Anonymous"),
                        ],
                        max_length=16,
                        verbose_name="identity",
                    ),
                ),
                (
                    "signature",
                    models.CharField(
                        choices=[
                            ("person", "With my name"),
                            ("team", "In the name of my team"),
                            ("group", "In the name of a group"),
                        ],
                        default="person",
                        max_length=16,
                    ),
                ),
                ("handle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("signed_as", models.CharField(blank=True, max_length=160)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "Web"),
                            ("phone", "Phone"),
                            ("paper", "Paper"),
                            ("kiosk", "Kiosk"),
                            ("training", "Training"),
                            ("import", "Import"),
                        ],
                        default="web",
                        max_length=16,
                    ),
                ),
                ("week", models.DateField(editable=False)),
                ("created_at", models.DateTimeField(editable=False)),
                ("is_imported", models.BooleanField(default=False, editable=False)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("shown", "Shown"),
                            ("withheld", "Hidden until somebody reads it"),
                            ("removed", "Removed by the moderation"),
                        ],
                        default="shown",
                        editable=False,
                        max_length=16,
                        verbose_name="visibility",
                    ),
                ),
                (
                    "removal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("personnes", "It names or shows somebody"),
                            ("injure", "Insulting or discriminating words"),
                            ("secret", "Information that must stay confidential"),
                            ("publicite", "Advertising"),
                            ("hors_sujet", "Not about work or service"),
                        ],
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("submission_token", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "segments",
                    models.JSONField(
                        blank=True, db_default=models.Value({}, models.JSONField()), default=dict, editable=False
                    ),
                ),
                (
                    "author",
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
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer_sets",
                        to="questionnaires.questionnaire",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer_sets",
                        to="questionnaires.questionnairerevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "answers of a person",
                "verbose_name_plural": "answers of people",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode", "named"), ("author__isnull", True), _connector="OR"),
                        name="questionnaires_answerset_author_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode__in", ["named", "protected", "anonymous"])),
                        name="questionnaires_answerset_identity_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["shown", "withheld", "removed"])),
                        name="questionnaires_answerset_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "removed"), models.Q(("removal_reason", ""), _negated=True)),
                            models.Q(models.Q(("visibility", "removed"), _negated=True), ("removal_reason", "")),
                            _connector="OR",
                        ),
                        name="questionnaires_answerset_removed_with_reason",
                    ),
                    models.UniqueConstraint(fields=("questionnaire", "author"), name="answer_set_author_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.JSONField(blank=True, null=True)),
                ("declined", models.BooleanField(default=False)),
                (
                    "answer_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="questionnaires.answerset",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questionnaires.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a question",
                "verbose_name_plural": "answers to questions",
                "constraints": [
                    models.UniqueConstraint(fields=("answer_set", "question"), name="answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declined", True), ("value__isnull", True)),
                            models.Q(("declined", False), ("value__isnull", False)),
                            _connector="OR",
                        ),
                        name="answer_given_or_declined",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Barometer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "first_axis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direction", "Direction"),
                            ("job_family", "Job family"),
                            ("contact", "Contact with the public"),
                            ("manager", "Leading a team"),
                            ("unit_size", "Size of the unit"),
                        ],
                        default="",
                        editable=False,
                        max_length=16,
                    ),
                ),
                (
                    "second_axis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direction", "Direction"),
                            ("job_family", "Job family"),
                            ("contact", "Contact with the public"),
                            ("manager", "Leading a team"),
                            ("unit_size", "Size of the unit"),
                        ],
                        default="",
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "space",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="barometer",
                        to="participation.space",
                        verbose_name="space",
                    ),
                ),
            ],
            options={
                "verbose_name": "barometer",
                "verbose_name_plural": "barometers",
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DoubleReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("drawn_at", models.DateTimeField()),
                ("first_done_at", models.DateTimeField(blank=True, null=True)),
                ("second_done_at", models.DateTimeField(blank=True, null=True)),
                ("completed_at", models.DateTimeField(blank=True, null=True)),
                ("agreement", models.JSONField(blank=True, null=True)),
                (
                    "codebook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="double_readings",
                        to="questionnaires.codebook",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "double reading",
                "verbose_name_plural": "double readings",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("completed_at__isnull", True)),
                        fields=("codebook",),
                        name="double_reading_one_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first__isnull", True),
                            ("second__isnull", True),
                            models.Q(("first", models.F("second")), _negated=True),
                            _connector="OR",
                        ),
                        name="double_reading_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed_at__isnull", True),
                            models.Q(
                                ("agreement__isnull", False),
                                ("first_done_at__isnull", False),
                                ("second_done_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="double_reading_done_by_both",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CodedText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(editable=False, max_length=8, unique=True)),
                ("stems", models.TextField(blank=True)),
                ("shown_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_words", models.JSONField(blank=True, default=list)),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="questionnaires.answer"
                    ),
                ),
                (
                    "codebook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="texts", to="questionnaires.codebook"
                    ),
                ),
                (
                    "double_reading",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="texts",
                        to="questionnaires.doublereading",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to read",
                "verbose_name_plural": "answers to read",
                "ordering": ["reference"],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("final", "The one that counts"),
                            ("first", "First reading"),
                            ("second", "Second reading"),
                        ],
                        max_length=8,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "coder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codings",
                        to="questionnaires.codedtext",
                    ),
                ),
            ],
            options={
                "verbose_name": "reading of an answer",
                "verbose_name_plural": "readings of answers",
                "constraints": [
                    models.UniqueConstraint(fields=("text", "slot"), name="coding_once"),
                    models.CheckConstraint(
                        condition=models.Q(("slot__in", ["final", "first", "second"])), name="coding_slot_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CodingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("final", "The one that counts"),
                            ("first", "First reading"),
                            ("second", "Second reading"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("hand", "Read one by one"),
                            ("bulk", "Several at once"),
                            ("split", "Theme split"),
                            ("agreed", "Both readings agree"),
                            ("decision", "Decided after two readings"),
                            ("undo", "Undone"),
                        ],
                        max_length=8,
                    ),
                ),
                ("gesture", models.UUIDField()),
                ("undoes", models.UUIDField(blank=True, null=True)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
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
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="questionnaires.codedtext",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a reading",
                "verbose_name_plural": "changes of readings",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["gesture"], name="coding_step_gesture")],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("asked", models.PositiveIntegerField(blank=True, null=True, verbose_name="people asked")),
                ("answered", models.PositiveIntegerField(blank=True, null=True, verbose_name="people who answered")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where the figures come from")),
                ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "barometer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editions",
                        to="questionnaires.barometer",
                    ),
                ),
                (
                    "questionnaire",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edition",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("barometer", "number"), name="edition_number_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="edition_number_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered__isnull", True),
                                ("ended_on__isnull", True),
                                ("questionnaire__isnull", False),
                                ("source", ""),
                            ),
                            models.Q(
                                ("answered__isnull", False),
                                ("ended_on__isnull", False),
                                ("questionnaire__isnull", True),
                                models.Q(("source", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="edition_asked_or_typed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked__isnull", True),
                            ("answered__isnull", True),
                            ("asked__gte", models.F("answered")),
                            _connector="OR",
                        ),
                        name="edition_answered_of_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Synthesis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "questionnaire",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="synthesis",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "synthesis",
                "verbose_name_plural": "syntheses",
            },
        ),
        migrations.CreateModel(
            name="SynthesisTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=400)),
                ("k", models.PositiveSmallIntegerField()),
                ("base", models.PositiveIntegerField()),
                ("written", models.PositiveIntegerField()),
                ("hidden", models.JSONField(blank=True, default=list)),
                (
                    "codebook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questionnaires.codebook"
                    ),
                ),
                (
                    "synthesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tables",
                        to="questionnaires.synthesis",
                    ),
                ),
            ],
            options={
                "verbose_name": "table of themes",
                "verbose_name_plural": "tables of themes",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("synthesis", "codebook"), name="synthesis_table_once"),
                    models.CheckConstraint(
                        condition=models.Q(("base__lte", models.F("written"))), name="synthesis_table_adds_up"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("definition", models.CharField(max_length=300, verbose_name="definition")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "codebook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="themes",
                        to="questionnaires.codebook",
                    ),
                ),
                (
                    "example",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="questionnaires.codedtext",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="questionnaires.theme",
                    ),
                ),
                (
                    "split_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="questionnaires.theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("merged_into__isnull", True)),
                        fields=("codebook", "name"),
                        name="theme_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                        name="theme_not_merged_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), models.Q(("definition", ""), _negated=True)
                        ),
                        name="theme_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SynthesisFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("definition", models.CharField(max_length=300)),
                ("count", models.PositiveIntegerField()),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="questionnaires.synthesistable",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="questionnaires.theme"
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of a synthesis",
                "verbose_name_plural": "figures of syntheses",
                "ordering": ["-count", "name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("table", "theme"), name="synthesis_figure_once")],
            },
        ),
        migrations.CreateModel(
            name="FigureText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="questionnaires.codedtext"
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="behind",
                        to="questionnaires.synthesisfigure",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer behind a figure",
                "verbose_name_plural": "answers behind figures",
                "constraints": [models.UniqueConstraint(fields=("figure", "text"), name="figure_text_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportedAnswers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported",
                        to="questionnaires.answerimport",
                    ),
                ),
                (
                    "answer_set",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported",
                        to="questionnaires.answerset",
                    ),
                ),
            ],
            options={
                "verbose_name": "answers from a file",
                "verbose_name_plural": "answers from files",
            },
        ),
        migrations.CreateModel(
            name="SealingKey",
            fields=[
                (
                    "questionnaire",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sealing_key",
                        serialize=False,
                        to="questionnaires.questionnaire",
                    ),
                ),
                ("public", models.BinaryField()),
                ("locked", models.BinaryField(null=True)),
                ("size", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "sealing key of a questionnaire",
                "verbose_name_plural": "sealing keys of questionnaires",
            },
        ),
        migrations.CreateModel(
            name="OutreachTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                (
                    "axis",
                    models.CharField(
                        choices=[
                            ("direction", "Direction"),
                            ("job_family", "Job family"),
                            ("contact", "Contact with the public"),
                            ("manager", "Leading a team"),
                            ("unit_size", "Size of the unit"),
                        ],
                        max_length=16,
                    ),
                ),
                ("category", models.CharField(max_length=64)),
                ("words", models.CharField(max_length=400)),
                ("gap", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField(verbose_name="due on")),
                ("opened_on", models.DateField()),
                ("done_on", models.DateField(blank=True, editable=False, null=True)),
                ("done_note", models.TextField(blank=True, verbose_name="what was done")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outreach_tasks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="in charge",
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outreach_tasks",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "outreach task",
                "verbose_name_plural": "outreach tasks",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("questionnaire", "axis", "category"), name="outreach_once_a_category"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_note", ""), ("done_on__isnull", True)),
                            models.Q(("done_on__isnull", False), models.Q(("done_note", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="outreach_done_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("axis__in", ["direction", "job_family", "contact", "manager", "unit_size"])
                        ),
                        name="outreach_axis_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerRoll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roll",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "person who answered",
                "verbose_name_plural": "roll of those who answered",
                "constraints": [models.UniqueConstraint(fields=("questionnaire", "person"), name="answer_roll_once")],
            },
        ),
        migrations.CreateModel(
            name="AnswerDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("answers", models.PositiveIntegerField(default=0)),
                ("is_unusual", models.BooleanField(null=True)),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "answers of a day",
                "verbose_name_plural": "answers by day",
                "constraints": [models.UniqueConstraint(fields=("questionnaire", "day"), name="answer_day_once")],
            },
        ),
        migrations.CreateModel(
            name="ResultRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("released_at", models.DateTimeField()),
                ("content", models.JSONField()),
                (
                    "questionnaire",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "results of a questionnaire",
                "verbose_name_plural": "results of questionnaires",
            },
        ),
        migrations.CreateModel(
            name="SealedAnswers",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ciphertext", models.BinaryField()),
                (
                    "questionnaire",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sealed_answers",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed answers of a person",
                "verbose_name_plural": "sealed answers of people",
            },
        ),
        migrations.CreateModel(
            name="StaffFrame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken_on", models.DateField()),
                ("cells", models.JSONField()),
                ("labels", models.JSONField(default=dict)),
                (
                    "questionnaire",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="frame",
                        to="questionnaires.questionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "people asked, by category",
                "verbose_name_plural": "people asked, by category",
            },
        ),
        migrations.CreateModel(
            name="SynthesisChapter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                (
                    "synthesis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chapters",
                        to="questionnaires.synthesis",
                    ),
                ),
            ],
            options={
                "verbose_name": "chapter of a synthesis",
                "verbose_name_plural": "chapters of syntheses",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cited", to="questionnaires.theme"
                    ),
                ),
            ],
            options={
                "verbose_name": "figure cited by a paragraph",
                "verbose_name_plural": "figures cited by paragraphs",
                "ordering": ["theme__position", "pk"],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SynthesisParagraph",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(verbose_name="text")),
                (
                    "chapter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paragraphs",
                        to="questionnaires.synthesischapter",
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        related_name="+", through="questionnaires.Citation", to="questionnaires.theme"
                    ),
                ),
            ],
            options={
                "verbose_name": "paragraph of a synthesis",
                "verbose_name_plural": "paragraphs of syntheses",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "coding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="questionnaires.coding"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="questionnaires.theme"
                    ),
                ),
            ],
            options={
                "verbose_name": "theme of an answer",
                "verbose_name_plural": "themes of answers",
                "constraints": [models.UniqueConstraint(fields=("coding", "theme"), name="code_once")],
            },
        ),
        migrations.CreateModel(
            name="TrackedQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=12)),
                ("position", models.PositiveSmallIntegerField()),
                ("is_core", models.BooleanField(default=True, verbose_name="asked in each edition")),
                ("counted", models.JSONField()),
                ("counted_words", models.CharField(max_length=400)),
                (
                    "barometer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tracked",
                        to="questionnaires.barometer",
                    ),
                ),
            ],
            options={
                "verbose_name": "followed question",
                "verbose_name_plural": "followed questions",
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("barometer", "key"), name="tracked_question_once")],
            },
        ),
        migrations.CreateModel(
            name="PastFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("share", models.DecimalField(decimal_places=1, max_digits=4, verbose_name="share")),
                ("number", models.PositiveIntegerField(verbose_name="people who answered it")),
                ("wording", models.CharField(blank=True, max_length=400, verbose_name="how it was asked")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="questionnaires.edition",
                    ),
                ),
                (
                    "tracked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past",
                        to="questionnaires.trackedquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of an earlier edition",
                "verbose_name_plural": "figures of earlier editions",
                "ordering": ["tracked__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "tracked"), name="past_figure_once"),
                    models.CheckConstraint(
                        condition=models.Q(("share__gt", 0), ("share__lt", 100)), name="past_figure_nobody_alone"
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 10)), name="past_figure_of_enough"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("text", models.CharField(max_length=600, verbose_name="what it tells us")),
                ("written_on", models.DateField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="questionnaires.edition",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="questionnaires.synthesisfigure",
                    ),
                ),
                (
                    "tracked",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="questionnaires.trackedquestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["edition__number", "tracked__position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("theme__isnull", True), ("tracked__isnull", False)),
                            models.Q(("theme__isnull", False), ("tracked__isnull", True)),
                            _connector="OR",
                        ),
                        name="finding_of_one_thing",
                    ),
                    models.UniqueConstraint(fields=("edition", "tracked"), name="finding_question_once"),
                    models.UniqueConstraint(fields=("edition", "theme"), name="finding_theme_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BarometerFollow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "barometer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="questionnaires.barometer",
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
                "verbose_name": "followed barometer",
                "verbose_name_plural": "followed barometers",
                "constraints": [models.UniqueConstraint(fields=("barometer", "user"), name="barometer_follow_once")],
            },
        ),
        migrations.AddField(
            model_name="SynthesisFigure",
            name="texts",
            field=models.ManyToManyField(
                related_name="+", through="questionnaires.FigureText", to="questionnaires.codedtext"
            ),
        ),
        migrations.AddField(
            model_name="Citation",
            name="paragraph",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="citations",
                to="questionnaires.synthesisparagraph",
            ),
        ),
        migrations.AddConstraint(
            model_name="Citation",
            constraint=models.UniqueConstraint(fields=("paragraph", "theme"), name="citation_once"),
        ),
    ]
