"""A payer in a box: what a payer could answer to a file of claims, without a payer.

A `Payer` reads an 837 and writes the TA1, the 999, the 277CA and the 835 that a scenario asks for. The same file, scenario and seed
give the same answers to the letter, but for a file that has no day. Answers name the claims as they were sent, their sums are right, and
what a scenario does not give is None.

>>> from medcode.claims import x12
>>> sorted(SCENARIOS)[:3]
['accepted', 'batch-rejected', 'bundled']
>>> Payer("paid-in-full").answer("ST*837*0001*005010X222A1~SE*2*0001~").x835 is None
True
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from medcode.claims.acknowledgment import (
    ElementError,
    GroupAnswer,
    InterchangeAnswer,
    SegmentError,
    SetResult,
)
from medcode.claims.x12 import acknowledge, answers, dumps
from medcode.claims.x12.text.source import read_source
from medcode.claims.x12.transmission import Transmission
from medcode.files import replacing
from medcode.testing.payer.files import batches, envelope, later
from medcode.testing.payer.remitting import accounts
from medcode.testing.payer.responding import Responder
from medcode.testing.payer.scenario import SCENARIOS, FileError, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from medcode.claims.x12 import Envelope
    from medcode.claims.x12.text.source import Source
    from medcode.testing.payer.files import Batch, Received

__all__ = ["SCENARIOS", "Answers", "Payer", "Scenario"]

_ACCEPTED = "000"


@attrs.frozen
class Answers:
    """What a payer answers: files in the order in which they arrive, each with its kind (ta1, x999, x277ca, x835) and its text."""

    files: tuple[tuple[str, str], ...] = attrs.field(
        repr=lambda files: f"({', '.join(kind for kind, _ in files)})"
    )

    def _text(self, kind: str) -> str | None:
        return "".join(text for each, text in self.files if each == kind) or None

    @property
    def ta1(self) -> str | None:
        """The TA1, or None."""
        return self._text("ta1")

    @property
    def x999(self) -> str | None:
        """The 999, or None."""
        return self._text("x999")

    @property
    def x277ca(self) -> str | None:
        """The 277CA, several one after the other, or None."""
        return self._text("x277ca")

    @property
    def x835(self) -> str | None:
        """The 835, several one after the other, or None."""
        return self._text("x835")

    def write(self, folder: str | Path) -> list[Path]:
        """Write the files into a folder, which is made if it is not there; return their paths, in order of arrival."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for at, (kind, text) in enumerate(self.files, 1):
            paths.append(folder / f"{at:02}.{kind.removeprefix('x')}")
            with replacing(paths[-1]) as file:
                file.write(text.encode())
        return paths


class Payer:
    """A payer that answers by a scenario: a name of `SCENARIOS`, or a `Scenario` of your own.

    Raises ValueError for an unknown name.
    """

    def __init__(self, scenario: str | Scenario = "paid-in-full", seed: int = 0) -> None:
        if isinstance(scenario, str):
            if scenario not in SCENARIOS:
                raise ValueError(f"unknown scenario {scenario!r}; choose from {', '.join(SCENARIOS)}")
            scenario = SCENARIOS[scenario]
        self.scenario = scenario
        self.seed = seed

    def answer(self, sent: Source | Transmission) -> Answers:
        """Return the answers to an 837: its path, text or bytes, an open file, or a transmission.

        Raises X12Error for what is not X12 at all, OSError if it cannot be read.
        """
        source = sent if isinstance(sent, Transmission) else Transmission.of(read_source(sent))
        found = batches(source.text, self.seed)
        if not found:
            return Answers(())
        made = _Answering(self.scenario, self.seed, source, found)
        files = sorted(made.files(), key=lambda each: each[0], reverse=self.scenario.newest_first)
        return Answers(tuple((kind, text) for _, kind, text in files))


class _Answering:
    """One file on its way through a scenario."""

    def __init__(self, scenario: Scenario, seed: int, source: Transmission, found: list[Batch]) -> None:
        self._scenario = scenario
        self._seed = seed
        self._source = source
        self._batches = found
        self._number = seed * 100

    def files(self) -> Iterator[tuple[date, str, str]]:
        """Yield the answers with the day they are made on and their kind, as far as the file gets."""
        scenario = self._scenario
        day = self._batches[0].sent_on
        if scenario.ta1:
            yield day, "ta1", self._interchange(day)
            if scenario.ta1 != _ACCEPTED:
                return
        if scenario.x999:
            groups = self._groups()
            yield day, "x999", dumps(groups, self._envelope(day), check=False)
            if not any(group.accepted for group in groups):
                return
        yield from self._statuses()
        yield from self._remittances()

    def _envelope(self, day: date) -> Envelope:
        self._number += 1
        return envelope((batch.head for batch in self._batches), day, self._number)

    def _interchange(self, day: date) -> str:
        isa = [*self._batches[0].head.isa, *[""] * 17]
        answer = InterchangeAnswer(
            control_number=isa[13].strip() or "000000000", date=isa[9].strip() or f"{day:%y%m%d}", time=isa[10].strip() or "0000",
            decision="A" if self._scenario.ta1 == _ACCEPTED else "R", reason=self._scenario.ta1,
        )  # fmt: skip
        return dumps([answer], self._envelope(day), check=False)

    def _groups(self) -> list[GroupAnswer]:
        """Return the 999 of each group: as the file is, or refused for the error that the scenario names."""
        judged = [each for each in answers(acknowledge(self._source)) if isinstance(each, GroupAnswer)]
        error = self._scenario.x999
        return (
            [_refused(each, error, self._batches) for each in judged]
            if isinstance(error, FileError)
            else judged
        )

    def _statuses(self) -> Iterator[tuple[date, str, str]]:
        for at, batch in enumerate(self._batches):
            claims = list(batch.claims)
            for step in self._scenario.x277ca:
                if claims:
                    answers, claims = Responder(step, batch, self._seed).statuses(claims)
                    day = later(batch.sent_on, step.day)
                    yield day, "x277ca", dumps(answers, self._envelope(day))
            self._batches[at] = attrs.evolve(batch, claims=tuple(claims))

    def _remittances(self) -> Iterator[tuple[date, str, str]]:
        open_claims: list[Received] = [claim for batch in self._batches for claim in batch.claims]
        if not open_claims:
            return
        sent_on = self._batches[0].sent_on
        books = accounts(open_claims, self._seed)
        for number, step in enumerate(self._scenario.x835):
            made = [account.remittance(step, number, sent_on) for account in books]
            day = later(sent_on, step.day)
            records = [
                remittance.evolve(
                    payment=remittance.payment.evolve(amount=remittance.payment.signed_amount + off)
                )
                if off
                else remittance
                for remittance, off in made
            ]
            for _ in range(step.times):
                yield day, "x835", dumps(records, self._envelope(day), check=not step.off)


def _refused(answer: GroupAnswer, error: FileError, found: list[Batch]) -> GroupAnswer:
    """Return the answer to a group that refuses each of its sets for an error in a field of its first claim."""
    sets = []
    for each in answer.sets:
        batch = next((one for one in found if one.head.st[2:3] == (each.control_number,)), found[0])
        place = batch.claims[0].claim.origin.place(error.path)
        errors: list[SegmentError] = []
        if place is not None:
            element = ElementError(element=place.element, component=place.component, code=error.code)
            loop = (place.loop or "")[:4] or None
            errors.append(
                SegmentError(
                    segment=place.segment or "",
                    position=place.position,
                    loop=loop,
                    code="8",
                    elements=[element],
                )
            )
        sets.append(
            SetResult(
                kind=each.kind,
                control_number=each.control_number,
                convention=each.convention,
                decision="R",
                reasons=("5",),
                errors=errors,
            )
        )
    return answer.evolve(decision="R", taken=0, sets=sets)
