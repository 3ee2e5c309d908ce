"""What the pages of a training read, in a bounded number of statements."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, OuterRef, Prefetch, Subquery

from src.directory.viewer import as_viewer
from src.foundations import together
from trainings.models import Module, QuestionRevision, Track, TrackVersion

from . import rules
from .enums import AttemptState, EnrolmentState, QuizDoor
from .models import Enrolment, ModuleProgress, QuizAttempt


@dataclass
class Step:
    """A module as its follower sees it."""

    module: Module
    progress: ModuleProgress | None = None
    track: Track | None = None
    enrolment: Enrolment | None = None

    @property
    def is_done(self) -> bool:
        return self.progress is not None and self.progress.is_done

    @property
    def is_begun(self) -> bool:
        return self.progress is not None and not self.progress.is_done


@dataclass
class Standing:
    """Where somebody stands in a version: its modules in order, and what is left."""

    version: TrackVersion
    enrolment: Enrolment | None
    steps: list[Step] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def minutes_left(self) -> int:
        return sum(step.module.minutes for step in self.steps if step.module.required and not step.is_done)

    @property
    def next(self) -> Step | None:
        """Where one takes up again: the first module that isn't finished."""
        return next((step for step in self.steps if not step.is_done), None)

    def step(self, position: int) -> Step | None:
        return next((step for step in self.steps if step.module.position == position), None)

    def after(self, position: int) -> Step | None:
        return next((step for step in self.steps if step.module.position == position + 1), None)


def track_of(viewer, slug: str) -> Track | None:
    """The track of an address: published, or one that somebody follows after it was taken down."""
    followed = Track.objects.filter(slug=slug, pk__in=Enrolment.objects.visible_to(viewer).values("track"))
    return Track.objects.visible_to(viewer).filter(slug=slug).first() or followed.first()


def enrolment_in(viewer, track: Track) -> Enrolment | None:
    """The training under way, else the last one finished."""
    rows = Enrolment.objects.visible_to(viewer).filter(track=track).exclude(state=EnrolmentState.MIGRATED)
    rows = sorted(rows.select_related("version"), key=lambda row: (row.is_open, row.began_at, row.pk))
    return rows[-1] if rows else None


def newest_of(track: Track) -> TrackVersion | None:
    """The last version published."""
    return TrackVersion.objects.filter(track=track).order_by("-number").first()


def standing_of(version: TrackVersion, enrolment: Enrolment | None) -> Standing:
    """The modules of a version, with where somebody stands in each."""
    rows = {row.module_id: row for row in enrolment.progress.all()} if enrolment is not None else {}
    modules = version.modules.defer("published_content")
    return Standing(version, enrolment, [Step(one, rows.get(one.pk)) for one in modules])


def module_with_content(module: Module) -> Module:
    """The same module, with what it says."""
    return Module.objects.with_content().select_related("version").get(pk=module.pk)


def listed(viewer) -> list[Standing]:
    """Every track one may begin, and those one follows, with where one stands."""
    own = Enrolment.objects.visible_to(viewer).exclude(state=EnrolmentState.MIGRATED)
    modules = Prefetch("version__modules", Module.objects.defer("published_content"))
    by_track: dict[int, Enrolment] = {}
    for row in own.select_related("version").prefetch_related("progress", modules).order_by("began_at", "pk"):
        kept = by_track.get(row.track_id)
        if kept is None or row.is_open or not kept.is_open:
            by_track[row.track_id] = row
    newest = TrackVersion.objects.latest_of_each().filter(track__in=Track.objects.visible_to(viewer))
    newest = newest.prefetch_related(Prefetch("modules", Module.objects.defer("published_content")))
    found = [_standing(row.version, row) for row in by_track.values()]
    found += [_standing(version, None) for version in newest if version.track_id not in by_track]
    return sorted(found, key=_order)


@together.reading
def under_way(viewer):
    """The trainings that somebody has begun and not finished, in two statements; one for who has none.

    ``enrolment.replaced_at``: when the next version came out, None while theirs is the last one.
    """
    own = Enrolment.objects.visible_to(viewer).filter(state=EnrolmentState.IN_PROGRESS)
    following = TrackVersion.objects.filter(track=OuterRef("track"), number=OuterRef("follows"))
    own = own.annotate(follows=F("version__number") + 1).annotate(
        replaced_at=Subquery(following.values("published_at")[:1])
    )
    rows = yield own.select_related("version__track").order_by("began_at", "pk")
    progress, modules = yield (
        ModuleProgress.objects.filter(enrolment_id__in=[row.pk for row in rows]),
        Module.objects.filter(version_id__in=[row.version_id for row in rows]).defer("published_content"),
    )
    together.attach(rows, "progress", progress, "enrolment_id")
    together.attach([row.version for row in rows], "modules", modules, "version_id")
    return [_standing(row.version, row) for row in rows]


def _standing(version, enrolment) -> Standing:
    rows = {row.module_id: row for row in enrolment.progress.all()} if enrolment is not None else {}
    return Standing(version, enrolment, [Step(one, rows.get(one.pk)) for one in version.modules.all()])


def _order(standing: Standing) -> tuple:
    """What is under way first, then what one hasn't begun, then what is finished."""
    enrolment = standing.enrolment
    rank = 1 if enrolment is None else 0 if enrolment.is_open else 2
    return rank, standing.version.title, standing.version.pk


def cards_for(viewer) -> list[tuple[TrackVersion, list[dict]]]:
    """The reflex cards of the last version of every track, in order: whoever is an agent may read them."""
    newest = TrackVersion.objects.latest_of_each().filter(track__in=Track.objects.visible_to(viewer))
    found = []
    for version in newest.prefetch_related("modules__patches").order_by("track__title"):
        cards = [
            block
            for module in version.modules.all()
            for block in module.content.get("blocks", []) + module.content.get("introduction", [])
            if block["type"] in ("what_if", "referent")
        ]
        if cards:
            found.append((version, cards))
    return found


@dataclass
class QuizStanding:
    """What somebody can do with a quiz, and what their last attempt said."""

    door: QuizDoor
    until: datetime | None
    attempts: list[QuizAttempt]
    rule: dict

    @property
    def under_way(self) -> QuizAttempt | None:
        return next((one for one in self.attempts if one.is_under_way), None)

    @property
    def last_sent(self) -> QuizAttempt | None:
        sent = [one for one in self.attempts if not one.is_under_way]
        return sent[-1] if sent else None

    @property
    def left(self) -> int:
        return max(0, self.rule["max_attempts"] - len(self.attempts))

    @property
    def is_ready(self) -> bool:
        return self.door == QuizDoor.READY

    @property
    def is_under_way(self) -> bool:
        return self.door == QuizDoor.UNDER_WAY

    @property
    def is_cooling(self) -> bool:
        return self.door == QuizDoor.COOLING

    @property
    def is_together(self) -> bool:
        return self.door == QuizDoor.TOGETHER

    @property
    def is_done(self) -> bool:
        return self.door == QuizDoor.DONE


def quiz_standing(step: Step, module: Module) -> QuizStanding:
    """The quiz of a module for its follower."""
    rule = module.content["quiz"]["rule"]
    attempts = list(step.progress.attempts.all()) if step.progress is not None else []
    door, until = rules.quiz_door(step.progress, rule, attempts)
    return QuizStanding(door, until, attempts, rule)


def revisions_of(attempt: QuizAttempt) -> list[QuestionRevision]:
    """What an attempt showed, in its order."""
    found = QuestionRevision.objects.in_bulk(attempt.revision_ids)
    return [found[pk] for pk in attempt.revision_ids]


def to_go_along_with(viewer) -> list[ModuleProgress]:
    """Quizzes whose attempts are over without success, of people this trainer goes along with; no grade is read."""
    viewer = as_viewer(viewer)
    if not rules.may_go_along(viewer):
        return []
    where = viewer.role_condition(rules.TRAINER, "enrolment__agent__current_affectation__unit__path")
    sent = QuizAttempt.objects.filter(state=AttemptState.SUBMITTED).values("progress")
    rows = (
        ModuleProgress.objects.filter(where, pk__in=sent, done_at__isnull=True)
        .filter(enrolment__state=EnrolmentState.IN_PROGRESS)
        .exclude(enrolment__agent_id=viewer.user_id)
        .select_related("module", "enrolment__agent__current_affectation__unit", "enrolment__version")
        .prefetch_related("attempts", "module__patches")
        .order_by("last_seen_at", "pk")
    )
    return [
        row
        for row in rows
        if rules.quiz_door(row, row.module.content["quiz"]["rule"], list(row.attempts.all()))[0] == QuizDoor.TOGETHER
    ]
