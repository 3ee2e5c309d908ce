"""A shelf of the gallery: one component and its specimens."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Specimen:
    """One variant: what it shows, and the options given to the component."""

    label: str
    options: dict
    wrapper: str = ""


@dataclass(frozen=True)
class Shelf:
    """One component and its specimens; `wrapper` is the list the component's <li> needs."""

    component: str
    specimens: list = field(default_factory=list)
    wide: bool = False
