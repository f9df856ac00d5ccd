"""Write `claims/model/changes.py`: what `evolve` takes, for the type checker, read off the model's classes.

    python tools/model_changes.py

A field is typed by what its converter takes, else by its own annotation.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import attrs

from medcode.claims import model
from medcode.claims.model import base, diagnosis, procedure, stay

MODULES = (base, diagnosis, procedure, stay)

OUT = Path(__file__).parent.parent / "src" / "medcode" / "claims" / "model" / "changes.py"
FAMILIES = (
    ("Claim", ("ProfessionalClaim", "InstitutionalClaim", "DentalClaim")),
    ("Line", ("ProfessionalLine", "InstitutionalLine", "DentalLine")),
)
HEAD = '''"""What `evolve` of claims and lines takes, for the type checker; written by tools/model_changes.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
'''


def taken(cls: type[attrs.AttrsInstance], name: str) -> str:
    """Return the annotation of what a field takes, as its module writes it."""
    field = attrs.fields_dict(cls)[name]
    if not callable(field.converter):
        return str(field.type)
    first = next(iter(inspect.signature(field.converter).parameters.values()))
    return str(first.annotation)


def rows(cls: type[attrs.AttrsInstance], names: list[str]) -> list[str]:
    """Return the rows of a TypedDict."""
    return [f"    {name}: {taken(cls, name)}" for name in names]


def family(base_name: str, names: tuple[str, ...]) -> list[str]:
    """Return the TypedDicts of a base class and of its subclasses."""
    base = getattr(model, base_name)
    kinds = [getattr(model, name) for name in names]
    own = {kind: [f.name for f in attrs.fields(kind) if not f.inherited] for kind in kinds}
    shared = [f.name for f in attrs.fields(base) if all(f.name not in each for each in own.values())]
    rest = [f.name for f in attrs.fields(base) if f.name not in shared]
    text = [f"class Shared{base_name}Changes(TypedDict, total=False):"]
    text += [f'    """Fields that all kinds of {base_name.lower()} share and none narrows."""', ""]
    text += [*rows(base, shared), "", ""]
    for cls, fields in ((base, rest), *own.items()):
        text += [f"class {cls.__name__}Changes(Shared{base_name}Changes, total=False):"]
        text += [f'    """Fields of a {cls.__name__}."""', ""]
        inherited = [name for name in rest if name not in fields]
        text += [*rows(cls, [*inherited, *fields]), "", ""]
    return text


def imports(body: str) -> list[str]:
    """Return the imports that the annotations need."""
    words = set(re.findall(r"\b[A-Z]\w+", re.sub(r'""".*?"""', "", body)))
    found = ["    from collections.abc import Iterable", "    from datetime import date, datetime, time"]
    found += ["    from decimal import Decimal"]
    for word in sorted(words):
        for module in (model, *MODULES):
            if word not in {"Any", "TypedDict", "Iterable", "Decimal"} and hasattr(module, word):
                home = getattr(getattr(module, word), "__module__", module.__name__)
                home = module.__name__ if home in {"types", "typing", "builtins"} else home
                found.append(f"    from {home} import {word}")
                break
    return found


def text() -> str:
    """Return the text of the module, before it is formatted."""
    body = "\n".join(line for base, kinds in FAMILIES for line in family(base, kinds))
    return HEAD + "\n".join(imports(body)) + "\n\n\n" + body.rstrip() + "\n"


if __name__ == "__main__":
    OUT.write_text(text(), encoding="utf-8")
