"""Make the virtual environment from the lock and install Testigo into it, editable.

usage: python tools/make_environment.py .venv
"""

import subprocess
import sys
import venv
from pathlib import Path

OLDEST = (3, 11)


def main(folder: str) -> int:
    """Create `folder`, install the pinned packages into it, then the project itself."""
    if sys.version_info < OLDEST:
        print(f"Testigo needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 2
    root = Path(__file__).resolve().parent.parent
    target = root / folder
    venv.EnvBuilder(with_pip=True, clear=False, upgrade_deps=False).create(target)
    python = target / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    print(f"Setting up {folder}: the first time takes a minute or two.", flush=True)
    subprocess.run([*pip, "install", "uv"], check=True)
    uv = [str(python), "-m", "uv", "--quiet", "pip", "install", "--python", str(python)]
    lock = root / "requirements.lock"
    tried = subprocess.run([*uv, "-r", str(lock)], check=False)
    if (
        tried.returncode != 0
    ):  # uv reads fewer kinds of pip settings (proxies, mirrors) than pip does
        subprocess.run([*pip, "install", "-r", str(lock)], check=True)
    subprocess.run([*pip, "install", "--no-deps", "--editable", str(root)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ".venv"))
