"""Loads the texts of the demo city by the verbs people use; twice changes nothing."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from src.directory.enums import Role
from src.directory.models import Unit, User
from src.foundations import clock
from src.foundations.text import plain_to_html
from src.participation.audience import people_of
from src.participation.enums import IdentityMode, PhaseVerb
from src.participation.models import Phase, Space
from src.participation.services import grant_space_role
from src.participation.services.contributions import freeze_space, identity_fields
from src.participation.services.from_kind import create_from_kind

from .. import demo_content as told
from ..cutting import read_paste
from ..enums import ContributionKind, OutcomeKind
from ..kinds import REFORM_TEXT
from ..models import ChangedSpan, ContributionCounts, ReformText, UnitContribution
from ..rules import ACTIVITY
from .contributing import contribute
from .deciding import decide, set_editorial
from .moderating import answer_appeal, appeal, remove
from .publishing import close_text, open_text, publish_version
from .writing import begin_version, bring_in, create_text, note_version, save_unit

ROSTERS, ORGANISES, STEERING = "plannings", "lea", "RES"
MODERATES, MODERATES_TOO = "moderation", "facilitation"
TAKEN, PARTLY = 38, 17
V1_AGO = timedelta(days=20)


def load_texts() -> int:
    """Load those that are missing; answers how many came in."""
    return sum((_load_charter(), _load_bikes(), _load_meetings(), _load_welcome()))


@transaction.atomic
def _load_charter() -> int:
    """Two versions: 38 contributions taken, 17 partly, two set aside with their reason; open on the second."""
    if ReformText.objects.filter(title=told.CHARTER).exists():
        return 0
    space = Space.objects.get(slug=ROSTERS)
    if ACTIVITY not in space.activities:
        Space.objects.filter(pk=space.pk).update(activities=[*space.activities, ACTIVITY])
        answers = Phase.objects.filter(space=space).order_by("starts_at").last()
        Phase.objects.create(
            space=space,
            name="Contributions au texte",
            verbs=[str(PhaseVerb.COMMENT), str(PhaseVerb.SUPPORT)],
            starts_at=answers.starts_at,
            ends_at=answers.ends_at,
        )
        space.refresh_from_db()
    text = _opened(space, told.CHARTER, told.CHARTER_INTRODUCTION, told.CHARTER_V1)
    earlier = [_said(told.EARLIER_SAID, n, told.EARLIER_WORDING) for n in range(TAKEN - 1)]
    exchange = [_said(told.EXCHANGE_SAID, n, told.EXCHANGE_WORDING) for n in range(PARTLY)]
    first = _write(text, "1", earlier)
    # One of them is somebody's: the message is in their inbox.
    agent = User.objects.get(username="agent")
    first.append(_by(text, agent, "amend", "1", told.EARLIER_SAID[0], told.EARLIER_WORDING))
    third = _write(text, "3", exchange)
    aside = [(_write(text, article, [(said, wording)]), reason) for article, said, wording, reason in told.SET_ASIDE]
    version = _next(text, told.CHARTER_V2)
    note_version(version=version, note=told.CHARTER_NOTE)
    spans = {
        label: list(ChangedSpan.objects.filter(version=version, key=version.units.get(label=label).key))
        for label in told.CHARTER_V2
    }
    decide(text=text, contributions=first, kind=OutcomeKind.TAKEN, theme=told.EARLIER, spans=_with_version(spans["1"]))
    decide(
        text=text,
        contributions=third,
        kind=OutcomeKind.PARTLY,
        theme=told.EXCHANGE,
        reason=told.EXCHANGE_REASON,
        spans=_with_version(spans["3"]),
    )
    for ones, reason in aside:
        decide(text=text, contributions=ones, kind=OutcomeKind.SET_ASIDE, reason=reason)
    publish_version(version=version)
    _say(text, told.ON_VERSION_2)
    return 1


@transaction.atomic
def _load_bikes() -> int:
    """The period is over: outcomes wait, and the next version has a change nobody explained yet."""
    text = _new(told.BIKES, told.BIKES_TEXT, slug="velos-de-service", opened_ago=10, days=14)
    if text is None:
        return 0
    _say(text, told.BIKES_SAID)
    phase = text.space.phases.get()
    phase.ends_at = clock.now() - timedelta(days=1)
    phase.save(update_fields=["ends_at"])
    _next(text, told.BIKES_V2)
    return 1


@transaction.atomic
def _load_meetings() -> int:
    """Being prepared: nobody else sees it."""
    return int(_new(told.MEETINGS, told.MEETINGS_TEXT, slug="reunions-du-matin", is_open=False) is not None)


@transaction.atomic
def _load_welcome() -> int:
    """Closed, a second version of wording alone; one contribution brought back since then waits for its outcome."""
    text = _new(told.WELCOME, told.WELCOME_TEXT, slug="accueil-des-nouveaux", opened_ago=40, days=60)
    if text is None:
        return 0
    made = _say(text, told.WELCOME_SAID)
    author = people_of(text.space).exclude(username="agent").order_by("pk")[1]
    back = _by(text, author, "question", "1", told.WELCOME_BACK, "")
    remove(
        actor=User.objects.get(username=MODERATES),
        contribution=back,
        text=text,
        reason_code="personnes",
        words=told.WELCOME_REMOVED,
    )
    version = _next(text, {"1": "Une personne de l'équipe accueille, fait visiter et présente les collègues."})
    for span in ChangedSpan.objects.filter(version=version):
        set_editorial(span=span, wanted=True)
    decide(text=text, contributions=made, kind=OutcomeKind.ANSWERED, reason=told.WELCOME_ANSWER)
    publish_version(version=version)
    close_text(text=_again(text))
    other = User.objects.get(username=MODERATES_TOO)
    grant_space_role(user=other, role=Role.MODERATOR, space=text.space)
    appeal(actor=author, contribution=back, text=told.WELCOME_OBJECTION)
    answer_appeal(actor=other, contribution=back, text=_again(text), restored=True, words=told.WELCOME_RESTORED)
    return 1


def _new(title: str, words: str, *, slug: str, opened_ago: int = 1, days: int = 28, is_open: bool = True):
    if ReformText.objects.filter(title=title).exists():
        return None
    space = create_from_kind(
        REFORM_TEXT,
        name=title,
        slug=slug,
        steering_unit=Unit.objects.get(code=STEERING),
        starts_on=clock.today() - timedelta(days=opened_ago),
        days=days,
        identity_modes=[IdentityMode.NAMED, IdentityMode.PROTECTED],
        open_now=True,
    )
    grant_space_role(user=User.objects.get(username=ORGANISES), role=Role.FACILITATOR, space=space)
    if is_open:
        return _opened(space, title, "", words)
    text = create_text(space=space, title=title)
    bring_in(version=text.draft, units=read_paste(words))
    return text


def _opened(space, title: str, introduction: str, words: str) -> ReformText:
    text = create_text(space=space, title=title, introduction=introduction)
    bring_in(version=text.draft, units=read_paste(words))
    open_text(text=text)
    return _again(text)


def _again(text) -> ReformText:
    return ReformText.objects.for_pages().get(pk=text.pk)


def _next(text, changes: dict[str, str]):
    version = begin_version(text=text)
    for label, body in changes.items():
        unit = version.units.get(label=label)
        save_unit(unit=unit, kind=unit.kind, label=unit.label, title=unit.title, body=body)
    return version


def _with_version(spans):
    return ChangedSpan.objects.filter(pk__in=[span.pk for span in spans]).select_related("version")


def _said(sentences, n: int, wording: str) -> tuple[str, str]:
    return sentences[n % len(sentences)], wording


def _write(text, article: str, said) -> list[UnitContribution]:
    """Contributions under a protected name that nobody holds, some weeks ago: the crowd of the demo city."""
    unit = text.current.units.get(label=article)
    moment = clock.now() - V1_AGO
    made = [
        UnitContribution(
            **identity_fields(text.space, None, identity_mode=IdentityMode.PROTECTED, now=moment),
            unit=unit,
            kind=ContributionKind.AMEND,
            body=body,
            body_html=plain_to_html(body),
            proposal=proposal,
        )
        for body, proposal in said
    ]
    UnitContribution.objects.bulk_create(made)
    ContributionCounts.objects.bulk_create(
        ContributionCounts(contribution=one, supports=(7 - n) if n < 7 and len(made) > 1 else 0)
        for n, one in enumerate(made)
    )
    freeze_space(text.space)
    return made


def _by(text, user, kind: str, article: str, body: str, proposal: str) -> UnitContribution:
    mode = IdentityMode.NAMED if IdentityMode.NAMED in text.space.identity_modes else IdentityMode.PROTECTED
    return contribute(
        actor=user,
        text=text,
        unit=text.current.units.get(label=article),
        kind=kind,
        body=body,
        proposal=proposal,
        identity_mode=mode,
        token=uuid4(),
    )


def _say(text, said) -> list[UnitContribution]:
    """What two people of the city say of the last version."""
    text = _again(text)
    people = list(people_of(text.space).exclude(username="agent").order_by("pk")[:2])
    return [_by(text, people[n % 2], *one) for n, one in enumerate(said)]
