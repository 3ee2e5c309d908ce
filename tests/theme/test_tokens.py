"""Colours one can read, in both themes; both dark blocks the same; a stylesheet that stays small."""

import gzip
import re

import pytest

from tests.theme import css

TEXT = [
    *[("--ink", ground) for ground in ("--paper", "--surface", "--sunken", "--neutral-tint")],
    *[("--ink-2", ground) for ground in ("--paper", "--surface", "--sunken")],
    *[("--brand", ground) for ground in ("--paper", "--surface", "--brand-tint", "--sunken")],
    *[("--brand-hover", ground) for ground in ("--paper", "--surface", "--brand-tint")],
    *[("--danger", ground) for ground in ("--paper", "--surface", "--danger-tint")],
    *[("--ok", ground) for ground in ("--paper", "--surface", "--ok-tint")],
    ("--idea", "--idea-tint"),
    ("--idea", "--paper"),
    ("--panel", "--panel-tint"),
    ("--warn", "--warn-tint"),
    ("--info", "--info-tint"),
    ("--train", "--train-tint"),
    ("--consult", "--consult-tint"),
    *[("--ink", tint) for tint in ("--brand-tint", "--idea-tint", "--panel-tint", "--ok-tint", "--danger-tint")],
    *[("--ink-2", tint) for tint in ("--brand-tint", "--ok-tint")],
    ("--on-brand", "--brand"),
    ("--on-brand", "--brand-hover"),
    ("--on-plate", "--plate"),
    ("--on-plate", "--plate-2"),
    *[("--surface", kind) for kind in ("--idea", "--brand", "--panel", "--train", "--danger", "--ok")],
]
SHAPES = [
    *[("--control", ground) for ground in ("--paper", "--surface", "--sunken")],
    *[("--focus", ground) for ground in ("--paper", "--surface", "--sunken", "--brand-tint")],
    *[("--brand", ground) for ground in ("--paper", "--surface")],
    *[("--ok", ground) for ground in ("--paper", "--surface")],
    ("--sun", "--plate"),
    ("--focus-halo", "--focus"),
]
THEMES = {"light": css.light, "dark": css.dark}


@pytest.mark.parametrize("theme", THEMES)
def test_text_tokens_contrast(theme):
    tokens = THEMES[theme]()

    low = {pair: round(css.contrast(*(tokens[name] for name in pair)), 2) for pair in TEXT}

    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_shape_tokens_contrast(theme):
    tokens = THEMES[theme]()

    low = {pair: round(css.contrast(*(tokens[name] for name in pair)), 2) for pair in SHAPES}

    assert {pair: ratio for pair, ratio in low.items() if ratio < 3} == {}


def test_contrast_knows_black_from_white():
    assert round(css.contrast("#000000", "#FFFFFF"), 1) == 21
    assert round(css.contrast("#777777", "#FFFFFF"), 2) == 4.48


def test_both_dark_blocks_say_the_same():
    assert css.dark() == css.dark_by_device()


def test_dark_sets_every_colour_of_light():
    coloured = {name for name, value in css.blocks(":root")[0].items() if "#" in value or name == "--shadow"}

    assert coloured - set(css.blocks(":root[data-theme=dark]")[0]) == set()


def test_every_token_used_exists():
    text = css.STYLESHEET.read_text()
    used = set(re.findall(r"var\((--[\w-]+)", text))
    set_somewhere = set(re.findall(r"(--[\w-]+):", text))

    assert used - set_somewhere == set()


def test_every_layer_is_declared_in_order():
    text = css.STYLESHEET.read_text()
    declared = re.search(r"@layer ([^;{]+);", text).group(1).split(", ")

    assert re.findall(r"@layer (\w+)\{", text) == declared


def test_stylesheet_stays_under_eight_kilobytes():
    assert len(gzip.compress(css.STYLESHEET.read_bytes(), 9)) <= 8 * 1024


def test_modules_stay_under_six_kilobytes():
    modules = sorted((css.ROOM / "static" / "theme" / "js").glob("*.js"))

    assert sum(len(gzip.compress(module.read_bytes(), 9)) for module in modules) <= 6 * 1024


def test_stylesheet_loads_nothing_from_elsewhere():
    text = css.STYLESHEET.read_text()
    addresses = re.findall(r'url\("([^"]+)"\)', text)

    assert [address for address in addresses if not (css.STYLESHEET.parent / address).is_file()] == []
    assert "@import" not in text and "http" not in text.replace("href^=http", "")
