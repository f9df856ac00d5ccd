"""A code is a text: its wire form, upper case and without a dot, with a type that says what it is."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self

from medcode.errors import InvalidCode, InvalidFormat

__all__ = ["LONGEST", "Code", "Malformed", "text_wanted"]

LONGEST = 64  # no code of any set, however it is padded, is longer; more text is not even looked at


def text_wanted(label: str, value: object) -> TypeError:
    """Make the error for a value that is not text at all.

    >>> raise text_wanted("ICD-10-CM", 5)
    Traceback (most recent call last):
        ...
    TypeError: a code of ICD-10-CM is wanted as text (str), not int
    """
    return TypeError(f"a code of {label} is wanted as text (str), not {type(value).__name__}")


class Malformed(str):
    """A text that cannot be a code of the set it stands for: held as it came, to be shown and reported.

    >>> Malformed("E11..9")
    Malformed('E11..9')
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Show the text, marked as what it is."""
        return f"Malformed({str.__repr__(self)})"


class Code(str):
    """One code of a code set; a subclass gives the set's name, its shape and the place of its dot.

    The constructor looks at shape alone (and a check digit where there is one); whether a code
    exists, and when, is a question for its `CodeSet`.

    >>> from medcode import Icd10Cm
    >>> Icd10Cm("e11.9"), Icd10Cm("e11.9") == "E119"
    (Icd10Cm('E11.9'), True)
    """

    __slots__ = ()

    label: ClassVar[str] = "code"  # the name of the set, as people write it
    shape: ClassVar[re.Pattern[str]] = re.compile(r"[0-9A-Z]+")  # of upper-case text, dot included
    wanted: ClassVar[str] = "letters and digits"  # the shape, in words
    dot: ClassVar[int | None] = None  # how many characters stand before the dot
    private: ClassVar[bool] = False  # True: identifies a person, so never shown

    def __new__(cls, text: str) -> Self:
        """Make the code; raise InvalidFormat or InvalidCheckDigit, or TypeError for what is not text."""
        if not isinstance(text, str):
            raise text_wanted(cls.label, text)
        wire = cls.wire(text)
        if wire is None:
            shown = "this text" if cls.private else repr(text[:20])
            raise InvalidFormat(
                f"{shown} is not shaped like a code of {cls.label}: {cls.wanted}{cls.hint(text)}"
            )
        cls.verify(wire)
        return str.__new__(cls, wire)

    @classmethod
    def wire(cls, text: str) -> str | None:
        """Give the form a code has in a claim; None where the text has not the shape of one."""
        if len(text) > LONGEST:
            return None
        text = text.strip()
        if not text.isascii():
            return None
        text = text.upper()
        if not cls.shape.fullmatch(text):
            return None
        return text.replace(".", "")

    @classmethod
    def hint(cls, _text: str) -> str:
        """Give what a message adds for a text of the wrong shape, where the set can guess what was meant."""
        return ""

    @classmethod
    def verify(cls, wire: str) -> None:
        """Raise InvalidCheckDigit where the set has a check digit and it does not fit."""

    @classmethod
    def normal(cls, text: str) -> str | None:
        """Give the wire form of what could be a code; None of what could not.

        >>> from medcode import Icd10Cm
        >>> Icd10Cm.normal(" e11.9"), Icd10Cm.normal("E11..9")
        ('E119', None)
        """
        if not isinstance(text, str):
            raise text_wanted(cls.label, text)
        wire = cls.wire(text)
        if wire is None:
            return None
        try:
            cls.verify(wire)
        except InvalidCode:
            return None
        return wire

    @classmethod
    def trusted(cls, wire: str) -> Self:
        """Make a code of a text already known to be one, as the tables hold it."""
        return str.__new__(cls, wire)

    @classmethod
    def parse(cls, text: str) -> Self | Malformed:
        """Give the code, or the text itself as `Malformed`: what a claim holds, right or wrong.

        >>> from medcode import Icd10Cm
        >>> Icd10Cm.parse("e11.9"), Icd10Cm.parse("E11..9")
        (Icd10Cm('E11.9'), Malformed('E11..9'))
        """
        try:
            return cls(text)
        except InvalidCode:
            return Malformed(text)

    @classmethod
    def is_valid(cls, text: str) -> bool:
        """Say whether the text has the shape, and the check digit, of a code of this set.

        >>> from medcode import Npi
        >>> Npi.is_valid("1234567893"), Npi.is_valid("1234567890")
        (True, False)
        """
        return cls.normal(text) is not None

    @property
    def dotted(self) -> str:
        """The code as people write it.

        >>> from medcode import Icd10Cm
        >>> Icd10Cm("E1165").dotted
        'E11.65'
        """
        if self.dot is None or len(self) <= self.dot:
            return str(self)
        return f"{self[: self.dot]}.{self[self.dot :]}"

    def __repr__(self) -> str:
        """Show the type and the code as people write it."""
        return f"{type(self).__name__}({'…' if self.private else self.dotted!r})"

    def __str__(self) -> str:
        """Give the wire form as plain text."""
        return str.__str__(self)

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Pickle by the wire form."""
        return (str(self),)
