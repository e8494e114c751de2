"""Pin every dependency in requirements.lock, without the address of any index.

usage: make lock
"""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Compile pyproject.toml for every platform and the oldest Python we promise."""
    root = Path(__file__).resolve().parent.parent
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--extra", "dev",
        "--extra", "spark", "--universal", "--python-version", "3.11", "--no-emit-index-url",
        "--no-emit-find-links", "--no-header", "--no-annotate", "--quiet",
        "--output-file", "requirements.lock",
        *sys.argv[1:],
    ]  # fmt: skip
    return subprocess.run(command, cwd=root, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
