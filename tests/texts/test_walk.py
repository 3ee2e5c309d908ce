"""A random walk: whatever people do, nothing comes out unexplained and each contributor hears exactly once."""

import random
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.texts import services
from consultations.texts.models import (
    ChangedSpan,
    ContributionOutcome,
    SpanSource,
    TextVersion,
    UnitContribution,
)
from src.directory.enums import Role
from src.foundations import outbox
from src.notices.models import InboxItem
from src.participation.enums import IdentityMode, Visibility
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory
from tests.factories.participation import grant_in_space
from tests.factories.texts import again, reform_text

WORDS = "le planning est affiché deux trois semaines avant la nuit le jour repos équipe échange".split()
GESTURES = (
    "contribute", "contribute", "contribute", "withdraw", "support", "begin", "rewrite", "rewrite", "add", "delete",
    "move", "decide", "decide", "bulk", "wording", "wording", "publish", "drop", "relay", "close",
    "remove", "bring_back",
)  # fmt: skip


class Walk:
    """One text, six people, and every gesture there is; refusals are part of the walk."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        self.text = reform_text()
        self.people = [AgentFactory() for _n in range(6)]
        self.moderators = [AgentFactory() for _n in range(2)]
        for one in self.moderators:
            grant_in_space(one, Role.MODERATOR, self.text.space)
        # Who wrote what; and what a moderator brought back.
        self.authors, self.back = {}, set()

    def step(self, gesture: str) -> None:
        try:
            getattr(self, gesture)()
        except (ValidationError, PermissionDenied, TransitionNotAllowed):
            pass
        self.holds()

    def sentence(self) -> str:
        return " ".join(self.chance.choice(WORDS) for _n in range(self.chance.randint(3, 9)))

    def any(self, found):
        found = list(found)
        return self.chance.choice(found) if found else None

    def contribute(self):
        text = again(self.text)
        unit = self.any(text.current.units.all())
        kind = self.chance.choice(["support", "amend", "question"])
        actor = self.chance.choice(self.people)
        made = services.contribute(
            actor=actor,
            text=text,
            unit=unit,
            kind=kind,
            body=self.sentence(),
            proposal=self.sentence(),
            identity_mode=self.chance.choice([IdentityMode.NAMED, IdentityMode.PROTECTED]),
            token=uuid.uuid4(),
        )
        self.authors[made.pk] = actor

    def remove(self):
        if one := self.any(UnitContribution.objects.select_related("unit__version")):
            words = "Cette contribution visait une personne par son prénom."
            text = again(self.text)
            services.remove(actor=self.moderators[0], contribution=one, text=text, reason_code="injure", words=words)

    def bring_back(self):
        if one := self.any(UnitContribution.objects.filter(visibility=Visibility.REMOVED).select_related("unit")):
            words = "Je parlais du travail, et de personne en particulier."
            services.appeal(actor=self.authors[one.pk], contribution=one, text=words)
            services.answer_appeal(
                actor=self.moderators[1], contribution=one, text=again(self.text), restored=True, words=words
            )
            self.back.add(one.pk)

    def withdraw(self):
        one = self.any(UnitContribution.objects.filter(author__isnull=False).select_related("unit__version"))
        if one:
            services.withdraw(actor=one.author, contribution=one, text=again(self.text))

    def support(self):
        one = self.any(UnitContribution.objects.select_related("unit"))
        if one:
            actor = self.chance.choice(self.people)
            services.set_support(actor=actor, contribution=one, text=again(self.text), wanted=True)

    def begin(self):
        services.begin_version(text=self.text)

    def _unit(self):
        draft = again(self.text).draft
        return self.any(draft.units.all()) if draft else None

    def rewrite(self):
        if unit := self._unit():
            services.save_unit(unit=unit, kind="article", label=unit.label, title=unit.title, body=self.sentence())

    def add(self):
        if unit := self._unit():
            services.add_unit(version=unit.version, after=unit.key, kind="article", body=self.sentence())

    def delete(self):
        unit = self._unit()
        if unit and unit.version.units.count() > 1:
            services.delete_unit(unit=unit)

    def move(self):
        if unit := self._unit():
            services.move_unit(unit=unit, up=True)

    def _decide(self, chosen):
        draft = again(self.text).draft
        spans = list(ChangedSpan.objects.filter(version=draft).select_related("version")) if draft else []
        services.decide(
            text=again(self.text),
            contributions=chosen,
            kind=self.chance.choice(["taken", "partly", "set_aside", "answered"]),
            reason=self.chance.choice(["", "Pour une raison dite."]),
            theme="Le repos",
            spans=self.chance.sample(spans, min(len(spans), self.chance.randint(0, 2))),
        )

    def decide(self):
        if one := self.any(UnitContribution.objects.all()):
            self._decide([one])

    def bulk(self):
        self._decide(list(UnitContribution.objects.filter(outcome__isnull=True)))

    def wording(self):
        for span in ChangedSpan.objects.filter(version__published_at__isnull=True, sources__isnull=True):
            services.set_editorial(span=span, wanted=True)

    def publish(self):
        if draft := again(self.text).draft:
            services.publish_version(version=draft)

    def drop(self):
        draft = again(self.text).draft
        if draft and self.chance.random() < 0.3:
            services.drop_version(version=draft)

    def relay(self):
        outbox.drain(raising=True)

    def close(self):
        if self.chance.random() < 0.2:
            services.close_text(text=again(self.text))

    def holds(self) -> None:
        """What must always be true."""
        text = again(self.text)
        last = text.current
        for version in TextVersion.objects.filter(published_at__isnull=False, number__gt=1):
            unexplained = version.spans.filter(is_editorial=False, sources__isnull=True)
            assert not unexplained.exists()
        asking = UnitContribution.objects.asking().exclude(pk__in=self.back)
        earlier = asking.filter(unit__version__number__lt=last.number)
        assert not earlier.filter(outcome__told_at__isnull=True).exists()
        if text.closed_at is not None:
            assert not UnitContribution.objects.undecided().exclude(pk__in=self.back).exists()
            assert not ContributionOutcome.objects.filter(told_at=None).exists()
        carried = ContributionOutcome.objects.filter(kind__in=("taken", "partly"))
        assert not carried.exclude(contribution__kind="support").filter(contribution__changes__isnull=True).exists()
        assert not SpanSource.objects.exclude(contribution__outcome__kind__in=("taken", "partly")).exists()

    def end(self) -> None:
        """Give what is left an outcome, close, and count messages: every sentence told once, nobody told twice."""
        draft = again(self.text).draft
        if draft is not None and again(self.text).closed_at is None:
            services.drop_version(version=draft)
        waiting = list(UnitContribution.objects.undecided())
        if waiting:
            services.decide(text=again(self.text), contributions=waiting, kind="set_aside", reason="Fin.", theme="Fin")
        services.close_text(text=again(self.text))
        outbox.drain(raising=True)
        told = InboxItem.objects.filter(code="texts.outcome")
        said = sorted(item["said"] for one in told for item in one.context["items"])
        # What was told before a removal was told.
        told_of = UnitContribution.objects.filter(outcome__told_at__isnull=False).values("pk")
        asking = UnitContribution.objects.filter(
            Q(pk__in=told_of) | Q(pk__in=UnitContribution.objects.asking().values("pk"))
        )
        assert said == sorted(asking.values_list("body", flat=True))
        owners = [(one.user_id or one.handle, one.context["occasion"]) for one in told]
        assert len(owners) == len(set(owners))
        expected = {(one.author_id or one.handle) for one in asking}
        assert {owner for owner, _occasion in owners} == expected


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.lists(st.sampled_from(GESTURES), min_size=20, max_size=45))
def test_a_random_walk_leaves_nothing_unexplained_and_nobody_told_twice(seed, gestures):
    with transaction.atomic():
        walk = Walk(seed)
        for gesture in gestures:
            walk.step(gesture)
        walk.end()
        # Each walk begins with an empty house.
        transaction.set_rollback(True)
