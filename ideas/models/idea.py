"""The idea: what somebody proposes, and the way it goes."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from src.directory.enums import Role
from src.foundations.fields import SafeHtmlField
from src.participation.enums import IdentityMode, RemovalReason, Signature, Visibility
from src.participation.models import AbstractContribution, AbstractCounts
from src.workflow import process_cache
from src.workflow.enums import Actor, StageKind
from src.workflow.exceptions import ConditionNotMet
from src.workflow.models import AbstractJournalEntry, WorkflowSubject

from ..enums import IdeaKind, IdeaScale
from ..querysets import IdeaQuerySet, roles_on_ideas

# Forms of the steps after which an idea is answered again → turns it goes forward: by the same people, or by others.
ANSWERED_AGAIN = {"appeal": 0, "reopen": 0, "revisit": 1}


class TaggedIdea(ItemBase):
    """A tag on an idea, by a real foreign key."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_ideas")
    content_object = models.ForeignKey("ideas.Idea", models.CASCADE, related_name="tagged")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("theme of an idea")
        verbose_name_plural = _("themes of ideas")


class Idea(AbstractContribution, WorkflowSubject):
    """A proposal. Its stage moves only by ``fire``; its counters live in IdeaCounts; its author may be sealed."""

    space = models.ForeignKey("participation.Space", models.PROTECT, related_name="ideas")
    kind = models.CharField(_("kind"), max_length=16, choices=IdeaKind, default=IdeaKind.IDEA)
    # 10–120 and 30–2,000 characters are rules of the form; the table takes what real exports hold.
    title = models.CharField(_("title"), max_length=300)
    body = models.TextField(_("text"))
    body_html = SafeHtmlField(editable=False)
    scale = models.CharField(_("kind of answer"), max_length=16, choices=IdeaScale, blank=True)
    # Where: said by the author (site) and by the correspondent (direction, service).
    site = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    # Who has it in hand now: the service, else the direction, else the cell that runs the space. Roles are asked here.
    unit = models.ForeignKey("directory.Unit", models.PROTECT, null=True, blank=True, related_name="+")
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
    # One more each time a "later" comes back on its own date: who answered the turn before answers again.
    turn = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)
    # First human reading, told by a first name within seven days.
    first_read_on = models.DateField(null=True, blank=True)
    first_read_by = models.ForeignKey("directory.User", models.SET_NULL, null=True, blank=True, related_name="+")
    body_hidden = models.BooleanField(default=False)
    # The author asked their own site first: it has ten days to say yes.
    settle_here = models.BooleanField(default=False, db_default=False, editable=False)
    # Colleagues who agreed to be its authors too (CoAuthor is the truth): ",12,57," and "Bruno T., rippeur". Kept on
    # the row so that whoever looks at an idea knows whose it is without a statement.
    co_author_ids = models.CharField(max_length=200, blank=True, default="", db_default="", editable=False)
    co_signed_as = models.TextField(blank=True, default="", db_default="", editable=False)
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
            models.CheckConstraint(
                condition=models.Q(identity_mode=IdentityMode.NAMED, signature=Signature.PERSON)
                | models.Q(co_author_ids="", co_signed_as=""),
                name="idea_co_authors_only_when_signed",
            ),
            models.CheckConstraint(
                condition=~models.Q(signature=Signature.GROUP) | models.Q(identity_mode=IdentityMode.NAMED),
                name="idea_group_is_named",
            ),
            # Of an anonymous author not even the place is kept.
            models.CheckConstraint(
                condition=~models.Q(identity_mode=IdentityMode.ANONYMOUS)
                | models.Q(is_imported=True)
                | models.Q(site__isnull=True),
                name="idea_anonymous_without_site",
            ),
            # What left its way by moderation is hidden: one column says who reads.
            models.CheckConstraint(
                condition=~models.Q(stage_kind=StageKind.REMOVED) | models.Q(visibility=Visibility.REMOVED),
                name="idea_removed_is_hidden",
            ),
            # A site answers whom it knows: never a sealed author.
            models.CheckConstraint(
                condition=models.Q(settle_here=False) | models.Q(identity_mode=IdentityMode.NAMED, site__isnull=False),
                name="idea_settled_here_is_signed",
            ),
        ]
        indexes = [
            models.Index(fields=["-week", "reference"], name="idea_public_order"),
            models.Index(fields=["space", "-week", "reference"], name="idea_space_order"),
            models.Index(fields=["direction", "stage_kind"], name="idea_direction_stage"),
            models.Index(fields=["unit", "stage_kind"], name="idea_unit_stage"),
            # All that says who reads an idea: lists and searches know it without reading the ideas (PostgreSQL).
            models.Index(
                fields=["id"],
                include=["space", "visibility", "author", "handle", "co_author_ids"],
                name="idea_gate",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/idees/{self.reference}/"

    @property
    def is_sealed(self) -> bool:
        """Not signed: nothing shown, written or ordered may be finer than the week."""
        return self.identity_mode != IdentityMode.NAMED

    @property
    def acting_unit(self):
        """The unit whose people may act: the one asked to take the idea over while it waits, else its own."""
        return self.transfer_to if self.stage_kind == StageKind.TRANSFERRED else self.unit

    @property
    def co_authors(self) -> frozenset[int]:
        """Accounts that agreed to be its authors too."""
        return frozenset(int(pk) for pk in self.co_author_ids.split(",") if pk)

    @property
    def author_ids(self) -> frozenset[int]:
        """Every account that signed it: none for what isn't signed."""
        return self.co_authors | ({self.author_id} if self.author_id else frozenset())

    def is_of(self, viewer) -> bool:
        """Whether the viewer wrote it, under a name or not, alone or with others."""
        if not viewer.is_authenticated:
            # Nobody but the holder of its secret code has a handle without an account.
            return self.handle in viewer.own_handles
        if self.author_id == viewer.user_id or (self.author_id is None and self.handle in viewer.own_handles):
            return True
        return bool(self.co_author_ids) and viewer.user_id in self.co_authors

    def has_interest(self, viewer) -> bool:
        """Whether the viewer wrote it or is named by the application it is: then they decide nothing of it.

        A statement more for an application to a cohort alone.
        """
        if self.is_of(viewer):
            return True
        return viewer.is_authenticated and self.has_seats and self.people.filter(user_id=viewer.user_id).exists()

    @property
    def has_seats(self) -> bool:
        """Whether its way leads to a cohort. Read from memory, without a statement."""
        return bool(process_cache.graph(self.process_id).stages_of_kind(StageKind.COHORT))

    def is_co_author(self, viewer) -> bool:
        """Whether the viewer is its author by an invitation they accepted."""
        return bool(self.co_author_ids) and viewer.is_authenticated and viewer.user_id in self.co_authors

    def fire_updates(self, transition, data) -> dict:
        """Columns that change together with the stage: who has the idea in hand, and whether its text is shown."""
        if transition.to_stage.kind == StageKind.REMOVED:
            if data.get("reason_code") not in RemovalReason.values:
                raise ConditionNotMet(gettext("A removal says its reason, from the list."))
            return {"visibility": Visibility.REMOVED, "removal_reason": str(data["reason_code"]), "transfer_to": None}
        if transition.from_stage.kind == StageKind.REMOVED:
            return {"visibility": Visibility.SHOWN, "removal_reason": ""}
        if transition.form == "orientation":
            return self._taken_over(data["direction"], data.get("service"), data.get("owner")) | {
                "scale": data["scale"]
            }
        if transition.form == "shortlist":
            return {"scale": IdeaScale.PROJECT, "owner": data.get("owner")}
        return self._passed_on(transition, data)

    def _passed_on(self, transition, data) -> dict:
        """The columns of the other steps: to another unit, answered, appealed, taken back."""
        if transition.form == "go_up":
            return self._taken_over(self.direction, None, None)
        if transition.form == "transfer":
            return {"transfer_to": data["direction"]}
        if transition.form == "transfer_answer":
            taken = self._taken_over(self.transfer_to, data.get("service"), data.get("owner"))
            return taken | {"transfer_to": None, "transfer_count": self.transfer_count + 1}
        if data.get("_decision") is not None:
            # The idea knows which decision answered it.
            return {"decision": data["_decision"]}
        if transition.form in ANSWERED_AGAIN:
            # The answer given stays readable, and answers it no more.
            return {"decision": None, "turn": self.turn + ANSWERED_AGAIN[transition.form]}
        if transition.form == "withdraw":
            return {"body_hidden": bool(data.get("hide_body")), "transfer_to": None}
        if transition.from_stage.kind == StageKind.TRANSFERRED:
            return {"transfer_to": None}
        return {}

    @staticmethod
    def _taken_over(direction, service, owner) -> dict:
        return {"direction": direction, "service": service, "unit": service or direction, "owner": owner}

    def roles_of(self, viewer) -> set[str]:
        """Codes the viewer holds on this idea: "author" and nothing else on one's own; imported ideas have no one.

        On what moderation hides, only moderators hold their role.
        """
        if self.is_of(viewer):
            return {Actor.AUTHOR.value}
        if self.is_imported:
            return set()
        known = roles_on_ideas(viewer) if self.is_shown else roles_on_ideas(viewer) & {Role.MODERATOR.value}
        return {role for role in known if self._holds(viewer, role)}

    def is_moderated_by(self, viewer) -> bool:
        """Whether the viewer moderates here: also archives, never under one's own idea."""
        return not self.is_of(viewer) and viewer.is_agent and self._holds(viewer, Role.MODERATOR)

    def _holds(self, viewer, role: str) -> bool:
        unit = self.acting_unit
        return viewer.has_role(role, unit_path=unit.path if unit else "", space_id=self.space_id)


class IdeaCounts(AbstractCounts):
    """Counters of one idea."""

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="counts")

    class Meta:
        verbose_name = _("counters of an idea")
        verbose_name_plural = _("counters of ideas")
        indexes = [models.Index(fields=["-supports"], name="idea_counts_supports")]


class IdeaJournalEntry(AbstractJournalEntry):
    """One passage of one idea."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="journal")

    class Meta(AbstractJournalEntry.Meta):
        verbose_name = _("step of an idea")
        verbose_name_plural = _("steps of ideas")
        constraints = [
            models.UniqueConstraint(
                fields=["idea"],
                condition=models.Q(
                    from_kind__in=[StageKind.DECLINED, StageKind.DEFERRED],
                    to_kind=StageKind.IN_REVIEW,
                    actor_role=Actor.AUTHOR,
                ),
                name="idea_appealed_once",
            ),
        ]


class IdeaVersion(models.Model):
    """What an idea said before its author changed it, kept visible."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="versions")
    title = models.CharField(max_length=300)
    body_html = SafeHtmlField()
    # The day it was replaced; the Monday of that week when the idea isn't signed.
    replaced_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("earlier version of an idea")
        verbose_name_plural = _("earlier versions of ideas")
        ordering = ["id"]
