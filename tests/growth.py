"""What something costs, without a clock on the wall: calls made, and how the cost grows with the size."""

import sys
import time


def calls_of(function, *args) -> int:
    """How many calls, Python's and C's, ``function(*args)`` makes: the same on every machine."""
    calls = 0

    def count(frame, event, arg):
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        function(*args)
    finally:
        sys.setprofile(before)
    return calls


def assert_linear(function, make, *, size: int, times: int = 8, repeats: int = 5) -> None:
    """``function(make(n))`` costs about ``times`` more for a text ``times`` longer: 3 times that is refused.

    For regular expressions, whose steps nothing counts: the processor's own time, the least of several runs, of one
    size against the other. A cost that
    grows with the square of the length would be ``times * times``.
    """
    small, large = make(size), make(size * times)
    function(small)
    ratio = _least(function, large, repeats) / _least(function, small, repeats)
    assert ratio < 3 * times, f"{times} times longer costs {ratio:.0f} times more: {small[:40]!r}…"


def _least(function, value, repeats: int) -> float:
    spent = []
    for _ in range(repeats):
        started = time.process_time_ns()
        function(value)
        spent.append(time.process_time_ns() - started)
    return max(min(spent), 1_000)
