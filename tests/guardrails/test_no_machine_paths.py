"""The repository works on any desk: no path of one machine, no package index, no large file."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

LARGEST = 2 * 1024 * 1024
MAY_BE_LARGE = ("src/testigo/examples/",)
BINARY = {".gz", ".parquet", ".png", ".xls", ".xlsx", ".zip", ".jpg", ".ttf", ".woff2"}
# Written in two parts, so that this file does not find itself.
FORBIDDEN = {
    "a home folder": re.compile("/" + r"(home|Users|root)/[A-Za-z0-9_.-]+"),
    "a Windows home folder": re.compile(r"[A-Za-z]:\\+" + r"Users\\"),
    "a folder for temporary files": re.compile("/" + r"(tmp|var/folders)/[A-Za-z0-9_]{2,}"),
    "a folder of one machine": re.compile(r"(?<![\w.])/" + r"(work|workspace|mnt|opt)/\w"),
    "an index of packages": re.compile("https?" + r"://[^\s\"')]*(/simple\b|pypi\.|/pypi)"),
    "an option that names an index": re.compile("--" + r"(extra-)?index-url[ =]\S*:"),
}


@pytest.fixture(scope="module")
def tracked(root) -> list[Path]:
    """Files under version control."""
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True
    )
    names = listed.stdout.decode("utf-8").split("\0")
    return [root / name for name in names if name and (root / name).is_file()]


def test_no_file_holds_a_path_or_address_of_one_machine(root, tracked):
    found = []
    for path in tracked:
        if path.suffix in BINARY:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        for what, pattern in FORBIDDEN.items():
            if hit := pattern.search(text):
                line = text.count("\n", 0, hit.start()) + 1
                found.append(f"{path.relative_to(root)}:{line}: {what}: {hit.group()}")

    assert found == []


def test_no_large_file_outside_the_examples(root, tracked):
    large = [
        f"{name}: {path.stat().st_size:,} bytes"
        for path in tracked
        if path.stat().st_size > LARGEST
        and not (name := path.relative_to(root).as_posix()).startswith(MAY_BE_LARGE)
    ]

    assert large == []


def test_the_lock_pins_everything_and_names_no_address(root):
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    packages = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]

    assert packages
    assert [line for line in lines if "http" in line] == []
    assert [line for line in packages if "==" not in line] == []


@pytest.mark.parametrize(
    "text",
    [
        "/" + "home/somebody/x",
        "C:\\" + "Users\\somebody",
        "/" + "tmp/some-folder",
        "cd /" + "work/x",
        "https" + "://mirror.example/simple/",
        "https" + "://pypi.org/simple",
    ],
)
def test_the_patterns_find_what_they_should(text):
    assert any(pattern.search(text) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize("text", ["framework/main", "see docs/tmp", "a/workbench/b", "pypi"])
def test_the_patterns_leave_the_rest_alone(text):
    assert not any(pattern.search(text) for pattern in FORBIDDEN.values())
