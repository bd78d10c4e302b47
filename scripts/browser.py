"""Check that Chromium is available for the browser tests; install Debian's if possible, otherwise print a warning."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Find or install Chromium; never fails: the tests that need it are skipped with a message."""
    if any(shutil.which(name) for name in NAMES):
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        retries = ["-o", "Acquire::Retries=3"]
        subprocess.run(["apt-get", *retries, "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", *retries, "install", "-y", "-qq", "chromium"], check=False, stdout=subprocess.DEVNULL
        )
    if not any(shutil.which(name) for name in NAMES):
        sys.stderr.write(
            "\n*** NO CHROMIUM: THE BROWSER TESTS WILL BE SKIPPED. Install one: apt-get install chromium ***\n\n"
        )


if __name__ == "__main__":
    main()
