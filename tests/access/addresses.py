"""Walks the URLconf, Wagtail's included, and fills each address with an object of one's own unit or another's."""

import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

ROLES = [
    "anonymous",
    "external",
    "agent",
    "correspondant",
    "instructeur",
    "decideur",
    "moderation",
    "rh",
    "edition",
    "admin",
]
# Everything on the database one is on: to write the table anew, or where there is but one.
WHOLE = any(os.environ.get(name) for name in ("TERRAIN_WHOLE", "TERRAIN_WRITE_TABLE"))
# The matrix alone also asks as a partner who is a facilitator of one place until a day.
COLUMNS = [*ROLES, "facilitation", "elu"]


@dataclass(frozen=True)
class Address:
    """One leaf of the URLconf: its whole route, and the names of what must be filled in."""

    route: str
    parameters: tuple[str, ...]

    @property
    def has_object(self) -> bool:
        objects = {"reference", "batch", "barometer", "point", "report", "suggestion", "flag"}
        return not objects.isdisjoint(self.parameters) or self.is_of_a_dossier or self._is_of_a_slug

    @property
    def _is_of_a_slug(self) -> bool:
        if self.route.startswith("formations/"):
            return not {"slug", "session", "completion", "code", "run"}.isdisjoint(self.parameters)
        return "slug" in self.parameters and self.route.startswith("panels/")

    @property
    def is_of_a_dossier(self) -> bool:
        return "slug" in self.parameters and self.route.startswith(("consultations/", "api/v1/consultations/"))


def addresses() -> list[Address]:
    """Every address of the product, once, in alphabetical order."""
    found = {address.route: address for address in _walk(get_resolver().url_patterns, "")}
    return [found[route] for route in sorted(found)]


def _walk(patterns, prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + _plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield Address(route, tuple(re.findall(r"<(?:\w+:)?(\w+)>", route)))


def _plain(route: str) -> str:
    """Turn a regular expression's named groups into "<name>" and drop its anchors; a path route stays as it is."""
    if not re.search(r"\(\?P|[\^$]", route):
        return route
    route = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", r"<\1>", route)
    return route.replace("^", "").replace("$", "").replace("\\", "").replace("?:", "")


# Where ideas and their answers are told.
_OF_IDEAS = re.compile(
    r"($|idees/|api/v1/(ideas|search|spaces|measures)|reponses/|recherche/|engagements/|affiches/|lieux/|moi/|suivre/)"
)


def tells_of_ideas(address: str) -> bool:
    """Whether an address (a route, or filled in) is one where ideas and their answers are told."""
    return bool(_OF_IDEAS.match(address.lstrip("/")))


def asked_on_this_database(route: str) -> bool:
    """Everything on SQLite; on PostgreSQL what tells of ideas and their answers, and one in four of the other addresses."""
    return connection.vendor == "sqlite" or WHOLE or tells_of_ideas(route) or _one_in_four(route)


def asked_of_each_role_here(route: str) -> bool:
    """One address in four on PostgreSQL, the three others on SQLite: `make test` asks each of them once.

    Who may enter is decided by the same code on both. Where PostgreSQL doesn't answer, SQLite is asked everything
    with TERRAIN_WHOLE=1.
    """
    return WHOLE or _one_in_four(route) == (connection.vendor == "postgresql")


def _one_in_four(route: str) -> bool:
    return zlib.crc32(route.encode()) % 4 == 0


def fill(address: Address, values: dict[str, str]) -> str:
    """The address with each parameter replaced by its value, or by a key nothing has."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values.get(m.group(1), "4040404")), address.route)
