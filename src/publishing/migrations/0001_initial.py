import django.core.validators
import django.db.models.deletion
import modelsearch.index
import src.publishing.fields
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models

from src.foundations.tables_at_once import TablesAtOnce

from src.foundations.first_migrations import WAGTAIL


class Migration(TablesAtOnce):
    initial = True

    dependencies = [
        *WAGTAIL,
        ("auth", "0012_alter_user_first_name_max_length"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DossierPage",
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
                ("body", src.publishing.fields.PaletteField(blank=True, verbose_name="content")),
            ],
            options={
                "verbose_name": "subject",
                "verbose_name_plural": "subjects",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="HomePage",
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
                ("welcome_title", models.CharField(max_length=120, verbose_name="title of the welcome")),
                ("welcome_text", wagtail.fields.RichTextField(blank=True, verbose_name="text of the welcome")),
                ("body", src.publishing.fields.PaletteField(blank=True, verbose_name="content")),
            ],
            options={
                "verbose_name": "home page",
                "verbose_name_plural": "home pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="IndexPage",
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
                ("body", src.publishing.fields.PaletteField(blank=True, verbose_name="content")),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="OutcomePage",
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
                (
                    "idea_reference",
                    models.CharField(
                        blank=True,
                        help_text="Its followers are told when the page is first published.",
                        max_length=6,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9A-Za-z]{6}$", "A reference has six letters and figures."
                            )
                        ],
                        verbose_name="reference of the idea",
                    ),
                ),
                ("said", wagtail.fields.RichTextField(verbose_name="You had said")),
                ("decided", wagtail.fields.RichTextField(verbose_name="We have decided")),
                ("changes", wagtail.fields.RichTextField(verbose_name="What changes")),
                ("measure", wagtail.fields.RichTextField(verbose_name="How we will see it")),
                ("measure_on", models.DateField(blank=True, null=True, verbose_name="and when")),
                (
                    "signed_by",
                    models.CharField(
                        help_text="First name, name and function.", max_length=160, verbose_name="signed"
                    ),
                ),
                ("body", src.publishing.fields.PaletteField(blank=True, verbose_name="content")),
            ],
            options={
                "verbose_name": "outcome",
                "verbose_name_plural": "outcomes",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StandardPage",
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
                ("body", src.publishing.fields.PaletteField(blank=True, verbose_name="content")),
            ],
            options={
                "verbose_name": "plain page",
                "verbose_name_plural": "plain pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="AccessibilityPage",
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
                (
                    "conformity",
                    models.CharField(
                        choices=[
                            ("none", "not conforming"),
                            ("partial", "partially conforming"),
                            ("full", "fully conforming"),
                        ],
                        default="none",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="rate (%)"
                    ),
                ),
                ("audited_on", models.DateField(blank=True, null=True, verbose_name="date of the audit")),
                ("audited_by", models.CharField(blank=True, max_length=160, verbose_name="who made the audit")),
                ("contact", models.CharField(max_length=200, verbose_name="whom to write to")),
                ("body", src.publishing.fields.PaletteField(blank=True, verbose_name="content")),
            ],
            options={
                "verbose_name": "accessibility statement",
                "verbose_name_plural": "accessibility statements",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conformity", "none"),
                            models.Q(("audited_on__isnull", False), ("conformity", "partial"), ("rate__gte", 50)),
                            models.Q(("audited_on__isnull", False), ("conformity", "full"), ("rate", 100)),
                            _connector="OR",
                        ),
                        name="accessibility_state_follows_audit",
                    )
                ],
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="PeerReviewTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "review by somebody else",
                "verbose_name_plural": "reviews by somebody else",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name="TerrainImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        upload_to=wagtail.images.models.get_upload_to,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                ("description", models.CharField(blank=True, default="", max_length=255, verbose_name="description")),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="created at")),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                ("file_hash", models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ("credit", models.CharField(blank=True, max_length=160, verbose_name="credit")),
                (
                    "rights",
                    models.CharField(
                        choices=[
                            ("city", "Made by the city"),
                            ("agreement", "With its author's written agreement"),
                            ("licence", "Under a free licence"),
                        ],
                        default="city",
                        max_length=16,
                        verbose_name="by what right",
                    ),
                ),
                (
                    "rights_note",
                    models.CharField(
                        blank=True,
                        help_text="The licence, the date of the agreement, or the people recognisable who agreed.",
                        max_length=240,
                        verbose_name="about the rights",
                    ),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True, help_text=None, through="taggit.TaggedItem", to="taggit.Tag", verbose_name="tags"
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rights", "city"), models.Q(("credit", ""), _negated=True), _connector="OR"
                        ),
                        name="image_of_others_has_a_credit",
                    )
                ],
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="TerrainRendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        storage=wagtail.images.models.get_rendition_storage,
                        upload_to=wagtail.images.models.get_rendition_upload_to,
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                ("focal_point_key", models.CharField(blank=True, default="", editable=False, max_length=16)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="publishing.terrainimage",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="rendition_once")
                ],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
    ]
