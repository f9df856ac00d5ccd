"""Checks resources against the compiled profiles of a FHIR guide; `nox -s profiles` runs it on CARIN's.

The profiles are read from a FHIR package cache (folders such as `hl7.fhir.us.carin-bb#2.2.0/package`) named by
`MEDCODE_FHIR_PACKAGES`, by default `~/.fhir/packages`; nothing of them is part of the project.
"""
