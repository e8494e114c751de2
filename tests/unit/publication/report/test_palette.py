"""Colours are measured, not trusted: contrast, grey printers, colour-blind readers."""

import itertools
import re
from importlib.resources import files

import numpy as np
import pytest

from testigo.publication.report.palette import (
    ABOVE,
    AGREE,
    BELOW,
    BELOW_FILLS,
    FEW,
    MARKS,
    RAMP,
    RATIO_BREAKS,
    ZERO,
    choose_breaks,
    class_of,
    mark_of,
)

# Viénot, Brettel and Mollon 1999, Color Research and Application 24(4), 243-252: linear RGB.
PROTANOPE = np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]])
DEUTERANOPE = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])
SEERS = {"usual": np.eye(3), "protanope": PROTANOPE, "deuteranope": DEUTERANOPE}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, 0 to 100: what a grey printer leaves."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def lab(colour: str, seer: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ np.clip(seer @ linear(colour), 0, 1) / [0.9505, 1, 1.089]
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def test_the_ramp_darkens_in_steps_that_a_grey_printer_keeps():
    steps = np.diff([lightness(colour) for colour in (ZERO, *RAMP)])

    assert (steps < -9).all()


@pytest.mark.parametrize("seer", SEERS)
@pytest.mark.parametrize(
    "classes", [(*RAMP, ZERO, FEW), (*BELOW, AGREE, *ABOVE, ZERO)], ids=["rates", "ratio"]
)
def test_map_classes_stay_apart_for_every_reader(seer, classes):
    seen = [lab(colour, SEERS[seer]) for colour in classes]
    nearest = min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2))

    assert nearest > 8  # CIE76; 2.3 is just noticeable


def test_marks_differ_by_more_than_colour():
    assert len({mark.shape for mark in MARKS}) == len(MARKS)
    assert len({mark.dash for mark in MARKS}) == len(MARKS)


def test_marks_stand_out_from_the_paper():
    assert min(contrast(mark.colour, "#ffffff") for mark in MARKS) >= 4.5


def test_a_tenth_source_gets_a_mark_too():
    assert mark_of(9) == MARKS[0]


def test_text_has_enough_contrast_everywhere():
    style = (files("testigo.publication") / "templates" / "page.css").read_text(encoding="utf-8")
    known = dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", style))
    papers = [known["paper"], known["tint"], "#ffffff", "#fbeeea"]
    pairs = [
        contrast(known[name], paper) for name in ("ink", "muted", "link", "bad") for paper in papers
    ]

    assert min(pairs) >= 4.5
    assert contrast("#ffffff", known["bad"]) >= 4.5


def test_limits_fill_the_classes():
    limits = choose_breaks([2, 4, 8, 16, 32, 64, 128])

    filled = [class_of(value, limits) for value in (2, 4, 8, 16, 32, 64, 128)]
    assert limits == tuple(sorted(limits))
    assert len(limits) == len(RAMP) - 1
    assert len(set(filled)) >= 4


def test_a_map_without_a_colour_has_limits_all_the_same():
    assert len(choose_breaks([])) == len(RAMP) - 1


@pytest.mark.parametrize(
    ("ratio", "place"), [(0.4, 0), (0.5, 1), (0.81, 1), (0.82, 2), (1.22, 2), (1.24, 3), (2, 4)]
)
def test_the_middle_class_is_what_the_protocol_calls_convergence(ratio, place):
    assert class_of(ratio, RATIO_BREAKS) == place


def test_fewer_is_lined_and_more_is_not_so_that_a_grey_printer_tells_them_apart():
    page = (files("testigo.publication") / "templates" / "page.html.j2").read_text("utf-8")

    for fill, colour in zip(BELOW_FILLS, BELOW, strict=True):
        (pattern,) = re.findall(f'<pattern id="{fill[5:-1]}".*?</pattern>', page)
        assert colour in pattern
        assert "stroke" in pattern
    assert all(fill.startswith("#") for fill in ABOVE)
