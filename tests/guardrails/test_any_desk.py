"""The offices run Windows, macOS and Linux: nothing under src/ assumes one of them.

Each rule is a function from a node of the syntax tree to what is wrong with it. The examples at
the end prove that a rule still bites; a guard that never fires guards nothing.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parents[2] / "src" / "testigo"

POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = re.compile(
    r"os\.(fork\w*|get(e?[ug]id|pgid|sid|groups|loadavg)|set[ug]id|chown|chroot|mkfifo|nice|uname"
    r"|wait\w*|killpg|system|popen)"
    r"|signal\.(SIGKILL|SIGHUP|SIGALRM|SIGUSR[12]|SIGCHLD|alarm|pause)|time\.tzset"
)
POSIX_PLACES = re.compile(r"^/(tmp|dev|proc|etc|var|usr|home|opt)(/|$)|^~/")
OPENS_TEXT = {"read_text", "write_text"}
BINARY_OPENERS = {"gzip", "bz2", "lzma", "zipfile", "tarfile", "webbrowser", "archive", "os"}
PATHS = {"Path", "PurePath", "PosixPath", "WindowsPath", "open", "joinpath"}
TEXT_RUNNERS = {"run", "Popen", "check_output", "check_call", "call"}


def name_of(node: ast.AST) -> str:
    """Dotted name as written, `os.path.join`; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}".lstrip(".")
    return ""


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((word.value for word in call.keywords if word.arg == name), None)


def is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def mode_of(call: ast.Call, place: int) -> str:
    given = keyword(call, "mode") or (call.args[place] if len(call.args) > place else None)
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else "r"


def opens_text(call: ast.Call) -> str | None:
    """The mode in which a file is opened as text; None for anything else."""
    name = name_of(call.func)
    if name in {"open", "io.open"}:
        mode = mode_of(call, 1)
    elif isinstance(call.func, ast.Attribute) and call.func.attr == "open":
        of_a_path = not call.args or isinstance(call.args[0], ast.Constant)
        if name.split(".")[0] in BINARY_OPENERS or not of_a_path:
            return None  # an archive opens one of its entries
        mode = mode_of(call, 0)
    else:
        return None
    return None if "b" in mode else mode


def encoding_left_to_chance(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call) or keyword(node, "encoding"):
        return None
    name = name_of(node.func)
    last = node.func.attr if isinstance(node.func, ast.Attribute) else name
    if last in OPENS_TEXT:
        positional = {"read_text": 0, "write_text": 1}[last]
        return None if len(node.args) > positional else f"{last}() without encoding"
    if opens_text(node) is not None:
        return "open() without encoding"
    if last in TEXT_RUNNERS and name.startswith("subprocess.") and is_true(keyword(node, "text")):
        return "subprocess with text but without encoding"
    return None


def line_ends_left_to_chance(node: ast.AST) -> str | None:
    """Windows would write \\r\\n, and the same run would not give the same bytes."""
    if not isinstance(node, ast.Call) or keyword(node, "newline"):
        return None
    if isinstance(node.func, ast.Attribute) and node.func.attr == "write_text":
        return "write_text() without newline"
    writes = set(opens_text(node) or "") & set("wax+")
    return "open() for writing without newline" if writes else None


def posix_module(node: ast.AST) -> str | None:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    else:
        return None
    found = [name for name in names if name.split(".")[0] in POSIX_MODULES]
    found += [name for name in names if POSIX_NAMES.fullmatch(name)]
    return f"import of {found[0]}" if found else None


def posix_name(node: ast.AST) -> str | None:
    found = isinstance(node, ast.Attribute) and POSIX_NAMES.fullmatch(name_of(node))
    return name_of(node) if found else None


def posix_place(node: ast.AST) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return repr(node.value) if is_text and POSIX_PLACES.match(node.value) else None


def shell(node: ast.AST) -> str | None:
    found = isinstance(node, ast.Call) and is_true(keyword(node, "shell"))
    return "shell=True" if found else None


def glued_path(node: ast.AST) -> str | None:
    """A path made by gluing text: `Path(f"{folder}/{name}")` instead of `folder / name`."""
    if not isinstance(node, ast.Call):
        return None
    last = node.func.attr if isinstance(node.func, ast.Attribute) else name_of(node.func)
    if last not in PATHS:
        return None
    glued = [part for part in node.args[:1] if isinstance(part, ast.JoinedStr | ast.BinOp)]
    pieces = [piece for part in glued for piece in ast.walk(part)]
    texts = [piece.value for piece in pieces if isinstance(piece, ast.Constant)]
    with_slash = [text for text in texts if isinstance(text, str) and re.search(r"[/\\]", text)]
    return f"path glued with {with_slash[0]!r}" if with_slash else None


def rename_that_fails_on_windows(node: ast.AST) -> str | None:
    """On Windows a rename onto an existing file fails; `replace` works everywhere."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    if name_of(node.func) == "os.rename":
        return "os.rename: use Path.replace"
    one_path = node.func.attr == "rename" and len(node.args) == 1 and not node.keywords
    is_path = one_path and not isinstance(node.args[0], ast.Dict | ast.List | ast.DictComp)
    named = name_of(node.func.value).rpartition(".")[2]
    return (
        "rename: use replace"
        if is_path and re.search("path|file|folder|temporary", named)
        else None
    )


def date_format_of_one_system(node: ast.AST) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return repr(node.value) if is_text and re.search(r"%-[dmHIjMSUwy]", node.value) else None


RULES = (
    encoding_left_to_chance,
    line_ends_left_to_chance,
    posix_module,
    posix_name,
    posix_place,
    shell,
    glued_path,
    rename_that_fails_on_windows,
    date_format_of_one_system,
)


def excused(tree: ast.AST) -> set[ast.AST]:
    """Imports that are tried, with an answer for the systems that lack the module."""
    return {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Try)
        and any("ImportError" in name_of(handler.type or node) for handler in node.handlers)
        for step in node.body
        for inner in ast.walk(step)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }


def found_in(code: str) -> Iterator[tuple[int, str]]:
    tree = ast.parse(code)
    for node in set(ast.walk(tree)) - excused(tree):
        for rule in RULES:
            if (wrong := rule(node)) is not None:
                yield node.lineno, wrong


def test_nothing_assumes_one_system() -> None:
    found = [
        f"{path.relative_to(SOURCE).as_posix()}:{line}: {wrong}"
        for path in sorted(SOURCE.rglob("*.py"))
        for line, wrong in sorted(found_in(path.read_text(encoding="utf-8")))
    ]

    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "open(path)",
        'open(path, "r")',
        "path.open()",
        "path.read_text()",
        'path.write_text("x", newline="\\n")',
        'path.write_text("x", encoding="utf-8")',
        'path.open("w", encoding="utf-8")',
        "subprocess.run(command, text=True)",
        "import fcntl",
        "from os import fork",
        "from pwd import getpwnam",
        "os.getuid()",
        "os.fork()",
        "signal.SIGKILL",
        'Path("/tmp/x")',
        'folder = "/tmp"',
        'Path("~/.config")',
        "subprocess.run(command, shell=True)",
        'Path(f"{folder}/{name}")',
        'Path(folder + "/" + name)',
        'open(folder + "\\\\" + name, "rb")',
        "os.rename(a, b)",
        "temporary.rename(final)",
        'day.strftime("%-d")',
    ],
)
def test_the_guard_bites(code: str) -> None:
    assert list(found_in(code))


@pytest.mark.parametrize(
    "code",
    [
        'open(path, encoding="utf-8")',
        'path.open("rb")',
        'path.open(mode="wb")',
        'path.open("w", encoding="utf-8", newline="")',
        'path.write_text("x", encoding="utf-8", newline="\\n")',
        'gzip.open(path, "rb")',
        "archive_of_parts.open(entry)",
        "try:\n    import resource\nexcept ImportError:\n    resource = None",
        'path.read_text("utf-8")',
        "table.rename({1: 2})",
        "folder / name",
        'name = f"{folder}/{file}"',
        'url = "https://example.org/tmp/"',
        "os.replace(a, b)",
    ],
)
def test_the_guard_lets_pass(code: str) -> None:
    assert not list(found_in(code))
