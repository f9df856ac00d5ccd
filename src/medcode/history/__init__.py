"""A patient's codes over time: diagnoses, procedures and drugs, with where each comes from.

A history is built of claims, of files, of FHIR bundles or of rows, and merged over all of them
without doubles. It is asked by value set, heading and date; problems are folded over the yearly
changes of the code set, so that a code of 2016 is found under today's heading. It never holds two patients.
"""

from __future__ import annotations

from medcode.history.coded_history import CodedHistory
from medcode.history.event import CodedEvent, EventSource, Person
from medcode.history.folding import Problem
from medcode.history.reading import patient_key

__all__ = ["CodedEvent", "CodedHistory", "EventSource", "Person", "Problem", "patient_key"]
