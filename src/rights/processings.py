"""The register of processing (RGPD, article 30), drawn from what each model declares, with the officer's own words."""

from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.foundations import personal_data

PUBLIC_TASK = _("Mission of public interest (RGPD, article 6.1.e): the city hears its agents and its residents.")
LEGAL_DUTY = _("Legal obligation (RGPD, article 6.1.c): training of public agents, proof that it was given.")
CONSENT = _("Consent (RGPD, articles 6.1.a and 9.2.a for what is sensitive), taken back at any time.")
AGENTS, RESIDENTS = _("Agents of the city, people invited with an account"), _("Residents, visitors")


@dataclass(frozen=True)
class Processing:
    """One processing: the rooms it covers, and what forms and the register say of it before anybody writes more."""

    key: str
    rooms: tuple[str, ...]
    title: str
    purpose: str
    people: str
    readers: str
    kept: str
    basis: str


ALL = (
    Processing(
        "account", ("directory", "foundations", "rights"),
        _("Accounts, sign-in and people's rights"),
        _("to sign you in, to know in which unit you work, and to serve your rights"),
        AGENTS,
        _("you, and the administrators of the directory"),
        _("while you work for the city; the journal five years, under a pseudonym"),
        PUBLIC_TASK,
    ),
    Processing(
        "ideas", ("ideas", "participation", "search"),
        _("Ideas, comments and supports"),
        _("to hear what you propose, to answer it and to follow what becomes of it"),
        AGENTS,
        _("those who may read the box; your name, only if you choose to show it"),
        _("as long as the idea; the link to a protected name 24 months after the decision"),
        PUBLIC_TASK,
    ),
    Processing(
        "consultations", ("consultations", "texts", "questionnaires", "concertation"),
        _("Consultations, questionnaires and reform texts"),
        _("to know what people concerned think before something is decided"),
        AGENTS,
        _("organisers, without your name unless you show it; figures from eleven people on"),
        _("twelve months after the results"),
        PUBLIC_TASK,
    ),
    Processing(
        "ballots", ("ballots",),
        _("Simple and secret votes"),
        _("to count one vote a person"),
        AGENTS,
        _("nobody reads what you voted; who voted is read by the checker of the vote alone"),
        _("three months after the end of the vote"),
        PUBLIC_TASK,
    ),
    Processing(
        "panels", ("panels",),
        _("Panels of residents and agents"),
        _("to draw panels that look like the population, and to let them work"),
        _("Residents and agents who registered, members of panels"),
        _("the keepers of profiles, with a written reason; other members read the name of your badge"),
        _("three months after the draw, six months after the mandate for members"),
        CONSENT,
    ),
    Processing(
        "trainings",
        (
            "trainings", "trainings_attestations", "trainings_coverage", "trainings_evidence", "trainings_learning",
            "trainings_ledger", "trainings_obligations", "trainings_reminders", "trainings_sessions",
            "trainings_totals",
        ),
        _("Trainings"),
        _("to follow your trainings and to prove those the law asks for"),
        _("Agents of the city"),
        _("you; human resources for what is finished; your manager reads “up to date” or “to plan” alone"),
        _("your answers twelve months; the proof as long as the law asks"),
        LEGAL_DUTY,
    ),
    Processing(
        "notices", ("notices",),
        _("Messages"),
        _("to tell you what you asked to know, by the way you chose"),
        AGENTS,
        _("you; who prints letters or calls, when you chose so"),
        _("24 months for messages, 12 months for what was sent"),
        PUBLIC_TASK,
    ),
    Processing(
        "meetings", ("meetings",),
        _("Meetings of teams"),
        _("to prepare meetings and to keep what they promise"),
        AGENTS,
        _("members of the team"),
        _("as long as the minutes; who said they come, one month"),
        PUBLIC_TASK,
    ),
    Processing(
        "outcomes", ("accountability", "workflow", "publishing", "wall"),
        _("Answers, measures and published pages"),
        _("to tell what was decided, by whom, and what was done"),
        AGENTS,
        _("everybody for what is published; the unit that answers before"),
        _("for good when it is a public act"),
        PUBLIC_TASK,
    ),
    Processing(
        "paper", ("paper", "kiosk"),
        _("Paper sheets and shared devices"),
        _("to take part without a computer of one's own"),
        _("Agents and residents who take part on paper or on a shared device"),
        _("who types the sheets; nothing tells who wrote them"),
        _("sheets are destroyed once checked; what is typed lives as what it becomes"),
        PUBLIC_TASK,
    ),
    Processing(
        "ratings", ("ratings",),
        _("Ratings of services"),
        _("to know how a service goes, and to repair what doesn't"),
        RESIDENTS,
        _("the service concerned; no name is asked"),
        _("two years; a contact left, until the answer"),
        PUBLIC_TASK,
    ),
)  # fmt: skip
CATEGORIES = {
    "C1": pgettext_lazy("class of data", "published data"),
    "C2": pgettext_lazy("class of data", "account and choices"),
    "C3": pgettext_lazy("class of data", "answers, rolls and results"),
    "C4": pgettext_lazy("class of data", "protected authorship, votes, profiles"),
}
_BY_ROOM = {room: one for one in ALL for room in one.rooms}


def of_room(room: str) -> Processing | None:
    """The processing a room belongs to."""
    return _BY_ROOM.get(room)


def by_key(key: str) -> Processing | None:
    """The processing of that name in addresses."""
    return next((one for one in ALL if one.key == key), None)


@dataclass(frozen=True)
class Held:
    """One list of a processing: its name, its class, how long it lives, and whether it leaves by itself."""

    title: str
    category: str
    kept: str
    leaves: bool


def lists_held(processing: Processing) -> list[Held]:
    """The lists about people that the models of a processing declare."""
    found = []
    for one in personal_data.declarations():
        if room_of(one) not in processing.rooms or (one.export is None and one.purge is None):
            continue
        title = str(one.title or one.model._meta.verbose_name_plural)
        category = str(CATEGORIES[str(one.classification)])
        found.append(Held(title[:1].upper() + title[1:], category, str(one.retention or ""), one.purge is not None))
    return sorted(found, key=lambda held: held.title)


def room_of(declaration) -> str:
    """The room of a declaration, as processings name them: rooms of a panel's life belong to panels."""
    label = declaration.model._meta.app_label
    return "panels" if label.startswith("panel") else label


def rooms_without_processing() -> list[str]:
    """Rooms that hold something of people and that no processing names: a test wants none."""
    return sorted(
        {
            room_of(one)
            for one in personal_data.declarations()
            if (one.export or one.purge) and room_of(one) not in _BY_ROOM
        }
    )


def namespaces() -> dict[str, Processing]:
    """The processing of each room by the namespace of its addresses."""
    named = dict(_BY_ROOM)
    for config in apps.get_app_configs():
        if config.label.startswith("panel"):
            named[config.label] = _BY_ROOM["panels"]
    return named
