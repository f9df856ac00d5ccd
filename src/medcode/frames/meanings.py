"""What a column means, in the words of the model's own docstrings.

>>> from medcode.claims.model import Claim
>>> meaning_of(Claim, "frequency", "")
'`frequency` is the claim frequency code: 1 original, 7 replacement, 8 void'
>>> meaning_of(Claim, "currency", "payer_")[:30]
'payer: `currency` is set where'
"""

from __future__ import annotations

import inspect
import re

__all__ = ["meaning_of"]

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[`A-Z])")


def meaning_of(cls: type, name: str, prefix: str) -> str:
    """Return the sentences of the docstrings of a class that name a field, else its name in words."""
    about = f"`{name}`"
    for each in cls.__mro__:
        text = " ".join(inspect.cleandoc(each.__doc__ or "").partition(">>>")[0].split())
        found = [sentence for sentence in _SENTENCE.split(text) if about in sentence]
        if found:
            return _within(prefix, " ".join(found).rstrip(".;"))
    return _within(prefix, name.replace("_", " "))


def _within(prefix: str, text: str) -> str:
    return f"{prefix.replace('_', ' ').strip()}: {text}" if prefix else text
