"""Find a Chromium for the tests that look at the report; install Debian's where we may."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """Install when we may; otherwise say which tests will be skipped. Never fails the build."""
    if os.environ.get("TESTIGO_CHROMIUM") or any(shutil.which(name) for name in NAMES):
        return 0
    may_install = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if may_install:
        for step in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
            subprocess.run(["apt-get", *step], stdout=subprocess.DEVNULL, check=False)
    if not any(shutil.which(name) for name in NAMES):
        print("No Chromium: the tests that look at the report in a browser will be skipped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
