"""What the bench of votes asks inside the product (tests/faults/votes_inside.py) still works, at a small size."""

import json

import pytest
from django.test import Client

from src.foundations.testing import forget_effects
from tests.factories.ballots import electors


@pytest.mark.django_db
def test_the_bench_prepares_votes_and_finds_each_again():
    from tests.faults import votes_inside

    electors(22, prefix="s1")
    asked = json.loads(json.dumps(votes_inside.prepare(20)))
    path = f"/scrutins/{asked['reference']}/voter/"
    for one in asked["people"][:3]:
        client = Client()
        for name, value in one["cookies"].items():
            client.cookies[name] = value
        for _press in range(2):
            answer = client.post(path, {"box": one["box"]})
            assert answer.status_code == 200 and one["receipt"] in answer.content.decode()
        assert client.post(path, {"box": one["other"]}).status_code == 409

    found = votes_inside.held(0)
    assert sorted(found["urn"]) == sorted(found["counted"]) == sorted(one["receipt"] for one in asked["people"][:3])
    assert sorted(found["roll"]) == sorted(one["username"] for one in asked["people"][:3])
    forget_effects()
