"""Devices and drugs beside procedures: what needs a device, and what a device or drug needs.

Edits 38, 92, 98, 99, 105, 135, 137, 138.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.edits.oce.flags import (
    BYPASS_92,
    BYPASS_99,
    DEVICE,
    DEVICE_DEPENDENT,
    DEVICE_PROCEDURE,
    NON_OPIOID_DEVICE,
    PASS_THROUGH_DEVICE,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.edits.oce.line import Line, ServiceDay
    from medcode.edits.oce.work import Work

PAYABLE = ("J1", "J2", "P", "Q1", "Q2", "Q3", "S", "T", "V")
TERMINATED = ("52", "73", "74")


def device_without_procedure(work: Work) -> None:
    """38: a device on a bill without any procedure that could have used it."""
    if not work.any_status("S", "T", "J1"):
        for line in work.lines:
            if line.status in ("H", "U") and not line.is_inpatient:
                work.hit(line, 38)


def procedure_without_device(work: Work) -> None:
    """92: a procedure with a device, on a day without any device."""
    for each in work.days:
        if any(line.flags & DEVICE for line in each.lines):
            continue
        for line in each.lines:
            if not line.flags & DEVICE_PROCEDURE or line.is_inpatient or line.has(*TERMINATED):
                continue
            if not (line.flags & BYPASS_92 and line.has("CG")):
                work.hit(line, 92)


def procedure_without_its_device(work: Work) -> None:
    """135: a procedure on a day without the device that it depends on."""
    pairs, version = work.tables.pairs["device_dependent"], work.version.number
    for each in work.days:
        devices = [line for line in each.lines if not line.is_invalid and not line.is_inpatient]
        for line in each.lines:
            if not line.flags & DEVICE_DEPENDENT or line.is_inpatient or line.has(*TERMINATED):
                continue
            others = (device for device in devices if device is not line)
            if not any(pairs.at(f"{line.hcpcs}|{device.hcpcs}", version) for device in others):
                work.hit(line, 135)


def pass_through_device(work: Work) -> None:
    """98, 105: a pass-through device on a day without a procedure of it, or before it was approved for it."""
    for each in work.days:
        devices: dict[str | None, list[Line]] = {}
        for line in each.lines:
            if line.flags & PASS_THROUGH_DEVICE and not line.is_inpatient:
                devices.setdefault(line.hcpcs, []).append(line)
        for code, lines in devices.items():
            _judge_device(work, each, code, lines)


def _judge_device(work: Work, each: ServiceDay, code: str | None, devices: list[Line]) -> None:
    pairs, version = work.tables.device_pairs, work.version.number
    procedures = (line.hcpcs for line in each.lines if line.is_coded and not line.is_inpatient)
    found = (pairs.at(f"{code}|{procedure}", version) for procedure in procedures)
    used = [pair for pair in found if pair is not None]
    if any(pair.start is not None and each.date < pair.start for pair in used):
        for line in devices:
            work.hit(line, 105)
    if not used:
        for line in devices:
            work.hit(line, 98)


def drug_without_service(work: Work) -> None:
    """99: a drug that is paid for, on a bill without any payable service."""
    if not work.any_status(*PAYABLE):
        for line in work.lines:
            if line.status in ("G", "K", "K1") and not line.is_inpatient and not line.flags & BYPASS_99:
                work.hit(line, 99)


def _non_opioid(status: str, flags: int, most: int, edits: tuple[int, int]) -> Callable[[Work], None]:
    without_service, too_many = edits

    def step(work: Work) -> None:
        lines = [
            line
            for line in work.lines
            if line.status == status and not line.is_inpatient and (not flags or line.flags & flags)
        ]
        if not any(line.status in PAYABLE and not line.is_rejected for line in work.lines):
            for line in lines:
                work.hit(line, without_service)
            return
        paid = list(dict.fromkeys(line.hcpcs for line in lines))[:most]
        for line in lines:
            if line.hcpcs not in paid:
                work.hit(line, too_many)

    step.__doc__ = (
        f"{without_service}, {too_many}: pain relief without opioids, without a service or too many."
    )
    return step


non_opioid_devices = _non_opioid("H1", DEVICE | NON_OPIOID_DEVICE, 2, (98, 137))
non_opioid_drugs = _non_opioid("K1", 0, 3, (99, 138))
