"""A topic typed back from its sheet equals the one a member sends for the team."""

import pytest

from src.foundations.testing import forget_effects
from src.meetings import paper
from src.meetings.models import Topic
from src.paper.registry import Submission
from src.participation.enums import Channel
from tests.factories import meetings as make

pytestmark = pytest.mark.django_db
WORDS = {"title": "Le portail reste ouvert la nuit", "body": "Depuis lundi.\nLe vent le pousse."}
# What says which row it is, who sent it, by which way and when.
OF_ITS_OWN = {"id", "reference", "handle", "author_id", "channel", "created_at", "submission_token", "_state"}


def test_a_topic_on_paper_equals_the_web_entry(as_):
    series = make.group()
    sent = as_(make.member(series)).post(f"{series.get_absolute_url()}proposer/", {**WORDS, "identity": "team"})
    by_web = Topic.objects.get()
    form = paper.build(series.reference, WORDS)
    assert (sent.status_code, form.is_valid()) == (303, True)
    handed = paper.submit(Submission(form=form, about=series.reference, channel=Channel.PAPER))
    by_sheet = Topic.objects.exclude(pk=by_web.pk).get()

    assert handed.handle == by_sheet.handle
    told = [{key: value for key, value in vars(one).items() if key not in OF_ITS_OWN} for one in (by_web, by_sheet)]
    assert told[0] == told[1] and told[0]["title"] == WORDS["title"]
    assert (by_sheet.author_id, by_sheet.channel, by_sheet.signed_as) == (None, Channel.PAPER, by_web.signed_as)
    forget_effects()
