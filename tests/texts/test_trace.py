"""Outcomes, changes and what keeps a version from coming out; each contributor told exactly once."""

import contextlib
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from consultations.texts import rules, services
from consultations.texts.models import (
    ChangedSpan,
    ContributionOutcome,
    ReformText,
    SpanSource,
    TextUnit,
    TextVersion,
    UnitContribution,
)
from consultations.texts.todo import to_decide
from src.directory.enums import Role
from src.directory.viewer import Viewer
from src.foundations import clock, outbox
from src.notices.models import InboxItem
from src.participation.enums import IdentityMode
from src.participation.models import SealedAuthor
from src.participation.services import authorship
from tests.factories.directory import AgentFactory
from tests.factories.participation import grant_in_space
from tests.factories.texts import again, contribute, reform_text, second_version, text_space, unit_of

pytestmark = pytest.mark.django_db


def decide(text, *contributions, kind="set_aside", reason="Le repos protège la santé.", **more):
    if len(contributions) > 1:
        more.setdefault("theme", "Le repos")
    return services.decide(text=again(text), contributions=contributions, kind=kind, reason=reason, **more)


def test_a_version_with_its_trace_comes_out_and_each_contributor_hears_once():
    text = reform_text()
    nadia, sealed = AgentFactory(), AgentFactory()
    first = contribute(text, actor=nadia)
    second = contribute(text, actor=nadia, label="2", kind="question", body="Qui écrit la raison ?")
    third = contribute(text, actor=sealed, mode=IdentityMode.PROTECTED)
    draft = second_version(text)
    span = ChangedSpan.objects.get(version=draft)
    decide(text, first, third, kind="taken", reason="", theme="Prévenir plus tôt", spans=[span])
    decide(text, second, kind="answered", reason="La personne qui change le planning.")

    services.publish_version(version=draft)
    services.publish_version(version=draft)
    outbox.drain(raising=True)

    named = InboxItem.objects.get(user=nadia, code="texts.outcome")
    protected = InboxItem.objects.get(handle=third.handle, code="texts.outcome")
    assert [(item["outcome"], item["said"]) for item in named.context["items"]] == [
        ("taken", "Deux semaines, c'est trop court."),
        ("answered", "Qui écrit la raison ?"),
    ]
    item = protected.context["items"][0]
    assert (item["before"], item["after"], item["theme"]) == ("deux", "trois", "Prévenir plus tôt")
    assert InboxItem.objects.filter(code="texts.outcome").count() == 2
    # Nothing of the protected one says who they are.
    assert sealed.short_name not in str(protected.context) and protected.user_id is None
    outbox.drain(raising=True)


def test_publishing_is_refused_in_words_while_something_is_missing():
    text = reform_text()
    contribute(text)
    draft = second_version(text)

    with pytest.raises(ValidationError) as refusal:
        services.publish_version(version=draft)

    assert refusal.value.messages == [
        "1 contribution n’a pas de suite.",
        "1 changement n’a ni ses contributions ni le mot «\xa0rédaction\xa0».",
    ]
    assert TextVersion.objects.get(pk=draft.pk).published_at is None
    outbox.drain(raising=True)


def refused_by_the_database(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_the_database_refuses_it_too():
    text = reform_text()
    one = contribute(text)
    draft = second_version(text)
    comes_out = lambda: TextVersion.objects.filter(pk=draft.pk).update(published_at=clock.now())  # noqa: E731
    closes = lambda: ReformText.objects.filter(pk=text.pk).update(closed_at=clock.now())  # noqa: E731

    refused_by_the_database(comes_out)
    refused_by_the_database(closes)
    ChangedSpan.objects.filter(version=draft).update(is_editorial=True)
    refused_by_the_database(comes_out)
    ChangedSpan.objects.filter(version=draft).update(is_editorial=False)
    decide(text, one)
    refused_by_the_database(comes_out)
    ChangedSpan.objects.filter(version=draft).update(is_editorial=True)

    assert comes_out() == 1
    assert closes() == 1
    outbox.drain(raising=True)


def test_what_is_published_told_or_said_stays():
    text = reform_text()
    one = contribute(text)
    draft = second_version(text)
    decide(text, one, kind="taken", reason="", spans=ChangedSpan.objects.filter(version=draft))
    services.publish_version(version=draft)

    refused_by_the_database(lambda: TextUnit.objects.filter(version=draft).update(body="Autre chose"))
    refused_by_the_database(lambda: TextVersion.objects.filter(pk=draft.pk).delete())
    refused_by_the_database(lambda: ChangedSpan.objects.filter(version=draft).delete())
    refused_by_the_database(lambda: SpanSource.objects.all().delete())
    refused_by_the_database(lambda: ContributionOutcome.objects.update(kind="set_aside", reason="Non."))
    refused_by_the_database(lambda: UnitContribution.objects.update(kind="question", proposal=""))
    with pytest.raises(ValidationError, match="prévenue"):
        decide(text, one)
    outbox.drain(raising=True)


def test_nothing_comes_in_on_an_earlier_version_or_a_closed_text():
    text = reform_text()
    old = unit_of(text)
    draft = second_version(text)
    ChangedSpan.objects.filter(version=draft).update(is_editorial=True)
    services.publish_version(version=draft)
    common = {"actor": AgentFactory(), "kind": "question", "body": "Et ici ?", "identity_mode": IdentityMode.NAMED}

    with pytest.raises(services.Closed):
        services.contribute(text=again(text), unit=old, token=uuid.uuid4(), **common)
    services.close_text(text=again(text))
    with pytest.raises(services.Closed):
        services.contribute(text=again(text), unit=unit_of(again(text)), token=uuid.uuid4(), **common)
    assert UnitContribution.objects.count() == 0
    outbox.drain(raising=True)


def test_taken_needs_a_change_and_set_aside_a_reason():
    text = reform_text()
    one, agreed = contribute(text), contribute(text, kind="support")

    with pytest.raises(ValidationError) as without_change:
        decide(text, one, kind="taken", reason="")
    with pytest.raises(ValidationError) as without_reason:
        decide(text, one, reason="")
    with pytest.raises(ValidationError) as answered:
        decide(text, one, kind="answered")
    with pytest.raises(ValidationError) as without_theme:
        decide(text, one, agreed, theme="")

    assert list(without_change.value.error_dict) == ["spans"]
    assert list(without_reason.value.error_dict) == ["reason"]
    assert list(answered.value.error_dict) == ["kind"]
    assert list(without_theme.value.error_dict) == ["theme"]
    assert decide(text, agreed, kind="taken", reason="") == 1
    outbox.drain(raising=True)


def test_a_change_that_goes_takes_the_outcome_with_it():
    text = reform_text()
    one = contribute(text)
    draft = second_version(text)
    decide(text, one, kind="taken", reason="", spans=ChangedSpan.objects.filter(version=draft))
    unit = draft.units.get(label="2")

    services.save_unit(unit=unit, kind="article", label="2", title=unit.title, body="Une raison est donnée.")
    kept = ContributionOutcome.objects.filter(contribution=one).exists()
    back = draft.units.get(label="1")
    services.save_unit(unit=back, kind="article", label="1", title=back.title, body=unit_of(text).body)

    assert kept
    assert not ContributionOutcome.objects.exists()
    assert not ChangedSpan.objects.filter(version=draft, key=back.key).exists()
    outbox.drain(raising=True)


def test_closing_tells_those_who_were_not():
    text = reform_text()
    one = contribute(text, mode=IdentityMode.PROTECTED)
    with pytest.raises(ValidationError, match="1 contribution n’a pas de suite"):
        services.close_text(text=again(text))
    decide(text, one)

    services.close_text(text=again(text))
    services.close_text(text=again(text))
    outbox.drain(raising=True)

    told = InboxItem.objects.get(code="texts.outcome")
    assert told.handle == one.handle
    assert told.context["items"][0]["unchanged"] is True
    assert rules.state_of(again(text)) == "closed"
    outbox.drain(raising=True)


def test_ten_equal_posts_leave_one_contribution():
    text, token, actor = reform_text(), uuid.uuid4(), AgentFactory()

    sent = {contribute(text, token=token, actor=actor).pk for _time in range(10)}

    assert len(sent) == UnitContribution.objects.count() == 1
    outbox.drain(raising=True)


def test_a_protected_contribution_keeps_nothing_of_its_author():
    actor, text = AgentFactory(), reform_text()

    made = contribute(text, actor=actor, mode=IdentityMode.PROTECTED)

    assert made.author is None
    assert made.created_at == clock.week_start_moment(made.week)
    assert authorship.author_ids_of([made.handle]) == {made.handle: actor.pk}
    outbox.drain(raising=True)


def test_words_change_or_go_until_somebody_answers():
    text, actor = reform_text(), AgentFactory()
    one = contribute(text, actor=actor)

    changed = services.change(actor=actor, contribution=one, text=text, body="Mieux dit.", proposal="Quatre semaines.")
    services.set_support(actor=AgentFactory(), contribution=one, text=text, wanted=True)
    with pytest.raises(services.Closed):
        services.change(actor=actor, contribution=one, text=text, body="Encore.", proposal="Cinq.")
    with pytest.raises(PermissionDenied):
        services.withdraw(actor=AgentFactory(), contribution=one, text=text)

    assert (changed.body, changed.proposal) == ("Mieux dit.", "Quatre semaines.")
    outbox.drain(raising=True)


def test_what_is_taken_back_leaves_no_word_no_link_and_waits_for_nothing():
    text, actor = reform_text(), AgentFactory()
    one = contribute(text, actor=actor, mode=IdentityMode.PROTECTED)
    outbox.drain(raising=True)

    services.withdraw(actor=actor, contribution=one, text=text)
    services.withdraw(actor=actor, contribution=UnitContribution.objects.get(pk=one.pk), text=text)

    one.refresh_from_db()
    assert (one.body, one.proposal, one.is_withdrawn) == ("", "", True)
    assert not SealedAuthor.objects.filter(handle=one.handle).exists()
    assert services.why_not_close(again(text)) == []
    outbox.drain(raising=True)


def test_only_those_of_the_space_contribute_while_it_is_open():
    over = reform_text(space=text_space(opens=-9, closes=-1))
    coming = reform_text(space=text_space(opens=2, closes=9))

    states = [rules.state_of(one) for one in (over, coming, reform_text())]
    with pytest.raises(services.Closed):
        contribute(over)

    assert states == ["studied", "coming", "open"]
    assert rules.until(reform_text()) > clock.now() + timedelta(days=6)
    outbox.drain(raising=True)


def test_cutting_joining_moving_and_taking_out_keep_keys():
    text = reform_text(opened=False)
    draft = text.draft
    one, two, three = draft.units.order_by("position")

    cut = services.split_unit(
        unit=one, first="Le planning est affiché au moins deux semaines avant,", second="sur le lieu de travail."
    )
    services.move_unit(unit=three, up=True)
    services.merge_unit(unit=cut)
    services.delete_unit(unit=TextUnit.objects.get(pk=two.pk))
    added = services.add_unit(version=draft, after=three.key, kind="article", label="4", body="Partager.")

    rows = list(draft.units.order_by("position").values_list("position", "key", "body"))
    assert rows == [
        (0, one.key, "Le planning est affiché au moins deux semaines avant,\n\nsur le lieu de travail."),
        (1, three.key, three.body),
        (2, added.key, "Partager."),
    ]
    outbox.drain(raising=True)


def test_a_file_brought_in_finds_its_articles_again():
    from consultations.texts.cutting import read_paste  # beside the words it cuts

    text = reform_text()
    keys = {unit.label: unit.key for unit in text.current.units.all()}
    draft = services.begin_version(text=text)
    pasted = read_paste(
        "1. **Prévenir.** Le planning est affiché au moins trois semaines avant, sur le lieu de travail.\n\n"
        "2. **Nouveau.** Rien de tel n'existait auparavant dans ce texte.\n\n"
        "3. **Échanger.** Deux collègues de même métier peuvent échanger un service."
    )

    services.bring_in(version=draft, units=pasted)

    found = {unit.title: unit.key for unit in draft.units.all()}
    assert found["Prévenir"] == keys["1"] and found["Échanger"] == keys["3"]
    assert found["Nouveau"] not in keys.values()
    assert sorted(draft.spans.values_list("kind", flat=True)) == ["added", "changed", "removed"]
    outbox.drain(raising=True)


def removed(text, one, *, moderator):
    words = "Cette contribution visait une personne par son prénom."
    services.remove(actor=moderator, contribution=one, text=text, reason_code="injure", words=words)


def restored(text, one, *, author, other):
    words = "Je parlais du travail, et de personne en particulier."
    services.appeal(actor=author, contribution=one, text=words)
    services.answer_appeal(actor=other, contribution=one, text=text, restored=True, words=words)


class TestWhatComesBackAfterTheClosing:
    """Removed, it waited for nothing: the text closed. Brought back, it has its outcome and its message, once."""

    @pytest.fixture
    def people(self):
        text = reform_text()
        found = {name: AgentFactory() for name in ("author", "moderator", "other", "organiser")}
        for name in ("moderator", "other"):
            grant_in_space(found[name], Role.MODERATOR, text.space)
        grant_in_space(found["organiser"], Role.FACILITATOR, text.space)
        return text, found

    @pytest.mark.parametrize("mode", [IdentityMode.NAMED, IdentityMode.PROTECTED])
    def test_it_waits_is_told_to_the_organiser_and_its_author_hears_once(self, people, mode):
        text, who = people
        one = contribute(text, actor=who["author"], mode=mode)
        outbox.drain(raising=True)
        removed(text, one, moderator=who["moderator"])
        services.close_text(text=again(text))
        assert to_decide(Viewer(who["organiser"])) == []
        restored(again(text), one, author=who["author"], other=who["other"])
        outbox.drain(raising=True)

        (waits,) = to_decide(Viewer(who["organiser"]))
        (told,) = InboxItem.objects.filter(code="texts.waits_again")
        for _twice in range(2):
            with contextlib.suppress(ValidationError):
                decide(again(text), one, reason="Le texte le dit déjà, à l’article 2.")
        outbox.drain(raising=True)

        assert (waits.detail, told.user, told.context["is_closed"]) == (
            "1 contribution attend sa suite", who["organiser"], True,
        )  # fmt: skip
        (heard,) = InboxItem.objects.filter(code="texts.outcome")
        assert heard.context["items"][0]["said"] == "Deux semaines, c'est trop court."
        assert heard.user == (who["author"] if mode == IdentityMode.NAMED else None)
        assert ContributionOutcome.objects.get().told_at is not None
        assert to_decide(Viewer(who["organiser"])) == []

    def test_nothing_is_taken_any_more_and_the_database_refuses_what_nobody_would_be_told(self, people):
        text, who = people
        one = contribute(text, actor=who["author"])
        removed(text, one, moderator=who["moderator"])
        services.close_text(text=again(text))
        restored(again(text), one, author=who["author"], other=who["other"])

        with pytest.raises(ValidationError, match="Ce texte est clos"):
            decide(again(text), one, kind="taken", reason="")
        refused_by_the_database(
            lambda: ContributionOutcome.objects.create(
                contribution=one, kind="set_aside", reason="Sans le dire.", decided_at=clock.now()
            )
        )
        decide(again(text), one)
        with pytest.raises(ValidationError, match="prévenue"):
            services.forget_outcome(text=again(text), contribution=one)
        outbox.drain(raising=True)

    def test_what_was_decided_before_the_removal_is_told_once(self, people):
        text, who = people
        one = contribute(text, actor=who["author"])
        decide(text, one)
        removed(text, one, moderator=who["moderator"])
        services.close_text(text=again(text))
        restored(again(text), one, author=who["author"], other=who["other"])
        outbox.drain(raising=True)

        assert InboxItem.objects.filter(code="texts.outcome", user=who["author"]).count() == 1
        assert not InboxItem.objects.filter(code="texts.waits_again").exists()
        assert to_decide(Viewer(who["organiser"])) == []
