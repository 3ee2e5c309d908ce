import django.core.validators
import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import modelsearch.index
import src.foundations.references
import src.publishing.fields
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models

from src.foundations.first_migrations import WAGTAIL
from src.foundations.tables_at_once import TablesAtOnce


class Migration(TablesAtOnce):
    initial = True

    dependencies = [
        *WAGTAIL,
        ("auth", "0012_alter_user_first_name_max_length"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
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
            name="ResourcePage",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("guide", "Guide"),
                            ("form", "Form to fill in"),
                            ("template", "Template to use again"),
                            ("poster", "Poster"),
                            ("study", "Study"),
                        ],
                        max_length=12,
                        verbose_name="kind of resource",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("all", "Everybody"),
                            ("agents", "Agents"),
                            ("teams", "Who leads a team"),
                            ("facilitators", "Facilitators"),
                            ("panels", "Panel members"),
                        ],
                        default="all",
                        max_length=12,
                        verbose_name="for whom",
                    ),
                ),
                ("address", models.URLField(blank=True, verbose_name="or an address")),
                ("body", src.publishing.fields.PaletteField(blank=True, verbose_name="content")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtaildocs.document",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "resource",
                "verbose_name_plural": "resources",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ResourcesPage",
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
                "verbose_name": "resources library",
                "verbose_name_plural": "resources libraries",
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
            name="ResourceTaken",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="taken",
                        serialize=False,
                        to="publishing.resourcepage",
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "times a resource was taken",
                "verbose_name_plural": "times resources were taken",
            },
        ),
        migrations.CreateModel(
            name="TaggedResource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged",
                        to="publishing.resourcepage",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tagged_resources", to="taggit.tag"
                    ),
                ),
            ],
            options={
                "verbose_name": "subject of a resource",
                "verbose_name_plural": "subjects of resources",
            },
        ),
        migrations.AddField(
            model_name="resourcepage",
            name="tags",
            field=modelcluster.contrib.taggit.ClusterTaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="publishing.TaggedResource",
                to="taggit.Tag",
                verbose_name="subjects",
            ),
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
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name="OutcomeDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_kind", models.CharField(max_length=32)),
                ("subject_reference", models.CharField(max_length=16)),
                ("answer", models.PositiveBigIntegerField()),
                ("revision", models.PositiveBigIntegerField(blank=True, null=True)),
                ("drafted_on", models.DateField()),
                (
                    "page",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outcome_draft",
                        to="publishing.outcomepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome drafted by itself",
                "verbose_name_plural": "outcomes drafted by themselves",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_reference", "answer"), name="outcome_drafted_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuoteRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=src.foundations.references.new_reference, editable=False, max_length=6, unique=True
                    ),
                ),
                ("subject_kind", models.CharField(max_length=32)),
                ("subject_reference", models.CharField(max_length=16)),
                ("words", models.CharField(max_length=600, verbose_name="words to quote")),
                ("is_sealed", models.BooleanField(default=False, editable=False)),
                ("purpose", models.CharField(max_length=200, verbose_name="where they would stand")),
                ("asked_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("agreed", "Agreed"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn by its author"),
                            ("dropped", "Given up"),
                        ],
                        default="asked",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "signature",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("name", "With the signature of my contribution"),
                            ("agent", "By “an agent of the City”, without my name"),
                        ],
                        max_length=8,
                        verbose_name="signed",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "quote asked for",
                "verbose_name_plural": "quotes asked for",
                "indexes": [models.Index(fields=["subject_kind", "subject_reference"], name="quote_subject")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "agreed"])),
                        fields=("subject_kind", "subject_reference", "words"),
                        name="quote_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True), models.Q(("purpose", ""), _negated=True)
                        ),
                        name="quote_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_on__isnull", False),
                                ("state", "agreed"),
                                models.Q(("signature", ""), _negated=True),
                            ),
                            models.Q(models.Q(("state", "agreed"), _negated=True), ("signature", "")),
                            _connector="OR",
                        ),
                        name="quote_agreed_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_sealed", False), ("signature__in", ["", "agent"]), _connector="OR"),
                        name="quote_sealed_names_nobody",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="terrainimage",
            constraint=models.CheckConstraint(
                condition=models.Q(("rights", "city"), models.Q(("credit", ""), _negated=True), _connector="OR"),
                name="image_of_others_has_a_credit",
            ),
        ),
        migrations.AddConstraint(
            model_name="terrainrendition",
            constraint=models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="rendition_once"
            ),
        ),
    ]
