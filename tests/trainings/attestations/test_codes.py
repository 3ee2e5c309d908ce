"""A code is said over the telephone: one wrong sign, or two that changed places, is told at once."""

from hypothesis import given
from hypothesis import strategies as st

from trainings.attestations import codes

PLACES = st.integers(0, codes.LENGTH - 1)
CODES = st.builds(lambda _seed: codes.new_code(), st.integers())


def test_codes_use_no_sign_that_is_heard_as_another():
    assert set("01ILOU").isdisjoint(codes.ALPHABET) and len(codes.ALPHABET) == 30


@given(CODES)
def test_a_code_is_one(code):
    assert codes.is_code(code) and len(code) == codes.LENGTH


@given(CODES, PLACES, st.sampled_from(codes.ALPHABET))
def test_one_sign_misread_is_never_another_code(code, place, sign):
    typed = code[:place] + sign + code[place + 1 :]

    assert codes.is_code(typed) == (typed == code)


@given(CODES, PLACES, PLACES)
def test_two_signs_that_changed_places_are_never_another_code(code, one, other):
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]
    typed = "".join(signs)

    assert codes.is_code(typed) == (typed == code)


@given(CODES, st.sampled_from(["", " ", "-", " - ", "\u202f", ".", "_", "–"]))
def test_case_blanks_and_dashes_do_not_matter(code, between):
    typed = between.join([code[:4], code[4:8].lower(), code[8:]])

    assert codes.normalise(f" {typed} ") == code
    assert codes.normalise(codes.spaced(code)) == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(typed):
    assert isinstance(codes.is_code(codes.normalise(typed)), bool)


def test_signs_that_no_code_has_are_named():
    assert codes.unknown_signs(codes.normalise("k0qm-2xr9-d4tu")) == "0U"
