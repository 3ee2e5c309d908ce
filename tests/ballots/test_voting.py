"""What a voter meets: the paper of each method, reading it again, the receipt, and each state in its words."""

import base64
import html
import re

import pytest

from src.participation.ballots import services
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.models import SealedBox
from tests.factories.ballots import counted, opened, prepared
from tests.factories.directory import AgentFactory

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    """The words of a page, without its marks, in plain French typing."""
    bare = re.sub(r"<[^>]+>", " ", html.unescape(response.content.decode()))
    return re.sub(r"\s+", " ", bare.replace("’", "'"))


def page(client, made, path=""):
    return client.get(f"/scrutins/{made.ballot.reference}/{path}")


def test_a_simple_vote_is_cast_then_changed(as_):
    made = opened(most_choices=2)
    voter = as_(made.people[0])
    address = f"/scrutins/{made.ballot.reference}/"

    with made.while_open():
        first = voter.post(f"{address}voter/", {"choice": ["0", "2"]})
        read = text_of(voter.get(address))
        changing = voter.get(f"{address}?changer=1").content.decode()
        second = voter.post(f"{address}voter/", {"blank": "on"})

    assert (first.status_code, first.url, second.status_code) == (303, address, 303)
    assert "Votre vote est enregistré" in read
    assert "Changer mon vote" in read
    assert re.findall(r'value="(\d)"[^>]*checked', changing) == ["0", "2"]
    assert made.counts()[:3] == (1, 0, 1)


@pytest.mark.parametrize(
    ("method", "sent", "words"),
    [
        (Method.APPROVAL, {}, "Choisissez parmi les propositions, ou cochez le vote blanc."),
        (Method.APPROVAL, {"choice": ["0", "1", "2"]}, "gardez-en 2 au plus"),
        (Method.APPROVAL, {"choice": ["0"], "blank": "on"}, "gardez l'un des deux"),
        (Method.APPROVAL, {"choice": ["99"]}, "n'est pas au scrutin"),
        (Method.APPROVAL, {"choice": ["<b>"]}, "Choisissez parmi ce qui est proposé."),
        (Method.YES_NO, {}, "Choisissez une réponse, ou le vote blanc."),
        (Method.YES_NO, {"choice": "7"}, "Choisissez oui, non ou blanc."),
        (Method.GRADES, {"grade_0": "9"}, "une des mentions"),
        (Method.EQUAL_SHARES, {}, "cochez le vote blanc"),
    ],
)
def test_a_bad_paper_is_told_in_words_and_nothing_is_recorded(as_, method, sent, words):
    made = opened(method=method)

    with made.while_open():
        answer = as_(made.people[0]).post(f"/scrutins/{made.ballot.reference}/voter/", sent)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert made.counts() == (0, 0, 0, 0)


@pytest.mark.parametrize("method", Method.values)
def test_blank_is_possible_with_each_method(as_, method):
    made = opened(method=method)
    sent = {"choice": "blank"} if method == Method.YES_NO else {"blank": "on"}

    with made.while_open():
        answer = as_(made.people[0]).post(f"/scrutins/{made.ballot.reference}/voter/", sent)

    assert (answer.status_code, made.counts()[2]) == (303, 1)


def test_the_page_of_a_secret_vote_says_what_is_protected_before_it_is_sent(as_):
    made = opened(secrecy=Secrecy.SECRET)

    with made.while_open():
        read = text_of(page(as_(made.people[0]), made))

    assert (
        "La Ville sait que vous avez voté. Elle ne peut pas lire votre choix, sauf si deux gardiens de clé sur trois "
        "trichent ensemble. Personne ne peut vous protéger de quelqu'un qui regarde votre écran." in read
    )
    assert "Ici, le serveur voit votre choix au moment où vous votez, mais ne l'enregistre pas en clair." in read
    assert "Un vote secret ne peut être ni changé ni repris" in read


def test_a_secret_vote_without_script_is_read_again_then_sent_with_its_receipt(as_):
    made = opened(secrecy=Secrecy.SECRET)
    voter, address = as_(made.people[0]), f"/scrutins/{made.ballot.reference}/"

    with made.while_open():
        read = voter.post(f"{address}verifier/", {"choice": ["1"]})
        box = re.search(r'name="box" value="([^"]+)"', read.content.decode())[1]
        sent = voter.post(f"{address}voter/", {"box": box})
        again = voter.post(f"{address}voter/", {"box": box})
        after = text_of(voter.get(address))

    assert "Un garage à vélos" in text_of(read)
    receipt = re.search(r"data-receipt>([^<]+)<", sent.content.decode())[1]
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", receipt)
    assert (sent.status_code, "no-store" in sent["Cache-Control"]) == (200, True)
    assert receipt in again.content.decode()
    assert (SealedBox.objects.count(), receipt in after) == (1, False)
    assert "Vous avez voté" in after


def test_a_second_secret_vote_is_refused_in_words_and_its_choice_comes_back_nowhere(as_):
    made = opened(secrecy=Secrecy.SECRET)
    voter, address = as_(made.people[0]), f"/scrutins/{made.ballot.reference}/"

    with made.while_open():
        made.cast(made.people[0], [0])
        read = voter.post(f"{address}verifier/", {"choice": ["1"]})
        other = base64.b64encode(made.box([1])).decode()
        sent = voter.post(f"{address}voter/", {"box": other})

    for answer in (read, sent):
        assert (answer.status_code, "vous avez déjà voté" in text_of(answer).lower()) == (409, True)
        assert other not in answer.content.decode()


@pytest.mark.parametrize("box", ["", "AAAA", "pas du tout", "é" * 500, "A" * 9000])
def test_a_box_cut_on_its_way_is_told_in_words(as_, box):
    made = opened(secrecy=Secrecy.SECRET)

    with made.while_open():
        answer = as_(made.people[0]).post(f"/scrutins/{made.ballot.reference}/voter/", {"box": box})

    assert (answer.status_code, "coupé en chemin" in text_of(answer)) == (422, True)
    assert made.counts() == (0, 0, 0, 0)


def test_who_votes_and_when_is_told_in_each_state(as_):
    made = opened()
    voter, stranger = as_(made.people[0]), as_(AgentFactory())
    address = f"/scrutins/{made.ballot.reference}/voter/"
    before = text_of(page(voter, made))
    early = voter.post(address, {"blank": "on"})
    with made.while_open():
        other = text_of(page(stranger, made))
        refused = stranger.post(address, {"blank": "on"})
    with made.once_over():
        voter = as_(made.people[0])
        late = voter.post(address, {"blank": "on"})
        closed = text_of(page(voter, made))

    assert "Vous êtes sur la liste : revenez à l'ouverture" in before
    assert (early.status_code, "n'est pas encore ouvert" in text_of(early)) == (409, True)
    assert "Vous n'y êtes pas" in other
    assert (refused.status_code, "pas sur la liste" in text_of(refused)) == (403, True)
    assert (late.status_code, "trop tard" in text_of(late)) == (409, True)
    assert "Le vote est clos" in closed


def test_a_ballot_called_off_says_why_and_takes_nothing(as_):
    made = opened()
    services.cancel_ballot(actor=made.organiser, ballot=made.ballot, because="La question était mal posée.")

    with made.while_open():
        read = text_of(page(as_(made.people[0]), made))
        refused = as_(made.people[0]).post(f"/scrutins/{made.ballot.reference}/voter/", {"blank": "on"})

    assert "La question était mal posée." in read
    assert (refused.status_code, "a été annulé" in text_of(refused)) == (409, True)


def test_a_ballot_in_preparation_is_seen_by_its_organiser_alone(as_):
    made = prepared(people=3)
    address = f"/scrutins/{made.ballot.reference}/"

    assert as_(made.people[0]).get(address).status_code == 404
    assert as_(made.organiser).get(address).status_code == 200
    assert as_(None).get(address).status_code == 404


def test_a_simple_vote_tells_its_turnout_by_tens_and_a_secret_one_nothing(as_):
    made = opened(people=40)
    secret = opened(people=40, secrecy=Secrecy.SECRET)
    made.cast_all([[0]] * 27)
    secret.cast_all([[0]] * 27)

    with made.while_open():
        told = text_of(page(as_(made.people[0]), made))
        silent = text_of(page(as_(secret.people[0]), secret))

    assert "Plus de 20 ont voté" in told
    assert "ont voté" not in silent


def test_the_results_are_told_once_counted(as_):
    made = counted([[0, 1]] * 9 + [[1]] * 8 + [[]] * 3)
    voter = as_(made.people[0])

    detail = text_of(page(voter, made))
    results = text_of(page(voter, made, "resultats/"))

    assert "Les votes sont dépouillés" in detail
    assert "Un garage à vélos" in results


def test_no_cache_and_no_log_keeps_where_the_page_of_a_secret_vote_was_read_from(as_):
    secret, simple = opened(secrecy=Secrecy.SECRET), opened()
    pages = [page(as_(made.people[0]), made) for made in (secret, simple)]

    assert pages[0].headers["Cache-Control"] == "private, no-store"
    assert [getattr(one.wsgi_request, "leaves_no_network", False) for one in pages] == [True, False]
