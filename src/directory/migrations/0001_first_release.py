import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("directory", "0001_initial"),
        ("directory", "0002_opening"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="JobFamily",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
            ],
            options={
                "verbose_name": "job family",
                "verbose_name_plural": "job families",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(max_length=64, unique=True, verbose_name="identifier")),
                (
                    "personnel_number",
                    models.CharField(
                        blank=True, max_length=16, null=True, unique=True, verbose_name="personnel number"
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, null=True, unique=True, verbose_name="e-mail address"
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=80, verbose_name="last name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("agent", "Agent"), ("external", "External participant")],
                        default="agent",
                        max_length=16,
                    ),
                ),
                ("holds_roles", models.BooleanField(default=False, editable=False)),
                ("language", models.CharField(blank=True, default="", max_length=8, verbose_name="language")),
                ("is_staff", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("date_joined", models.DateField(auto_now_add=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
            },
        ),
        migrations.CreateModel(
            name="Affectation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job_title", models.CharField(blank=True, max_length=120, verbose_name="job title")),
                (
                    "in_contact_with_public",
                    models.BooleanField(default=False, verbose_name="in contact with the public"),
                ),
                ("is_manager", models.BooleanField(default=False, verbose_name="manages the unit")),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="affectations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job_family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.jobfamily",
                    ),
                ),
            ],
            options={
                "verbose_name": "affectation",
                "verbose_name_plural": "affectations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="affectation_dates_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("user",),
                        name="affectation_one_open_per_user",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="current_affectation",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="directory.affectation",
            ),
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("acronym", models.CharField(blank=True, max_length=16, verbose_name="acronym")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("city", "City"),
                            ("direction", "Direction"),
                            ("service", "Service"),
                            ("site", "Site"),
                            ("team", "Team"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("path", models.CharField(db_index=True, default="", editable=False, max_length=255)),
                ("headcount", models.PositiveIntegerField(default=0, verbose_name="headcount")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "direction",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directory.unit",
                        verbose_name="parent",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="directory.unit",
                        verbose_name="successor",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "ordering": ["path"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="unit_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("successor__isnull", True), ("valid_until__isnull", False), _connector="OR"
                        ),
                        name="unit_successor_needs_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_grants",
                        to="directory.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("unit__isnull", False)),
                        fields=("user", "role", "unit"),
                        name="role_grant_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True), ("unit__isnull", True)),
                        fields=("user", "role"),
                        name="role_grant_once_city",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="affectation",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="affectations", to="directory.unit"
            ),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(verbose_name="ends on")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="absence_dates_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=128)),
                ("batch", models.UUIDField(db_index=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="personal_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "personal code",
                "verbose_name_plural": "personal codes",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True), ("used_at__isnull", True)),
                        fields=("user",),
                        name="personal_code_one_live_per_user",
                    )
                ],
            },
        ),
    ]
