"""A code is a str in wire form, upper case and without a dot, with a type that names its set."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Self

from medcode.discreet import discreet, is_word
from medcode.errors import InvalidCode, InvalidFormat, UnknownCode

__all__ = ["LONGEST", "Code", "Malformed", "is_missing", "no_code", "not_text"]

PRIVATE_LABELS = frozenset({"MBI", "SSN"})  # of sets whose codes identify persons
LONGEST = 64  # no code of any set, however it is padded, is longer; more text is not even looked at


def not_text(label: str, value: object) -> TypeError:
    """Return the error for a value that is not a str.

    >>> raise not_text("ICD-10-CM", 5)
    Traceback (most recent call last):
        ...
    TypeError: ICD-10-CM code must be str, not int; pass '5'
    """
    if is_missing(value):
        fix = "; check() takes a column with missing values"
    else:
        fix = f"; pass {str(value)!r}" if isinstance(value, int) and label not in PRIVATE_LABELS else ""
    return TypeError(f"{label} code must be str, not {type(value).__name__}{fix}")


def is_missing(value: object) -> bool:
    """Return whether a value is a missing one: None, NaN, pandas' NA or NaT.

    >>> is_missing(None), is_missing(float("nan")), is_missing("")
    (True, True, False)
    """
    try:
        return value is None or (bool(value != value) and not hasattr(value, "__len__"))  # noqa: PLR0124  # which is what a NaN is known by, and an array of one
    except TypeError:  # NA has no truth value; nor has an array with one, or an expression of polars
        return not (hasattr(value, "__len__") or hasattr(value, "alias"))
    except ValueError:  # an array has many
        return False


def no_code(label: str, value: object) -> Exception:
    """Return the error for looking up what is not a str: a missing value is a code that no table has.

    >>> raise no_code("ICD-10-CM", None)
    Traceback (most recent call last):
        ...
    medcode.errors.UnknownCode: a missing value (None) is not a code of ICD-10-CM
    """
    if is_missing(value):
        return UnknownCode(f"a missing value ({value}) is not a code of {label}")
    return not_text(label, value)


class Malformed(str):
    """Text that cannot be a code of its set, kept as it was sent, to be shown and reported.

    >>> Malformed("E11..9")
    Malformed('E11..9')
    """

    __slots__ = ()

    def __repr__(self) -> str:
        """Show the text, marked as what it is; what does not look like a code only by its length and kind."""
        text = str.__str__(self)
        return f"Malformed({text!r})" if discreet(text) == text else f"Malformed({discreet(text)})"


class Code(str):
    """One code of a code set; a subclass adds the set's name, its format, and samples of good and bad text.

    The constructor checks the format alone (and a check digit where there is one); whether a code
    exists, and when, is a question for its `CodeSet`.

    >>> from medcode import Icd10Cm
    >>> Icd10Cm("e11.9"), Icd10Cm("e11.9") == "E119"
    (Icd10Cm('E11.9'), True)
    """

    __slots__ = ()

    label: ClassVar[str] = "code"  # the name of the set, as people write it
    pattern: ClassVar[re.Pattern[str]] = re.compile(r"[0-9A-Z]+")  # of upper-case text, dot included
    expected: ClassVar[str] = "letters and digits"  # the format, in words
    good: ClassVar[tuple[str, ...]] = ()  # samples in the format, which documentation and tests show
    bad: ClassVar[tuple[str, ...]] = ()  # samples that are not
    dot: ClassVar[int | None] = None  # how many characters precede the dot
    format_only: ClassVar[bool] = (
        False  # True: no list of the codes is kept; the format is all there is to check
    )
    private: ClassVar[bool] = False  # True: identifies a person, so never shown

    def __new__(cls, text: str) -> Self:
        """Build the code. Raises InvalidFormat or InvalidCheckDigit, TypeError for a value that is not a str."""
        if not isinstance(text, str):
            raise not_text(cls.label, text)
        wire = cls.wire(text)
        if wire is None:
            raise InvalidFormat(cls.format_error(text))
        cls.verify(wire)
        return str.__new__(cls, wire)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """Support codes as fields of a pydantic model."""
        from medcode.codesets.interop import code_schema

        return code_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        """Describe the field in JSON Schema, as FastAPI shows it."""
        from medcode.codesets.interop import json_schema_of

        return json_schema_of(cls)

    @classmethod
    def wire(cls, text: str) -> str | None:
        """Return the form that a claim carries; None for text that is not in the set's format."""
        if len(text) > LONGEST:
            return None
        if cls.pattern.fullmatch(text):  # as most are sent
            return text.replace(".", "")
        text = text.strip()
        if not text.isascii():
            return None
        text = text.upper()
        return text.replace(".", "") if cls.pattern.fullmatch(text) else None

    @classmethod
    def format_error(cls, text: str) -> str:
        """Return the message for text that is not in the set's format; what may be a name or a person's number is not quoted.

        >>> from medcode import Icd10Cm
        >>> Icd10Cm.format_error("E1")
        "'E1' is not in ICD-10-CM format: expected a letter and two to six letters or digits, the dot after the third"
        """
        shown = "the text" if cls.private else repr(text) if discreet(text) == text else discreet(text)
        return f"{shown} is not in {cls.label} format: expected {cls.expected}{cls.hint(text)}"

    @classmethod
    def why_not(cls, text: str) -> str:
        """Return why text cannot be a code: its format, or else its check digit.

        >>> from medcode import Npi
        >>> Npi.why_not("1234567890"), Npi.why_not("123")
        ('the check digit of NPI 1234567890 should be 3', "'123' is not in NPI format: expected ten digits, the first a 1 or a 2")
        """
        try:
            cls(text)
        except InvalidCode as error:
            return str(error)
        return ""

    @classmethod
    def hint(cls, text: str) -> str:
        """Return what a message adds where the code can be guessed.

        >>> from medcode import Icd10Cm
        >>> Icd10Cm.hint("e11."), Icd10Cm.hint("hello world")
        ('; did you mean E11?', '')
        """
        guess = cls.guess(text)
        return "" if guess is None else f"; did you mean {guess.dotted}?"

    @classmethod
    def guess(cls, text: str) -> Self | None:
        """Return the code that was meant by text with surplus dots, or with O and I for 0 and 1.

        >>> from medcode import Icd10Cm
        >>> Icd10Cm.guess("E11..9"), Icd10Cm.guess("hello world")
        (Icd10Cm('E11.9'), None)
        """
        tidy = re.sub(r"\.+", ".", text[:LONGEST].strip().upper()).rstrip(".")
        for guess in (tidy, tidy.replace("O", "0").replace("I", "1")):
            wire = None if cls.private or guess == text else cls.wire(guess)
            if wire is not None:
                return cls.trusted(wire)
        return None

    @classmethod
    def verify(cls, wire: str) -> None:
        """Raise InvalidCheckDigit if the set has a check digit and it is wrong."""

    @classmethod
    def normal(cls, text: str) -> str | None:
        """Return the wire form of text in the set's format; None for any other text.

        >>> from medcode import Icd10Cm
        >>> Icd10Cm.normal(" e11.9"), Icd10Cm.normal("E11..9")
        ('E119', None)
        """
        if not isinstance(text, str):
            raise not_text(cls.label, text)
        wire = cls.wire(text)
        if wire is None:
            return None
        try:
            cls.verify(wire)
        except InvalidCode:
            return None
        return wire

    @classmethod
    def is_licensed(cls, wire: str) -> bool:  # noqa: ARG003  # most sets are of one kind
        """Return whether a code in wire form is of a licensed list that the set's own table does not hold.

        Such a code is NOT_CHECKED, not UNKNOWN, where no table lists it.
        """
        return False

    @classmethod
    def sort_key(cls, wire: str) -> str:
        """Return text that sorts as a code, in wire form, does in the classification.

        The key of a prefix is a prefix of the key.

        >>> from medcode import Icd10Cm
        >>> sorted(["C44", "C4A", "C43"], key=Icd10Cm.sort_key)
        ['C43', 'C4A', 'C44']
        """
        return wire

    @classmethod
    def range_keys(cls, first: str, last: str) -> tuple[str, str]:
        """Return the sort keys of the ends of a range."""
        return cls.sort_key(first), cls.sort_key(last)

    @classmethod
    def trusted(cls, wire: str) -> Self:
        """Build a code of text already known to be in wire form, as in tables; nothing is checked."""
        return str.__new__(cls, wire)

    @classmethod
    def parse(cls, text: str) -> Self | Malformed:
        """Return the code, or the text itself as `Malformed` if it cannot be one.

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
        """Return whether text is in the format of this set, with a correct check digit if it has one.

        A missing value is not; any other value that is not a str raises TypeError.

        >>> from medcode import Npi
        >>> Npi.is_valid("1234567893"), Npi.is_valid("1234567890")
        (True, False)
        """
        return not is_missing(text) and cls.normal(text) is not None

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
        if is_word(self):
            return f"{type(self).__name__}({discreet(self)})"
        return f"{type(self).__name__}({'…' if self.private else self.dotted!r})"

    def __str__(self) -> str:
        """Return the wire form as plain text."""
        return str.__str__(self)

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Pickle by the wire form."""
        return (str(self),)
