"""Processes for tests: the one the product ships, and small ones a test can bend."""

from src.workflow.enums import ProcessStatus
from src.workflow.models import Process, Stage, Transition
from src.workflow.process_files import install_registered
from src.workflow.services import activate_process


def default_process(kind: str = "idea") -> Process:
    """The process the product ships for a kind of subject, installed if a flush took it away."""
    known = Process.objects.filter(subject_kind=kind, status=ProcessStatus.ACTIVE)
    if kind == "idea":
        known = known.filter(slug="permanent-box")
    if not known.exists():
        install_registered()
    return known.order_by("id").first()


def stage(slug, kind=None, **values) -> Stage:
    """An unsaved stage named after its slug."""
    label = values.pop("label", slug.replace("_", " ").capitalize())
    return Stage(slug=slug, kind=kind or slug, staff_label=label, public_label=f"{label} (public)", **values)


def move(slug, from_slug, to_slug, who="instructor", **values) -> Transition:
    """An unsaved transition."""
    who = [who] if isinstance(who, str) else list(who)
    label = values.pop("label", slug.replace("_", " ").capitalize())
    return Transition(slug=slug, label=label, from_slug=from_slug, to_slug=to_slug, who=who, **values)


def draft_process(stages, transitions, *, slug="tournee", kind="parcel", version=1, name="Tournée") -> Process:
    """A draft with these stages and transitions, saved."""
    process = Process.objects.create(slug=slug, name=name, version=version, subject_kind=kind)
    for rows in (stages, transitions):
        for order, row in enumerate(rows):
            row.process, row.sort_order = process, order
            row.save()
    return Process.objects.get(pk=process.pk)


def small_stages() -> list[Stage]:
    return [
        stage("submitted", is_start=True),
        stage("open", default_days=10),
        stage("needs_info"),
        stage("in_review", default_days=20),
        stage("accepted"),
        stage("declined"),
        stage("withdrawn"),
        stage("dormant"),
    ]


def small_moves() -> list[Transition]:
    return [
        move("screen", "submitted", "open", ["moderator", "facilitator"], label="Ouvrir"),
        move("auto_open", "submitted", "open", "system", after_days=5),
        move("ask", "open", "needs_info", clock="pause"),
        move("answer", "needs_info", "open", "author", clock="resume"),
        move("sleep", "needs_info", "dormant", "system", after_days=15, clock="stop"),
        move("wake", "dormant", "open", "author", clock="resume"),
        move("study", "open", "in_review", form="parcel_note"),
        move("back", "in_review", "open"),
        move("accept", "in_review", "accepted", "decision_maker", form="parcel_reason", clock="stop"),
        move("decline", "in_review", "declined", "decision_maker", form="parcel_reason", clock="stop"),
        move("withdraw", "open", "withdrawn", "author", form="parcel_farewell", clock="stop"),
    ]


def small_draft(**values) -> Process:
    """A draft with a fork, a loop, a pause, two clocks and four ends; nothing wrong in it."""
    return draft_process(small_stages(), small_moves(), **values)


def small_process(actor=None, **values) -> Process:
    """The same, in use."""
    return activate_process(small_draft(**values), actor)
