"""What a payer would answer to each of the editor's edits: a status of the 277CA, reason and remark codes.

Edits that ask for the same correction share an answer. No public table relates the editor's numbers to the codes of a
remittance; these are from practice. An edit that is not listed has the general answer.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["GENERAL", "Answer", "answer_to"]


class Answer(NamedTuple):
    """A status (category, code and entity), reason codes, remark codes, and the edits that lead to them."""

    ack: str
    carc: tuple[str, ...]
    rarc: tuple[str, ...] = ()
    edits: tuple[int, ...] = ()


GENERAL = Answer("A7:732", ("16",), ("MA130",))

ANSWERS = (
    Answer("A7:255", ("146", "16"), ("M76",), (1,)),
    Answer("A7:255", ("9",), (), (2,)),
    Answer("A7:254", ("16",), ("MA63",), (5, 29, 86, 109, 113)),
    Answer("A7:454", ("16", "181"), ("M51", "M20"), (6,)),
    Answer("A7:475", ("6",), ("N129",), (7,)),
    Answer("A3:585", ("96",), ("N425",), (9, 10, 13, 28, 50, 112, 121)),
    Answer("A3:585", ("50",), ("N386",), (12, 67, 68, 69, 83, 105, 110, 134, 136)),
    Answer("A7:453", ("4",), ("N519",), (17, 37, 60, 70, 74, 101, 102, 103, 114, 120, 122, 123, 126, 130)),
    Answer("A7:453", ("182", "4"), ("N823",), (22,)),
    Answer("A3:454", ("5",), ("M77",), (18, 49, 55, 127)),
    Answer("A3:735", ("97", "236"), ("M80",), (20, 21, 40, 45)),
    Answer("A7:187", ("16",), ("M52",), (23, 24)),
    Answer("A7:158:QC", ("16",), ("N329",), (25,)),
    Answer("A7:157:QC", ("16",), ("MA39",), (26,)),
    Answer("A3:735", ("97",), ("M15",), (27, 47, 111, 125)),
    Answer("A3:736", ("107",), ("N674",), (38, 43, 58, 87, 92, 93, 98, 99, 135)),
    Answer("A3:736", ("107",), ("N122",), (106, 107, 108, 115)),
    Answer("A7:455", ("16", "199"), ("M50",), (41, 44, 65, 76, 79, 90)),
    Answer("A7:460", ("18",), ("M44",), (42,)),
    Answer("A7:454", ("16",), ("M20",), (48,)),
    Answer("A7:228", ("5", "16"), ("MA30",), (46, 53, 118)),
    Answer("A3:116", ("109",), ("N104",), (61, 72)),
    Answer("A7:454", ("16",), ("M51",), (62, 104)),
    Answer("A7:178", ("16",), ("M54",), (82, 117)),
)

_BY_EDIT = {number: answer for answer in ANSWERS for number in answer.edits}


def answer_to(number: int) -> Answer:
    """Return the answer to expect to an edit.

    >>> answer_to(22).ack, answer_to(66) is GENERAL
    ('A7:453', True)
    """
    return _BY_EDIT.get(number, GENERAL)
