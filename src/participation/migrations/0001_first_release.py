import django.db.models.deletion
import src.foundations.references
import src.participation.models.space
import uuid
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("participation", "0001_initial"),
        ("participation", "0002_help_contact"),
        ("participation", "0003_readable_names"),
        ("participation", "0004_moderation"),
        ("participation", "0005_opening"),
        ("participation", "0006_kinds_and_limits"),
        ("participation", "0007_site_codes"),
        ("participation", "0008_cohort_seats"),
        ("participation", "0009_neutral_period"),
    ]

    dependencies = [
        *WAGTAIL,
        ("directory", "0001_first_release"),
        ("workflow", "0001_first_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthorKeyring",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="keyring",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ciphertext", models.BinaryField()),
            ],
            options={
                "verbose_name": "index of sealed links",
                "verbose_name_plural": "indexes of sealed links",
            },
        ),
        migrations.CreateModel(
            name="ContributionDraft",
            fields=[
                ("token", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=32)),
                ("ciphertext", models.BinaryField()),
                ("touched_on", models.DateField()),
            ],
            options={
                "verbose_name": "draft",
                "verbose_name_plural": "drafts",
            },
        ),
        migrations.CreateModel(
            name="HelpContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("detail", models.CharField(blank=True, max_length=240, verbose_name="what they do, in one line")),
                ("phone", models.CharField(blank=True, max_length=24, verbose_name="telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("url", models.URLField(blank=True, verbose_name="page")),
                ("themes", models.JSONField(blank=True, default=list, verbose_name="what they help with")),
                ("position", models.PositiveSmallIntegerField(default=50, verbose_name="order")),
                ("is_shown", models.BooleanField(default=True, verbose_name="shown")),
            ],
            options={
                "verbose_name": "person or service who can help",
                "verbose_name_plural": "people and services who can help",
                "ordering": ["position", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SealedAuthor",
            fields=[
                ("handle", models.UUIDField(primary_key=True, serialize=False)),
                ("ciphertext", models.BinaryField()),
            ],
            options={
                "verbose_name": "sealed link to an author",
                "verbose_name_plural": "sealed links to authors",
            },
        ),
        migrations.CreateModel(
            name="NeutralPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="which election")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
            ],
            options={
                "verbose_name": "pre-electoral period",
                "verbose_name_plural": "pre-electoral periods",
                "ordering": ["-starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="neutral_period_ends_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="neutral_period_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Space",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=64, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("summary", models.CharField(blank=True, max_length=240, verbose_name="in one line")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "circle",
                    models.CharField(
                        choices=[("everyone", "Everyone"), ("agents", "Agents"), ("members", "Members")],
                        default="agents",
                        max_length=16,
                        verbose_name="who sees it",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=32,
                        verbose_name="kind of space",
                    ),
                ),
                (
                    "is_draft",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="in preparation"
                    ),
                ),
                (
                    "is_limited",
                    models.BooleanField(db_default=False, default=False, editable=False, verbose_name="limited"),
                ),
                ("activities", models.JSONField(default=list, verbose_name="activities")),
                (
                    "identity_modes",
                    models.JSONField(
                        default=src.participation.models.space.default_identity_modes, verbose_name="identity modes"
                    ),
                ),
                ("first_contribution_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "support_threshold",
                    models.PositiveIntegerField(default=50, verbose_name="supports that raise who answers"),
                ),
                (
                    "chosen_count",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Exactly as many are announced, together with the answers to all the others studied.",
                        null=True,
                        verbose_name="how many are chosen",
                    ),
                ),
                (
                    "cohort_seats",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How many people the cohort takes. Told to those who apply.",
                        null=True,
                        verbose_name="seats",
                    ),
                ),
                (
                    "direction_seats",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="So that several directions are there. Empty: directions aren’t counted.",
                        null=True,
                        verbose_name="seats for each direction",
                    ),
                ),
                ("reports_hide", models.BooleanField(default=True, verbose_name="reports hide until somebody reads")),
                ("is_archive", models.BooleanField(default=False, verbose_name="archive")),
                ("on_home_page", models.BooleanField(default=True, verbose_name="on the home page")),
                ("licence_note", models.CharField(blank=True, max_length=300, verbose_name="source and licence")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "member_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                        verbose_name="members' unit",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workflow.process",
                        verbose_name="process",
                    ),
                ),
                (
                    "steering_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                        verbose_name="run by",
                    ),
                ),
            ],
            options={
                "verbose_name": "space",
                "verbose_name_plural": "spaces",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("circle__in", ["everyone", "agents", "members"])),
                        name="space_circle_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chosen_count__isnull", True), ("chosen_count__gt", 0), _connector="OR"),
                        name="space_chooses_one_at_least",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cohort_seats__isnull", True), ("direction_seats__isnull", True)),
                            models.Q(("cohort_seats__gt", 0), ("direction_seats__isnull", True)),
                            models.Q(
                                ("cohort_seats__gt", 0),
                                ("cohort_seats__gte", models.F("direction_seats")),
                                ("direction_seats__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="space_seats_add_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_draft", False), ("first_contribution_at__isnull", True), _connector="OR"
                        ),
                        name="space_draft_is_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField(verbose_name="week")),
                ("salt", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("code_hash", models.CharField(max_length=32, unique=True)),
                ("stopped_on", models.DateField(blank=True, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                        verbose_name="place",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="participation.space",
                        verbose_name="space",
                    ),
                ),
            ],
            options={
                "verbose_name": "code of a place",
                "verbose_name_plural": "codes of places",
                "ordering": ["week", "unit_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stopped_on__isnull", True)),
                        fields=("unit", "space", "week"),
                        name="site_code_one_live_a_week",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("verbs", models.JSONField(default=list, verbose_name="what it opens")),
                ("starts_at", models.DateTimeField(verbose_name="opens")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="phases", to="participation.space"
                    ),
                ),
            ],
            options={
                "verbose_name": "phase",
                "verbose_name_plural": "phases",
                "ordering": ["starts_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                        ),
                        name="phase_dates_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SpaceLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "job_family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.jobfamily",
                        verbose_name="job family",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="limits", to="participation.space"
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
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "limit of a space",
                "verbose_name_plural": "limits of spaces",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("job_family__isnull", False), ("unit__isnull", True)),
                            models.Q(("job_family__isnull", True), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="space_limit_says_one_thing",
                    ),
                    models.UniqueConstraint(fields=("space", "unit"), name="space_limit_unit_once"),
                    models.UniqueConstraint(fields=("space", "job_family"), name="space_limit_family_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpaceMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="participation.space"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="space_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "constraints": [models.UniqueConstraint(fields=("space", "user"), name="space_member_once")],
            },
        ),
        migrations.CreateModel(
            name="SpaceRoleGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("idea_correspondent", "Idea correspondent"),
                            ("equality_referent", "Equality referent"),
                            ("instructor", "Assessor"),
                            ("delegate", "Direction's delegate"),
                            ("decision_maker", "Decision-maker"),
                            ("elected_official", "Elected official"),
                            ("facilitator", "Facilitator"),
                            ("moderator", "Moderator"),
                            ("hr", "Human resources"),
                            ("trainer", "Trainer"),
                            ("editor", "Editor"),
                            ("dpo", "Data protection officer"),
                            ("mediator", "Mediator"),
                            ("legal", "Legal department"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=32,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                (
                    "granted_by",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_grants",
                        to="participation.space",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "role in a space",
                "verbose_name_plural": "roles in a space",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("user", "role", "space"),
                        name="space_role_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("subject_kind", models.CharField(max_length=32)),
                ("subject_reference", models.CharField(max_length=6)),
                ("handle", models.UUIDField()),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("juge", "A judge or a prosecutor asks for it"),
                            ("juge_secret", "A judge asks for it, and forbids telling the author for now"),
                            ("danger", "Somebody is in serious danger"),
                            ("signalement", "The City must report a crime to the prosecutor"),
                            ("menace", "The text threatens or harasses somebody"),
                        ],
                        max_length=16,
                        verbose_name="ground",
                    ),
                ),
                ("motive_sealed", models.BinaryField()),
                (
                    "court_reference",
                    models.CharField(blank=True, max_length=120, verbose_name="reference of the court"),
                ),
                ("silent_until", models.DateField(blank=True, null=True, verbose_name="the author is told from")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a second person"),
                            ("opened", "Secret lifted"),
                            ("refused", "Refused"),
                            ("expired", "Nobody confirmed it in time"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                (
                    "asked_as",
                    models.CharField(
                        choices=[
                            ("idea_correspondent", "Idea correspondent"),
                            ("equality_referent", "Equality referent"),
                            ("instructor", "Assessor"),
                            ("delegate", "Direction's delegate"),
                            ("decision_maker", "Decision-maker"),
                            ("elected_official", "Elected official"),
                            ("facilitator", "Facilitator"),
                            ("moderator", "Moderator"),
                            ("hr", "Human resources"),
                            ("trainer", "Trainer"),
                            ("editor", "Editor"),
                            ("dpo", "Data protection officer"),
                            ("mediator", "Mediator"),
                            ("legal", "Legal department"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=32,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "decided_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("idea_correspondent", "Idea correspondent"),
                            ("equality_referent", "Equality referent"),
                            ("instructor", "Assessor"),
                            ("delegate", "Direction's delegate"),
                            ("decision_maker", "Decision-maker"),
                            ("elected_official", "Elected official"),
                            ("facilitator", "Facilitator"),
                            ("moderator", "Moderator"),
                            ("hr", "Human resources"),
                            ("trainer", "Trainer"),
                            ("editor", "Editor"),
                            ("dpo", "Data protection officer"),
                            ("mediator", "Mediator"),
                            ("legal", "Legal department"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=32,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answer_sealed", models.BinaryField(default=b"")),
                ("read_by_asker_at", models.DateTimeField(blank=True, null=True)),
                ("read_by_second_at", models.DateTimeField(blank=True, null=True)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "opening of an identity",
                "verbose_name_plural": "openings of an identity",
                "indexes": [models.Index(fields=["asked_at", "reference"], name="opening_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "opened", "refused", "expired"])),
                        name="opening_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["juge", "juge_secret", "danger", "signalement", "menace"])),
                        name="opening_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_by__isnull", True),
                            ("decided_by__isnull", True),
                            models.Q(("asked_by", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="opening_by_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_as", models.F("decided_as")), _negated=True),
                        name="opening_by_two_functions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state__in", ["waiting", "expired"])),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state__in", ["opened", "refused"]),
                                models.Q(("decided_as", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="opening_decided_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("read_by_asker_at__isnull", True),
                                ("read_by_second_at__isnull", True),
                                ("told_at__isnull", True),
                            ),
                            ("state", "opened"),
                            _connector="OR",
                        ),
                        name="opening_read_once_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ground__in", ["juge", "juge_secret"]),
                                models.Q(("court_reference", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("ground__in", ["juge", "juge_secret"]), _negated=True),
                                ("court_reference", ""),
                            ),
                            _connector="OR",
                        ),
                        name="opening_court_has_reference",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", "juge_secret"), ("silent_until__isnull", False)),
                            models.Q(
                                models.Q(("ground", "juge_secret"), _negated=True), ("silent_until__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="opening_silent_only_by_judge",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("handle",), name="opening_waits_once"
                    ),
                ],
            },
        ),
    ]
