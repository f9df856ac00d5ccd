"""From a text to its words, in the one form that titles, inclusion terms and queries share.

A word is lower case, without accents and in its singular, and then the first spelling of its row in
`lexicon/words.tsv` (renal, nephric → kidney). A word that the text denies is written with a `~`:
`Migraine without aura` is migraine, ~aura, so that a search for an aura does not find it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from medcode.codesets.search.lexicon import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "NEGATED",
    "Word",
    "canonical",
    "fold",
    "forms",
    "is_plain",
    "number_range",
    "singular",
    "spellings",
    "stem",
    "words",
]

NEGATED: Final = "~"

_TOKEN: Final = re.compile(
    r"""
      (?P<range>\d+(?:\.\d+)?\s?-\s?\d+(?:\.\d+)?)(?![\w-])  # 40.0-44.9, 20-29
    | (?P<word>\d+\.\d+|[a-z0-9]+(?:-[a-z0-9]+)*)     # words, joined by hyphens too
    | (?P<aside>[()\[\]])                            # what parentheses and brackets enclose is not essential
    | (?P<stop>[,;:.])                               # what ends a negation
    """,
    re.VERBOSE,
)
_POSSESSIVE: Final = re.compile(r"'s\b|s'(?=\s)")
# A hyphen after one of these makes one word of both (pre-eclampsia is not eclampsia); after any
# other word the parts are words as well (gastro-esophageal, age-related).
_PREFIXES: Final = frozenset(
    "pre post non anti co re sub un inter intra extra hyper hypo para peri poly micro macro semi auto multi mid".split()  # noqa: SIM905  # a list of words
)
# After one of these, `a` is a letter that tells one from the next (hepatitis A), not the article.
_LETTERED: Final = frozenset(
    "hepatitis hep hemophilia vitamin vit influenza flu group type immunoglobulin lipoprotein".split()  # noqa: SIM905  # a list of words
)
_DENIES: Final = frozenset({"without", "not", "no", "never", "denies", "absent"})
_AFFIRMS: Final = frozenset({"with", "but", "due", "in", "of", "for", "by", "from", "at", "on"})
# A side or an encounter ends what is denied: `without foreign body left hand`.
_NOT_DENIED: Final = frozenset({"left", "right", "bilateral", "initial", "subsequent", "sequela"})
# What depends on the words around it, or changes what they say.
_NOT_PLAIN: Final = _DENIES | {"a"}
# After a comma, what is unspecified says nothing (`, unspecified organism`), until the text goes on.
_UNSAID: Final = "unspecified"
_GOES_ON: Final = frozenset({"affecting", "with", "without", "due", "in", "complicating"})


_SHORTEST_STEM: Final = 3  # letters


class Word(NamedTuple):
    """One word of a text: its common form, how the text writes it, and whether it is essential."""

    form: str
    written: str
    aside: bool = False


def fold(text: str) -> str:
    """Return a text in lower case and ASCII.

    >>> fold("Ménière's disease")
    'meniere disease'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
        text = text.encode("ascii", "ignore").decode()
    return _POSSESSIVE.sub("", text.lower()).replace("'", "")


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text.

    >>> [word.form for word in words("Migraine without aura, not intractable")]
    ['migraine', '~aura', '~intractable']
    >>> [word.form for word in words("not in remission")], [word.form for word in words("no fever with cough")]
    (['~remission'], ['~fever', 'cough'])
    >>> [word.form for word in words("a case of hepatitis A")]
    ['case', 'hepatitis', 'a']
    >>> [word.form for word in words("without infection left index finger")]
    ['~infection', 'left', 'index', 'finger']
    """
    denied = aside = unsaid = False
    before = ""  # the stop or the denial right before
    last = ""  # the word before
    for token in _TOKEN.finditer(fold(text)):
        if token["stop"]:
            denied = unsaid = False
            before = token["stop"]
            continue
        unsaid = unsaid and token["word"] not in _GOES_ON
        if unsaid:
            continue
        if found := token["range"]:
            yield Word(number_range(found), found, aside)
        elif token["aside"]:
            aside = token["aside"] in "(["
        elif before == "," and token["word"] == _UNSAID:
            unsaid = True
        elif (written := token["word"]) in _DENIES:
            denied = True
            before = written
            continue
        elif written in _AFFIRMS:
            denied = denied and before in _DENIES  # `not in remission` denies the remission
        else:
            denied = denied and written not in _NOT_DENIED
            for form in forms(written) or _letter(written, last):
                yield Word(NEGATED + form if denied else form, written, aside)
        before, last = "", token["word"] or last


def _letter(written: str, last: str) -> tuple[str, ...]:
    """Return a letter that tells one from the next, after a word of such a kind."""
    return (written,) if written == "a" and last in _LETTERED else ()


def is_plain(written: str) -> bool:
    """Return whether a written word is only that, whatever stands around it: no hyphen, nothing that denies.

    >>> is_plain("fever"), is_plain("without"), is_plain("e.coli")
    (True, False, False)
    """
    return written.isascii() and written.isalnum() and written not in _NOT_PLAIN


@cache
def forms(written: str) -> tuple[str, ...]:
    """Return the words that one written word stands for; none for a word that says nothing.

    >>> forms("kidneys"), forms("the"), forms("age-related")
    (('kidney',), (), ('age', 'related', 'agerelated'))
    """
    first, hyphen, rest = written.partition("-")
    if not hyphen:
        form = canonical(written)
        return (form,) if form else ()
    joined = canonical(written.replace("-", ""))
    if first in _PREFIXES:
        return (joined,)
    parts = [form for part in (first, rest) for form in forms(part)]
    return (*parts, joined)


@cache
def canonical(written: str) -> str:
    """Return the common form of a written word; an empty text for a word that says nothing.

    >>> canonical("kidneys"), canonical("renal"), canonical("the")
    ('kidney', 'kidney', '')
    """
    if written in spellings():
        return spellings()[written]
    form = singular(written)
    return spellings().get(form, form)


def singular(word: str) -> str:
    """Return the singular of a word.

    >>> [singular(word) for word in ("fractures", "biopsies", "abscesses", "pelvis")]
    ['fracture', 'biopsy', 'abscess', 'pelvis']
    """
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004  # not "dies"
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004  # not "gas"
        return word[:-1]
    return word


@cache
def stem(form: str) -> str:
    """Return what the forms of a verb share, by which the words of a term of several words are compared.

    >>> {stem(form) for form in ("shake", "shaking", "shaky", "shook")}, stem("~eating")
    ({'shak'}, '~eat')
    """
    if form.startswith(NEGATED):
        return NEGATED + stem(form.removeprefix(NEGATED))
    form = _irregular().get(form, form)
    for ending in ("ing", "ed", "y", "e"):
        base = form.removesuffix(ending)
        if base != form and len(base) >= _SHORTEST_STEM:
            return base[:-1] if ending != "e" and base[-1] == base[-2] and base[-1] not in "lsz" else base
    return form


@cache
def _irregular() -> Mapping[str, str]:
    """Return the first form of each verb whose forms have no ending in common."""
    return {form: verb for verb, forms in rows("verbs") for form in forms.split()}


@cache
def spellings() -> Mapping[str, str]:
    """Return the common form of each spelling that `words.tsv` and the idle words name."""
    found = {variant: common for common, variants in rows("words") for variant in variants.split()}
    clear = {singular(variant): common for variant, common in found.items()}
    idle = dict.fromkeys(next(names for kind, names in rows("weights") if kind == "idle").split(), "")
    return clear | found | idle


def number_range(text: str) -> str:
    """Return a range of numbers in its one form.

    >>> number_range("40.0-44.9"), number_range("40 - 44.9")
    ('40-44.9', '40-44.9')
    """
    return "-".join(f"{float(number):g}" for number in text.replace(" ", "").split("-"))
