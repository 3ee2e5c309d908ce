"""The author's thanks: once an answer, as the idea is said, told to those who answered, moderated as a comment."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.html import strip_tags

from ideas import services
from ideas.models import Idea, IdeaComment
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.models import NeutralPeriod
from src.workflow.exceptions import TransitionNotAllowed

from .city import answer

WORDS = "Merci, la place près du portail est la bonne."


def account(user):
    return User.objects.get(pk=user.pk)


def here(idea) -> str:
    return f"/idees/{idea.reference}/merci/"


def told(code="ideas.thanked") -> set[str]:
    return set(InboxItem.objects.filter(code=code).values_list("user__username", flat=True))


def decided(city, **options):
    idea = city.to_decide("Une fiche pour répondre aux propos racistes", **options)
    services.prepare_decision(idea=idea, actor=city.decider, **answer())
    services.announce_decision(idea=idea, actor=city.decider)
    drain_outbox()
    return Idea.objects.select_related("space", "unit", "owed", "transfer_to", "counts").get(pk=idea.pk)


def test_the_author_thanks_once_and_those_who_answered_are_told(city, as_):
    idea, author = decided(city), as_(city.author)
    assert here(idea) in author.get(f"/idees/{idea.reference}/").content.decode()
    assert here(idea) not in as_(city.reader).get(f"/idees/{idea.reference}/").content.decode()
    token = author.get(here(idea)).context["form"]["token"].value()
    long = author.post(here(idea), {"text": "m" * 301})
    empty = author.post(here(idea), {"text": ""})
    assert (long.status_code, empty.status_code) == (422, 422) and "m" * 301 in long.content.decode()

    sent = [author.post(here(idea), {"text": WORDS, "token": str(token)}) for _time in range(3)]

    assert {one.status_code for one in sent} == {303}
    drain_outbox()
    assert told() == {"sophie", "karim", "fatou"}
    page = strip_tags(as_(city.reader).get(f"/idees/{idea.reference}/").content.decode())
    assert WORDS in page and "Merci à celles et ceux qui ont répondu" in page
    assert author.get(here(idea)).status_code == 409
    with pytest.raises(TransitionNotAllowed, match="déjà remercié"):
        services.thank(idea=idea, actor=account(city.author), body="Encore merci.")
    assert IdeaComment.objects.filter(thanked__isnull=False).count() == 1


def test_somebody_else_and_too_soon_are_refused(city, as_):
    waiting = city.submitted("Un autre banc, près de l'entrée sud")
    drain_outbox()
    assert as_(city.author).get(here(waiting)).status_code == 409
    idea = decided(city)
    assert as_(city.reader).post(here(idea), {"text": WORDS}).status_code == 403
    assert as_(None).get(here(idea)).status_code == 302
    with pytest.raises(PermissionDenied):
        services.thank(idea=idea, actor=account(city.decider), body=WORDS)


def test_a_sealed_author_thanks_without_a_name_anywhere(city, as_):
    protected = city.protected("Pointer sans faire la queue le matin")
    services.screen(idea=protected, actor=city.moderator)
    services.orient(
        idea=protected, actor=city.correspondent, direction=city.direction, scale="quick_fix", service=city.service
    )
    services.draft_fast_answer(idea=protected, actor=city.assessors[0], **answer())
    services.countersign(idea=protected, actor=city.delegate)
    drain_outbox()

    sent = as_(city.author).post(here(protected), {"text": WORDS})

    assert sent.status_code == 303
    drain_outbox()
    thanks = IdeaComment.objects.get(thanked__isnull=False)
    assert (thanks.author_id, thanks.identity_mode, thanks.signed_as) == (None, "protected", protected.signed_as)
    assert thanks.handle != protected.handle and thanks.created_at == clock.week_start_moment()
    assert told() == {"claire", "karim"}
    for item in InboxItem.objects.filter(code="ideas.thanked"):
        assert "Nadia" not in str(item.context) and "Benali" not in str(item.context)
    assert "Nadia" not in strip_tags(as_(city.reader).get(f"/idees/{protected.reference}/").content.decode())


def test_moderation_hides_it_on_the_page_and_in_the_messages(city, as_):
    idea = decided(city)
    thanks = services.thank(idea=idea, actor=account(city.author), body=WORDS)
    drain_outbox()
    services.take_off(
        idea=idea, actor=city.moderator, comment=thanks, reason_code="personnes", text="Ce mot désigne une personne."
    )
    drain_outbox()

    assert WORDS not in as_(city.reader).get(f"/idees/{idea.reference}/").content.decode()
    assert all(WORDS not in str(item.context) for item in InboxItem.objects.filter(code="ideas.thanked"))


def test_the_database_refuses_a_second_one_and_thanks_said_otherwise(city):
    idea = decided(city)
    thanks = services.thank(idea=idea, actor=account(city.author), body=WORDS)
    drain_outbox()
    comment = services.comment(idea=idea, actor=city.reader, body="Bravo à l'équipe.")
    drain_outbox()
    for refused in (
        lambda: IdeaComment.objects.filter(pk=comment.pk).update(thanked_id=idea.decision_id),
        lambda: _another(idea, thanks, body="m" * 301),
        lambda: _another(idea, thanks, official_role="moderator"),
        lambda: _another(idea, thanks, author=city.reader),
        lambda: _another(idea, thanks),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()


def _another(idea, thanks, **changes):
    columns = {
        "idea": idea, "identity_mode": "named", "author": thanks.author, "body": WORDS, "thanked_id": idea.decision_id,
        "week": thanks.week, "created_at": thanks.created_at,
    }  # fmt: skip
    return IdeaComment.objects.create(**{**columns, **changes})


def test_in_a_pre_electoral_period_thanks_wait(city, as_):
    idea, author, today = decided(city), as_(city.author), clock.today()
    NeutralPeriod.objects.create(name="élections municipales", starts_on=today, ends_on=today)

    assert here(idea) not in author.get(f"/idees/{idea.reference}/").content.decode()
    assert author.get(here(idea)).status_code == 409
    with pytest.raises(TransitionNotAllowed, match="Période préélectorale"):
        services.thank(idea=idea, actor=account(city.author), body=WORDS)
