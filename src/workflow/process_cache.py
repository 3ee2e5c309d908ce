"""Frozen processes kept in memory: a move and its buttons read the graph without a query."""

from dataclasses import dataclass, field

from .enums import ProcessStatus
from .models import Process, Stage, Transition


@dataclass(frozen=True)
class Graph:
    """One version of a process, with its stages and transitions ready to be asked."""

    process: Process
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...]
    _stage_by_id: dict[int, Stage] = field(repr=False, compare=False)
    _stage_by_slug: dict[str, Stage] = field(repr=False, compare=False)
    _transition_by_slug: dict[str, Transition] = field(repr=False, compare=False)
    _ways_out: dict[int, tuple[Transition, ...]] = field(repr=False, compare=False)

    @property
    def start(self) -> Stage:
        """The first stage; activation made sure there is exactly one."""
        return next(stage for stage in self.stages if stage.is_start)

    def stage(self, stage_id: int) -> Stage | None:
        return self._stage_by_id.get(stage_id)

    def stage_named(self, slug: str) -> Stage | None:
        return self._stage_by_slug.get(slug)

    def stages_of_kind(self, *kinds: str) -> tuple[Stage, ...]:
        return tuple(stage for stage in self.stages if stage.kind in kinds)

    def transition(self, slug: str) -> Transition | None:
        return self._transition_by_slug.get(slug)

    def ways_out(self, stage_id: int) -> tuple[Transition, ...]:
        """Transitions leaving a stage, in the order the city gave them."""
        return self._ways_out.get(stage_id, ())


# Process id -> graph. Only frozen processes enter, so nothing ever changes under a reader;
# activation drops its id, because a rolled-back draft may have left the same number behind.
_graphs: dict[int, Graph] = {}


def graph(process_id: int) -> Graph:
    """Answer the graph of a process: from memory when frozen, else read in three queries."""
    known = _graphs.get(process_id)
    if known is not None:
        return known
    read = _read(process_id)
    if read.process.status != ProcessStatus.DRAFT:
        _graphs[process_id] = read
    return read


def forget(process_id: int | None = None) -> None:
    """Drop one process, or all, from memory."""
    if process_id is None:
        _graphs.clear()
    else:
        _graphs.pop(process_id, None)


def _read(process_id: int) -> Graph:
    process = Process.objects.get(pk=process_id)
    stages = tuple(Stage.objects.filter(process_id=process_id).order_by("sort_order", "id"))
    by_id = {stage.pk: stage for stage in stages}
    transitions = tuple(Transition.objects.filter(process_id=process_id).order_by("sort_order", "id"))
    ways_out: dict[int, list[Transition]] = {}
    for transition in transitions:
        if transition.from_stage_id is not None:
            # The same objects everywhere: a transition's stages cost no query.
            transition.from_stage = by_id[transition.from_stage_id]
            transition.to_stage = by_id[transition.to_stage_id]
            ways_out.setdefault(transition.from_stage_id, []).append(transition)
    return Graph(
        process=process,
        stages=stages,
        transitions=transitions,
        _stage_by_id=by_id,
        _stage_by_slug={stage.slug: stage for stage in stages},
        _transition_by_slug={transition.slug: transition for transition in transitions},
        _ways_out={stage_id: tuple(ways) for stage_id, ways in ways_out.items()},
    )
