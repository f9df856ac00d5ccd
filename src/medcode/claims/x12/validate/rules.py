"""The rules of structure, one table: id, name, SNIP type, answer, meaning and fix of each together.

SNIP 1 is the standard's own syntax, SNIP 2 what the implementation guide adds. Of payers' answers, which no edits look at,
SNIP 3 is balance, 4 what contradicts itself, 5 codes. `level` names the
acknowledgment segment that carries `code`: a TA1 for the interchange, else a 999.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.discreet import discreet
from medcode.findings import Finding, Fix, Outcome, Severity, Source

if TYPE_CHECKING:
    from medcode.findings import Location

__all__ = ["RULES", "Rule", "finding", "left_out"]

STANDARD = Source("ASC X12", "X12 EDI standard", edition="005010")
GUIDE = Source("ASC X12", "Implementation guide", edition="005010")

_FIELDS = {
    "interchange": "TA1 TA105",
    "group": "999 AK905",
    "set": "999 IK502",
    "segment": "999 IK304",
    "element": "999 IK403",
}


@attrs.frozen
class Rule:
    """One rule: what it is called, how an acknowledgment answers it, what it means and what fixes it."""

    id: str
    name: str
    snip: int
    level: str
    code: str
    meaning: str
    fix: str
    severity: Severity = Severity.ERROR

    @property
    def source(self) -> Source:
        """The document the rule comes from."""
        return STANDARD if self.snip == 1 else GUIDE

    @property
    def ack(self) -> str:
        """The answer to expect, such as `999 IK403 7`."""
        return self.ack_of(self.code)

    def ack_of(self, code: str) -> str:
        """Return the answer with another code of its level: some rules have one for the standard, one for the guide."""
        return f"{_FIELDS[self.level]} {code}"


W = Severity.WARNING

# fmt: off
_TABLE = (
    Rule("X001", "interchange-trailer-missing", 1, "interchange", "023", "An interchange is not closed: the text ends, or another ISA follows, before its IEA.", "Add the IEA with the count of groups and the number of the ISA; if the text was cut off, send it whole."),
    Rule("X002", "interchange-control-mismatch", 1, "interchange", "001", "IEA02 is not the control number of the ISA, or an IEA closes no interchange.", "Write the number of ISA13 in IEA02."),
    Rule("X003", "interchange-group-count", 1, "interchange", "021", "IEA01 is not the number of groups in the interchange.", "Count the GS segments between ISA and IEA."),
    Rule("X004", "interchange-header-element", 1, "interchange", "024", "An element of ISA does not have its fixed width, or ISA has more than sixteen elements.", "Pad texts with spaces and numbers with zeros to the width of the element."),
    Rule("X005", "interchange-delimiters", 1, "interchange", "026", "The repetition separator (ISA11) is a letter, a digit, a space, or a character that is another delimiter.", "Choose a character that no data contains, such as ^."),
    Rule("X006", "interchange-header-missing", 1, "interchange", "022", "A group is outside any interchange.", "Put an ISA before the group and an IEA after it."),
    Rule("X007", "interchange-duplicate", 1, "interchange", "025", "An earlier interchange between the same partners has the same control number.", "Give each interchange a new number, and do not send one twice."),
    Rule("X008", "text-between-segments", 1, "interchange", "022", "There is text between the segments, or outside any transaction set, that belongs to neither.", "Remove it."),
    Rule("X009", "not-utf-8", 1, "element", "6", "The bytes of the file are not UTF-8, so they were read as Latin-1 (ISO 8859-1).", "Check the letters with accents, and write the file in UTF-8.", Severity.INFO),
    Rule("X011", "group-trailer-missing", 1, "group", "3", "A group is not closed: the text or the interchange ends, or another GS follows, before its GE.", "Add the GE with the count of sets and the number of the GS."),
    Rule("X012", "group-control-mismatch", 1, "group", "4", "GE02 is not the control number of the GS, or a GE closes no group.", "Write the number of GS06 in GE02."),
    Rule("X013", "group-set-count", 1, "group", "5", "GE01 is not the number of transaction sets in the group.", "Count the ST segments between GS and GE."),
    Rule("X014", "group-header-element", 1, "group", "1", "A transaction set is outside any group, or an element of GS is missing or malformed.", "Put a GS with all eight elements before the set."),
    Rule("X015", "group-version-unsupported", 1, "group", "2", "GS08 names a version of the standard that is not supported.", "Send version 005010 with the number of its guide, such as 005010X222A1."),
    Rule("X021", "set-unsupported", 1, "set", "1", "The transaction set is not of the kind that its group holds.", "Move it to a group whose GS01 is for such sets: HC for claims."),
    Rule("X022", "set-trailer-missing", 1, "set", "2", "A transaction set is not closed: the text or the group ends, or another ST follows, before its SE.", "Add the SE with the count of segments and the number of the ST."),
    Rule("X023", "set-control-mismatch", 1, "set", "3", "SE02 is not the control number of the ST.", "Write the number of ST02 in SE02."),
    Rule("X024", "set-segment-count", 1, "set", "4", "SE01 is not the number of segments in the set.", "Count the segments from ST to SE, including both."),
    Rule("X025", "set-control-number", 1, "set", "7", "ST02 is missing, or does not have four to nine characters.", "Number the sets of a group from 0001."),
    Rule("X026", "set-convention-unsupported", 2, "set", "I6", "No supported guide is named by ST03 or GS08, so nothing in the set is checked.", "Name the guide that the set follows, such as 005010X222A1 for professional claims."),
    Rule("X027", "set-control-duplicate", 1, "set", "23", "An earlier set of the same group has the same control number.", "Give each set of a group its own number."),
    Rule("X028", "set-convention-mismatch", 2, "set", "I6", "ST03 and GS08 name different guides.", "Write the same in both.", W),
    Rule("X029", "set-control-padding", 1, "set", "3", "SE02 is the control number of the ST with more or fewer leading zeros.", "Write the number of ST02 in SE02.", W),
    Rule("X030", "set-header-missing", 1, "group", "5", "The segments of a transaction set follow GS or SE without an ST.", "Add the ST with the number of the set and its guide."),
    Rule("X031", "segment-unrecognized", 1, "segment", "1", "The standard has no segment of that name.", "Remove it, or correct its name."),
    Rule("X032", "segment-unexpected", 1, "segment", "2", "The guide uses the segment, but not at this place or not with this qualifier.", "Move it to its place, correct its qualifier, or remove it."),
    Rule("X033", "segment-missing", 2, "segment", "I8", "A segment that the guide requires in this loop is missing.", "Add it."),
    Rule("X034", "loop-too-often", 2, "segment", "4", "A loop occurs more often than the guide allows.", "Remove the extra loops, or spread them over several claims."),
    Rule("X035", "segment-too-often", 2, "segment", "5", "A segment occurs more often in its loop than the guide allows.", "Remove the extra segments, or combine them."),
    Rule("X036", "segment-out-of-order", 1, "segment", "7", "The segment belongs to this loop, but before segments that precede it here.", "Move it to its place."),
    Rule("X037", "loop-missing", 2, "segment", "I7", "A loop that the guide requires is missing.", "Add its segments, beginning with the one that opens it."),
    Rule("X038", "segment-empty", 1, "segment", "1", "Two segment terminators follow each other with nothing between them.", "Remove one of them."),
    Rule("X039", "segment-not-due", 2, "segment", "I9", "A claim is placed below a subscriber who is not the patient.", "Move the claim below its patient (loop 2000C)."),
    Rule("X040", "segment-due", 2, "segment", "I6", "A segment is missing that something else in the set requires: the claim, or the address, birth date and sex of a subscriber who is the patient.", "Add it."),
    Rule("X041", "segment-not-used", 2, "segment", "I4", "The standard has the segment for this set, but the guide does not use it.", "Remove it."),
    Rule("X042", "segment-of-another-set", 1, "segment", "6", "The segment belongs to another kind of transaction set.", "Remove it."),
    Rule("X051", "element-missing", 2, "element", "1", "An element that the guide requires is empty.", "Add it."),
    Rule("X052", "element-missing-with-another", 1, "element", "2", "An element is empty that is required when another of the segment is present.", "Send all the elements that belong together, or none."),
    Rule("X053", "element-too-many", 1, "element", "3", "The segment has more elements than the standard defines.", "Remove those at the end; often the data contains a delimiter."),
    Rule("X054", "element-too-short", 1, "element", "4", "The value is shorter than the standard allows.", "Send the whole value."),
    Rule("X055", "element-too-long", 1, "element", "5", "The value has more characters or digits than the standard allows.", "Shorten it; split a claim whose amounts do not fit."),
    Rule("X056", "element-characters", 1, "element", "6", "The value contains a character that X12 does not allow there, or is not a number where one is required.", "Use plain characters; numbers are digits with at most one decimal point, and no comma."),
    Rule("X057", "element-code", 2, "element", "7", "The value is not one that the guide lists for this element.", "Use one of those that the finding names."),
    Rule("X058", "element-date", 1, "element", "8", "The value is not a date, or is not in the format that its qualifier names.", "Write a date as CCYYMMDD, and a range as two dates with a hyphen between them."),
    Rule("X059", "element-time", 1, "element", "9", "The value is not a time of day.", "Write it as HHMM, from 0000 to 2359."),
    Rule("X060", "element-excluded-by-another", 1, "element", "10", "The segment has two elements that the standard does not allow together.", "Keep one of them."),
    Rule("X062", "element-repeated", 1, "element", "12", "The element is repeated, and may occur only once.", "Send one value."),
    Rule("X063", "component-too-many", 1, "element", "13", "The composite has more components than the standard defines.", "Remove those at the end."),
    Rule("X064", "element-not-used", 2, "element", "I10", "The guide does not use this element here.", "Leave it empty."),
    Rule("X065", "element-due", 2, "element", "I9", "SBR02 does not make the subscriber the patient, and no patient follows.", "Write 18 in SBR02, or add the patient's level (loop 2000C)."),
    Rule("X066", "element-not-due", 2, "element", "I13", "SBR02 makes the subscriber the patient, but the claims are those of a dependent.", "Leave SBR02 empty."),
    Rule("X067", "subscriber-and-dependent", 2, "element", "I13", "A subscriber and a dependent are both patients below one subscriber's level.", "Give each a subscriber's level (loop 2000B) of its own.", W),
    Rule("X068", "set-too-long", 2, "segment", "4", "A transaction set holds more claims than the guides recommend, which is 5,000.", "Spread the claims over several sets.", W),
    Rule("X071", "hierarchy-number", 1, "element", "7", "The levels (HL01) are not numbered 1, 2, 3 in their order.", "Number them in order, beginning with 1 in each set."),
    Rule("X072", "hierarchy-parent", 1, "element", "7", "HL02 names no level above this one, or the top level names one.", "Write the HL01 of the level above; leave it empty at the top."),
    Rule("X073", "hierarchy-child", 1, "element", "7", "HL04 says that a level follows below where none does, or that none follows where one does.", "Write 1 if a level follows below, else 0."),
    Rule("X074", "line-number", 2, "element", "7", "The lines of a claim (LX01) are not numbered 1, 2, 3 in their order.", "Number them in order, beginning with 1 in each claim."),
    Rule("X081", "trailing-separators", 1, "element", "3", "A segment or composite ends in separators with nothing after them.", "Remove them.", W),
    Rule("X082", "number-form", 1, "element", "6", "A number has leading zeros, trailing zeros after its decimal point, or a decimal point with nothing after it.", "Write 100 or .5 instead of 0100.00 or 0.50.", Severity.INFO),
    Rule("X083", "language-characters", 1, "element", "6", "The value has a character outside the basic and extended character sets, which the receiver must agree to.", "Write it in plain letters.", W),
    Rule("X084", "trailing-spaces", 1, "element", "6", "The value ends in spaces.", "Remove them.", W),
    Rule("X085", "segment-wrapped", 1, "element", "6", "A line breaks within a segment, as where lines are wrapped at a fixed width.", "Send each segment without line breaks; one may follow its terminator."),
    Rule("X086", "code-form", 2, "element", "I12", "A code has a decimal point, a dash, a space or lowercase letters, which a claim does not carry.", "Send the code as capital letters and digits only."),
    Rule("X087", "list-gap", 2, "element", "I12", "A value of a list, such as modifiers or pointers, is left out before others; those after it are read as if they moved up.", "Send the values of a list without a gap.", W),
    Rule("X088", "code-gap", 2, "element", "I12", "A code of HI is left out before others, so that pointers, which count the codes, may name the wrong one.", "Send the codes without a gap, and correct the pointers."),
    Rule("X091", "component-separator", 1, "element", "6", "The composites are separated by another character than ISA16 names.", "Name in ISA16 the separator that is used."),
    Rule("X092", "delimiter-in-data", 1, "element", "6", "A value to be written contains a delimiter, which would cut it in two.", "Remove the character, or choose other delimiters."),
    Rule("X093", "malformed-value", 2, "element", "7", "A value to be written is not in the format of its element, or its check digit is wrong.", "Correct the value."),
    Rule("X094", "value-without-place", 2, "element", "I10", "The claim holds a value that the guide has no element for, so it would be lost.", "Remove it, or write the claim by a guide that has the element."),
    Rule("X095", "text-cut", 1, "interchange", "023", "The last segment has no terminator: the end of the text is missing.", "Send the whole text."),
    Rule("X096", "interchange-authorization-qualifier", 1, "interchange", "010", "ISA01 is not a known authorization qualifier.", "Write 00 for none, else 03."),
    Rule("X097", "interchange-security-qualifier", 1, "interchange", "012", "ISA03 is not a known security qualifier.", "Write 00 for none, else 01."),
    Rule("X098", "interchange-sender-qualifier", 1, "interchange", "005", "ISA05 is not a known kind of sender id.", "Write what the receiver asks for, such as ZZ or 30."),
    Rule("X099", "interchange-receiver-qualifier", 1, "interchange", "007", "ISA07 is not a known kind of receiver id.", "Write what the receiver asks for, such as ZZ or 30."),
    Rule("X100", "interchange-date", 1, "interchange", "014", "ISA09 is not a date.", "Write the date as YYMMDD."),
    Rule("X101", "interchange-time", 1, "interchange", "015", "ISA10 is not a time of day.", "Write the time as HHMM."),
    Rule("X102", "interchange-version", 1, "interchange", "017", "ISA12 is not the version of the interchange that claims are sent in.", "Write 00501."),
    Rule("X103", "interchange-control-number", 1, "interchange", "018", "ISA13 is not a number of nine digits.", "Number the interchange, with zeros before the number."),
    Rule("X104", "interchange-acknowledgment-request", 1, "interchange", "019", "ISA14 does not say whether an acknowledgment (TA1) is requested.", "Write 1 to request one, else 0."),
    Rule("X105", "interchange-usage", 1, "interchange", "020", "ISA15 is neither production nor test.", "Write P, or T for a test."),
    Rule("X106", "interchange-trailer-element", 1, "interchange", "022", "IEA has more than two elements.", "Remove the extra elements."),
    Rule("X107", "group-control-number", 1, "group", "6", "GS06 is not a number of one to nine digits.", "Number the group."),
    Rule("X108", "group-control-duplicate", 1, "group", "19", "An earlier group of the same interchange has the same control number.", "Give each group of an interchange its own number."),
    Rule("X109", "group-empty", 1, "group", "5", "A group holds no transaction set.", "Add one, or remove the group."),
    Rule("X110", "group-trailer-element", 1, "group", "1", "GE has more than two elements.", "Remove the extra elements."),
    Rule("X201", "line-balance", 3, "element", "7", "The charge of a paid line less its adjustments is not what was paid for it.", "Correct the charge (SVC02), the payment (SVC03) or the adjustments (CAS) of the line."),
    Rule("X202", "claim-balance", 3, "element", "7", "The charge of a paid claim less all its adjustments, lines included, is not what was paid for it.", "Correct the charge (CLP03), the payment (CLP04) or the adjustments (CAS) of the claim."),
    Rule("X203", "claim-lines-total", 3, "element", "7", "The charges of a paid claim's lines do not add up to the charge of the claim.", "Correct CLP03, or send every line."),
    Rule("X204", "patient-share", 3, "element", "7", "The patient responsibility (CLP05) is not the sum of the adjustments of group PR.", "Correct CLP05 or the adjustments.", W),
    Rule("X205", "summary-total", 3, "element", "7", "The count or the charges of a provider summary (TS3) are not those of the claims of its group.", "Count and add up the claims of the group."),
    Rule("X206", "payment-balance", 3, "element", "7", "The payments of the claims less the provider adjustments (PLB) are not the amount of the payment (BPR02).", "Correct BPR02, the claims or the provider adjustments."),
    Rule("X207", "status-total", 3, "element", "7", "Charges that a level of a claim acknowledgment states are not those of its claims.", "Add up the claims of the level, accepted and rejected apart."),
    Rule("X208", "status-count", 3, "element", "7", "A count that a level of a claim acknowledgment states is not that of its claims.", "Count the claims of the level, accepted and rejected apart."),
    Rule("X211", "payment-handling", 4, "element", "7", "The amount of a payment contradicts how it is handled: it is negative, or there is one where no money moves.", "Correct the amount (BPR02), the handling (BPR01) or the method (BPR04)."),
    Rule("X212", "payer-id-mismatch", 4, "element", "7", "BPR10 and TRN03 name different companies as the one that pays.", "Send the same number in both.", W),
    Rule("X213", "status-contradicts-payment", 4, "element", "7", "A claim is paid whose status says that it is denied, another payer's, or a predetermination.", "Correct the status (CLP02) or the payment (CLP04)."),
    Rule("X214", "reversal-sign", 4, "element", "7", "A reversal has positive amounts, or a claim that is not a reversal a negative charge.", "Send status 22 with negated amounts, or a positive charge."),
    Rule("X215", "two-decisions", 4, "segment", "I9", "A paid claim has an inpatient (MIA) and an outpatient (MOA) decision.", "Send the one that applies."),
    Rule("X216", "forwarding-contradicts", 4, "element", "7", "The status of a paid claim and the payer it was forwarded to (NM1*TT) contradict each other.", "Send status 19, 20 or 21 together with NM1*TT.", W),
    Rule("X217", "day-after-payment", 4, "element", "8", "A claim has a date of service or receipt after the date of the payment.", "Correct the date.", W),
    Rule("X218", "days-disagree", 4, "element", "8", "Dates contradict each other: an end before its start, one end without the other, or an acceptance before the service.", "Correct the date."),
    Rule("X219", "zero-adjustment", 4, "element", "7", "An adjustment of 0.00 changes nothing.", "Leave it out.", W),
    Rule("X220", "adjustment-group-repeated", 4, "element", "7", "A group has two CAS, though the first has room for the adjustment.", "Send up to six adjustments of a group in one CAS.", W),
    Rule("X221", "status-action", 4, "element", "7", "The action of a status contradicts its category, or another status of the claim.", "Send WQ with A0, A1, A2 or A5, and U with A3, A4, A6, A7 or A8."),
    Rule("X222", "claim-answered-twice", 4, "element", "7", "A batch answers two claims with the same control number.", "Answer each claim of a batch once.", W),
    Rule("X223", "level-contradicts", 4, "segment", "I9", "A batch or a provider is rejected as a whole, and claims of it are accepted.", "Reject the claims, or accept the level."),
    Rule("X224", "payment-method", 4, "element", "7", "The method of a payment contradicts its amount, or the banks and accounts that are named.", "Correct the method (BPR04), or name the banks and accounts that it needs.", W),
    Rule("X225", "detail-repeated", 4, "segment", "5", "A claim, a line or a party has the same amount, quantity, identifier, remark or contact twice.", "Send it once.", W),
    Rule("X226", "group-reason", 4, "element", "7", "An adjustment reason is in a group that it is not for: 1, 2 and 3 are for PR, 23 for OA, 45 for CO or PR.", "Correct the group (CAS01) or the reason.", W),
    Rule("X227", "claim-repeated", 4, "segment", "5", "A remittance has the same payment of the same claim and patient twice.", "Send each payment of a claim once.", W),
    Rule("X228", "covered-days", 4, "element", "7", "The covered days of an inpatient decision (MIA01) and of the claim (QTY*CA) disagree.", "Correct one of them, or send 0 in MIA01.", W),
    Rule("X229", "days-out-of-order", 4, "element", "8", "A service is outside the dates of its statement or after its receipt, or a status before the receipt or after the answer.", "Correct the date.", W),
    Rule("X230", "service-date-missing", 4, "segment", "I9", "A claim acknowledgment accepts a claim without a date of service.", "Add it; only a predetermination has none.", W),
    Rule("X231", "npi-invalid", 5, "element", "7", "An NPI of a payer's answer does not have ten digits that begin with 1 or 2, or its check digit is wrong.", "Correct the NPI.", W),
    Rule("X232", "adjustment-reason-form", 5, "element", "7", "An adjustment reason has a form that no such code (CARC) has.", "Send a number of up to three digits, or a letter and a number."),
    Rule("X233", "adjustment-reason-unknown", 5, "element", "7", "The loaded list of adjustment reasons (CARC) does not have the code on that day.", "Correct the code, or load the current list.", W),
    Rule("X234", "remark-form", 5, "element", "7", "A remittance remark has a form that no such code (RARC) has.", "Send M, MA or N and a number."),
    Rule("X235", "remark-unknown", 5, "element", "7", "The loaded list of remittance remarks (RARC) does not have the code on that day.", "Correct the code, or load the current list.", W),
    Rule("X236", "status-category", 5, "element", "7", "The category of a status does not belong to this transaction.", "Send A0 to A8 in a 277CA, and D, E, F, P, R or A4 in a 277."),
    Rule("X237", "status-code-form", 5, "element", "7", "A claim status code has a form that no such code has.", "Send a number of up to three digits."),
    Rule("X238", "status-code-unknown", 5, "element", "7", "The loaded list of claim status codes does not have the code on that day.", "Correct the code, or load the current list.", W),
    Rule("X239", "status-category-unknown", 5, "element", "7", "The loaded list of claim status categories does not have the category on that day.", "Correct the category, or load the current list.", W),
    Rule("X240", "identifier-kind", 5, "element", "7", "An identifier does not have the form of what its qualifier names: an NPI sent as a tax id, or a Social Security number or type of bill with another form.", "Correct the qualifier or the identifier.", W),
    Rule("X241", "procedure-form", 5, "element", "7", "A procedure of a payer's answer does not have the form of the list that its qualifier names.", "Correct the code, its qualifier or its modifiers.", W),
    Rule("X242", "address-state", 5, "element", "7", "An address in the US has no state or ZIP code, an unknown state, or a ZIP code without five or nine digits.", "Correct the address, or name its country.", W),
    Rule("X243", "status-code-contradicts", 5, "element", "7", "A status rejects a claim with a code for acceptance, or accepts it with one for rejection.", "Correct the category or the code.", W),
)
# fmt: on

RULES = {rule.name: rule for rule in _TABLE}
"""Every rule of structure by its name."""


def finding(  # noqa: PLR0913, PLR0917  # what a finding of structure consists of
    rule: str,
    message: str,
    location: Location,
    fix: str | Fix | None = None,
    claim: int | None = None,
    code: str | None = None,
) -> Finding:
    """Return the finding of a rule of structure, by its name; `code` is its answer where it is not the rule's.

    The code that a fix replaces is that of the finding.
    """
    about = RULES[rule]
    return Finding(
        about.id,
        about.name,
        message,
        about.severity,
        snip=about.snip,
        location=location,
        source=about.source,
        fix=Fix(fix) if isinstance(fix, str) else fix,
        ack=about.ack_of(code) if code else about.ack,
        claim=claim,
        code=discreet(fix.old) if isinstance(fix, Fix) and isinstance(fix.old, str) else None,
    )


def left_out(rule: str, message: str, fix: str) -> Finding:
    """Return what a rule of structure could not judge anywhere in a file."""
    about = RULES[rule]
    return Finding(
        about.id,
        about.name,
        message,
        Severity.INFO,
        Outcome.NOT_CHECKED,
        snip=about.snip,
        source=about.source,
        fix=Fix(fix),
    )
