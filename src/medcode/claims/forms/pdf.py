"""Pages as PDF 1.4: a small writer for rectangles and lines of text in the built-in font Helvetica.

Characters that Windows-1252 does not have are written as `?`. The same pages give the same bytes.

Source: Adobe, PDF Reference, sixth edition, sections 3.4, 4.4 and 5.3.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from medcode.claims.forms.drawing import HEIGHT, WIDTH, Rectangle
from medcode.markup import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.claims.forms.drawing import Mark, Page

__all__ = ["as_pdf"]

_FILLS = {"box": "1 1 1", "head": ".93 .93 .93", "empty": ".99 .91 .78", "wrong": ".98 .85 .85"}
_INKS = {"label": ".33 .33 .33", "value": "0 0 0", "mark": ".64 0 .06", "title": "0 0 0"}
_BOLD = {"mark", "title"}
_FIXED = 4  # objects before the pages: catalog, list of pages, two fonts


def as_pdf(title: str, pages: Sequence[Page]) -> bytes:
    """Return pages as a PDF file."""
    numbers = [_FIXED + 1 + 2 * at for at in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-US) /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    for number, page in zip(numbers, pages, strict=True):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH:g} {HEIGHT:g}] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        content = zlib.compress("\n".join(map(_mark, page)).encode("ascii"))
        objects.append(
            f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode() + content + b"\nendstream"
        )
    objects.append(f"<< /Title <{_hex(title)}> /Producer (medcode) >>".encode())
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    """Return the objects, numbered, with the table of their places; the last one describes the file."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % table)


def _mark(mark: Mark) -> str:
    """Return the operators that draw a mark; PDF counts from the bottom."""
    if isinstance(mark, Rectangle):
        bottom = HEIGHT - mark.y - mark.height
        return f"{_FILLS[mark.kind]} rg .47 G .6 w {mark.x:.2f} {bottom:.2f} {mark.width:.2f} {mark.height:.2f} re B"
    font = "F2" if mark.kind in _BOLD else "F1"
    return f"BT /{font} {mark.size:.2f} Tf {_INKS[mark.kind]} rg {mark.x:.2f} {HEIGHT - mark.y:.2f} Td <{_hex(mark.text)}> Tj ET"


def _hex(text: str) -> str:
    """Return a text in hexadecimal, so that no character of it can end the string."""
    return visible(text).encode("cp1252", "replace").hex()
