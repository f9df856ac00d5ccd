"""X12: claims and the answers to them, written, read and validated.

Nothing is loaded until a name is used.

>>> from medcode.claims import x12
>>> sent = x12.loads("ST*837*0001*005010X222A1~SE*2*0001~")
>>> [finding.name for finding in sent.findings][:2]
['group-header-element', 'segment-missing']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medcode.claims.acknowledgment import (
        ElementError as ElementError,
        GroupAnswer as GroupAnswer,
        InterchangeAnswer as InterchangeAnswer,
        Reference as Reference,
        SegmentError as SegmentError,
        SetResult as SetResult,
        Trigger as Trigger,
    )
    from medcode.claims.x12.ack.acknowledge import (
        acknowledge as acknowledge,
        answers as answers,
    )
    from medcode.claims.x12.convert import (
        from_json as from_json,
        from_xml as from_xml,
        to_json as to_json,
        to_xml as to_xml,
    )
    from medcode.claims.x12.reading import (
        iter_claims as iter_claims,
        iter_records as iter_records,
        load as load,
        loads as loads,
        validate as validate,
    )
    from medcode.claims.x12.text.envelope import (
        Envelope as Envelope,
    )
    from medcode.claims.x12.text.lexer import (
        Delimiters as Delimiters,
        RawSegment as RawSegment,
    )
    from medcode.claims.x12.text.spelling import (
        Spelling as Spelling,
    )
    from medcode.claims.x12.transmission import (
        Group as Group,
        Interchange as Interchange,
        TransactionSet as TransactionSet,
        Transmission as Transmission,
    )
    from medcode.claims.x12.validate.rule_explanation import (
        RuleExplanation as RuleExplanation,
        explain_rule as explain_rule,
    )
    from medcode.claims.x12.writing import (
        dump as dump,
        dumpb as dumpb,
        dumps as dumps,
    )

__all__ = [
    "Delimiters",
    "ElementError",
    "Envelope",
    "Group",
    "GroupAnswer",
    "Interchange",
    "InterchangeAnswer",
    "RawSegment",
    "Reference",
    "RuleExplanation",
    "SegmentError",
    "SetResult",
    "Spelling",
    "TransactionSet",
    "Transmission",
    "Trigger",
    "acknowledge",
    "answers",
    "dump",
    "dumpb",
    "dumps",
    "explain_rule",
    "from_json",
    "from_xml",
    "iter_claims",
    "iter_records",
    "load",
    "loads",
    "to_json",
    "to_xml",
    "validate",
]

_HOMES = {
    "ElementError": "medcode.claims.acknowledgment",
    "GroupAnswer": "medcode.claims.acknowledgment",
    "InterchangeAnswer": "medcode.claims.acknowledgment",
    "Reference": "medcode.claims.acknowledgment",
    "SegmentError": "medcode.claims.acknowledgment",
    "SetResult": "medcode.claims.acknowledgment",
    "Trigger": "medcode.claims.acknowledgment",
    "acknowledge": "medcode.claims.x12.ack.acknowledge",
    "answers": "medcode.claims.x12.ack.acknowledge",
    "from_json": "medcode.claims.x12.convert",
    "from_xml": "medcode.claims.x12.convert",
    "to_json": "medcode.claims.x12.convert",
    "to_xml": "medcode.claims.x12.convert",
    "iter_claims": "medcode.claims.x12.reading",
    "iter_records": "medcode.claims.x12.reading",
    "load": "medcode.claims.x12.reading",
    "loads": "medcode.claims.x12.reading",
    "validate": "medcode.claims.x12.reading",
    "Envelope": "medcode.claims.x12.text.envelope",
    "Spelling": "medcode.claims.x12.text.spelling",
    "Delimiters": "medcode.claims.x12.text.lexer",
    "RawSegment": "medcode.claims.x12.text.lexer",
    "Group": "medcode.claims.x12.transmission",
    "Interchange": "medcode.claims.x12.transmission",
    "TransactionSet": "medcode.claims.x12.transmission",
    "Transmission": "medcode.claims.x12.transmission",
    "RuleExplanation": "medcode.claims.x12.validate.rule_explanation",
    "explain_rule": "medcode.claims.x12.validate.rule_explanation",
    "dump": "medcode.claims.x12.writing",
    "dumpb": "medcode.claims.x12.writing",
    "dumps": "medcode.claims.x12.writing",
}
"""The module of each public name."""


# Python binds a package to its name in the parent once, when it is first imported. So that `validate` stays the function
# whatever is imported later, this package (which is empty) is imported now, and its name freed again.
import_module("medcode.claims.x12.validate")
del globals()["validate"]

if not TYPE_CHECKING:  # type checkers know the names above and no others

    def __getattr__(name: str) -> object:
        """Load a public name when it is first used (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
