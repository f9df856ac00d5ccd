"""Why a payer paid less, in kinds a biller works by: medcode's own grouping of adjustment reasons.

The list of claim adjustment reason codes (CARC) belongs to X12, and its texts are the user's to load. The
numbers alone are facts; what kind of work each asks for, and why, is medcode's own judgment, in its own words.
A reason that the table does not have is of the kind `OTHER`.

>>> kind_of("CO", "97").title, kind_of("CO", "97").appeal
('Bundled', 'yes')
>>> kind_of("PR", "1") is ReasonKind.PATIENT_SHARE
True
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GROUPS_OF", "REASONS", "ReasonKind", "fits_group", "kind_of"]


class ReasonKind(Enum):
    """A kind of adjustment: why its reasons belong together, what to do next, by whom, whether it can be appealed."""

    CONTRACTUAL = (
        "Contractual",
        "The contract, a fee schedule or a law sets the price; nothing is wrong with the claim.",
        "Write the amount off. Compare it with the contract where it is more than expected.",
        "payment posting",
        "no",
    )
    PATIENT_SHARE = (
        "Patient share",
        "The plan leaves this part to the patient.",
        "Bill the next payer if there is one, else the patient.",
        "patient accounts",
        "no",
    )
    PRIOR_PAYER = (
        "Prior payer",
        "An earlier payer has paid or taken off this part.",
        "Check it against the earlier payer's remittance; write off no more than that payer did.",
        "payment posting",
        "no",
    )
    CODING = (
        "Coding",
        "A code contradicts another code, the patient, the place, the date or the provider.",
        "Review the record, correct the codes and send a replacement claim.",
        "coding",
        "yes",
    )
    AUTHORIZATION = (
        "Authorization",
        "An approval, a referral or the standing of a provider is missing, or does not fit the service.",
        "Find the authorization or ask for one after the fact, then send a replacement claim or appeal.",
        "authorizations",
        "yes",
    )
    ELIGIBILITY = (
        "Eligibility",
        "The person or the service is not covered by this plan on that day, or a limit is used up.",
        "Verify the coverage and the member number; bill the right plan, or the patient if the plan lets you.",
        "registration",
        "rarely",
    )
    DUPLICATE = (
        "Duplicate",
        "The payer holds the service for one that it has already decided on.",
        "Find the first decision. If both services were given, send a replacement claim with the modifier that says so.",
        "billing",
        "yes",
    )
    TIMELY_FILING = (
        "Timely filing",
        "The claim or the appeal reached the payer too late.",
        "Appeal with proof that it was sent in time: the 999 and the 277CA of the first submission.",
        "billing",
        "yes",
    )
    COORDINATION = (
        "Coordination of benefits",
        "The payer holds that another payer comes first, or is the one to ask.",
        "Ask the patient which coverage comes first, and bill that payer.",
        "registration",
        "rarely",
    )
    INFORMATION_MISSING = (
        "Information missing",
        "The payer cannot decide because something is absent or contradictory; the remark says what.",
        "Read the remark codes, add what is missing, and send a replacement claim.",
        "billing",
        "no",
    )
    MEDICAL_NECESSITY = (
        "Medical necessity",
        "The payer is not convinced that the service, or so much of it, was needed.",
        "Check the diagnoses against the coverage policy; appeal with the medical record.",
        "coding and the clinician",
        "yes",
    )
    BUNDLED = (
        "Bundled",
        "The payment is part of that for another service.",
        "Check the edits for the pair; if the services were distinct, send a replacement claim with a modifier.",
        "coding",
        "yes",
    )
    OTHER = (
        "Other",
        "The reason is of no kind that medcode knows, or tells too little by itself.",
        "Read the payer's remarks and its own explanation.",
        "billing",
        "yes",
    )

    def __init__(self, title: str, why: str, next_step: str, by: str, appeal: str) -> None:
        self.title = title
        self.why = why
        self.next_step = next_step
        self.by = by
        self.appeal = appeal


_K = ReasonKind

_TABLE: Mapping[ReasonKind, str] = {
    _K.CONTRACTUAL: """
        24 42 44 45 69 70 74 75 76 90 91 94 102 103 104 105 111 118 121 122 130 131 132 137 139 144 147 161 169 186 205
        209 212 222 223 225 232 235 237 245 246 253 256 259 260 262 263 264 265 266 271 274 278 281 295 303 A2 P6 P12 P24
        P25 P26 W1 Y3""",
    _K.PATIENT_SHARE: "1 2 3 66 85 100 142 178 187 241 247 248",
    _K.PRIOR_PAYER: "23 136 229 275",
    _K.CODING: """
        4 5 6 7 8 9 10 11 12 58 108 146 172 181 182 189 199 203 211 233 240 261 282 A8 B16 B22""",
    _K.AUTHORIZATION: """
        15 38 39 61 95 165 170 171 183 184 185 197 198 210 242 243 279 283 284 285 287 288 296 299 302 B7 B23""",
    _K.ELIGIBILITY: """
        13 14 26 27 30 31 32 33 34 35 49 51 53 78 96 106 119 140 149 157 158 159 160 166 177 179 180 200 202 204 224 238
        239 257 277 A6 B1""",
    _K.DUPLICATE: "18 B13 B20",
    _K.TIMELY_FILING: "29 286 B4",
    _K.COORDINATION: """
        19 20 21 22 109 129 195 201 214 215 219 228 254 258 270 276 280 289 290 291 292 297 298 300 301 B9 B11 P1 P2 P3 P4
        P5 P7 P8 P21 P22 Y1 Y2""",
    _K.INFORMATION_MISSING: """
        16 107 110 112 115 116 125 135 148 155 163 164 173 174 175 176 206 207 208 226 227 250 251 252 267 268 A1 B12""",
    _K.MEDICAL_NECESSITY: """
        40 50 55 56 114 117 150 151 152 153 154 167 188 216 272 273 B5 B8""",
    _K.BUNDLED: "54 59 60 89 97 128 134 190 194 231 234 236 249 269 B10 B14 B15",
    _K.OTHER: "101 133 143 192 193 213 293 294 A0",
}

REASONS: Mapping[str, ReasonKind] = {
    reason: kind for kind, reasons in _TABLE.items() for reason in reasons.split()
}
"""The kind of each adjustment reason (CARC), by its number."""

_OF_GROUP = {"PR": ReasonKind.PATIENT_SHARE}


def kind_of(group: str, reason: str) -> ReasonKind:
    """Return the kind of an adjustment; a reason that is not known is judged by its group.

    >>> kind_of("PR", "999").title, kind_of("CO", "999").title
    ('Patient share', 'Other')
    """
    return REASONS.get(reason) or _OF_GROUP.get(group, ReasonKind.OTHER)


GROUPS_OF: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("1", "2", "3"), frozenset({"PR"})
    ),  # deductible, coinsurance, copayment: the patient's by their meaning
    "23": frozenset({"OA"}),
    "45": frozenset({"CO", "PR"}),
}
"""The groups (CAS01) that a reason may be in, of the few reasons that are not for all."""


def fits_group(group: str, reason: str) -> bool:
    """Whether a reason may be in a group.

    >>> fits_group("PR", "1"), fits_group("CO", "1"), fits_group("CO", "97")
    (True, False, True)
    """
    groups = GROUPS_OF.get(reason)
    return groups is None or group in groups
