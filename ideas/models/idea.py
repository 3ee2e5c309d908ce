"""The idea: what somebody proposes, and the way it goes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from src.foundations.fields import SafeHtmlField
from src.participation.models import AbstractContribution, AbstractCounts
from src.workflow.models import AbstractJournalEntry, WorkflowSubject

from ..enums import IdeaKind, IdeaScale
from ..querysets import IdeaQuerySet


class TaggedIdea(ItemBase):
    """A tag on an idea, by a real foreign key."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_ideas")
    content_object = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="tagged")

    wagtail_reference_index_ignore = True


class Idea(AbstractContribution, WorkflowSubject):
    """A proposal. Its stage moves only by ``fire``; its counters live in IdeaCounts; its author may be sealed."""

    space = models.ForeignKey("participation.Space", models.PROTECT, related_name="ideas")
    kind = models.CharField(_("kind"), max_length=16, choices=IdeaKind, default=IdeaKind.IDEA)
    # 10–120 and 30–2,000 characters are rules of the form; the table takes what real exports hold.
    title = models.CharField(_("title"), max_length=300)
    body = models.TextField(_("text"))
    body_html = SafeHtmlField(editable=False)
    # Stage kind of ``stage``, kept beside it by ``fire`` so that lists filter without a join.
    stage_kind = models.CharField(max_length=32, editable=False, db_index=True)
    scale = models.CharField(_("kind of answer"), max_length=16, choices=IdeaScale, blank=True)
    # Where: said by the author (site) and by the correspondent (direction, service).
    site = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    service = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    # The direction asked to take it over, while the transfer waits; transfers already made.
    transfer_to = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    transfer_count = models.PositiveSmallIntegerField(default=0)
    owner = models.ForeignKey("directory.User", models.SET_NULL, null=True, blank=True, related_name="+")
    owed = models.OneToOneField(
        "accountability.ResponseOwed", models.PROTECT, null=True, blank=True, related_name="idea"
    )
    # The announced decision; set by the relay or the announcement, never while only prepared.
    decision = models.OneToOneField(
        "accountability.Decision", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # First human reading, told by a first name within seven days.
    first_read_on = models.DateField(null=True, blank=True)
    first_read_by = models.ForeignKey("directory.User", models.SET_NULL, null=True, blank=True, related_name="+")
    body_hidden = models.BooleanField(default=False)
    import_batch = models.ForeignKey(
        "ideas.ImportBatch", models.CASCADE, null=True, blank=True, related_name="ideas", editable=False
    )
    import_key = models.CharField(max_length=120, blank=True, editable=False)

    tags = TaggableManager(through=TaggedIdea, blank=True)
    objects = IdeaQuerySet.as_manager()
    wagtail_reference_index_ignore = True
    subject_kind = "idea"

    class Meta(AbstractContribution.Meta):
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        constraints = [
            *AbstractContribution.Meta.constraints,
            models.UniqueConstraint(
                fields=["space", "import_key"], condition=~models.Q(import_key=""), name="idea_import_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-week", "reference"], name="idea_public_order"),
            models.Index(fields=["space", "-week", "reference"], name="idea_space_order"),
            models.Index(fields=["direction", "stage_kind"], name="idea_direction_stage"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/idees/{self.reference}/"


class IdeaCounts(AbstractCounts):
    """Counters of one idea."""

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="counts")


class IdeaJournalEntry(AbstractJournalEntry):
    """One passage of one idea."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="journal")

    class Meta(AbstractJournalEntry.Meta):
        verbose_name = _("step of an idea")
        verbose_name_plural = _("steps of ideas")
