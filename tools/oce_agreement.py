"""Ask medcode and pyoce, a port of CMS's outpatient code editor, about the same bills; `nox -s oce` runs it.

    python -m tools.oce_agreement [--seed N] [--bills N] [--markdown]

The bills are drawn from the tables: codes that are listed for some edit, pairs that go together or do not,
and some that are wrong. An edit number agrees where both have it at the same diagnosis, line or claim.
Exits with 1 where any bill differs.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import time
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from medcode.edits.oce import BillLine, OceTables, OutpatientBill, OutpatientCodeEditor
from medcode.edits.oce.flags import HCPCS_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.edits.oce import OutpatientResult

BILL_TYPES = "131 132 133 134 137 121 141 711 721 731 741 751 761 764 771 781 811 821 831 841 851 871 891 221 231 321 32G 341 431 999"
CONDITIONS = ("07", "20", "21", "41", "45", "65", "89", "92", "G0", "MG", "MW", "W2")
MODIFIERS = "25 27 50 52 59 73 74 76 80 95 BL CA CG CS CT FX GP JG KX LT PN PO PT RT XU ZZ @1".split()  # noqa: SIM905  # short
REVENUE = (
    "0300",
    "0360",
    "0381",
    "0391",
    "0450",
    "0510",
    "0519",
    "0521",
    "0636",
    "0762",
    "0815",
    "0905",
    "0981",
)
OTHER_CODES = ("", "9999M", "G0463", "G0466", "G0467", "G0469", "99497", "27447", "01402", "Q3014", "G2172")


class Places(NamedTuple):
    """The edit numbers of each diagnosis, of each line, and of the claim alone."""

    diagnoses: tuple[frozenset[int], ...]
    lines: tuple[frozenset[int], ...]
    claim: frozenset[int]

    def groups(self) -> Iterator[frozenset[int]]:
        """Yield every group."""
        yield from (*self.diagnoses, *self.lines, self.claim)


class Draw:
    """Draws bills, the same for the same seed."""

    def __init__(self, tables: OceTables, seed: int) -> None:
        self.random = random.Random(seed)
        self.tables = tables
        self.flagged: dict[int, list[str]] = {bit: [] for bit in range(len(HCPCS_COLUMNS))}
        for code in tables.hcpcs:
            flags = 0
            for number in range(tables.versions[0].number, tables.versions[-1].number + 1, 9):
                row = tables.hcpcs.at(code, number)
                flags |= row.flags if row else 0
            for bit, codes in self.flagged.items():
                if flags >> bit & 1:
                    codes.append(code)
        self.codes, self.diagnoses = list(tables.hcpcs), list(tables.diagnoses)
        self.revenue = list(tables.revenue)
        self.pairs = [key for table in tables.pairs.values() for key in table]
        self.pairs += [f"{one}|{two}" for n, (one, two, _) in enumerate(tables.ncci) if n % 50 == 0]

    def bill(self) -> OutpatientBill:
        """Return a bill."""
        pick = self.random
        version = pick.choice(self.tables.versions)
        first = version.start + timedelta(pick.randrange(85))
        last = first + timedelta(pick.choice((0, 0, 0, 1, 3, 9, 16)))
        codes = [code for _ in range(pick.choice((1, 1, 2, 3))) for code in self.some_codes()]
        return OutpatientBill(
            bill_type=pick.choice(BILL_TYPES.split()),
            from_date=first,
            through_date=last,
            receipt_date=last + timedelta(pick.randrange(20)) if self.chance(0.9) else None,
            age=pick.choice((0, 4, 16, 35, 70, 70, 124, 125)),
            sex=pick.choice("MFU"),
            discharge_status=pick.choice(("01", "20", "62")),
            opps=self.chance(0.8),
            condition_codes=tuple(pick.sample(CONDITIONS, pick.choice((0, 0, 1, 2)))),
            principal=self.diagnosis(),
            secondary=tuple(self.diagnosis() for _ in range(pick.randrange(3))),
            lines=tuple(self.line(code, first, last) for code in codes[:9]),
        )

    def chance(self, part: float) -> bool:
        """Say yes in a part of the cases."""
        return self.random.random() < part

    def some_codes(self) -> tuple[str, ...]:
        """Return codes: a pair, one of a kind, or one that is blank, wrong or of a rule of its own."""
        pick = self.random
        if self.chance(0.4):
            return tuple(pick.choice(self.pairs).split("|"))
        if self.chance(0.75):
            return (pick.choice(pick.choice(list(self.flagged.values())) or self.codes),)
        return (pick.choice(OTHER_CODES),)

    def diagnosis(self) -> str:
        """Return a diagnosis, at times one that there is none of."""
        return self.random.choice(self.diagnoses) if self.chance(0.95) else "X0"

    def line(self, code: str, first: date, last: date) -> BillLine:
        """Return a line of a day of the bill, or at times of the day after it."""
        pick = self.random
        days = pick.choice((0, 0, (last - first).days, pick.randint(0, (last - first).days)))
        return BillLine(
            service_date=first + timedelta(days if self.chance(0.99) else 30),
            revenue_code=pick.choice(REVENUE) if self.chance(0.7) else pick.choice(self.revenue),
            hcpcs=code,
            units=str(pick.choice((1, 1, 1, 2, 8, 25))),
            charge=pick.choice(("150.00", "1.00")),
            modifiers=tuple(pick.sample(MODIFIERS, pick.choice((0, 0, 1, 2)))),
        )


def digits(day: Any) -> str | None:
    """Return a day as CMS's program takes it."""
    return f"{day:%Y%m%d}" if day else None


def ask_pyoce(component: Any, bill: OutpatientBill) -> Places:
    """Return the answer of pyoce."""
    lines = [
        {
            "serviceDate": digits(line.service_date),
            "revenueCode": line.revenue_code,
            "hcpcs": line.hcpcs,
            "unitsInput": line.units,
            "charge": line.charge,
            "hcpcsModifierInputList": [{"hcpcsModifier": modifier} for modifier in line.modifiers],
        }
        for line in bill.lines
    ]
    answer = component.process(
        {
            "claimId": "1",
            "billType": bill.bill_type,
            "dateStarted": digits(bill.from_date),
            "dateEnded": digits(bill.through_date),
            "receiptDate": digits(bill.receipt_date),
            "age": str(bill.age),
            "sex": {"M": "1", "F": "2"}.get(bill.sex or "", "0"),
            "oppsFlag": "1" if bill.opps else "2",
            "patientStatus": bill.discharge_status,
            "conditionCodeInputList": list(bill.condition_codes),
            "principalDiagnosisCode": {"diagnosis": bill.principal},
            "secondaryDiagnosisCodeList": [{"diagnosis": code} for code in bill.secondary],
            "lineItemList": lines,
        }
    )
    diagnoses = [
        numbers(each["editList"])
        for each in (answer["principalDiagnosisCode"], *answer["secondaryDiagnosisCodeList"])
    ]
    found = [
        numbers(*(line[name] for name in ("hcpcsEditList", "revenueEditList", "serviceDateEditList")))
        | numbers(*(each["editList"] for each in line["hcpcsModifierInputList"]))
        for line in answer["lineItemList"]
    ]
    everything = numbers(*(edits for name, edits in answer.items() if name.endswith("EditList")))
    return Places(tuple(diagnoses), tuple(found), everything.difference(*diagnoses, *found))


def numbers(*lists: list[str]) -> frozenset[int]:
    """Return the edit numbers of some lists."""
    return frozenset(int(code) for codes in lists for code in codes if code)


def of_result(result: OutpatientResult) -> Places:
    """Return the answer of medcode in the same form."""
    return Places(
        tuple(map(frozenset, result.diagnoses)), tuple(map(frozenset, result.lines)), frozenset(result.claim)
    )


def main() -> None:
    """Compare, and print what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bills", type=int, default=2000)
    parser.add_argument(
        "--markdown", action="store_true", help="print the table of edits for the documentation"
    )
    options = parser.parse_args()
    import pyoce

    logging.disable(logging.CRITICAL)
    tables = OceTables.installed()
    draw, editor, component = Draw(tables, options.seed), OutpatientCodeEditor(tables), pyoce.IoceComponent()
    bills = [draw.bill() for _ in range(options.bills)]
    own_time = pyoce_time = 0.0
    both, theirs, ours, whole = Counter[int](), Counter[int](), Counter[int](), 0
    for bill in bills:  # one after the other, so that both meet the same load of the machine
        begun = time.process_time()
        own = of_result(editor.edit(bill))
        own_time += time.process_time() - begun
        begun = time.process_time()
        other = ask_pyoce(component, bill)
        pyoce_time += time.process_time() - begun
        whole += own == other
        for one, two in zip(own.groups(), other.groups(), strict=True):
            both.update(one & two)
            ours.update(one - two)
            theirs.update(two - one)
    for number in sorted(both | ours | theirs):
        row = (number, both[number] + theirs[number], both[number], ours[number])
        print(
            (
                "| {} | {} | {} | {} |" if options.markdown else "edit {}: pyoce {}, agrees {}, too many {}"
            ).format(*row)
        )
    print(
        f"{whole:,} of {len(bills):,} bills agree whole, {sum(both.values()):,} edits of {len(both)} numbers"
    )
    print(f"{len(bills) / own_time:,.0f} bills a second of CPU time, pyoce {len(bills) / pyoce_time:,.0f}")
    sys.exit(whole != len(bills))


if __name__ == "__main__":
    main()
