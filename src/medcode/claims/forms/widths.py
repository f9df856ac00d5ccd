"""How wide a text is in Helvetica, which every PDF reader has and browsers replace by a font of the same widths.

Source: Adobe, Core 14 AFM files, Helvetica (widths in thousandths of the size).
"""

from __future__ import annotations

__all__ = ["width"]

_WIDTHS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jckvxysz", 556: "#$0123456789?L_abdeghnopqu", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw",
    778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1015: "@", 1000: "…",
}  # fmt: skip
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_OTHER = 722  # letters with accents are no wider


def width(text: str, size: float) -> float:
    """Return the width of a text in the unit of its size.

    >>> round(width("DOE, JANE", 10), 2)
    52.79
    """
    return sum(_WIDTH_OF.get(character, _OTHER) for character in text) * size / 1000
