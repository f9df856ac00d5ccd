"""Code lists in files: find outdated and wrong codes, and update them.

>>> from datetime import date
>>> [str(found) for found in lint_text("I42.0 E11.9 E11.-", "list.txt", Choice(on=date(2026, 11, 1)))]
['LNT01 1:1: I42.0 is not billable since 2026-10-01. Fix: Replace with I42.00|I42.01|I42.09.']
"""

from __future__ import annotations

from medcode.lint.choice import Choice
from medcode.lint.judge import lint_report, lint_text
from medcode.lint.pragma import Misread
from medcode.lint.rules import RULES
from medcode.lint.upgrade import Upgrade, upgrade_text

__all__ = ["RULES", "Choice", "Misread", "Upgrade", "lint_report", "lint_text", "upgrade_text"]
