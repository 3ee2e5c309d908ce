"""The people who answered as they may be told: by category of the first axis, and inside each by the second.

One tree for every table of a questionnaire (``docs/adr/0305``): categories are put together from one level to the
next, never apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .partitions import OTHERS, folded


@dataclass(frozen=True)
class Group:
    """People told together: ``code`` is their category, or that of the others; ``atoms`` what they are made of."""

    code: str
    codes: tuple[str, ...]
    atoms: tuple[tuple[str, str], ...]
    inside: tuple["Group", ...] = ()


def tree(
    answered: Mapping[tuple[str, str], int], frame: Mapping[tuple[str, str], int] | None, k: int, least_people: int = 0
) -> list[Group]:
    """The people who answered as they may be told: by category, and inside each by category of the second axis.

    ``answered`` and ``frame`` count people by pairs of categories; with one axis the second is "".
    """
    frame = frame or {}
    order = list(dict.fromkeys([*frame, *answered]))
    groups = []
    for codes in folded(_by(answered, 0, order), k, _by(frame, 0, order), least_people):
        atoms = tuple(atom for atom in order if atom[0] in codes)
        of_answered = {atom: answered.get(atom, 0) for atom in atoms}
        of_frame = {atom: frame[atom] for atom in atoms if atom in frame}
        parts = folded(_by(of_answered, 1, atoms), k, _by(of_frame, 1, atoms), least_people)
        inside = tuple(
            Group(_code(part), part, tuple(atom for atom in atoms if atom[1] in part))
            for part in parts
            if part != ("",)
        )
        groups.append(Group(_code(codes), codes, atoms, inside if len(inside) > 1 else ()))
    return groups


def second(groups: Sequence[Group]) -> list[Group]:
    """The categories of the second axis that are told whole: alone in each category of the first that has them.

    Sums of what is told: they add nothing to it. The last group is the others, when there are some.
    """
    codes = list(dict.fromkeys(atom[1] for group in groups for atom in group.atoms))
    told = []
    for code in codes:
        holders = [group for group in groups if any(atom[1] == code for atom in group.atoms)]
        if code != OTHERS and all(any(part.code == code for part in group.inside) for group in holders):
            told.append(Group(code, (code,), _atoms(groups, {code})))
    rest = tuple(code for code in codes if code not in {group.code for group in told})
    return told + ([Group(OTHERS, rest, _atoms(groups, set(rest)))] if rest and told else [])


def _atoms(groups: Iterable[Group], codes: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple(atom for group in groups for atom in group.atoms if atom[1] in codes)


def _by(counts: Mapping[tuple[str, str], int], place: int, order: Iterable[tuple[str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for atom in order:
        if atom in counts:
            found[atom[place]] = found.get(atom[place], 0) + counts[atom]
    return found


def _code(codes: Sequence[str]) -> str:
    return codes[0] if len(codes) == 1 else OTHERS


def merged(groups: Sequence[Group]) -> Group:
    """Categories put together, as the others; one alone stays itself."""
    if len(groups) == 1:
        return groups[0]
    codes = tuple(code for group in groups for code in group.codes)
    return Group(OTHERS, codes, tuple(atom for group in groups for atom in group.atoms))
