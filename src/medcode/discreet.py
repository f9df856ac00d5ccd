"""What of a value from a file a message may show: a code as it is, anything else by its length and kind.

A column that has slipped, a name where a code should be, a member id in a qualifier: a message that repeated such
a value would show a patient.
"""

from __future__ import annotations

import re

__all__ = ["discreet", "discreetly", "is_word"]

_CODE = re.compile(
    r"""
      [\w!?%\#]{0,3}                                          # a qualifier, a modifier, a state
    | \d{1,5}                                          # CPT, a revenue code, a reason
    | (?= .* \d) (?= .* [^\W\d]|.*[!?%\#]) (?! .* [^\W\d_]{5}) [\w.!?%\#-]{1,9}  # HCPCS, ICD-10-CM, a group and reason; and their misspellings
    | [ ]? [A-Z] \d [\dA-Z. ]{1,6}                      # ICD-10-CM with a blank
    | \d{2,3} \. \d{1,2}                              # ICD-9-CM
    | \d{6} X \d{3} (?: [A-Z] \d )?                   # an implementation convention
    | -? \d{1,3} , \d{3} | -? \d{0,5} \. \d{0,2}      # an amount
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST, _QUALIFIER = 12, 3


def discreet(value: str) -> str:
    """Return a value as a message may show it.

    >>> [*map(discreet, ("E11..9", "005010X222A1", "MAPLE", "19310719", "7 OAK ST"))]
    ['E11..9', '005010X222A1', '<5 letters>', '<8 digits>', '<8 characters>']
    """
    text = str(value)
    if len(text) <= _LONGEST and _CODE.fullmatch(text):
        return text
    kind = "letters" if text.isalpha() else "digits" if text.isdigit() else "characters"
    return f"<{len(text)} {kind}>"


def is_word(code: str) -> bool:
    """Whether a text that has the format of its code set may be a name all the same: letters alone, and many.

    >>> is_word("SANCHEZ"), is_word("GZJZZZZ"), is_word("USA"), is_word("E1165")
    (True, False, False, False)
    """
    return (
        code.isalpha() and len(code) > _QUALIFIER and not code.endswith("ZZZ")
    )  # as codes of ICD-10-PCS may


def discreetly(message: str, value: str | None) -> str:
    """Return a message in which a value that is no code is shown as `discreet` has it.

    >>> discreetly("MAPLE is not a state code.", "MAPLE"), discreetly("XX is not a state code.", "XX")
    ('<5 letters> is not a state code.', 'XX is not a state code.')
    """
    if value is None or not value.strip() or (instead := discreet(value)) == value:
        return message
    return re.sub(re.escape(value), instead, message, flags=re.IGNORECASE)
