import django.db.models.deletion
import src.foundations.fields
import src.foundations.references
import uuid
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("texts", "0001_reform_texts_and_their_trace"),
    ]

    dependencies = [
        *WAGTAIL,
        ("directory", "0001_first_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("participation", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReformText",
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
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reform_texts",
                        to="participation.space",
                        verbose_name="space",
                    ),
                ),
            ],
            options={
                "verbose_name": "reform text",
                "verbose_name_plural": "reform texts",
                "ordering": ["-created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TextVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("note", models.TextField(blank=True, verbose_name="what changes in this version")),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="texts.reformtext"
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a text",
                "verbose_name_plural": "versions of texts",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("text", "number"), name="text_version_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", True)),
                        fields=("text",),
                        name="text_version_one_draft",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="text_version_from_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TextUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=8)),
                ("from_key", models.CharField(blank=True, db_default="", default="", max_length=8)),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("heading", "Heading"), ("article", "Article"), ("paragraph", "Paragraph")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=20, verbose_name="number")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="units", to="texts.textversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "unit of a text",
                "verbose_name_plural": "units of texts",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["heading", "article", "paragraph"])),
                        name="text_unit_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("body", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="text_unit_says_something",
                    ),
                    models.UniqueConstraint(fields=("version", "key"), name="text_unit_key_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitContribution",
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
                ("body", models.TextField(verbose_name="comment")),
                ("body_html", src.foundations.fields.SafeHtmlField(editable=False)),
                ("official_role", models.CharField(blank=True, max_length=32)),
                ("alignment", models.SmallIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("support", "Agreement"),
                            ("amend", "Other wording"),
                            ("question", "Question"),
                            ("reply", "Reply"),
                        ],
                        max_length=16,
                    ),
                ),
                ("proposal", models.TextField(blank=True, verbose_name="proposed wording")),
                ("is_withdrawn", models.BooleanField(default=False)),
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
                    "in_reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="texts.unitcontribution",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="texts.unitcontribution",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contributions", to="texts.textunit"
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution to a text",
                "verbose_name_plural": "contributions to texts",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode", "named"), ("author__isnull", True), _connector="OR"),
                        name="texts_unitcontribution_author_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode__in", ["named", "protected", "anonymous"])),
                        name="texts_unitcontribution_identity_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["shown", "withheld", "removed"])),
                        name="texts_unitcontribution_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "removed"), models.Q(("removal_reason", ""), _negated=True)),
                            models.Q(models.Q(("visibility", "removed"), _negated=True), ("removal_reason", "")),
                            _connector="OR",
                        ),
                        name="texts_unitcontribution_removed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["support", "amend", "question", "reply"])),
                        name="unit_contribution_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "reply"), ("parent__isnull", False)),
                            models.Q(models.Q(("kind", "reply"), _negated=True), ("parent__isnull", True)),
                            _connector="OR",
                        ),
                        name="unit_contribution_reply_has_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_withdrawn", True),
                            models.Q(("kind", "amend"), models.Q(("proposal", ""), _negated=True)),
                            models.Q(models.Q(("kind", "amend"), _negated=True), ("proposal", "")),
                            _connector="OR",
                        ),
                        name="unit_contribution_amend_has_wording",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_withdrawn", False), models.Q(("body", ""), ("proposal", "")), _connector="OR"
                        ),
                        name="unit_contribution_withdrawn_is_gone",
                    ),
                ],
                "indexes": [models.Index(fields=["unit", "week", "reference"], name="unit_contribution_order")],
            },
        ),
        migrations.CreateModel(
            name="ContributionCounts",
            fields=[
                ("supports", models.PositiveIntegerField(default=0)),
                ("comments", models.PositiveIntegerField(default=0)),
                ("followers", models.PositiveIntegerField(default=0)),
                ("imported_supports", models.PositiveIntegerField(default=0)),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="counts",
                        serialize=False,
                        to="texts.unitcontribution",
                    ),
                ),
            ],
            options={
                "verbose_name": "counters of a contribution",
                "verbose_name_plural": "counters of contributions",
            },
        ),
        migrations.CreateModel(
            name="TextCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To read"),
                            ("kept", "Kept"),
                            ("removed", "Removed"),
                            ("dropped", "Report withdrawn"),
                        ],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("withheld_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reason_code",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("personnes", "It names or shows somebody"),
                            ("injure", "Insulting or discriminating words"),
                            ("secret", "Information that must stay confidential"),
                            ("publicite", "Advertising"),
                            ("hors_sujet", "Not about work or service"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="what the author reads")),
                ("remark", models.TextField(blank=True, verbose_name="note between moderators")),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="texts.unitcontribution"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "moderation case of a text",
                "verbose_name_plural": "moderation cases of texts",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "kept", "removed", "dropped"])),
                        name="textcase_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="textcase_decided_or_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "removed"), _negated=True),
                            models.Q(
                                models.Q(("reason_code", ""), _negated=True), models.Q(("text", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="textcase_removed_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("contribution",),
                        name="unit_contribution_one_open_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TextAppeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To read"), ("upheld", "Decision upheld"), ("restored", "Text shown again")],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("text", models.TextField(verbose_name="objection")),
                ("made_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("for_administrators", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appeal", to="texts.textcase"
                    ),
                ),
            ],
            options={
                "verbose_name": "objection of a contributor",
                "verbose_name_plural": "objections of contributors",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "upheld", "restored"])),
                        name="textappeal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="textappeal_answered_or_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_by__isnull", True),
                            ("decided_by__isnull", True),
                            models.Q(("removed_by", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="textappeal_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TextReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason_code",
                    models.CharField(
                        choices=[
                            ("personnes", "It names or shows somebody"),
                            ("injure", "Insulting or discriminating words"),
                            ("secret", "Information that must stay confidential"),
                            ("publicite", "Advertising"),
                            ("hors_sujet", "Not about work or service"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="a word for the moderators")),
                ("made_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="texts.textcase"
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="texts.unitcontribution",
                    ),
                ),
                (
                    "reporter",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of a contribution",
                "verbose_name_plural": "reports of contributions",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason_code__in", ["personnes", "injure", "secret", "publicite", "hors_sujet"])
                        ),
                        name="textreport_reason_known",
                    ),
                    models.UniqueConstraint(
                        fields=("contribution", "reporter"), name="unit_contribution_reported_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangedSpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=8)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("changed", "Changed"),
                            ("added", "Added"),
                            ("removed", "Removed"),
                            ("moved", "Moved"),
                            ("split", "Split"),
                            ("merged", "Merged"),
                        ],
                        max_length=16,
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("fingerprint", models.CharField(max_length=32)),
                ("is_editorial", models.BooleanField(default=False)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spans", to="texts.textversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a text",
                "verbose_name_plural": "changes of texts",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "fingerprint"), name="changed_span_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["changed", "added", "removed", "moved", "split", "merged"])),
                        name="changed_span_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContributionOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "Taken"),
                            ("partly", "Partly taken"),
                            ("set_aside", "Set aside"),
                            ("answered", "Answered"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="what its author reads")),
                ("theme", models.CharField(blank=True, max_length=120, verbose_name="theme")),
                ("decided_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcome",
                        to="texts.unitcontribution",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome of a contribution",
                "verbose_name_plural": "outcomes of contributions",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["taken", "partly", "set_aside", "answered"])),
                        name="contribution_outcome_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("taken", "partly")), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="contribution_outcome_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContributionSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supports",
                        to="texts.unitcontribution",
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
                "verbose_name": "support of a contribution",
                "verbose_name_plural": "supports of contributions",
                "constraints": [
                    models.UniqueConstraint(fields=("contribution", "user"), name="unit_contribution_support_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpanSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="texts.unitcontribution",
                    ),
                ),
                (
                    "span",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="texts.changedspan"
                    ),
                ),
            ],
            options={
                "verbose_name": "source of a change",
                "verbose_name_plural": "sources of changes",
                "constraints": [models.UniqueConstraint(fields=("span", "contribution"), name="span_source_once")],
            },
        ),
    ]
