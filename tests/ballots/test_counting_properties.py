"""What each method keeps true whatever the votes: hypothesis looks for a profile that says otherwise."""

import ast
import importlib.util
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from src.participation.ballots import masks, publication
from src.participation.ballots import rules as ballot_rules
from src.participation.ballots.counting import Tally, outcome
from src.participation.ballots.enums import Grade, Majority, Method

from .counting_stand_ins import counted_ballot, decide, rules, tally_of, written_in

METHODS = (Method.APPROVAL, Method.YES_NO, Method.GRADES, Method.EQUAL_SHARES)
LABELS = ("un banc", "un vélo", "de l'eau", "un arbre", "un abri")


@st.composite
def profiles(draw, methods=METHODS):
    """A ballot and its votes, blank and void ones among them."""
    method = draw(st.sampled_from(methods))
    number = 2 if method == Method.YES_NO else draw(st.integers(2, len(LABELS)))
    options = range(number)
    spec = rules(
        method,
        LABELS[:number],
        costs=tuple(draw(st.integers(1, 30)) for _one in options) if method == Method.EQUAL_SHARES else (),
        budget=draw(st.integers(1, 80)) if method == Method.EQUAL_SHARES else 0,
        most_choices=number if method == Method.APPROVAL else 1,
        seats=draw(st.integers(1, number)),
        majority=draw(st.sampled_from(Majority.values)),
        quorum_percent=draw(st.sampled_from([0, 0, 30])),
    )
    if method == Method.YES_NO:
        choice = st.sampled_from([[0], [1], []])
    elif method == Method.GRADES:
        choice = st.lists(st.integers(-1, 6), min_size=number, max_size=number).map(graded)
    else:
        choice = st.sets(st.sampled_from(options)).map(sorted)
    return spec, draw(st.lists(choice | st.none(), max_size=25))


def graded(choice):
    """A ballot without any grade is blank."""
    return choice if any(one >= 0 for one in choice) else []


@given(profiles(), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_anonymity_the_order_of_the_votes_changes_nothing(profile, dice):
    spec, votes = profile
    shuffled = dice.sample(votes, len(votes))

    assert decide(spec, votes) == decide(spec, shuffled)


@given(profiles((Method.APPROVAL, Method.GRADES, Method.EQUAL_SHARES)), st.randoms(use_true_random=False))
@settings(max_examples=300)
def test_neutrality_another_order_on_the_ballot_retains_the_same(profile, dice):
    spec, votes = profile
    order = dice.sample(range(len(spec.labels)), len(spec.labels))  # new place → old place
    place = {old: new for new, old in enumerate(order)}
    turned = rules(
        spec.method, [spec.labels[old] for old in order], costs=tuple(spec.costs[old] for old in order if spec.costs),
        budget=spec.budget, most_choices=spec.most_choices, seats=spec.seats, majority=spec.majority,
        quorum_percent=spec.quorum_percent,
    )  # fmt: skip

    def moved(vote):
        if not vote:
            return vote
        return [vote[old] for old in order] if spec.method == Method.GRADES else sorted(place[one] for one in vote)

    one, two = decide(spec, votes), decide(turned, [moved(vote) for vote in votes])

    assert {spec.labels[option] for option in one["retained"]} == {turned.labels[option] for option in two["retained"]}
    assert {spec.labels[option] for option in one["tied"]} == {turned.labels[option] for option in two["tied"]}
    assert [one["ranks"][old] for old in order] == two["ranks"]


@given(profiles())
@settings(max_examples=300)
def test_no_more_is_retained_than_there_is_room(profile):
    spec, votes = profile
    told = decide(spec, votes)

    if spec.method == Method.EQUAL_SHARES:
        assert sum(spec.costs[option] for option in told["retained"]) <= spec.budget
        assert sum(spec.costs[option] for option in told["greedy"]["retained"]) <= spec.budget
        assert all(any(vote and option in vote for vote in votes) for option in told["retained"])
    else:
        assert len(told["retained"]) <= (1 if spec.method == Method.YES_NO else spec.seats)
    assert not set(told["retained"]) & set(told["tied"])
    assert sorted(told["ranking"]) == list(range(len(spec.labels)))
    assert all(told["majority_met"][option] for option in told["retained"])


@given(profiles((Method.EQUAL_SHARES,)))
@settings(max_examples=200)
def test_nobody_pays_more_than_their_share(profile):
    """Prices are at most the share, as raised; what is bought is paid for by those who chose it."""
    spec, votes = profile
    told = decide(spec, votes)
    raised = [step for step in told["steps"] if step["code"] == "raised"][0]

    for step in told["steps"]:
        if step["code"] == "bought":
            price, share = step["price"], raised["share"]
            assert price[0] * share[1] <= share[0] * price[1]
            assert step["payers"] <= step["supporters"]
            assert step["payers"] * price[0] >= step["cost"] * price[1]


@given(profiles((Method.APPROVAL, Method.YES_NO)), st.data())
@settings(max_examples=200)
def test_approval_is_monotone_a_vote_more_never_unmakes(profile, data):
    spec, votes = profile
    before = decide(spec, votes)
    if before["quorum_met"] is False or not before["retained"]:
        return
    option = data.draw(st.sampled_from(before["retained"]))
    own = [1 - option] if spec.method == Method.YES_NO else [option]

    after = decide(spec, [*votes, own], electors=1)

    assert option in after["retained"]


@given(profiles((Method.GRADES,)), st.data())
@settings(max_examples=300)
def test_majority_judgment_is_monotone_a_better_grade_never_unmakes(profile, data):
    spec, votes = profile
    before = decide(spec, votes, electors=1)
    voted = [place for place, vote in enumerate(votes) if vote]
    if not before["retained"] or not voted:
        return
    option = data.draw(st.sampled_from(before["retained"]))
    place = data.draw(st.sampled_from(voted))
    now = votes[place][option]
    better = data.draw(st.integers(0, now if now >= 0 else int(Grade.REJECT)))
    raised = [*votes[place]]
    raised[option] = better

    after = decide(spec, [*votes[:place], raised, *votes[place + 1 :]], electors=1)

    assert option in after["retained"]
    assert after["ranks"][option] <= before["ranks"][option]


@given(profiles())
@settings(max_examples=200)
def test_totals_are_enough_to_count_again(profile):
    spec, votes = profile
    tally = tally_of(spec, votes)

    again = Tally.from_json(spec, tally.as_json())

    assert outcome(spec, again, electors=60, voted=25) == outcome(spec, tally, electors=60, voted=25)


def script():
    """The script as whoever downloaded it loads it: from its file, without the project."""
    loaded = importlib.util.spec_from_file_location("urn_verify_alone", publication.__file__.replace(
        "publication.py", "urn_verify.py"
    ))  # fmt: skip
    module = importlib.util.module_from_spec(loaded)
    loaded.loader.exec_module(module)
    return module


def drawn(dice, method):
    """A ballot and its votes, by a seed: much faster than hypothesis, for thousands."""
    number = 2 if method == Method.YES_NO else dice.randint(2, len(LABELS))
    options = range(number)
    spec = rules(
        method, LABELS[:number], costs=tuple(dice.randint(1, 30) for _one in options),
        budget=dice.randint(1, 90), most_choices=number if method == Method.APPROVAL else 1,
        seats=dice.randint(1, number), majority=dice.choice(Majority.values), quorum_percent=dice.choice([0, 0, 1, 5]),
    )  # fmt: skip
    kinds = []
    for _kind in range(dice.randint(1, 7)):
        if method == Method.YES_NO:
            choice = dice.choice([[0], [1], []])
        elif method == Method.GRADES:
            choice = graded([dice.randint(-1, 6) for _one in options])
        else:
            choice = [option for option in options if dice.random() < 0.5]
        kinds.append((dice.choice([choice, choice, choice, None]), dice.randint(1, 12)))
    return spec, kinds


@pytest.mark.parametrize("method", METHODS)
def test_the_script_alone_finds_the_same_result(method, tmp_path, monkeypatch):
    """A thousand ballots of each method, from the published files; nothing masked, so that all is counted again."""
    monkeypatch.setattr(masks, "over_ninety", lambda number, base: False)
    monkeypatch.setattr(masks, "LEAST_SET", 0)
    monkeypatch.setattr(ballot_rules, "LEAST_BALLOTS", 0)
    alone, dice, again = script(), random.Random(f"{method}-7"), 0
    for _ballot in range(1000):
        spec, kinds = drawn(dice, method)
        ballot = counted_ballot(spec, tally_of(spec, kinds), tally_of(spec, kinds[:1]), electors=2000)
        folder = written_in(tmp_path / "files", publication.files(ballot))
        faults, notes = alone.verify(folder, publication.fingerprint(ballot))
        assert faults == [], (spec, kinds)
        again += any("même résultat" in note for note in notes)
    assert again == 1000


@pytest.mark.parametrize("method", METHODS)
def test_the_script_alone_says_a_false_result(method, tmp_path, monkeypatch):
    """The same ballots told with another outcome, fingerprints made to agree: what a dishonest site would do."""
    monkeypatch.setattr(masks, "over_ninety", lambda number, base: False)
    monkeypatch.setattr(masks, "LEAST_SET", 0)
    monkeypatch.setattr(ballot_rules, "LEAST_BALLOTS", 0)
    alone, dice = script(), random.Random(f"{method}-8")
    for _ballot in range(100):
        spec, kinds = drawn(dice, method)
        ballot = counted_ballot(spec, tally_of(spec, kinds), electors=2000)
        said = ballot.result["outcome"]
        key = dice.choice(["retained", "ranking", "quorum_met"])
        said[key] = {"retained": [*said["retained"], 0], "ranking": said["ranking"][::-1], "quorum_met": "yes"}[key]
        folder = written_in(tmp_path / "files", publication.files(ballot))
        faults, _notes = alone.verify(folder, publication.fingerprint(ballot))
        assert {name for name, _words in faults} == {publication.RESULTS}
        assert key in faults[-1][1] + faults[0][1]


@pytest.mark.parametrize("method", METHODS)
def test_the_script_reads_masked_ballots_too(method, tmp_path):
    alone, dice, masked = script(), random.Random(f"{method}-9"), 0
    for _ballot in range(200):
        spec, kinds = drawn(dice, method)
        ballot = counted_ballot(spec, tally_of(spec, kinds), tally_of(spec, kinds[:2]), electors=2000)
        folder = written_in(tmp_path / "files", publication.files(ballot))
        faults, notes = alone.verify(folder, publication.fingerprint(ballot))
        assert faults == [], (spec, kinds, ballot.result)
        masked += any("masqués" in note for note in notes)
    assert masked > 10


def test_the_script_is_short_and_knows_nothing_of_ours():
    text = publication.script().decode()

    assert len(text.splitlines()) < 200
    assert "django" not in text and "from src" not in text
    imported = {line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported == {"argparse", "fractions", "hashlib", "json", "pathlib", "sys"}
    # What Python 3.9 can't read is refused.
    ast.parse(text, feature_version=(3, 9))
    assert "match " not in text and " | None" not in text and "strict=" not in text
