"""Prove the checker on CARIN's examples and on broken ones, then check what medcode writes.

    python -m tools.profiles [--claims N]

What is written: explanations of benefit of drawn claims and of the 837 files of the reference data, paid by a simulated
payer; the bundles of the claims, claim responses and payment reconciliations. Each resource is checked against
the profile that it names, else against FHIR's own definition, and by fhirkit-rs. Exits with 1 where a count falls short.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fhirkit
from hypothesis import HealthCheck, Phase, given, settings
from tools.profiles.checker import Checker
from tools.profiles.mutants import mutants
from tools.profiles.packages import CARIN, PACKAGES, Definitions, folder

from medcode.claims import fhir, x12
from medcode.testing import Payer, strategies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.claim import Claim

MUTANTS, FOUND = 100, 90
SCENARIOS = (
    "paid-in-full",
    "contractual",
    "deductible",
    "coinsurance",
    "bundled",
    "denials",
    "partial-denial",
    "interest",
)
SHOWN = 20


def main() -> int:
    """Print what each step found."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=1_000, help="how many claims are drawn")
    count = parser.parse_args().claims
    cache = folder()
    if cache is None:
        print(
            f"no FHIR package cache with {', '.join(PACKAGES)}; set MEDCODE_FHIR_PACKAGES to one",
            file=sys.stderr,
        )
        return 2
    checker = Checker(Definitions.of(cache))
    return int(bool(proof(checker, cache)) | bool(written(checker, count)))


def proof(checker: Checker, cache: Path) -> int:
    """Return how far the checker falls short on the guide's examples and on broken ones."""
    package = cache / CARIN / "package"
    read = (json.loads(path.read_text("utf-8")) for path in package.glob("**/*.json"))
    resources = {
        f"{each['resourceType']}/{each['id']}": each for each in read if each.get("meta", {}).get("profile")
    }
    examples = [each for each in resources.values() if each["resourceType"] == "ExplanationOfBenefit"]
    alarms = {
        name: found for name, each in resources.items() if (found := checker.check(each, resources.get))
    }
    print(
        f"{len(examples)} explanations of benefit and {len(resources) - len(examples)} other examples: {len(alarms)} with false alarms"
    )
    broken = list(mutants(sorted(examples, key=lambda each: str(each["id"])), MUTANTS))
    missed = [name for name, each in broken if not checker.check(each, resources.get)]
    print(
        f"{len(broken)} broken examples: {len(broken) - len(missed)} found; missed: {'; '.join(missed) or 'none'}"
    )
    judged = checker.invariants.judged
    print(
        f"{len(judged)} invariants judged {sum(judged.values()):,} times; not judged: {checker.invariants.stuck or 'none'}"
    )
    return len(alarms) + (len(broken) - len(missed) < FOUND) + (len(examples) < 20)  # noqa: PLR2004  # the guide's own


def written(checker: Checker, count: int) -> int:
    """Return how many resources that medcode writes break a rule."""
    made, wrong = Counter[str](), Counter[str]()
    for bundle in bundles(count):
        found = [f"fhirkit: {issue}" for issue in fhirkit.validate(bundle)] + [
            str(each) for each in checker.check_bundle(bundle)
        ]
        made.update(each["resource"]["resourceType"] for each in bundle["entry"])
        wrong.update(found)
    print(f"written: {', '.join(f'{number:,} {kind}' for kind, number in made.most_common())}")
    print(f"rules broken: {len(wrong)}")
    for text, number in wrong.most_common(SHOWN):
        print(f"  {number:,} x {text}")
    return len(wrong)


def bundles(count: int) -> Iterator[Any]:
    """Yield what is written of drawn claims and of the claims of the samples."""
    claims = drawn(count)
    print(f"{len(claims):,} drawn claims", flush=True)
    for number in range(0, count, 50):
        scenario = SCENARIOS[number // 50 % len(SCENARIOS)]
        yield from paid(claims[number : number + 50], scenario)
    where = Path(os.environ.get("MEDCODE_REFERENCE_DATA") or "../shared", "samples")
    sample = 0
    for path in sorted(where.glob("*/837*/*")):
        if found := list(x12.load(path).claims()):
            sample += len(found)
            yield from paid(found, SCENARIOS[sample % len(SCENARIOS)])
    print(f"{sample} claims of samples")


def paid(claims: list[Claim], scenario: str) -> Iterator[Any]:
    """Yield the bundles of claims and of what a payer answers to them."""
    for claim in claims:
        yield fhir.to_bundle(claim)
        yield fhir.to_bundle(claim, extensions=False)
    by_number = {claim.control_number: claim for claim in claims}
    text = x12.dumps(list(by_number.values()), check=False)
    answers = Payer(scenario, seed=1).answer(text)
    for status in x12.loads(answers.x277ca or "").claim_statuses() if answers.x277ca else ():
        if (number := str(status.control_number)) in by_number:
            yield fhir.claim_response(by_number[number], status)
    for remittance in x12.loads(answers.x835).remittances() if answers.x835 else ():
        yield fhir.payment_reconciliation(remittance)
        for payment in remittance.claims:
            if (number := str(payment.control_number)) in by_number:
                claim = by_number[number]
                yield fhir.claim_response(claim, payment, remittance=remittance)
                yield fhir.explanation_of_benefit(claim, payment, remittance=remittance, network="innetwork")


def drawn(count: int) -> list[Claim]:
    """Return claims that the strategies draw, the same in every run."""
    claims: list[Claim] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.professional_claims() | strategies.institutional_claims() | strategies.dental_claims())
    def collect(claim: Claim) -> None:
        number = claim.control_number + f"-{len(claims)}"  # many are drawn alike
        claims.append(claim.evolve(control_number=number[-20:]))

    while len(claims) < count:
        collect()
    return claims[:count]


if __name__ == "__main__":
    sys.exit(main())
