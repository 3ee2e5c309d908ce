"""The doors rooms above fill: the paper version of each public form, and what a secret code lets one read and do.

A form is defined once, for the web; its paper version names that class and is drawn from its fields.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

# How whoever wrote a sheet is known: by the identity they tick (a field of the form), or because the sheet continues
# something of theirs (a code, or a name and number, proves it), or because it counts once for an account; or the sheet
# asks for no name at all.
SIGNED, OF_AUTHOR, ACCOUNT, NOBODY = "signed", "author", "account", "nobody"


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A form filled outside the web, its writer, and how it came."""

    form: object
    about: str
    channel: str
    # The account the sheet names, if any; never the facilitator's.
    author: object = None
    team: str = ""
    # What a code typed on the sheet leads to.
    handle: UUID | None = None
    # Where it was gathered; only what shows its author's team may say so.
    place: object = None
    # The day it was written: what was open that day is open for it.
    written_on: date | None = None
    token: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What came of a submission: what a code may be tied to."""

    kind: str
    handle: UUID
    label: str = ""
    # What its author reads at once, where they are there to read it.
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperForm:
    """The paper version of a form.

    ``build(about, data)`` gives the web's own form for this box or idea, bound when there is data; it raises
    LookupError when there is no such thing. ``fields`` are printed in this order; every other visible field of the
    form is in ``left_out`` with its reason. ``submit`` hands a valid form to the room's service. ``refuses(account)``
    gives the sentence by which a sheet isn't for this account, or nothing; ``refuses_place(form, unit)`` the one by
    which sheets of this place aren't taken. Where people write the questions themselves, ``adapt(form)`` gives what is
    this form's own: its title, lede, fields and watched. ``optional`` names questions some boxes don't ask;
    ``fit(form, about, viewer=…, unit=…)`` takes off those that aren't for this person, or for sheets of this place.
    """

    key: str
    title: object
    lede: object
    addresses: tuple[str, ...]
    build: Callable
    fields: tuple[str, ...]
    submit: Callable[[Submission], Handed]
    # Questions answered in one's own words: read by the guard before anything of the sheet is kept.
    watched: tuple[str, ...] = ()
    left_out: dict = field(default_factory=dict)
    # Sentences under a question that make sense on a screen only, said otherwise on paper.
    hints: dict = field(default_factory=dict)
    who: str = SIGNED
    # Boxes to choose from when printing: ``(viewer) -> [(value, label)]``; without it the sheet asks for a reference.
    places: Callable | None = None
    # About whoever fills it: neither a box nor a contribution.
    about_oneself: bool = False
    refuses: Callable | None = None
    has_code: bool = False
    adapt: Callable | None = None
    refuses_place: Callable | None = None
    optional: tuple[str, ...] = ()
    fit: Callable | None = None

    @property
    def asks_reference(self) -> bool:
        return self.places is None and not self.about_oneself

    def of(self, form) -> "PaperForm":
        """This paper version for one form: the same, or what the form itself says of its questions."""
        if self.optional:
            return replace(self, fields=tuple(name for name in self.fields if name in form.fields))
        return replace(self, **self.adapt(form)) if self.adapt else self

    def fitted(self, form, about: str, *, viewer=None, unit=None):
        """The form, without what isn't asked of this person or at this place."""
        if self.fit:
            self.fit(form, about, viewer=viewer, unit=unit)
        return form

    def why_not_from(self, form, unit) -> str:
        """Why sheets gathered at this place aren't taken; empty when they are."""
        return self.refuses_place(form, unit) if self.refuses_place else ""


@dataclass(frozen=True, kw_only=True)
class RoomSheet:
    """The paper version of forms that never go through the desk: its own room prints it, and types it by a rule of its
    own. ``forms`` are the web's classes that it is drawn from, ``addresses`` where they are posted."""

    key: str
    title: object
    forms: tuple[type, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """Something the holder of a code may do now, with the web's own form."""

    key: str
    title: str
    submit: str
    form: object
    act: Callable
    done: str
    danger: bool = False
    # Fields written in one's own words, read by the guard first.
    watched: tuple[str, ...] = ("text",)


@dataclass(frozen=True, kw_only=True)
class Followed:
    """How contributions of one kind are read by code.

    ``read(handle)`` gives the context of ``template`` or None; ``gestures(handle, data)`` what may be done;
    ``claim(handle, request, response)`` ties it to the account signed in, sealed, or raises a
    ValidationError with a sentence.
    """

    kind: str
    template: str
    read: Callable
    gestures: Callable
    claim: Callable


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What stands before the words of a sheet are kept, filled by the room that knows how to read them.

    ``hold(request, names, unit=…, leave_url=…, first="")`` gives the page to show instead of keeping the sheet, or
    None; ``first`` is what somebody already chose to keep. ``hold_own(request, *names, leave_url=…)`` is the same for
    whoever writes by themselves, with their code. ``printed(unit)`` gives the sentence of the sheet itself.
    """

    hold: Callable
    hold_own: Callable
    printed: Callable


_guard: list[Guard] = []
_forms: dict[str, PaperForm] = {}
_room_sheets: dict[str, RoomSheet] = {}
_followed: dict[str, Followed] = {}


def register(paper: PaperForm) -> None:
    """Declare a form's paper version; refuses a second one under the same key."""
    if paper.key in _forms:
        raise ValueError(f"Two paper forms named {paper.key!r}")
    _forms[paper.key] = paper


def register_room_sheet(sheet: RoomSheet) -> None:
    """Declare a sheet that its own room prints and types; refuses a second one under the same key."""
    if sheet.key in _room_sheets:
        raise ValueError(f"Two sheets named {sheet.key!r}")
    _room_sheets[sheet.key] = sheet


def room_sheets() -> list[RoomSheet]:
    """Every sheet that rooms print and type by themselves."""
    return list(_room_sheets.values())


def register_guard(guard: Guard) -> None:
    """Declare what reads a sheet before it is kept; refuses a second one."""
    if _guard:
        raise ValueError("Two guards for the words of a sheet")
    _guard.append(guard)


def guard() -> Guard | None:
    """What reads a sheet before it is kept."""
    return _guard[0] if _guard else None


def register_followed(followed: Followed) -> None:
    """Declare how a kind is followed by code."""
    if followed.kind in _followed:
        raise ValueError(f"Two ways to follow {followed.kind!r}")
    _followed[followed.kind] = followed


def forms() -> list[PaperForm]:
    """Every paper form, in the order rooms declared them."""
    return list(_forms.values())


def form(key: str) -> PaperForm | None:
    """The paper form of that key."""
    return _forms.get(key)


def followed(kind: str) -> Followed | None:
    """How a kind is followed by code."""
    return _followed.get(kind)
