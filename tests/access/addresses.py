"""Walks the URLconf, Wagtail's included, and fills each address with an object of one's own unit or another's."""

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
# The matrix alone also asks as a partner who is a facilitator of one place until a day.
COLUMNS = [*ROLES, "facilitation"]


@dataclass(frozen=True)
class Address:
    """One leaf of the URLconf: its whole route, and the names of what must be filled in."""

    route: str
    parameters: tuple[str, ...]

    @property
    def has_object(self) -> bool:
        return not {"reference", "batch"}.isdisjoint(self.parameters) or self.is_of_a_dossier

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


# Administration that Wagtail brings: what it reads doesn't depend on the database.
_WAGTAILS = re.compile(
    r"gestion/(pages|workflows|images|documents|reports|users|groups|sites|redirects|collections|choose-|api|embeds)"
)


def asked_on_this_database(route: str) -> bool:
    """Everything on SQLite; on PostgreSQL everything of ours, and one in four of Wagtail's own screens."""
    if connection.vendor == "sqlite" or not _WAGTAILS.match(route.lstrip("/")):
        return True
    return zlib.crc32(route.encode()) % 4 == 0


def asked_of_each_role_here(route: str) -> bool:
    """Everything on SQLite; one address in four on PostgreSQL, where who may enter is decided by the same code."""
    return connection.vendor == "sqlite" or zlib.crc32(route.encode()) % 4 == 0


def fill(address: Address, values: dict[str, str]) -> str:
    """The address with each parameter replaced by its value, or by a key nothing has."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values.get(m.group(1), "4040404")), address.route)
