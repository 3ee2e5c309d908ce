"""The viewer every gate asks: who looks, from which unit, with which roles; two statements a request at most."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from src.foundations import clock, together
from src.foundations.written import Written

from .enums import AccountKind, Role
from .models import Absence, RoleGrant, User

WHOLE_CITY = "/"

_facts: dict[str, Callable] = {}
_user_relations: list[str] = ["current_affectation__unit"]


def register_viewer_fact(name: str, loader: Callable) -> None:
    """Declare a fact a higher floor knows about an account; ``loader(user)`` runs once a viewer, when asked.

    Two names are read here: ``own_handles`` (an iterable of UUIDs) and ``space_roles`` (an iterable of pairs
    ``(role, space_id)``). Any other is read with ``viewer.fact(name)``. Refuses a second loader for a name.
    """
    if _facts.get(name, loader) is not loader:
        raise ValueError(f"The viewer fact {name!r} is already registered.")
    _facts[name] = loader


def register_user_relation(relation: str) -> None:
    """Add a one-to-one relation of the account that each request reads in the same statement as the account."""
    if relation not in _user_relations:
        _user_relations.append(relation)


def user_relations() -> tuple[str, ...]:
    """The relations ``DirectoryBackend.get_user`` joins."""
    return tuple(_user_relations)


class Viewer:
    """An account as the gates see it: values only, nothing that changes while the request lasts."""

    def __init__(self, user=None):
        self.user = user
        self.is_authenticated = bool(user is not None and user.is_authenticated and user.is_active)
        self.user_id = user.pk if self.is_authenticated else None
        self.is_agent = self.is_authenticated and user.kind == AccountKind.AGENT
        self.is_superuser = self.is_authenticated and user.is_superuser

    def __repr__(self):
        return f"<Viewer {self.user_id}>"

    @cached_property
    def unit(self):
        """The unit of the current affectation, or None."""
        affectation = self.user.current_affectation if self.is_authenticated else None
        return affectation.unit if affectation else None

    @property
    def unit_id(self) -> int | None:
        return self.unit.pk if self.unit else None

    @property
    def unit_path(self) -> str:
        return self.unit.path if self.unit else ""

    @cached_property
    def unit_ids(self) -> tuple[int, ...]:
        """The unit and the units above it, root first."""
        return tuple(int(part) for part in self.unit_path.split("/") if part)

    @property
    def direction_id(self) -> int | None:
        return self.unit.direction_id if self.unit else None

    @cached_property
    def is_manager(self) -> bool:
        return bool(self.unit and self.user.current_affectation.is_manager)

    @cached_property
    def today(self):
        """The day on which this viewer looks."""
        return clock.today()

    def fact(self, name: str):
        """The value of a registered fact, loaded once; None for a visitor or when no room registered it."""
        loaded = self.__dict__.setdefault("_loaded_facts", {})
        if name not in loaded:
            loader = _facts.get(name)
            loaded[name] = loader(self.user) if loader and self.is_authenticated else None
        return loaded[name]

    def read_ahead(self) -> None:
        """Load roles and every registered fact in one statement, for a page that asks them all; no gate changes."""
        if not self.is_authenticated:
            return
        loaded = self.__dict__.setdefault("_loaded_facts", {})
        # Without a role somewhere, nobody holds one in a space: it isn't asked, here as in ``roles``.
        useless = set() if self.user.holds_roles else {"space_roles"}
        missing = sorted(_facts.keys() - loaded.keys() - useless)
        asked = [together.asking(_facts[name], self.user) for name in missing]
        if self.user.holds_roles and "_paths" not in self.__dict__:
            asked.append(role_paths_of.asking(self.user_id))
        found = together.run(together.all_of(asked))
        loaded.update(zip(missing, found, strict=False))
        if len(found) > len(missing):
            self.__dict__["_paths"] = found[-1]

    @property
    def own_handles(self) -> frozenset:
        """Handles of the viewer's own protected contributions."""
        return frozenset(self.fact("own_handles") or ())

    @cached_property
    def _paths(self) -> dict[str, tuple[str, ...]]:
        if not self.is_authenticated or not self.user.holds_roles:
            return {}
        return role_paths_of(self.user_id)

    @cached_property
    def _spaces(self) -> dict[str, frozenset]:
        if not self.is_authenticated or not self.user.holds_roles:
            return {}
        spaces: dict[str, set] = {}
        for role, space_id in self.fact("space_roles") or ():
            spaces.setdefault(str(role), set()).add(space_id)
        return {role: frozenset(ids) for role, ids in spaces.items()}

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held somewhere today, as holder or as the deputy of an absent person."""
        return frozenset(self._paths) | frozenset(self._spaces)

    def role_paths(self, role: str) -> tuple[str, ...]:
        """Paths of the branches where the role is held; "/" is the whole city."""
        return self._paths.get(str(role), ())

    def role_spaces(self, role: str) -> frozenset:
        """Ids of the spaces where the role is held."""
        return self._spaces.get(str(role), frozenset())

    def has_role(self, role: str, unit=None, unit_path: str | None = None, space_id: int | None = None) -> bool:
        """Whether the role is held here.

        For a unit (or its path), a grant on the unit, above it or on the whole city counts; for a space, a grant
        on it or on the whole city. With neither, "somewhere" is asked. A superuser is an administrator and
        nothing else: no decision, no reading follows from the command line.
        """
        if role == Role.ADMINISTRATOR and self.is_superuser:
            return True
        paths = self.role_paths(role)
        if unit is not None:
            unit_path = unit.path
        if unit_path is None and space_id is None:
            return bool(paths) or bool(self.role_spaces(role))
        if WHOLE_CITY in paths:
            return True
        if unit_path and any(unit_path.startswith(path) for path in paths):
            return True
        return space_id is not None and space_id in self.role_spaces(role)

    def has_place_role(self, role: str) -> bool:
        """Whether the role is held for a unit or the whole city: who looks after a space alone has no place."""
        return bool(self.role_paths(role)) or role == Role.ADMINISTRATOR and self.is_superuser

    def role_condition(self, role: str, path_field: str) -> Q:
        """A condition on a path column ("direction__path"): inside the branches where the role is held.

        For the whole city it asks what every row has, never nothing: an empty condition joined by "or" is lost.
        """
        paths = self.role_paths(role)
        if role == Role.ADMINISTRATOR and self.is_superuser:
            paths = (WHOLE_CITY,)
        if WHOLE_CITY in paths:
            return Q(pk__isnull=False)
        condition = Q(pk__in=[])
        for path in paths:
            condition |= Q(**{f"{path_field}__startswith": path})
        return condition


class HandleHolder(Viewer):
    """Somebody without an account who proved, by a secret code, that one contribution is theirs."""

    def __init__(self, handle):
        super().__init__(None)
        self._handle = handle

    @property
    def own_handles(self) -> frozenset:
        return frozenset({self._handle})


class AnyAgent(Viewer):
    """Whoever stands before a wall where agents work: reads what every agent reads, holds no role, wrote nothing."""

    def __init__(self):
        super().__init__(None)
        self.is_agent = True


class PlainAgent(Viewer):
    """An agent who holds no role, by values alone: whom a statement that is written once is written for.

    ``values_of`` gives the values of somebody such, in the order and the number ``PLACES`` tells.
    """

    UNITS, HANDLES = 6, 24
    PLACES = (int, date, *(int,) * UNITS, *(UUID,) * HANDLES)
    NO_UNIT, NO_HANDLE = 0, UUID(int=0)

    def __init__(self, user_id, today, *places):
        super().__init__(None)
        self.is_authenticated = self.is_agent = True
        self.user_id, self.today = user_id, today
        self._paths, self._spaces = {}, {}
        self._units, self._handles = places[: self.UNITS], places[self.UNITS :]

    @property
    def unit_ids(self):
        return self._units

    @property
    def own_handles(self):
        return frozenset(self._handles)

    @classmethod
    def values_of(cls, viewer: Viewer) -> tuple | None:
        """The values of an agent who holds no role; None for anybody else, and for more than there are places for."""
        # Asked of what a request holds too: a viewer behind a lazy object, whose class it tells.
        if viewer.__class__ is not Viewer or not viewer.is_agent or viewer.is_superuser or viewer.roles:
            return None
        units, handles = viewer.unit_ids, sorted(viewer.own_handles)
        if len(units) > cls.UNITS or len(handles) > cls.HANDLES:
            return None
        spare = ((cls.NO_UNIT,) * (cls.UNITS - len(units)), (cls.NO_HANDLE,) * (cls.HANDLES - len(handles)))
        return (viewer.user_id, viewer.today, *units, *spare[0], *handles, *spare[1])


@together.reading
def role_paths_of(user_id: int):
    """Role → paths held today by one account, deputies of absent people included; one statement."""
    paths: dict[str, set[str]] = {}
    for role, path in (yield grants_acting(user_id).values_list("role", "unit__path")):
        paths.setdefault(role, set()).add(path or WHOLE_CITY)
    return {role: tuple(sorted(found)) for role, found in paths.items()}


def grants_acting(user_id: int, model=RoleGrant):
    """Grants of ``model`` (this room's, or a space's) under which the account acts today."""
    today = clock.today()
    away = Absence.objects.filter(user_id=OuterRef("user_id"), starts_on__lte=today, ends_on__gte=today)
    return model.objects.filter(
        Q(user_id=user_id) | (Q(deputy_id=user_id) & Exists(away)),
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        starts_on__lte=today,
    )


def as_viewer(user_or_viewer) -> Viewer:
    """The viewer of an account, an anonymous user, None or a viewer; one per account read by a request."""
    if isinstance(user_or_viewer, Viewer):
        return user_or_viewer
    user = user_or_viewer
    if user is None or not user.is_authenticated:
        return Viewer()
    if not getattr(user, "keeps_viewer", False):
        return Viewer(user)
    if not hasattr(user, "kept_viewer"):
        user.kept_viewer = Viewer(user)
    return user.kept_viewer


def read_account(user_id: int) -> User | None:
    """The account with everything a viewer needs but its roles, in one statement; its viewer is kept with it."""
    user = next(iter(_account.rows(int(user_id))), None)
    if user is not None:
        user.keeps_viewer = True
    return user


# Each request of each signed-in person asks it; relations are registered before the first.
_account = Written(1, lambda pk: User.objects.select_related(*user_relations()).filter(pk=pk))
