"""A long discussion: each comment has an address that opens its page, threads stay whole and bounded."""

import datetime
import re

import pytest

from ideas import services
from ideas.models import IdeaComment
from ideas.models.comment import comment_url
from ideas.selectors.comments import COMMENTS, REPLIES
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.selectors import latest
from tests.factories.ideas import IdeaCommentFactory

# The twelve statements of the budget: those of the page, one more to find where the comment stands.
STATEMENTS = 12


@pytest.fixture
def idea(city):
    return city.opened()


def several(idea, count, author, parent=None):
    """Comments said one a minute, oldest first; two in a row share their instant."""
    start = clock.now() - datetime.timedelta(days=2)
    return [
        IdeaCommentFactory(
            idea=idea,
            author=author,
            parent=parent,
            body=f"Remarque {number}",
            created_at=start + datetime.timedelta(minutes=number // 2),
        )
        for number in range(count)
    ]


def order(comments):
    return [comment.reference for comment in sorted(comments, key=lambda row: (row.created_at, row.reference))]


def said(html) -> list[str]:
    """References of the comments of a page, replies included, in order."""
    return re.findall(r'id="commentaire-(\w{6})"', html)


def read(client, url) -> str:
    response = client.get(url.split("#")[0])
    assert response.status_code == 200
    return response.content.decode()


def link(html, label, idea) -> str:
    """Where the link carrying these words leads."""
    found = re.search(r'<a [^>]*href="([^"]+)"[^>]*>(?:(?!</a>).)*' + label, html, re.S)
    assert found, f"no link “{label}”"
    return f"/idees/{idea.reference}/{found[1]}".replace("&amp;", "&")


def test_what_one_has_just_said_is_on_the_page_that_opens(city, as_, idea):
    several(idea, 2 * COMMENTS + 3, city.author)
    client = as_(city.reader)

    sent = client.post(f"/idees/{idea.reference}/commenter/", {"text": "Le dernier mot.", "identity": "named"})
    page = read(client, sent.headers["Location"])

    last = IdeaComment.objects.get(body="Le dernier mot.")
    assert sent.headers["Location"] == comment_url(idea.reference, last.reference)
    assert said(page)[-1] == last.reference
    assert len(said(page)) == 4
    drain_outbox()


def test_an_address_opens_the_whole_page_that_holds_its_comment(city, as_, idea):
    references = order(several(idea, 2 * COMMENTS + 1, city.author))
    client = as_(city.reader)

    for position in (0, 1, COMMENTS - 1, COMMENTS, COMMENTS + 1, 2 * COMMENTS):
        first = position - position % COMMENTS
        shown = said(read(client, comment_url(idea.reference, references[position])))
        assert shown == references[first : first + COMMENTS], position
    drain_outbox()


def test_one_turns_the_pages_both_ways(city, as_, idea):
    references = order(several(idea, 2 * COMMENTS + 5, city.author))
    client = as_(city.reader)
    pages = [references[:COMMENTS], references[COMMENTS : 2 * COMMENTS], references[2 * COMMENTS :]]

    last = read(client, comment_url(idea.reference, references[-1]))
    middle = read(client, link(last, "Précédent", idea))
    first = read(client, link(middle, "Précédent", idea))
    again = read(client, link(first, "Suivant", idea))

    assert [said(page) for page in (first, middle, last, again)] == [*pages, pages[1]]
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last
    drain_outbox()


def test_replies_stay_with_their_comment_and_a_long_thread_has_its_pages(city, as_, idea):
    top, other = several(idea, 2, city.author)
    replies = order(several(idea, REPLIES + COMMENTS + 2, city.reader, parent=top))
    short = order(several(idea, 2, city.reader, parent=other))
    client = as_(city.reader)
    under = {top.reference: replies[:REPLIES], other.reference: short}
    expected = [row for root in order([top, other]) for row in (root, *under[root])]

    page = read(client, f"/idees/{idea.reference}/")
    thread = read(client, link(page, f"Lire {COMMENTS + 2} autres réponses", idea))
    rest = read(client, link(thread, "Suivant", idea))
    back = read(client, link(rest, "Tous les commentaires", idea))

    assert said(page) == said(back) == expected
    assert said(thread) == [top.reference, *replies[:COMMENTS]]
    assert said(rest) == [top.reference, *replies[COMMENTS:]]
    assert said(read(client, link(rest, "Précédent", idea))) == said(thread)
    drain_outbox()


def test_an_address_of_a_reply_opens_where_it_shows(city, as_, idea):
    top, *_others = several(idea, COMMENTS + 2, city.author)
    replies = order(several(idea, COMMENTS + 1, city.reader, parent=top))

    client = as_(city.reader)

    for position in (0, REPLIES - 1, REPLIES, COMMENTS - 1, COMMENTS):
        shown = said(read(client, comment_url(idea.reference, replies[position])))
        assert replies[position] in shown, position
        assert len(shown) <= COMMENTS + REPLIES
    drain_outbox()


def test_a_page_found_by_a_comment_keeps_the_budget(city, as_, idea, django_assert_num_queries):
    references = order(several(idea, COMMENTS + 4, city.author))
    top = IdeaComment.objects.get(reference=references[-1])
    replies = order(several(idea, REPLIES + 4, city.reader, parent=top))
    client = as_(city.reader)
    read(client, f"/idees/{idea.reference}/")

    for reference in (references[0], references[-1], replies[-1]):
        with django_assert_num_queries(STATEMENTS):
            read(client, comment_url(idea.reference, reference))
    drain_outbox()


def test_one_answers_a_comment_of_the_second_page(city, as_, idea):
    references = order(several(idea, COMMENTS + 2, city.author))
    client = as_(city.reader)

    page = read(client, comment_url(idea.reference, references[-1]))
    form = read(client, f"/idees/{idea.reference}/?repondre={references[-1]}")
    long = client.post(
        f"/idees/{idea.reference}/commenter/", {"text": "x" * 1501, "identity": "named", "parent": references[-1]}
    )
    sent = client.post(
        f"/idees/{idea.reference}/commenter/", {"text": "D'accord.", "identity": "named", "parent": references[-1]}
    )

    assert f'href="?repondre={references[-1]}#commenter"' in page
    for shown in (form, long.content.decode()):
        assert "Vous répondez à" in shown
        assert references[-1] in said(shown)
    reply = IdeaComment.objects.get(body="D'accord.")
    assert reply.parent.reference == references[-1]
    assert said(read(client, sent.headers["Location"]))[-1] == reply.reference
    drain_outbox()


def test_a_reference_of_nothing_opens_the_first_page(city, as_, idea):
    references = order(several(idea, 2, city.author))
    elsewhere = IdeaCommentFactory(idea=city.opened("Un autre banc, ailleurs"), author=city.author).reference
    client = as_(city.reader)

    for name in ("commentaire", "fil", "repondre"):
        for value in ("", "ZZZZZZ", "%00%00%00%00%00%00", "é" * 400, "' OR 1=1", elsewhere):
            assert said(read(client, f"/idees/{idea.reference}/?{name}={value}")) == references, (name, value)
    drain_outbox()


def test_the_message_about_a_comment_leads_to_it(city, as_, idea):
    several(idea, COMMENTS + 1, city.author)

    written = services.comment(idea=idea, actor=city.reader, body="Voyez aussi le dépôt nord.")
    drain_outbox()

    told = latest(as_viewer(city.author))[0]
    assert told.action == "Lire le commentaire"
    assert told.url == comment_url(idea.reference, written.reference)
    assert written.reference in said(read(as_(city.author), told.url))
