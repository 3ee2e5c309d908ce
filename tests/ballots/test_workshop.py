"""The organiser's desk: from nothing to an opened ballot, and every refusal in words with what was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from src.foundations.testing import drain_outbox
from src.participation.ballots import closing_dates, people, rules, subjects
from src.participation.ballots.enums import Method, Secrecy
from src.participation.ballots.models import Ballot
from tests.factories.ballots import ballot_space, electors, opened, organiser_of, prepared
from tests.factories.directory import AgentFactory

from .test_voting import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return ballot_space()


def begun(as_, place, **fields) -> tuple:
    organiser = organiser_of(place)
    client = as_(organiser)
    sent = {
        "secrecy": "simple",
        "space": place.pk,
        "title": "Le nom de la salle",
        "question": "Quel nom pour la salle de pause ?",
        "method": "approval",
    }
    answer = client.post("/scrutins/atelier/nouveau/", sent | fields)
    return client, answer


def test_a_ballot_is_begun_with_two_choices_and_a_question(as_, space):
    client, answer = begun(as_, space)

    made = Ballot.objects.get()
    assert (answer.status_code, answer.url) == (303, f"/scrutins/atelier/{made.reference}/")
    read = text_of(client.get(answer.url))
    assert "Écrivez deux propositions au moins" in read
    assert "Ouvrir le scrutin" not in read


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Donnez-lui un titre"),
        ({"question": ""}, "Écrivez la question"),
        ({"secrecy": "public"}, "Choisissez un vote simple ou un vote secret."),
        ({"space": "0"}, "Choisissez où l'on vote."),
        ({"method": "equal_shares"}, "Écrivez le budget à partager, en euros."),
        ({"method": "equal_shares", "budget": "beaucoup"}, "Écrivez un nombre entier"),
        ({"elects_representatives": "on"}, "articles L. 211-1"),
        ({"question": "Qui élire comme représentants du personnel ?"}, "articles L. 211-1"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(as_, space, fields, words):
    _client, answer = begun(as_, space, **fields)

    assert (answer.status_code, Ballot.objects.count()) == (422, 0)
    assert words in text_of(answer)
    if "title" not in fields:
        assert "Le nom de la salle" in answer.content.decode()


def test_nobody_else_meets_the_desk(as_, space):
    made = prepared(space=space)
    stranger = as_(AgentFactory())
    addresses = ["", "regles/", "propositions/", "ouvrir/", "annuler/", "supprimer/"]

    codes = {stranger.get(f"/scrutins/atelier/{made.ballot.reference}/{one}").status_code for one in addresses}

    assert codes == {404}
    assert stranger.get("/scrutins/atelier/").status_code == 404
    assert as_(None).get("/scrutins/atelier/").status_code == 302


def rules_of(ballot, **fields) -> dict:
    local = {name: timezone.localtime(getattr(ballot, f"{name}_at")) for name in ("opens", "closes")}
    sent = {
        "title": ballot.title,
        "question": ballot.question,
        "minutes": "2",
        "most_choices": "2",
        "seats": "1",
        "majority": "most",
        "quorum_percent": "",
        "electorate": "space",
        "electorate_unit": "",
    }
    for name, moment in local.items():
        sent |= {f"{name}_day": moment.date().isoformat(), f"{name}_hour": f"{moment:%H:%M}"}
    return sent | fields


def test_rules_are_changed_before_the_opening(as_):
    made = prepared()
    client = as_(made.organiser)
    address = f"/scrutins/atelier/{made.ballot.reference}/regles/"

    answer = client.post(address, rules_of(made.ballot, quorum_percent="30", majority="half", seats="2"))

    ballot = made.again()
    assert (answer.status_code, ballot.quorum_percent, ballot.majority, ballot.seats) == (303, 30, "half", 2)


@pytest.mark.parametrize(
    ("hour", "days", "words"),
    [("03:00", 0, "8 h 00"), ("21:30", 0, "8 h 00"), ("18:00", -6, "72 heures")],
)
def test_a_closing_at_night_or_too_soon_is_refused_with_the_nearest_moment(as_, hour, days, words):
    made = prepared()
    closes = timezone.localtime(made.ballot.closes_at).date() + timedelta(days=days)
    sent = rules_of(made.ballot, closes_day=closes.isoformat(), closes_hour=hour, title="Un titre neuf")

    answer = as_(made.organiser).post(f"/scrutins/atelier/{made.ballot.reference}/regles/", sent)

    read = text_of(answer)
    assert answer.status_code == 422
    assert "Le moment possible le plus proche est" in read
    assert words in read
    assert "Un titre neuf" in answer.content.decode()
    assert made.again().title != "Un titre neuf"


def test_the_moment_offered_is_never_refused_again():
    opens, _closes = closing_dates.first_dates()

    for hours in range(0, 24 * 14, 5):
        nearest = closing_dates.nearest_closing(opens, opens + timedelta(hours=hours))
        assert rules.faults_of_dates(opens, nearest) == {}, hours


def labels(made) -> list[str]:
    return [one.label for one in made.again().ordered]


def test_proposals_are_added_ordered_changed_and_removed(as_):
    made = prepared(labels=("Un banc", "Un vélo"))
    client, address = as_(made.organiser), f"/scrutins/atelier/{made.ballot.reference}/propositions/"

    client.post(address, {"label": "Une fontaine", "description": "Près de la porte."})
    client.post(address, {"up": "2"})
    ordered = labels(made)
    client.post(f"{address}?modifier=0", {"label": "Un banc à l'ombre"})
    client.post(address, {"remove": "2"})

    assert ordered == ["Un banc", "Une fontaine", "Un vélo"]
    assert labels(made) == ["Un banc à l'ombre", "Une fontaine"]


def test_the_same_words_twice_are_refused_and_stay_in_the_field(as_):
    made = prepared(labels=("Un banc", "Un vélo"))

    answer = as_(made.organiser).post(
        f"/scrutins/atelier/{made.ballot.reference}/propositions/", {"label": "un banc", "description": "Gris."}
    )

    assert (answer.status_code, "Gris." in answer.content.decode()) == (422, True)
    assert "mêmes mots" in text_of(answer)
    assert labels(made) == ["Un banc", "Un vélo"]


def test_what_another_room_offers_becomes_a_proposal(as_, monkeypatch):
    monkeypatch.setattr(subjects, "_subjects", {})
    subjects.register("idea", "Les idées à l'étude", lambda space, viewer: [("ABC123", "Des cuves de pluie", "/x/")])
    made = prepared(labels=("Un banc", "Un vélo"))
    client, address = as_(made.organiser), f"/scrutins/atelier/{made.ballot.reference}/propositions/"

    offered = text_of(client.get(address))
    client.post(address, {"import": "idea", "idea-chosen": ["ABC123"]})

    assert "Des cuves de pluie" in offered
    last = made.again().ordered[-1]
    assert (last.label, last.subject_kind, last.subject_reference) == ("Des cuves de pluie", "idea", "ABC123")
    assert "Des cuves de pluie" not in text_of(client.get(address)).split("Ajouter une proposition")[1]
    client.post(f"{address}?modifier=2", {"label": "Des cuves"})
    last = made.again().ordered[-1]
    assert (last.label, last.subject_reference) == ("Des cuves", "ABC123")


def test_three_key_holders_are_named_by_their_names(as_):
    made = prepared(secrecy=Secrecy.SECRET, with_keys=False)
    some = electors(3, prefix="gardien")
    for one, name in zip(some, ("Étienne Vasseur", "Samia Roy", "Lucile Andrieu"), strict=True):
        one.first_name, one.last_name = name.split()
        one.save(update_fields=["first_name", "last_name"])
    client, address = as_(made.organiser), f"/scrutins/atelier/{made.ballot.reference}/gardiens/"

    missing = client.post(address, {"name_1": "Etienne vasseur", "name_2": "Personne Ici", "name_3": ""})
    named = client.post(address, {"name_1": "Etienne vasseur", "name_2": "samia roy", "name_3": "Lucile Andrieu"})
    drain_outbox()

    read = text_of(missing)
    assert (missing.status_code, named.status_code) == (422, 303)
    assert "Personne de ce nom n'a de compte" in read
    assert "Nommez une personne." in read
    assert 'value="Etienne vasseur"' in missing.content.decode()
    assert {one.person for one in made.ballot.key_holders.all()} == set(some)


def test_two_people_of_one_name_are_told_apart(as_):
    made = prepared(secrecy=Secrecy.SECRET, with_keys=False)
    some = electors(4, prefix="gardien")
    for one, name in zip(some, ("Ana Roy", "Ana Roy", "Samia Pons", "Lucile Andrieu"), strict=True):
        one.first_name, one.last_name = name.split()
        one.save(update_fields=["first_name", "last_name"])
    client, address = as_(made.organiser), f"/scrutins/atelier/{made.ballot.reference}/gardiens/"
    sent = {"name_1": "Ana Roy", "name_2": "Samia Pons", "name_3": "Lucile Andrieu"}

    asked = client.post(address, sent)
    named = client.post(address, sent | {"which_1": people.mark(made.ballot, some[1])})
    drain_outbox()

    assert (asked.status_code, "choisissez laquelle" in text_of(asked)) == (422, True)
    assert named.status_code == 303
    assert some[1] in {one.person for one in made.ballot.key_holders.all()}


def test_opening_says_what_is_frozen_then_freezes_it(as_):
    made = prepared(people=12)
    client, address = as_(made.organiser), f"/scrutins/atelier/{made.ballot.reference}/"

    ready = text_of(client.get(address))
    said = text_of(client.get(f"{address}ouvrir/"))
    answer = client.post(f"{address}ouvrir/")
    after = text_of(client.get(address))
    refused = client.post(f"{address}propositions/", {"label": "Trop tard"})

    assert "Il ne manque rien." in ready
    assert "figé par l'ouverture" in said
    assert (answer.status_code, made.again().frozen_at is not None) == (303, True)
    assert "Il est ouvert. On vote à partir du" in after
    assert (refused.status_code, "ne changent plus" in text_of(refused)) == (409, True)


def test_what_is_missing_keeps_it_closed(as_):
    made = prepared(secrecy=Secrecy.SECRET, people=5, with_keys=False)
    client, address = as_(made.organiser), f"/scrutins/atelier/{made.ballot.reference}/"

    answer = client.post(f"{address}ouvrir/")

    assert (answer.status_code, made.again().frozen_at) == (422, None)
    assert "Ouvrir le scrutin" not in text_of(client.get(address))


def test_it_is_called_off_with_a_reason(as_):
    made = opened()
    client, address = as_(made.organiser), f"/scrutins/atelier/{made.ballot.reference}/annuler/"

    without = client.post(address, {"because": ""})
    done = client.post(address, {"because": "La salle est déjà nommée."})

    assert (without.status_code, "Dites pourquoi" in text_of(without)) == (422, True)
    assert (done.status_code, made.again().cancelled_because) == (303, "La salle est déjà nommée.")


def test_a_draft_is_thrown_away_and_an_opened_one_never(as_):
    made, kept = prepared(), opened()

    gone = as_(made.organiser).post(f"/scrutins/atelier/{made.ballot.reference}/supprimer/")
    stays = as_(kept.organiser).post(f"/scrutins/atelier/{kept.ballot.reference}/supprimer/")

    assert (gone.status_code, stays.status_code) == (303, 404)
    assert list(Ballot.objects.all()) == [kept.ballot]


@pytest.mark.parametrize("method", Method.values)
def test_the_forms_of_each_method_are_drawn(as_, method):
    made = prepared(method=method)
    client, address = as_(made.organiser), f"/scrutins/atelier/{made.ballot.reference}/"

    codes = [client.get(f"{address}{one}").status_code for one in ("", "regles/", "propositions/", "gardiens/")]

    assert codes == [200, 200, 303 if method == Method.YES_NO else 200, 303]


def test_the_steps_of_a_secret_one_are_told(as_):
    made = opened(secrecy=Secrecy.SECRET)
    client, address = as_(made.organiser), f"/scrutins/atelier/{made.ballot.reference}/"
    with made.while_open():
        running = text_of(as_(made.organiser).get(address))
    made.close()
    with made.once_over():
        waiting = text_of(as_(made.organiser).get(address))

    assert client.get(f"{address}gardiens/").status_code == 303
    assert "pas même combien de personnes ont voté" in running
    assert "ouvrent maintenant l'urne" in waiting
