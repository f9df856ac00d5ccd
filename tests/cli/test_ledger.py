"""`medcode ledger`: what became of each claim, on the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.claims.ledger.made import CO45, PR1, claim, line, paid, paid_line, remittance, sent

from medcode.claims import x12
from medcode.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def files(folder: Path, *answers: str) -> list[str]:
    texts = [sent(claim(), claim("PCN2", line(), line("85025", 20))), *answers]
    paths = [folder / f"{at}.x12" for at in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return [str(path) for path in paths]


def test_text_shows_each_claim_and_the_sums(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = x12.dumps([remittance(paid("PCN1", paid_line(100, 60, CO45, PR1)))])
    assert main(["ledger", *files(tmp_path, answer), "--on", "2026-02-01"]) == 0
    out = capsys.readouterr().out
    assert (
        "PCN1                 paid         25       100.00        60.00        10.00\n    Bill the patient 10.00.\n"
        in out
    )
    assert "2 claims                                   220.00        60.00\n" in out
    assert "payments received                                        60.00\n" in out


def test_what_fits_no_claim_makes_it_not_ok(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = x12.dumps([remittance(paid("X9"))]).replace("BPR*I*100", "BPR*I*90")
    undated = "TA1*000000077*260107*0930*A*000~"
    assert main(["ledger", *files(tmp_path, wrong, undated)]) == 1
    out = capsys.readouterr().out
    assert "does not add up by" in out
    assert "835 of 2026-01-20 fits no claim (none): no claim has its control number" in out
    assert "TA1 fits no claim (none): no claims were sent under its interchange" in out


def test_a_ledger_is_kept_and_asked_for_one_claim(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = str(tmp_path / "year.ledger")
    broken = sent(claim("PCN1", line(), line("85025", 20)), number=2).replace(
        "SV1*HC:85025*20", "SV1*HC:85025*x"
    )
    denied = x12.dumps(
        [remittance(paid("PCN1", paid_line(100, 60, CO45, PR1)), paid("pcn1", paid_line(90, 90)))]
    )
    main(["ledger", *files(tmp_path, denied, broken, x12.acknowledge(broken).text), "--db", base])
    capsys.readouterr()
    assert main(["ledger", "--db", base, "--claim", "PCN1"]) == 0
    out = capsys.readouterr().out
    assert (
        "2026-01-20 835   paid 60.00 PLAN1 HEALTH\n               CO 45 30\n               PR 1 10\n" in out
    )
    assert "(differs: charge)" in out
    assert "line 2 lines[1].charge SV102: invalid character (6)" in out
    assert main(["ledger", "--db", base, "--claim", "PCN3"]) == 1
    assert "No claim of the ledger has this control number." in capsys.readouterr().out


def test_csv_and_json_have_every_claim(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = files(tmp_path, x12.dumps([remittance(paid("X9"))]))
    main(["ledger", *paths, "--format", "csv"])
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("control_number,payer_claim_number,payer,state,")
    assert [row.split(",")[0] for row in rows] == ["PCN1", "PCN2"]
    main(["ledger", *paths, "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    assert [each["control_number"] for each in data["claims"]] == ["PCN1", "PCN2"]
    assert data["unmatched"][0]["by"] == "835"
    assert data["totals"]["unmatched"] == "100"


def test_nothing_to_add_and_what_is_no_x12_are_unusable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam", encoding="utf-8")
    assert main(["ledger"]) == 2
    assert "name the files to add, or a ledger with --db" in capsys.readouterr().err
    assert main(["ledger", str(letter)]) == 2
    assert "this is not X12" in capsys.readouterr().err
    assert main(["ledger", "--db", str(letter)]) == 2
