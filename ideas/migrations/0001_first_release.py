import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import ideas.models.file
import ideas.models.group
import src.foundations.fields
import src.foundations.references
import src.foundations.uploads
import taggit.managers
import uuid
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("ideas", "0001_initial"),
        ("ideas", "0002_readable_names"),
        ("ideas", "0003_moderation"),
        ("ideas", "0004_conflict_of_interest"),
        ("ideas", "0005_answer_templates"),
        ("ideas", "0006_merging"),
        ("ideas", "0007_appealed_once"),
        ("ideas", "0008_internal_notes"),
        ("ideas", "0009_several_files"),
        ("ideas", "0010_thanks"),
        ("ideas", "0011_settle_here"),
        ("ideas", "0012_anonymous"),
        ("ideas", "0013_coauthors"),
        ("ideas", "0014_groups"),
        ("ideas", "0015_reopening"),
        ("ideas", "0016_cohort"),
        ("ideas", "0017_passages"),
        ("ideas", "0018_co_author_credit"),
    ]

    dependencies = [
        *WAGTAIL,
        ("accountability", "0001_first_release"),
        ("directory", "0001_first_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("participation", "0001_first_release"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("workflow", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("source_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
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
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="participation.space"
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
            },
        ),
        migrations.CreateModel(
            name="TaggedIdea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tagged_ideas", to="taggit.tag"
                    ),
                ),
            ],
            options={
                "verbose_name": "theme of an idea",
                "verbose_name_plural": "themes of ideas",
            },
        ),
        migrations.CreateModel(
            name="Idea",
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
                ("stage_kind", models.CharField(db_index=True, editable=False, max_length=32)),
                ("stage_since", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("idea", "Idea"), ("pain_point", "Pain point"), ("debate", "Debate question")],
                        default="idea",
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("body", models.TextField(verbose_name="text")),
                ("body_html", src.foundations.fields.SafeHtmlField(editable=False)),
                (
                    "scale",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quick_fix", "Quick fix"),
                            ("already_done", "Already in place"),
                            ("out_of_scope", "Out of scope"),
                            ("project", "Project to study"),
                        ],
                        max_length=16,
                        verbose_name="kind of answer",
                    ),
                ),
                ("transfer_count", models.PositiveSmallIntegerField(default=0)),
                ("turn", models.PositiveSmallIntegerField(db_default=1, default=1, editable=False)),
                ("first_read_on", models.DateField(blank=True, null=True)),
                ("body_hidden", models.BooleanField(default=False)),
                ("settle_here", models.BooleanField(db_default=False, default=False, editable=False)),
                (
                    "co_author_ids",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=200),
                ),
                ("co_signed_as", models.TextField(blank=True, db_default="", default="", editable=False)),
                ("import_key", models.CharField(blank=True, editable=False, max_length=120)),
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
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accountability.decision",
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
                    "first_read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owed",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="idea",
                        to="accountability.responseowed",
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
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.process"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ideas", to="participation.space"
                    ),
                ),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.stage"
                    ),
                ),
                (
                    "transfer_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ideas",
                        to="ideas.importbatch",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text="A comma-separated list of tags.",
                        through="ideas.TaggedIdea",
                        to="taggit.Tag",
                        verbose_name="Tags",
                    ),
                ),
            ],
            options={
                "verbose_name": "idea",
                "verbose_name_plural": "ideas",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode", "named"), ("author__isnull", True), _connector="OR"),
                        name="ideas_idea_author_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode__in", ["named", "protected", "anonymous"])),
                        name="ideas_idea_identity_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["shown", "withheld", "removed"])),
                        name="ideas_idea_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "removed"), models.Q(("removal_reason", ""), _negated=True)),
                            models.Q(models.Q(("visibility", "removed"), _negated=True), ("removal_reason", "")),
                            _connector="OR",
                        ),
                        name="ideas_idea_removed_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("import_key", ""), _negated=True),
                        fields=("space", "import_key"),
                        name="idea_import_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("identity_mode", "named"), ("signature", "person")),
                            models.Q(("co_author_ids", ""), ("co_signed_as", "")),
                            _connector="OR",
                        ),
                        name="idea_co_authors_only_when_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signature", "group"), _negated=True),
                            ("identity_mode", "named"),
                            _connector="OR",
                        ),
                        name="idea_group_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("identity_mode", "anonymous"), _negated=True),
                            ("is_imported", True),
                            ("site__isnull", True),
                            _connector="OR",
                        ),
                        name="idea_anonymous_without_site",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage_kind", "removed"), _negated=True),
                            ("visibility", "removed"),
                            _connector="OR",
                        ),
                        name="idea_removed_is_hidden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settle_here", False),
                            models.Q(("identity_mode", "named"), ("site__isnull", False)),
                            _connector="OR",
                        ),
                        name="idea_settled_here_is_signed",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["-week", "reference"], name="idea_public_order"),
                    models.Index(fields=["space", "-week", "reference"], name="idea_space_order"),
                    models.Index(fields=["direction", "stage_kind"], name="idea_direction_stage"),
                    models.Index(fields=["unit", "stage_kind"], name="idea_unit_stage"),
                    models.Index(
                        fields=["id"],
                        include=["space", "visibility", "author", "handle", "co_author_ids"],
                        name="idea_gate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessorSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("is_late", models.BooleanField(default=False)),
                ("is_declined", models.BooleanField(default=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessors", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "verbose_name": "assessor",
                "verbose_name_plural": "assessors",
                "constraints": [models.UniqueConstraint(fields=("idea", "user"), name="assessor_once")],
            },
        ),
        migrations.CreateModel(
            name="CohortMilestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="milestone")),
                ("due_on", models.DateField(verbose_name="before")),
                ("is_demo_day", models.BooleanField(default=False, verbose_name="demo day")),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cohort_milestones",
                        to="participation.space",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone of a cohort",
                "verbose_name_plural": "milestones of cohorts",
                "ordering": ["due_on", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("space", "name"), name="cohort_milestone_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_demo_day", True)), fields=("space",), name="cohort_one_demo_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="cohort_milestone_is_named"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaCounts",
            fields=[
                ("supports", models.PositiveIntegerField(default=0)),
                ("comments", models.PositiveIntegerField(default=0)),
                ("followers", models.PositiveIntegerField(default=0)),
                ("imported_supports", models.PositiveIntegerField(default=0)),
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="counts",
                        serialize=False,
                        to="ideas.idea",
                    ),
                ),
            ],
            options={
                "verbose_name": "counters of an idea",
                "verbose_name_plural": "counters of ideas",
                "indexes": [models.Index(fields=["-supports"], name="idea_counts_supports")],
            },
        ),
        migrations.CreateModel(
            name="ConflictOfInterest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("own", "Their own proposal"),
                            ("unit", "Same unit as the author"),
                            ("line", "In the author's line of management"),
                            ("direction", "Works in the direction the idea speaks of"),
                            ("declared", "Declared by themself"),
                        ],
                        max_length=16,
                        verbose_name="ground",
                    ),
                ),
                ("said_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict of interest",
                "verbose_name_plural": "conflicts of interest",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "user"), name="conflict_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["own", "unit", "line", "direction", "declared"])),
                        name="conflict_ground_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CohortPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_on", models.DateField()),
                ("consented_on", models.DateField(blank=True, null=True)),
                ("released_from", models.DateField(blank=True, null=True, verbose_name="free from")),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("direction_rank", models.PositiveSmallIntegerField(blank=True, null=True)),
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
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="participation.space"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "verbose_name": "person of an application",
                "verbose_name_plural": "people of applications",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "user"), name="cohort_person_once"),
                    models.UniqueConstraint(fields=("space", "rank"), name="cohort_one_seat_a_rank"),
                    models.UniqueConstraint(
                        fields=("space", "direction", "direction_rank"), name="cohort_one_direction_seat"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("rank__isnull", False)),
                        fields=("space", "user"),
                        name="cohort_one_seat_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("direction__isnull", True), ("direction_rank__isnull", True), ("rank__isnull", True)
                            ),
                            models.Q(("direction__isnull", False), ("direction_rank__gt", 0), ("rank__gt", 0)),
                            _connector="OR",
                        ),
                        name="cohort_seat_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rank__isnull", True),
                            models.Q(("consented_on__isnull", False), ("released_from__isnull", False)),
                            _connector="OR",
                        ),
                        name="cohort_seat_is_agreed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_by__isnull", True), ("released_from__isnull", True)),
                            models.Q(
                                ("consented_on__isnull", False),
                                ("released_by__isnull", False),
                                ("released_from__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cohort_release_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            models.Q(("released_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="cohort_release_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "No answer yet"),
                            ("accepted", "Author too"),
                            ("refused", "Refused"),
                            ("left", "Left"),
                            ("dropped", "Invitation taken back"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("signed_as", models.CharField(blank=True, max_length=160)),
                ("asked_on", models.DateField()),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("wants_credit", models.BooleanField(db_default=False, default=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "verbose_name": "co-author of an idea",
                "verbose_name_plural": "co-authors of ideas",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "user"), name="co_author_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "accepted", "refused", "left", "dropped"])),
                        name="co_author_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), models.Q(("signed_as", ""), _negated=True)),
                            models.Q(models.Q(("state", "accepted"), _negated=True), ("signed_as", "")),
                            _connector="OR",
                        ),
                        name="co_author_signs_when_accepted",
                    ),
                ],
                "indexes": [models.Index(fields=["user", "state"], name="co_author_of_user")],
            },
        ),
        migrations.CreateModel(
            name="IdeaComment",
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
                ("import_key", models.CharField(blank=True, editable=False, max_length=120)),
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
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="ideas.idea"
                    ),
                ),
                (
                    "in_reply_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="ideas.ideacomment",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="ideas.ideacomment",
                    ),
                ),
                (
                    "thanked",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accountability.decision",
                    ),
                ),
                (
                    "import_batch",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="ideas.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode", "named"), ("author__isnull", True), _connector="OR"),
                        name="ideas_ideacomment_author_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode__in", ["named", "protected", "anonymous"])),
                        name="ideas_ideacomment_identity_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["shown", "withheld", "removed"])),
                        name="ideas_ideacomment_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "removed"), models.Q(("removal_reason", ""), _negated=True)),
                            models.Q(models.Q(("visibility", "removed"), _negated=True), ("removal_reason", "")),
                            _connector="OR",
                        ),
                        name="ideas_ideacomment_removed_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("import_key", ""), _negated=True),
                        fields=("idea", "import_key"),
                        name="idea_comment_import_once",
                    ),
                ],
                "indexes": [models.Index(fields=["idea", "week", "reference"], name="idea_comment_order")],
            },
        ),
        migrations.CreateModel(
            name="IdeaCase",
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
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="ideas.idea"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="ideas.ideacomment",
                    ),
                ),
            ],
            options={
                "verbose_name": "moderation case",
                "verbose_name_plural": "moderation cases",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "kept", "removed", "dropped"])),
                        name="ideacase_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="ideacase_decided_or_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "removed"), _negated=True),
                            models.Q(
                                models.Q(("reason_code", ""), _negated=True), models.Q(("text", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="ideacase_removed_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("comment__isnull", True), ("state", "open")),
                        fields=("idea",),
                        name="idea_one_open_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("comment",), name="idea_comment_one_open_case"
                    ),
                ],
                "indexes": [models.Index(fields=["state", "due_on"], name="idea_case_due")],
            },
        ),
        migrations.CreateModel(
            name="IdeaAppeal",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="appeal", to="ideas.ideacase"
                    ),
                ),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "upheld", "restored"])),
                        name="ideaappeal_state_known",
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
                        name="ideaappeal_answered_or_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_by__isnull", True),
                            ("decided_by__isnull", True),
                            models.Q(("removed_by", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="ideaappeal_by_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("picture", "Picture"), ("document", "Document")], db_default="picture", max_length=8
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=120,
                        storage=src.foundations.uploads.PrivateStorage(),
                        upload_to=ideas.models.file.random_name,
                    ),
                ),
                (
                    "small",
                    models.FileField(
                        blank=True,
                        db_default="",
                        default="",
                        max_length=120,
                        storage=src.foundations.uploads.PrivateStorage(),
                        upload_to=ideas.models.file.random_name,
                    ),
                ),
                ("size", models.PositiveIntegerField(db_default=0)),
                ("alt", models.CharField(max_length=200, verbose_name="what it shows or holds")),
                ("position", models.PositiveSmallIntegerField(db_default=1)),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "verbose_name": "file of an idea",
                "verbose_name_plural": "files of ideas",
                "db_table": "ideas_ideaphoto",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "position"), name="idea_file_one_a_place"),
                    models.CheckConstraint(
                        condition=models.Q(("position__range", (1, 5))), name="idea_file_five_places"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alt", ""), _negated=True), name="idea_file_is_described"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["picture", "document"])), name="idea_file_kind_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaFollow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to="ideas.idea"
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
                "verbose_name": "followed idea",
                "verbose_name_plural": "followed ideas",
                "constraints": [models.UniqueConstraint(fields=("idea", "user"), name="idea_follow_once")],
            },
        ),
        migrations.CreateModel(
            name="IdeaGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("team", "Team"),
                            ("union", "Trade union section"),
                            ("association", "Association section"),
                            ("collective", "Collective"),
                        ],
                        max_length=16,
                        verbose_name="kind of group",
                    ),
                ),
                ("spokesperson", models.CharField(blank=True, max_length=160, verbose_name="spokesperson")),
                (
                    "document",
                    models.FileField(
                        blank=True,
                        max_length=120,
                        storage=src.foundations.uploads.PrivateStorage(),
                        upload_to=ideas.models.group.random_name,
                    ),
                ),
                ("document_title", models.CharField(blank=True, max_length=120, verbose_name="title of the document")),
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="group", to="ideas.idea"
                    ),
                ),
                (
                    "speaker",
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
                "verbose_name": "group that signs an idea",
                "verbose_name_plural": "groups that sign ideas",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["team", "union", "association", "collective"])),
                        name="group_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", ""), ("document_title", "")),
                            models.Q(
                                models.Q(("document", ""), _negated=True),
                                models.Q(("document_title", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="group_document_has_title",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaJournalEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transition_slug", models.CharField(max_length=64)),
                ("from_kind", models.CharField(blank=True, max_length=32)),
                ("to_kind", models.CharField(max_length=32)),
                ("actor_role", models.CharField(max_length=32)),
                ("at", models.DateTimeField(verbose_name="date")),
                ("reason_code", models.CharField(blank=True, max_length=32)),
                ("text", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
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
                    "from_stage",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.stage"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="journal", to="ideas.idea"
                    ),
                ),
                (
                    "to_stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.stage"
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an idea",
                "verbose_name_plural": "steps of ideas",
                "ordering": ["id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("actor_role", "author"),
                            ("from_kind__in", ["declined", "deferred"]),
                            ("to_kind", "in_review"),
                        ),
                        fields=("idea",),
                        name="idea_appealed_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("text", models.TextField(verbose_name="note")),
                ("written_at", models.DateTimeField()),
                ("submission_token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "direction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="ideas.idea"
                    ),
                ),
                (
                    "writer",
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
                "verbose_name": "internal note",
                "verbose_name_plural": "internal notes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="idea_note_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaNoteVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("replaced_at", models.DateTimeField()),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="ideas.ideanote"
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier version of an internal note",
                "verbose_name_plural": "earlier versions of internal notes",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="IdeaReport",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="ideas.ideacase"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="ideas.ideacomment",
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="ideas.idea"
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
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason_code__in", ["personnes", "injure", "secret", "publicite", "hors_sujet"])
                        ),
                        name="ideareport_reason_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("comment__isnull", True)),
                        fields=("idea", "reporter"),
                        name="idea_reported_once",
                    ),
                    models.UniqueConstraint(fields=("comment", "reporter"), name="idea_comment_reported_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdeaSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="supports", to="ideas.idea"
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
                "verbose_name": "support of an idea",
                "verbose_name_plural": "supports of ideas",
                "constraints": [models.UniqueConstraint(fields=("idea", "user"), name="idea_support_once")],
            },
        ),
        migrations.CreateModel(
            name="IdeaVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                ("body_html", src.foundations.fields.SafeHtmlField()),
                ("replaced_on", models.DateField()),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier version of an idea",
                "verbose_name_plural": "earlier versions of ideas",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Mentorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                (
                    "idea",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentorship", to="ideas.idea"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "mentor of a project",
                "verbose_name_plural": "mentors of projects",
            },
        ),
        migrations.CreateModel(
            name="MergeProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="why merge them")),
                ("proposed_on", models.DateField()),
                ("answer_by", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "The authors are asked"),
                            ("merged", "Merged"),
                            ("refused", "An author refused"),
                            ("dropped", "Given up"),
                            ("undone", "Separated again"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "idea_consent",
                    models.CharField(
                        choices=[
                            ("waiting", "No answer yet"),
                            ("yes", "Agrees"),
                            ("no", "Refuses"),
                            ("silent", "Silent for fourteen days: agrees"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "parent_consent",
                    models.CharField(
                        choices=[
                            ("waiting", "No answer yet"),
                            ("yes", "Agrees"),
                            ("no", "Refuses"),
                            ("silent", "Silent for fourteen days: agrees"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("merged_on", models.DateField(blank=True, null=True)),
                ("undo_until", models.DateField(blank=True, null=True)),
                ("from_kind", models.CharField(blank=True, max_length=24)),
                ("promised_on", models.DateField(blank=True, null=True)),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="ideas.idea"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merged_in", to="ideas.idea"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["open", "merged"])),
                        fields=("idea",),
                        name="merge_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("idea", models.F("parent")), _negated=True), name="merge_two_ideas"
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="merge_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "merged"), _negated=True),
                            models.Q(
                                ("idea_consent__in", ["yes", "silent"]),
                                ("parent_consent__in", ["yes", "silent"]),
                                ("merged_on__isnull", False),
                                ("undo_until__isnull", False),
                                models.Q(("from_kind", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="merge_by_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            ("idea_consent", "no"),
                            ("parent_consent", "no"),
                            _connector="OR",
                        ),
                        name="merge_refused_by_somebody",
                    ),
                ],
                "indexes": [models.Index(fields=["state", "answer_by"], name="merge_due")],
            },
        ),
        migrations.CreateModel(
            name="MilestoneNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="what was reached")),
                ("is_validated", models.BooleanField(default=False, verbose_name="validated")),
                ("noted_on", models.DateField()),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="milestone_notes", to="ideas.idea"
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="ideas.cohortmilestone"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone of a project",
                "verbose_name_plural": "milestones of projects",
                "constraints": [
                    models.UniqueConstraint(fields=("idea", "milestone"), name="milestone_noted_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="milestone_note_says"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moved", to="ideas.mergeproposal"
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
                "verbose_name": "support that followed a merge",
                "verbose_name_plural": "supports that followed a merge",
                "constraints": [models.UniqueConstraint(fields=("merge", "user"), name="moved_support_once")],
            },
        ),
        migrations.CreateModel(
            name="ReopeningRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Those who supported it are asked"),
                            ("reopened", "Looked at again"),
                            ("kept", "The answer stays"),
                            ("dropped", "The idea was looked at again meanwhile"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "author_wish",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes, look at it again"), ("no", "No, leave the answer as it is")],
                        max_length=3,
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("yes", models.PositiveIntegerField(blank=True, null=True)),
                ("no", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "condition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="round",
                        to="accountability.reopeningcondition",
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reopenings", to="ideas.idea"
                    ),
                ),
            ],
            options={
                "verbose_name": "question whether to reopen",
                "verbose_name_plural": "questions whether to reopen",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("idea",), name="reopening_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("opened_on"))), name="reopening_lasts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="reopening_open_or_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("no__isnull", False),
                                ("state", "reopened"),
                                ("yes__gt", models.F("no")),
                                ("yes__isnull", False),
                            ),
                            models.Q(
                                ("no__isnull", False),
                                ("state", "kept"),
                                ("yes__isnull", False),
                                ("yes__lte", models.F("no")),
                            ),
                            models.Q(("no__isnull", True), ("state__in", ["open", "dropped"]), ("yes__isnull", True)),
                            _connector="OR",
                        ),
                        name="reopening_by_the_majority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("author_wish", ""), _connector="OR"),
                        name="reopening_forgets_the_author",
                    ),
                ],
                "indexes": [models.Index(fields=["state", "ends_on"], name="reopening_due")],
            },
        ),
        migrations.CreateModel(
            name="ReopeningAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "wish",
                    models.CharField(
                        choices=[("yes", "Yes, look at it again"), ("no", "No, leave the answer as it is")],
                        max_length=3,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="ideas.reopeninground"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer whether to reopen",
                "verbose_name_plural": "answers whether to reopen",
                "constraints": [models.UniqueConstraint(fields=("round", "user"), name="reopening_answer_once")],
            },
        ),
        migrations.CreateModel(
            name="SpacePassage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("moved", "Moved"), ("copied", "Copied")], max_length=8)),
                ("text", models.TextField(verbose_name="why")),
                ("made_on", models.DateField()),
                (
                    "from_space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="participation.space"
                    ),
                ),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passages", to="ideas.idea"
                    ),
                ),
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
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="copies",
                        to="ideas.idea",
                    ),
                ),
                (
                    "to_space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="participation.space"
                    ),
                ),
            ],
            options={
                "verbose_name": "passage to another space",
                "verbose_name_plural": "passages to another space",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "moved"), ("source__isnull", True)),
                            models.Q(
                                ("kind", "copied"),
                                ("source__isnull", False),
                                models.Q(("source", models.F("idea")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="passage_copy_has_its_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_space", models.F("to_space")), _negated=True),
                        name="passage_between_two_spaces",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="passage_says_why"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "copied")), fields=("idea",), name="passage_one_source"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "copied")),
                        fields=("source", "to_space"),
                        name="passage_one_copy_a_space",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
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
                ("text", models.TextField(verbose_name="official response")),
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
                ("reopening_conditions", models.TextField(blank=True, verbose_name="what could change the answer")),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "ready-made answer",
                "verbose_name_plural": "ready-made answers",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="answer_template_has_text"
                    ),
                    models.UniqueConstraint(fields=("unit", "name"), name="answer_template_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("name",),
                        name="answer_template_name_once_for_all",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "impact_users",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="effect for residents",
                    ),
                ),
                (
                    "impact_agents",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="effect for agents",
                    ),
                ),
                (
                    "feasibility",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="feasibility",
                    ),
                ),
                (
                    "cost",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="cost",
                    ),
                ),
                (
                    "delay",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(4)],
                        verbose_name="delay",
                    ),
                ),
                (
                    "risk_flag",
                    models.BooleanField(default=False, verbose_name="risk of discrimination or for personal data"),
                ),
                ("note", models.TextField(verbose_name="what you think of it")),
                ("submitted_at", models.DateTimeField()),
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assessment", to="ideas.assessorseat"
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("impact_users__isnull", True), ("impact_users__lte", 4), _connector="OR"),
                        name="assessment_impact_users_0_to_4",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("impact_agents__isnull", True), ("impact_agents__lte", 4), _connector="OR"
                        ),
                        name="assessment_impact_agents_0_to_4",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("feasibility__isnull", True), ("feasibility__lte", 4), _connector="OR"),
                        name="assessment_feasibility_0_to_4",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cost__isnull", True), ("cost__lte", 4), _connector="OR"),
                        name="assessment_cost_0_to_4",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delay__isnull", True), ("delay__lte", 4), _connector="OR"),
                        name="assessment_delay_0_to_4",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="TaggedIdea",
            name="content_object",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tagged", to="ideas.idea"
            ),
        ),
    ]
