import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("notices", "0001_initial"),
        ("notices", "0002_channels_and_digest"),
        ("notices", "0003_inbox_event"),
        ("notices", "0004_groups_and_hours"),
        ("notices", "0005_stopped_addresses"),
        ("notices", "0006_errands"),
        ("notices", "0007_mass_sendings"),
        ("notices", "0008_returned_mails"),
    ]

    dependencies = [
        *WAGTAIL,
        ("directory", "0001_first_release"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnyHour",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mails at any hour",
                "verbose_name_plural": "mails at any hour",
            },
        ),
        migrations.CreateModel(
            name="ReadMarks",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="inbox_read_marks",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ciphertext", models.BinaryField()),
            ],
            options={
                "verbose_name": "read marks",
                "verbose_name_plural": "read marks",
            },
        ),
        migrations.CreateModel(
            name="DigestIssue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("last_user_id", models.PositiveBigIntegerField(default=0)),
                ("built_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "weekly summary",
                "verbose_name_plural": "weekly summaries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("since"))), name="digest_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("drawn_at", models.DateTimeField()),
                ("posted_on", models.DateField(blank=True, null=True)),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "posted_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "batch of letters",
                "verbose_name_plural": "batches of letters",
                "ordering": ["-drawn_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reach",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("letter", "By letter, at my place of work"),
                            ("sms", "By text message"),
                            ("call", "By a call"),
                            ("none", "On Terrain only"),
                        ],
                        default="none",
                        max_length=16,
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=16,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?\\d{9,15}$", "Write the number with its digits alone, for instance 0601020304."
                            )
                        ],
                        verbose_name="phone number",
                    ),
                ),
            ],
            options={
                "verbose_name": "way of being told without e-mail",
                "verbose_name_plural": "ways of being told without e-mail",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("means__in", ["letter", "sms", "call", "none"])), name="reach_means_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("means__in", ["letter", "none"]), models.Q(("phone", ""), _negated=True), _connector="OR"
                        ),
                        name="reach_needs_a_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoppedAddress",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("fingerprint", models.CharField(max_length=40)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("bounce", "The mailbox sends our e-mails back"),
                            ("complaint", "An e-mail was reported as unwanted"),
                        ],
                        max_length=16,
                    ),
                ),
                ("is_stopped", models.BooleanField(default=True)),
                ("week", models.DateField()),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "stopped address",
                "verbose_name_plural": "stopped addresses",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["bounce", "complaint"])), name="stopped_reason_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_stopped", True), ("reopened_at__isnull", False), _connector="OR"),
                        name="stopped_or_reopened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChannelChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("mine", "My ideas"),
                            ("followed", "Ideas I support or follow"),
                            ("tasks", "What is expected of me"),
                            ("news", "Outcomes and news"),
                            ("account", "My account and my rights"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("mail", "By e-mail, at once"),
                            ("digest", "In the summary of Tuesday"),
                            ("product", "On Terrain only"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channel_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "chosen channel",
                "verbose_name_plural": "chosen channels",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "category"), name="channel_once"),
                    models.CheckConstraint(
                        condition=models.Q(("category__in", ["mine", "followed", "news"])),
                        name="channel_not_for_duties",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["mail", "digest", "product"])), name="channel_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InboxItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("mine", "My ideas"),
                            ("followed", "Ideas I support or follow"),
                            ("tasks", "What is expected of me"),
                            ("news", "Outcomes and news"),
                            ("account", "My account and my rights"),
                        ],
                        max_length=16,
                    ),
                ),
                ("key", models.CharField(max_length=160)),
                ("about", models.CharField(blank=True, db_default="", default="", max_length=80)),
                ("handle", models.UUIDField(blank=True, null=True)),
                ("context", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inbox_items",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["user", "-created_at"], name="inbox_user_order"),
                    models.Index(fields=["key"], name="inbox_event"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True), ("user__isnull", False)),
                        fields=["user"],
                        name="inbox_unread",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handle__isnull", False), ("user__isnull", True)),
                            models.Q(("handle__isnull", True), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="inbox_one_recipient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("handle__isnull", True), ("read_at__isnull", True), _connector="OR"),
                        name="inbox_handle_never_marked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("category__in", ["mine", "followed", "tasks", "news", "account"])),
                        name="inbox_category_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)), fields=("user", "key"), name="inbox_once_per_user"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("handle__isnull", False)),
                        fields=("handle", "key"),
                        name="inbox_once_per_handle",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=240, unique=True)),
                ("code", models.CharField(max_length=80)),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("letter", "By letter, at my place of work"),
                            ("sms", "By text message"),
                            ("call", "By a call"),
                            ("none", "On Terrain only"),
                        ],
                        max_length=16,
                    ),
                ),
                ("context", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("printed", "Printed"),
                            ("claimed", "Being sent"),
                            ("done", "Done"),
                            ("given_up", "Given up"),
                            ("uncertain", "Uncertain"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("told", "I told them"),
                            ("no_answer", "Nobody answered"),
                            ("wrong_number", "The number isn't theirs"),
                            ("stop", "They ask not to be called any more"),
                        ],
                        max_length=16,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="errands",
                        to="notices.letterbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "message without e-mail",
                "verbose_name_plural": "messages without e-mail",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "claimed"])),
                        fields=["means", "user"],
                        name="errand_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "printed", "claimed", "done", "given_up", "uncertain"])
                        ),
                        name="errand_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("means__in", ["letter", "sms", "call"])), name="errand_is_carried_somehow"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("batch__isnull", True), ("means", "letter"), _connector="OR"),
                        name="errand_batch_of_letters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("means", "sms"), _negated=True), ("attempts__lte", 2), _connector="OR"
                        ),
                        name="errand_two_texts_at_most",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=240, unique=True)),
                ("code", models.CharField(blank=True, max_length=80)),
                ("handle", models.UUIDField(blank=True, null=True)),
                ("context", models.JSONField(default=dict)),
                ("message_id", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("uncertain", "Uncertain"),
                            ("refused", "Refused"),
                            ("skipped", "Nothing left to say"),
                        ],
                        default="queued",
                        max_length=16,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("returned_week", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "claimed"])),
                        fields=["not_before", "id"],
                        name="mail_to_send",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "claimed", "sent", "uncertain", "refused", "skipped"])
                        ),
                        name="mail_state_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("attempts__lte", 2)), name="mail_two_copies_at_most"),
                    models.CheckConstraint(
                        condition=models.Q(("user__isnull", True), ("handle__isnull", True), _connector="OR"),
                        name="mail_one_recipient",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MassSending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("key", models.CharField(max_length=160)),
                ("context", models.JSONField(default=dict)),
                ("people", models.PositiveIntegerField()),
                ("recipients", models.JSONField(default=list)),
                ("handles", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Waiting for a decision"),
                            ("approved", "Leaving"),
                            ("sent", "Sent"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="held",
                        max_length=16,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                "verbose_name": "mass sending",
                "verbose_name_plural": "mass sendings",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "key"), name="mass_sending_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["held", "approved", "sent", "cancelled"])),
                        name="mass_sending_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "held")),
                            models.Q(models.Q(("state", "held"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="mass_sending_held_or_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("mine", "My ideas"),
                            ("followed", "Ideas I support or follow"),
                            ("tasks", "What is expected of me"),
                            ("news", "Outcomes and news"),
                            ("account", "My account and my rights"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mutes", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "muted category",
                "verbose_name_plural": "muted categories",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "category"), name="mute_once"),
                    models.CheckConstraint(
                        condition=models.Q(("category__in", ["mine", "followed", "news"])),
                        name="mute_only_what_may_be",
                    ),
                ],
            },
        ),
    ]
