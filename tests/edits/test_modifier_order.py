"""Modifiers that change the price come before those of a place on the body; the fix is safe where one order is right."""

from __future__ import annotations

from itertools import permutations

from medcode.edits import check
from medcode.edits.examples import line, visit
from medcode.edits.fixes import apply_fixes
from medcode.edits.modifiers.order import orders
from medcode.findings import FixKind

SETS = (("26", "RT"), ("26", "59", "LT"), ("TC", "F5"), ("53", "LT"), ("22", "76", "T1"), ("52", "KX", "E1"))


def test_every_order_of_modifiers_with_one_price_has_one_answer() -> None:
    for right in SETS:
        for given in permutations(right):
            assert orders(given) == (right,)
            claim = visit(lines=(line("27447", modifiers=given),))
            report = check(claim, select=["MOD10"])
            late = given.index(right[0]) > given.index(right[-1])
            assert bool(report.findings) is late
            (fixed,) = apply_fixes([claim], report)
            assert fixed.lines[0].procedure.modifiers == (right if late else given)
            assert not check(fixed, select=["MOD10"]).findings


def test_several_orders_are_a_choice() -> None:
    for given, options in {
        ("LT", "80", "22"): {("80", "22", "LT"), ("22", "80", "LT")},
        ("RT", "58", "22"): {("22", "58", "RT"), ("58", "22", "RT")},
    }.items():
        claim = visit(lines=(line("27447", modifiers=given),))
        (finding,) = check(claim, select=["MOD10"]).findings
        assert finding.fix is not None
        assert (finding.fix.kind, set(finding.fix.options)) == (FixKind.CHOICE, options)
        for option in options:
            right = visit(lines=(line("27447", modifiers=option),))
            assert not check(right, select=["MOD10"]).findings


def test_26_comes_before_every_other_price() -> None:
    assert orders(("RT", "52", "26")) == (("26", "52", "RT"),)


def test_those_of_surgeons_may_be_anywhere() -> None:
    for given in permutations(("82", "RT", "79")):
        assert not check(visit(lines=(line("27447", modifiers=given),)), select=["MOD10"]).findings
