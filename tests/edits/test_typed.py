"""The type that an edit takes is the kind of claim that its settings let through."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args, get_origin

import pytest

from medcode.claims.model.claim import Claim, ProfessionalClaim
from medcode.claims.model.dental import DentalClaim
from medcode.claims.model.institutional import InstitutionalClaim
from medcode.edits import EDITS
from medcode.edits.base import Edit
from medcode.edits.setting import Setting

if TYPE_CHECKING:
    from medcode.edits.base import AnyEdit

KIND = {
    Setting.PROFESSIONAL: ProfessionalClaim,
    Setting.DENTAL: DentalClaim,
    Setting.INPATIENT: InstitutionalClaim,
    Setting.OUTPATIENT: InstitutionalClaim,
}


def taken(edit: AnyEdit) -> set[type[Claim]]:
    """Return the kinds of claim that an edit is typed with."""
    for cls in type(edit).__mro__:
        for base in getattr(cls, "__orig_bases__", ()):
            if get_origin(base) is Edit:
                (argument,) = get_args(base)
                return set(get_args(argument)) or {argument}
    raise AssertionError(edit)


@pytest.mark.parametrize("edit", EDITS.values(), ids=lambda edit: edit.id)
def test_an_edit_takes_the_claims_of_its_settings(edit: AnyEdit) -> None:
    types = taken(edit)
    assert types == {Claim} or {KIND[setting] for setting in edit.settings} == types
