"""The logger of the library, named `medcode`: silent until a program configures logging.

What it says is about the work: tables and their rows, numbers of claims, findings and processes. No value of a claim, no
text of a file and no file name is logged.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medcode.findings import Report

__all__ = ["log", "logged"]

log = logging.getLogger("medcode")
log.addHandler(logging.NullHandler())


def logged(report: Report) -> Report:
    """Log how much a report holds, and return it."""
    counts = (report.claims, len(report.findings), len(report.not_checked))
    log.info("claims checked: %d, findings: %d, not checked: %d", *counts)
    return report
