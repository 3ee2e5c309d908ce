"""The nets under every test catch what they say they catch."""

import re
from pathlib import Path

import pytest

from src.foundations import outbox
from src.foundations.testing import forget_effects
from tests import conftest

TESTS = Path(__file__).resolve().parents[1]


def end_of_test(item):
    """What happens once a test's body is over."""
    net = conftest.pytest_runtest_call(item)
    next(net)
    with pytest.raises(StopIteration):
        net.send(None)


@pytest.mark.django_db
def test_an_effect_left_due_fails_its_test_and_is_named(request):
    outbox.emit("test.left", {})

    with pytest.raises(AssertionError, match=r"call drain_outbox\(\): \['test.left'\]"):
        end_of_test(request.node)

    forget_effects()
    end_of_test(request.node)


@pytest.mark.django_db
@pytest.mark.leaves_effects("this test tries the way out of the net")
def test_a_test_about_an_effect_not_run_may_leave_it(request):
    outbox.emit("test.left", {})

    end_of_test(request.node)


def test_each_way_out_says_why():
    silent = [
        f"{path.relative_to(TESTS)}: {reason}"
        for path in TESTS.rglob("test_*.py")
        for reason in re.findall(r"@pytest\.mark\.leaves_effects\b(.*)", path.read_text())
        if not re.fullmatch(r'\("(\S+ ){3,}\S+"\)', reason)
    ]

    assert silent == []
