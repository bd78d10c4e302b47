"""Fetch the front-end parts that kg ships or is tested with, pinned, with their licences: from npm into vendor folders.

    python -m scripts.vendor           write them
    python -m scripts.vendor --check   fail where a vendored file is not what this script makes

vis-network is not among them: it is written into pages from the pyvis package itself.
"""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]

#: package@version -> the digest of its archive, as npm states it, where it goes, and the files that are taken from it
PACKAGES = {
    "axe-core@4.10.2": (
        "sha512-RE3mdQ7P3FRSe7eqCWoeQ/Z9QXrtniSjp1wUjt5nRC3WIpz5rSCve6o3fsZ2aCpJtrZjSZgjwXAoTO5k4tEI0w==",
        "tests/view/render/vendor",
        ("LICENSE", "axe.min.js"),
    ),
    "world-atlas@2.0.2": (
        "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
        "kg/view/vendor",
        ("LICENSE", "land-50m.json"),
    ),
}


def main() -> int:
    """Write, or check, every file; the exit code says whether all is as it should be."""
    check = "--check" in sys.argv[1:]
    stale = []
    for package, (digest, where, names) in PACKAGES.items():
        folder = ROOT / where / package.split("@")[0]
        for name, content in files(package, digest, names).items():
            path = folder / name
            if check and (not path.is_file() or path.read_bytes() != content):
                stale.append(path)
            elif not check:
                folder.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    for path in stale:
        print(f"{path}: not what scripts/vendor.py makes; run it and look at the difference", file=sys.stderr)
    return 1 if stale else 0


def files(package: str, digest: str, names: tuple[str, ...]) -> dict[str, bytes]:
    """The named files of an npm package, once its archive is the pinned one."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", package]
        packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        archive = (Path(folder) / packed.stdout.strip().splitlines()[-1]).read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != digest:
        raise SystemExit(f"{package}: its archive is {found}, pinned is {digest}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as bundle:
        members = {name: bundle.extractfile(f"package/{name}") for name in names}
        return {name: member.read() for name, member in members.items() if member}


if __name__ == "__main__":
    raise SystemExit(main())
