import consultations.validators
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import src.foundations.clock
import src.publishing.fields
import uuid
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True
    # A database begun before the first release holds all of it, under the names of its steps.
    replaces = [
        ("consultations", "0001_initial"),
        ("consultations", "0002_shared_works_and_named_measures"),
    ]

    dependencies = [
        *WAGTAIL,
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("participation", "0001_first_release"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsultationsPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True, help_text="One sentence, shown in lists.", max_length=300, verbose_name="summary"
                    ),
                ),
            ],
            options={
                "verbose_name": "section of consultations",
                "verbose_name_plural": "sections of consultations",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ConsultationDossier",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True, help_text="One sentence, shown in lists.", max_length=300, verbose_name="summary"
                    ),
                ),
                ("created_on", models.DateField(default=src.foundations.clock.today, editable=False)),
                ("body", src.publishing.fields.PaletteField(blank=True, verbose_name="content")),
                (
                    "figures_note",
                    models.CharField(
                        blank=True,
                        help_text="For instance: voluntary answers, they do not represent the whole city.",
                        max_length=240,
                        verbose_name="what the figures don’t say",
                    ),
                ),
                (
                    "plan_reference",
                    models.CharField(
                        blank=True,
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9A-Za-z]{6}$", "A reference has six letters and figures."
                            )
                        ],
                        verbose_name="reference of its plan of measures",
                    ),
                ),
                (
                    "report_introduction",
                    models.TextField(blank=True, max_length=900, verbose_name="words before the report"),
                ),
                (
                    "shows_report",
                    models.BooleanField(
                        default=False,
                        help_text="All its lines at once, for good; those who took part or follow are told, once.",
                        verbose_name="publish the report with the page",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        help_text="Its circle reads the dossier; its activities stand on it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="participation.space",
                        verbose_name="space",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "verbose_name_plural": "dossiers",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="DossierDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=160, verbose_name="Title")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="Document",
                    ),
                ),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="consultations.consultationdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a dossier",
                "verbose_name_plural": "documents of dossiers",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DossierNews",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("on", models.DateField(verbose_name="Day")),
                ("title", models.CharField(max_length=140, verbose_name="Title")),
                ("text", models.TextField(max_length=1200, verbose_name="Text")),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="news",
                        to="consultations.consultationdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "news of a dossier",
                "verbose_name_plural": "news of dossiers",
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DossierWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("research", "Research"),
                            ("agents", "Work by agents"),
                            ("report", "Report or study"),
                            ("law", "Law or rule"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="Kind",
                    ),
                ),
                ("title", models.CharField(max_length=240, verbose_name="Title")),
                ("authors", models.CharField(max_length=240, verbose_name="Authors")),
                ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                ("summary", models.TextField(max_length=900, verbose_name="What it says, in a few lines")),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        help_text="Where it is published; it begins with “https://”.",
                        max_length=400,
                        validators=[consultations.validators.check_link],
                        verbose_name="Address",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="Document",
                    ),
                ),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="works",
                        to="consultations.consultationdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "work of the library",
                "verbose_name_plural": "works of the library",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["research", "agents", "report", "law", "other"])),
                        name="work_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1500), ("year__lte", 2200)),
                        name="work_year_likely",
                        violation_error_message="Write the year of the work, in four figures.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierSharedWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_works",
                        to="consultations.consultationdossier",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        help_text="Each person reads here those of the dossiers they may read.",
                        limit_choices_to={"dossier__live": True},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shown_in",
                        to="consultations.dossierwork",
                        verbose_name="Work",
                    ),
                ),
            ],
            options={
                "verbose_name": "work of another dossier",
                "verbose_name_plural": "works of other dossiers",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("dossier", "work"), name="shared_work_once")],
            },
        ),
        migrations.CreateModel(
            name="GroupContribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("union", "Trade union"),
                            ("association", "Association"),
                            ("collective", "Collective of agents"),
                            ("service", "Direction or service"),
                            ("other", "Other group"),
                        ],
                        max_length=16,
                        verbose_name="Kind",
                    ),
                ),
                ("signed_by", models.CharField(max_length=120, verbose_name="Name of the group")),
                ("received_on", models.DateField(verbose_name="Received on")),
                ("text", models.TextField(max_length=900, verbose_name="What it says, in a few lines")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="Document",
                    ),
                ),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="consultations.consultationdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution of a group",
                "verbose_name_plural": "contributions of groups",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["union", "association", "collective", "service", "other"])),
                        name="contribution_group_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipationFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("channel", "How people answered"), ("theme", "What they spoke of")],
                        max_length=16,
                        verbose_name="What it counts",
                    ),
                ),
                ("label", models.CharField(max_length=120, verbose_name="In words")),
                (
                    "count",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="Number"
                    ),
                ),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="consultations.consultationdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure of participation",
                "verbose_name_plural": "figures of participation",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["channel", "theme"])), name="dossier_figure_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("said", models.TextField(max_length=600, verbose_name="You had said")),
                ("decided", models.TextField(max_length=900, verbose_name="We have decided")),
                ("changes", models.TextField(max_length=900, verbose_name="What changes")),
                (
                    "measures",
                    models.TextField(
                        blank=True,
                        help_text="One a line: words of its title, or its reference. What several measures have is asked again.",
                        max_length=2000,
                        verbose_name="Its measures",
                    ),
                ),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_rows",
                        to="consultations.consultationdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a report",
                "verbose_name_plural": "lines of reports",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConsultedBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("name", models.CharField(max_length=160, verbose_name="Name")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("seized", "Asked for its opinion"),
                            ("planned", "Sitting planned"),
                            ("given", "Opinion given"),
                        ],
                        max_length=16,
                        verbose_name="State",
                    ),
                ),
                ("sits_on", models.DateField(blank=True, null=True, verbose_name="Day of the sitting")),
                ("opinion", models.TextField(blank=True, max_length=900, verbose_name="Opinion")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="The opinion as a document",
                    ),
                ),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bodies",
                        to="consultations.consultationdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "body consulted",
                "verbose_name_plural": "bodies consulted",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["seized", "planned", "given"])), name="body_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "given"), _negated=True), ("sits_on__isnull", False), _connector="OR"
                        ),
                        name="body_opinion_has_a_day",
                        violation_error_message="An opinion that was given has its day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierFollow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="consultations.consultationdossier",
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
                "verbose_name": "followed dossier",
                "verbose_name_plural": "followed dossiers",
                "constraints": [models.UniqueConstraint(fields=("dossier", "user"), name="dossier_follow_once")],
            },
        ),
        migrations.CreateModel(
            name="DossierPhase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inform", "Inform"),
                            ("collect", "Collect"),
                            ("deliberate", "Deliberate"),
                            ("choose", "Choose"),
                            ("restitute", "Report back"),
                        ],
                        max_length=16,
                        verbose_name="Step",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="From")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                ("note", models.CharField(blank=True, max_length=160, verbose_name="In a few words")),
                (
                    "dossier",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="consultations.consultationdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a dossier",
                "verbose_name_plural": "steps of dossiers",
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["inform", "collect", "deliberate", "choose", "restitute"])),
                        name="dossier_phase_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="dossier_phase_in_order",
                        violation_error_message="A step ends after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__isnull", False), ("kind", "restitute"), _connector="OR"),
                        name="dossier_phase_ends",
                        violation_error_message="Each step has its last day; the report alone goes on.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierTold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="consultations.consultationdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "what was told of a dossier",
                "verbose_name_plural": "what was told of dossiers",
                "constraints": [models.UniqueConstraint(fields=("dossier", "what"), name="dossier_told_once")],
            },
        ),
    ]
