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
        ("participation", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="MeetingSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("rules", models.TextField(blank=True, verbose_name="rules of the meetings")),
                (
                    "every",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Every month"),
                            (2, "Every two months"),
                            (3, "Every quarter"),
                            (6, "Every six months"),
                        ],
                        default=3,
                        verbose_name="how often",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Monday"), (1, "Tuesday"), (2, "Wednesday"), (3, "Thursday"), (4, "Friday")],
                        default=1,
                        verbose_name="usual day",
                    ),
                ),
                ("usual_time", models.TimeField(verbose_name="usual hour")),
                ("minutes", models.PositiveSmallIntegerField(default=60, verbose_name="how long, in minutes")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place")),
                (
                    "remote_url",
                    models.URLField(blank=True, max_length=300, verbose_name="link to take part from afar"),
                ),
                ("capacity", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="seats")),
                ("agreed_on", models.DateField(verbose_name="agreed on")),
                ("met_on", models.DateField(blank=True, editable=False, null=True)),
                ("due_on", models.DateField(db_index=True, editable=False)),
                ("reminded_for", models.DateField(blank=True, editable=False, null=True)),
                ("stopped_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "space",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_series",
                        to="participation.space",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.unit",
                        verbose_name="whose it is",
                    ),
                ),
            ],
            options={
                "verbose_name": "meetings of a unit",
                "verbose_name_plural": "meetings of units",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("every__in", [1, 2, 3, 6])), name="meeting_rhythm_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__in", [0, 1, 2, 3, 4])), name="meeting_weekday_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 10), ("minutes__lte", 480)), name="meeting_lasts_some_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__isnull", True), ("capacity__gte", 2), _connector="OR"),
                        name="meeting_has_seats",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("met_on__isnull", True), ("due_on__gt", models.F("met_on")), _connector="OR"
                        ),
                        name="meeting_due_after_met",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
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
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("body", models.TextField(blank=True, verbose_name="why it matters")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("taken_up", "Dealt with"), ("set_aside", "Set aside")],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("carries", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("answer", models.TextField(blank=True)),
                ("closed_on", models.DateField(blank=True, editable=False, null=True)),
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
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="topics", to="meetings.meetingseries"
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
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode", "named"), ("author__isnull", True), _connector="OR"),
                        name="meetings_topic_author_only_when_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("identity_mode__in", ["named", "protected", "anonymous"])),
                        name="meetings_topic_identity_mode_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibility__in", ["shown", "withheld", "removed"])),
                        name="meetings_topic_visibility_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "removed"), models.Q(("removal_reason", ""), _negated=True)),
                            models.Q(models.Q(("visibility", "removed"), _negated=True), ("removal_reason", "")),
                            _connector="OR",
                        ),
                        name="meetings_topic_removed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "taken_up", "set_aside"])),
                        name="topic_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="topic_closed_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "set_aside"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="topic_set_aside_says_why",
                    ),
                ],
                "indexes": [models.Index(fields=["series", "state"], name="topic_of_series")],
            },
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_on", models.DateField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "key of a calendar",
                "verbose_name_plural": "keys of calendars",
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "In preparation"),
                            ("called", "Announced"),
                            ("held", "Held, minutes awaited"),
                            ("published", "Minutes published"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="prepared",
                        max_length=16,
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begins")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("place", models.CharField(blank=True, max_length=160, verbose_name="place")),
                (
                    "remote_url",
                    models.URLField(blank=True, max_length=300, verbose_name="link to take part from afar"),
                ),
                ("capacity", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="seats")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(editable=False)),
                ("called_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="why it is cancelled")),
                ("held_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "present",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how many people were there"),
                ),
                ("draft_summary", models.TextField(blank=True, editable=False)),
                ("draft_decisions", models.TextField(blank=True, editable=False)),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="participation.space"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="meetings.meetingseries",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["-starts_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["prepared", "called", "held", "published", "cancelled"])),
                        name="meeting_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="meeting_ends_after"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("state", "cancelled"),
                                models.Q(("cancel_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancel_reason", ""),
                                ("cancelled_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_cancelled_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_at__isnull", True), ("state", "prepared")),
                            ("state", "cancelled"),
                            models.Q(("called_at__isnull", False), ("state__in", ["called", "held", "published"])),
                            _connector="OR",
                        ),
                        name="meeting_called_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at__isnull", False), ("state__in", ["held", "published"])),
                            models.Q(
                                models.Q(("state__in", ["held", "published"]), _negated=True),
                                ("held_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_held_is_dated",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("prepared", "called", "held"))),
                        fields=("series",),
                        name="meeting_one_coming",
                    ),
                ],
                "indexes": [models.Index(fields=["series", "-starts_at"], name="meeting_of_series")],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="what will be done")),
                ("owner_label", models.CharField(max_length=160, verbose_name="who does it, in words")),
                ("due_on", models.DateField(verbose_name="before")),
                ("is_measure", models.BooleanField(default=False, verbose_name="follow it as a measure")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To do"), ("done", "Done"), ("dropped", "Given up")],
                        default="open",
                        max_length=16,
                    ),
                ),
                ("carries", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("closed_on", models.DateField(blank=True, editable=False, null=True)),
                ("closing", models.CharField(blank=True, max_length=300, verbose_name="what became of it")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who does it",
                    ),
                ),
                (
                    "born_at",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="promised", to="meetings.meeting"
                    ),
                ),
                (
                    "closed_at",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="meetings.meetingseries",
                    ),
                ),
            ],
            options={
                "verbose_name": "action",
                "verbose_name_plural": "actions",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "dropped"])), name="action_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("owner_label", ""), _negated=True)
                        ),
                        name="action_says_what_and_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="action_closed_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dropped"), _negated=True),
                            models.Q(("closing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="action_given_up_says_why",
                    ),
                ],
                "indexes": [models.Index(fields=["series", "state"], name="action_of_series")],
            },
        ),
        migrations.CreateModel(
            name="MinutesRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("summary", models.TextField(verbose_name="what was said")),
                ("decisions", models.TextField(blank=True, verbose_name="what was decided")),
                ("correction", models.CharField(blank=True, max_length=300, verbose_name="what is corrected")),
                ("published_at", models.DateTimeField()),
                ("signed_as", models.CharField(max_length=160)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="revisions", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "minutes",
                "verbose_name_plural": "minutes",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="minutes_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correction", ""), ("number", 1)),
                            models.Q(("number__gt", 1), models.Q(("correction", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="minutes_correction_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("summary", ""), _negated=True), name="minutes_say_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicCounts",
            fields=[
                ("supports", models.PositiveIntegerField(default=0)),
                ("comments", models.PositiveIntegerField(default=0)),
                ("followers", models.PositiveIntegerField(default=0)),
                ("imported_supports", models.PositiveIntegerField(default=0)),
                (
                    "topic",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="counts",
                        serialize=False,
                        to="meetings.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "counters of a topic",
                "verbose_name_plural": "counters of topics",
            },
        ),
        migrations.CreateModel(
            name="AgendaLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taken_up", "Dealt with"),
                            ("carried", "Carried to the next meeting"),
                            ("set_aside", "Set aside, with the reason"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="what was said")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="meetings.meeting"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="meetings.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "line of an agenda",
                "verbose_name_plural": "lines of agendas",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "topic"), name="agenda_topic_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "taken_up", "carried", "set_aside"])),
                        name="agenda_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome__in", ["set_aside", "taken_up"]), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agenda_outcome_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="support_rows", to="meetings.topic"
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
                "verbose_name": "support of a topic",
                "verbose_name_plural": "supports of topics",
                "constraints": [models.UniqueConstraint(fields=("topic", "user"), name="topic_support_once")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendances", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "coming to a meeting",
                "verbose_name_plural": "coming to meetings",
                "constraints": [models.UniqueConstraint(fields=("meeting", "user"), name="meeting_attendance_once")],
            },
        ),
    ]
