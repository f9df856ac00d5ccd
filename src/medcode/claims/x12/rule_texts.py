"""What each rule of structure means and what mends it, in our own words.

`TEXTS` has a line for each rule of `rules.RULES`, by its name and in the same order.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["TEXTS", "RuleText"]


class RuleText(NamedTuple):
    """What is wrong, and what would mend it."""

    meaning: str
    cure: str


TEXTS = {
    "interchange-trailer-missing": RuleText("An interchange is not closed: the text ends, or another ISA comes, before its IEA.", "Add the IEA with the count of groups and the number of the ISA; if the text was cut, send it whole."),
    "interchange-control-mismatch": RuleText("IEA02 is not the control number of the ISA, or an IEA closes no interchange.", "Write the number of ISA13 in IEA02."),
    "interchange-group-count": RuleText("IEA01 is not the number of groups in the interchange.", "Count the GS segments between ISA and IEA."),
    "interchange-header-element": RuleText("An element of ISA has not the width that it must have, or ISA has more than its sixteen elements.", "Pad texts with spaces and numbers with zeros to the width of the element."),
    "interchange-delimiters": RuleText("The repetition separator (ISA11) is a letter, a digit, a space, or a character that another delimiter has.", "Choose a character that no data holds, such as ^."),
    "interchange-header-missing": RuleText("A group stands outside any interchange.", "Put an ISA before the group and an IEA behind it."),
    "interchange-duplicate": RuleText("An earlier interchange between the same partners has the same control number.", "Number each interchange anew, and do not send one twice."),
    "text-between-segments": RuleText("Something stands between the segments, or outside any transaction set, that belongs to neither.", "Remove it."),
    "group-trailer-missing": RuleText("A group is not closed: the text or the interchange ends, or another GS comes, before its GE.", "Add the GE with the count of sets and the number of the GS."),
    "group-control-mismatch": RuleText("GE02 is not the control number of the GS, or a GE closes no group.", "Write the number of GS06 in GE02."),
    "group-set-count": RuleText("GE01 is not the number of transaction sets in the group.", "Count the ST segments between GS and GE."),
    "group-header-element": RuleText("A transaction set stands outside any group, or an element of GS is missing or has not the form that it must have.", "Put a GS before the set, and give all of its eight elements."),
    "group-version-unsupported": RuleText("GS08 names a version of the standard that is not read.", "Send version 005010 with the number of its guide, such as 005010X222A1."),
    "set-unsupported": RuleText("The transaction set is not of the kind that its group holds.", "Put it into a group whose GS01 is for such sets: HC for claims."),
    "set-trailer-missing": RuleText("A transaction set is not closed: the text or the group ends, or another ST comes, before its SE.", "Add the SE with the count of segments and the number of the ST."),
    "set-control-mismatch": RuleText("SE02 is not the control number of the ST, or an SE closes no set.", "Write the number of ST02 in SE02."),
    "set-segment-count": RuleText("SE01 is not the number of segments in the set.", "Count the segments from ST to SE, both among them."),
    "set-control-number": RuleText("ST02 is missing, or has not four to nine characters.", "Number the sets of a group from 0001."),
    "set-convention-unsupported": RuleText("ST03 names a guide that is not known, so nothing in the set is judged.", "Name the guide that the set follows, such as 005010X222A1 for professional claims."),
    "set-control-duplicate": RuleText("An earlier set of the same group has the same control number.", "Give each set of a group a number of its own."),
    "set-convention-mismatch": RuleText("ST03 and GS08 name different guides.", "Write the same in both."),
    "segment-unrecognised": RuleText("The standard has no segment of that name.", "Remove it, or correct its name."),
    "segment-unexpected": RuleText("The guide uses the segment, but not at this place or not with this qualifier.", "Move it to its place, mend its qualifier, or remove it."),
    "segment-missing": RuleText("A segment that the guide requires in this loop is not there.", "Add it."),
    "loop-too-often": RuleText("A loop comes more often than the guide allows.", "Leave out the loops that are too many, or spread them over several claims."),
    "segment-too-often": RuleText("A segment comes more often in its loop than the guide allows.", "Leave out the segments that are too many, or join what they say."),
    "segment-out-of-order": RuleText("The segment belongs to this loop, before segments that stand already.", "Move it to its place."),
    "loop-missing": RuleText("A loop that the guide requires is not there.", "Add its segments, beginning with the one that opens it."),
    "segment-empty": RuleText("Two terminators follow each other with nothing between.", "Remove one of them."),
    "segment-not-due": RuleText("A claim stands below a subscriber who is not the patient.", "Move the claim below its patient (loop 2000C)."),
    "segment-due": RuleText("A segment is not there that something else in the set calls for: the claim, or the address, birth date and sex of a subscriber who is the patient.", "Add it."),
    "segment-not-used": RuleText("The standard has the segment for claims, and the guide does not use it.", "Remove it."),
    "segment-of-another-set": RuleText("The segment belongs to another kind of transaction set.", "Remove it."),
    "element-missing": RuleText("An element that the guide requires is empty.", "Give it."),
    "element-missing-with-another": RuleText("An element is empty that must stand when another of the segment does.", "Give all that belong together, or none."),
    "element-too-many": RuleText("The segment has more elements than the standard gives it.", "Remove those at the end; often a delimiter stands in the data."),
    "element-too-short": RuleText("The value has fewer characters than the standard asks for.", "Give the whole value."),
    "element-too-long": RuleText("The value has more characters or digits than the standard allows.", "Shorten it; split a claim whose amounts do not fit."),
    "element-characters": RuleText("The value holds a character that X12 does not allow there, or is no number where a number is wanted.", "Write plain characters; numbers are digits with at most one point, and no comma."),
    "element-code": RuleText("The value is none of those that the guide lists for this element.", "Take one of those that the finding names."),
    "element-date": RuleText("The value is no day that exists, or is not written in the form that its qualifier names.", "Write a day as CCYYMMDD, and a span as two days with a hyphen between."),
    "element-time": RuleText("The value is no time of day.", "Write it as HHMM, from 0000 to 2359."),
    "element-excluded-by-another": RuleText("Two elements of the segment stand that the standard does not allow together.", "Keep one of them."),
    "element-repeated": RuleText("The value is repeated in an element that is given once.", "Give one value."),
    "component-too-many": RuleText("The composite has more components than the standard gives it.", "Remove those at the end."),
    "element-not-used": RuleText("The guide says that the element is not used here.", "Leave it empty."),
    "element-due": RuleText("The subscriber is not said to be the patient, and no patient follows below.", "Write 18 in SBR02, or add the patient's level (loop 2000C)."),
    "element-not-due": RuleText("The subscriber is said to be the patient, and the claims are those of a dependent below.", "Leave SBR02 empty."),
    "subscriber-and-dependent": RuleText("A subscriber and a dependent are both patients below one subscriber's level.", "Give each a subscriber's level (loop 2000B) of its own."),
    "hierarchy-number": RuleText("The levels (HL01) are not numbered 1, 2, 3 in the order they come.", "Number them so, beginning with 1 in each set."),
    "hierarchy-parent": RuleText("HL02 names no level above this one, or the top level names one.", "Write the HL01 of the level above; leave it empty at the top."),
    "hierarchy-child": RuleText("HL04 says that a level follows below where none does, or that none follows where one does.", "Write 1 if a level follows below, else 0."),
    "line-number": RuleText("The lines of a claim (LX01) are not numbered 1, 2, 3 in the order they come.", "Number them so, beginning with 1 in each claim."),
    "trailing-separators": RuleText("Separators stand at the end of a segment or of a composite with nothing behind them.", "Drop them."),
    "number-form": RuleText("A number has zeros before it, zeros behind its point, or a point with nothing behind it.", "Write 100 or .5 instead of 0100.00 or 0.50."),
    "language-characters": RuleText("The value has a character outside the basic and extended character sets, which needs the consent of the receiver.", "Write it in plain letters."),
    "trailing-spaces": RuleText("Spaces stand at the end of the value.", "Drop them."),
    "component-separator": RuleText("The composites are cut by another separator than ISA16 names.", "Name in ISA16 the separator that is used."),
    "delimiter-in-data": RuleText("A value that is to be written holds a delimiter, which would cut it in two.", "Remove the character, or choose other delimiters."),
    "malformed-value": RuleText("A value that is to be written has not the form that its place wants, or its check digit is wrong.", "Give a value of the right form."),
    "value-without-place": RuleText("The claim holds a value that the guide has no place for, so it would be lost.", "Leave it out, or write the claim by a guide that has the place."),
    "text-cut": RuleText("The last segment has no terminator: the end of the text is missing.", "Send the whole text."),
    "interchange-authorization-qualifier": RuleText("ISA01 does not say in a known way whether authorization is given.", "Write 00 where there is none, else 03."),
    "interchange-security-qualifier": RuleText("ISA03 does not say in a known way whether a password is given.", "Write 00 where there is none, else 01."),
    "interchange-sender-qualifier": RuleText("ISA05 is no known kind of number for a sender.", "Write what the receiver asks for, such as ZZ or 30."),
    "interchange-receiver-qualifier": RuleText("ISA07 is no known kind of number for a receiver.", "Write what the receiver asks for, such as ZZ or 30."),
    "interchange-date": RuleText("ISA09 is no day.", "Write the day as YYMMDD."),
    "interchange-time": RuleText("ISA10 is no time of day.", "Write the time as HHMM."),
    "interchange-version": RuleText("ISA12 is not the version of the interchange that claims are sent in.", "Write 00501."),
    "interchange-control-number": RuleText("ISA13 is no number of nine digits.", "Number the interchange, with zeros before the number."),
    "interchange-acknowledgment-request": RuleText("ISA14 does not say whether an answer (TA1) is asked for.", "Write 1 to ask for it, else 0."),
    "interchange-usage": RuleText("ISA15 says neither production nor test.", "Write P, or T for a test."),
    "interchange-trailer-element": RuleText("IEA has more than its two elements.", "Remove what is too much."),
    "group-control-number": RuleText("GS06 is no number of one to nine digits.", "Number the group."),
    "group-control-duplicate": RuleText("An earlier group of the same interchange has the same control number.", "Give each group of an interchange a number of its own."),
    "group-empty": RuleText("A group holds no transaction set.", "Give it one, or leave the group out."),
    "group-trailer-element": RuleText("GE has more than its two elements.", "Remove what is too much."),
}  # fmt: skip
