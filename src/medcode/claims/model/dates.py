"""The dates of a claim or line other than the date of service."""

from __future__ import annotations

import attrs

from medcode.claims.model.base import PHI, Date, Day, Part, optional_day, optional_period, part

__all__ = ["NO_CLAIM_DATES", "NO_LINE_DATES", "ClaimDates", "LineDates"]


@part(kw_only=True)
class ClaimDates(Part):
    """Dates of a claim; each is left out where it adds nothing.

    A dental claim has `accident`, `appliance_placement` and `repricer_received` alone, an
    institutional claim `repricer_received`. `disability` is a span or one end of it; `disability_kind` says which: 314 the span, 360 its
    first day, 361 its last. `assumed_care` and `relinquished_care` are the days on which
    post-operative care changed hands.

    >>> ClaimDates(accident="2026-03-14").accident
    datetime.date(2026, 3, 14)
    """

    onset: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    initial_treatment: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    last_seen: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    acute_manifestation: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    accident: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    last_menstrual_period: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    last_x_ray: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    prescription: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    disability: Date | None = attrs.field(default=None, converter=optional_period, metadata=PHI)
    disability_kind: str | None = None
    last_worked: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    return_to_work: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    admission: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    discharge: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    assumed_care: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    relinquished_care: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    appliance_placement: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    first_contact: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    repricer_received: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)


@part(kw_only=True)
class LineDates(Part):
    """Dates of a line other than its date of service.

    `recertification`, `begin_therapy` and `last_certification` belong to a certificate of
    medical necessity; `hemoglobin_test` (or hematocrit) and `creatinine_test` to dialysis care.
    The last five are dental: `prior_placement` is that of the crown or denture which is replaced,
    and `prior_placement_kind` 441 where it is known, 139 where it is estimated.
    """

    prescription: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    recertification: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    begin_therapy: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    last_certification: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    last_seen: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    hemoglobin_test: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    creatinine_test: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    shipped: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    last_x_ray: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    initial_treatment: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    prior_placement: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    prior_placement_kind: str | None = None
    appliance_placement: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    replacement: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    treatment_start: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)
    treatment_completion: Day | None = attrs.field(default=None, converter=optional_day, metadata=PHI)


NO_CLAIM_DATES = ClaimDates()
NO_LINE_DATES = LineDates()
