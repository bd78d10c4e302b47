"""Fetch the pinned front-end libraries, with their licences, from npm into the vendor folders.

    python -m scripts.vendor           fetch and write them (needs npm and the network)
    python -m scripts.vendor --check   exit with 1 if a vendored file differs from the pinned one (works offline)

Archives and files are pinned by digests, so the offline check covers what was fetched. To change a version: edit the
version, run the script, review the difference, and copy the digests that it prints. vis-network is not included: pages take
it from the pyvis package.
"""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHIPPED = "kg/view/report/vendor"
TESTED_WITH = "tests/view/render/vendor"


@dataclass(frozen=True, slots=True)
class Package:
    """A package of npm: the SHA-512 of its archive as npm states it, where it goes, and its files with their SHA-256."""

    name: str
    version: str
    archive: str
    where: str
    files: dict[str, str]

    @property
    def folder(self) -> Path:
        """The folder of its files."""
        return ROOT / self.where / self.name


PACKAGES = (
    Package(
        "axe-core",
        "4.10.2",
        "RE3mdQ7P3FRSe7eqCWoeQ/Z9QXrtniSjp1wUjt5nRC3WIpz5rSCve6o3fsZ2aCpJtrZjSZgjwXAoTO5k4tEI0w==",
        TESTED_WITH,
        {
            "LICENSE": "af175b9d96ee93c21a036152e1b905b0b95304d4ae8c2c921c7609100ba8df7e",
            "axe.min.js": "b511cd9dec01c76f4b2ad1723b66b6db37d4c2eb4ed199076e1829d9ee7b75e3",
        },
    ),
    Package(
        "world-atlas",
        "2.0.2",
        "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
        SHIPPED,
        {
            "LICENSE": "8048290dfdb6e83fbed17e8985c8cfc4ce9da9b842642f3d3e497280790cfa31",
            "land-50m.json": "619477ff690c086885e45cb91707d783805561bd75ae8e437b7d4694b0204e0f",
        },
    ),
    Package(
        "sigma",
        "3.0.3",
        "5H0zFlx6/NTQpqBg4Rm569ZOpnBOXMaS25UQThIWMU3XyzI5AhmorK/gnl87BvJBLhQd0tW4C0LIp3enWzMoNw==",
        SHIPPED,
        {
            "LICENSE.txt": "2d6beb4435a5186414986ef25facdea68619d0f3e1043b9a795f5c6233914013",
            "dist/sigma.min.js": "58e30383ab428f832068d9d16a5215c65ba12430d438ed091c5703f398de9e16",
        },
    ),
    Package(
        "graphology",
        "0.26.0",
        "8SSImzgUUYC89Z042s+0r/vMibY7GX/Emz4LDO5e7jYXhuoWfHISPFJYjpRLUSJGq6UQ6xlenvX1p/hJdfXuXg==",
        SHIPPED,
        {
            "LICENSE.txt": "9d396b4882c329077f32861c0d6822dcee48f2d0ff6196d8459af70844196275",
            "dist/graphology.umd.min.js": "dc337efa23903f61e064c8e7e7f93a429e6855dccfc2458802b4ed30c621c087",
        },
    ),
    # Bundled in the two above: their licences require a notice as well.
    Package(
        "graphology-utils",
        "2.5.2",
        "ckHg8MXrXJkOARk56ZaSCM1g1Wihe2d6iTmz1enGOz4W/l831MBCKSayeFQfowgF8wd+PQ4rlch/56Vs/VZLDQ==",
        SHIPPED,
        {"LICENSE.txt": "597c30078622c20d8e62f9d96b4d2b9f9013b9668b778a55eb00810d093cd08c"},
    ),
    Package(
        "events",
        "3.3.0",
        "mQw+2fkQbALzQ7V0MY0IqdnXNOeTtP4r0lN9z7AAawCXgqea7bDii20AYrIBrFd/Hx0M2Ocz6S111CaFkUcb0Q==",
        SHIPPED,
        {"LICENSE": "631987b7616a325a5b97566c232418481ddf7dbb5ecadefb991e791876cc2599"},
    ),
)


def main() -> int:
    """Write or check every file; returns the exit code."""
    if "--check" not in sys.argv[1:]:
        for package in PACKAGES:
            write(package)
    wrong = [*(problem for package in PACKAGES for problem in amiss(package)), *strays()]
    for problem in wrong:
        print(problem, file=sys.stderr)
    return 1 if wrong else 0


def write(package: Package) -> None:
    """Fetch the files of the package from npm."""
    package.folder.mkdir(parents=True, exist_ok=True)
    for name, content in fetch(package).items():
        (package.folder / Path(name).name).write_bytes(content)


def amiss(package: Package) -> Iterator[str]:
    """Yield one line for each wrong vendored file of a package."""
    for name, pinned in package.files.items():
        path = package.folder / Path(name).name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no file"
        if found != pinned:
            yield f"{path.relative_to(ROOT)}: {found}, pinned is {pinned}; run `make vendor` and look at the difference"


def strays() -> Iterator[str]:
    """Yield files in the vendor folders that this script does not write."""
    known = {package.folder / Path(name).name for package in PACKAGES for name in package.files}
    for where in (SHIPPED, TESTED_WITH):
        for path in sorted((ROOT / where).rglob("*")):
            if path.is_file() and path not in known:
                yield f"{path.relative_to(ROOT)}: not made by scripts/vendor.py"


def fetch(package: Package) -> dict[str, bytes]:
    """The named files of an npm package, once its archive is the pinned one."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
        packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        archive = (Path(folder) / packed.stdout.strip().splitlines()[-1]).read_bytes()
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != package.archive:
        raise SystemExit(f"{package.name} {package.version}: its archive is {found}, pinned is {package.archive}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as bundle:
        members = {name: bundle.extractfile(f"package/{name}") for name in package.files}
        return {name: member.read() for name, member in members.items() if member}


if __name__ == "__main__":
    raise SystemExit(main())
