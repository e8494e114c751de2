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
        print("Name another one: make PYTHON=python3.12")
        return 2
    root = Path(__file__).resolve().parent.parent
    target = root / folder
    print(f"Setting up {folder}: the first time takes a minute or two.", flush=True)
    python = target / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():  # one made by hand, as the README tells, is used as it is
        try:
            venv.EnvBuilder(with_pip=True, symlinks=sys.platform != "win32").create(target)
        except subprocess.CalledProcessError:
            print(
                "Python's venv is not complete. On Debian or Ubuntu: apt-get install python3-venv"
            )
            return 2
    try:
        install(python, root)
    except subprocess.CalledProcessError as error:
        print("The packages could not be installed; what pip says above tells why.")
        print("Behind a proxy, pip needs to know it: see `pip config`. Then try again.")
        return error.returncode
    return 0


def install(python: Path, root: Path) -> None:
    """Install the lock by uv, which is fast, or else by pip; then the project, editable."""
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    lock = str(root / "requirements.lock")
    uv = [str(python), "-m", "uv", "--quiet", "pip", "install", "--python", str(python)]
    brought = subprocess.run([*pip, "install", "uv"], check=False).returncode == 0
    # uv reads fewer kinds of pip's settings (proxies, mirrors) than pip does
    if not brought or subprocess.run([*uv, "-r", lock], check=False).returncode != 0:
        subprocess.run([*pip, "install", "-r", lock], check=True)
    subprocess.run([*pip, "install", "--no-deps", "--editable", str(root)], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ".venv"))
