"""What is wrong with a testigo.toml that is no TOML, in the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, Message

if TYPE_CHECKING:
    import tomllib

_WRITING: Final = Message(
    "Texts stand between quotes, lists between [ and ], tables between {{ and }}."
)
_TWICE: Final = Message("Keep one of the two, or give each its own [[...]].")
_LINE: Final = re.compile(r"at line (\d+), column \d+")
_FAULTS: Final = (  # words of the standard reader, what they mean, the mend
    (("Cannot declare", "Cannot overwrite", "Duplicate", "Cannot mutate"),
     Message("the same key or section stands twice."), _TWICE),
    (("Invalid value", "Invalid date"),
     Message("what stands after the = cannot be read."),
     Message("Texts stand between quotes, also when they hold only digits and letters.")),
    (("Expected '='",),
     Message("there is no = after the name of a key."),
     Message("Names of keys have no accents and no spaces; a comment begins with #.")),
    (("Expected newline",),
     Message("something stands after the value."),
     Message(
         "Each key has a line of its own; a text that holds quotes stands between ''' and '''."
     )),
    (("Unescaped", "escape"),
     Message("a text holds \\, which has a meaning of its own."),
     Message("Write / in names of folders, on Windows too.")),
    (("Unclosed array",), Message("a list has no ] at its end."), _WRITING),
    (("Unclosed inline table",), Message("a table has no }} at its end."), _WRITING),
    (("Unterminated string", "Illegal character", "Expected '\"", "Expected \"'"),
     Message("a text has no quote at its end."), _WRITING),
    (("Expected ']",), Message("the name of a section has no ] at its end."), _WRITING),
    (("Invalid statement", "Invalid initial character"),
     Message("the line is no key, no section and no comment."),
     Message("Names of keys have no accents and no spaces; a comment begins with #.")),
)  # fmt: skip


def refuse_toml(file: str, text: str, error: tomllib.TOMLDecodeError) -> ConfigurationError:
    r"""Say in the reader's language where a file stops being TOML, and what to look for.

    Examples
    --------
    >>> import tomllib
    >>> try:
    ...     _ = tomllib.loads("a = 1\nb = x")
    ... except tomllib.TOMLDecodeError as error:
    ...     print(refuse_toml("testigo.toml", "a = 1\nb = x", error))
    testigo.toml:2: what stands after the = cannot be read.
      Texts stand between quotes, also when they hold only digits and letters.
    """
    said = str(error)
    found = _LINE.search(said)
    line = int(found[1]) if found else len(text.splitlines())
    what, mend = next(
        ((meaning, mend) for words, meaning, mend in _FAULTS if any(one in said for one in words)),
        (Message("this is not TOML."), _WRITING),
    )
    where = {"file": file, "line": line, "what": what}
    return ConfigurationError(Message("{file}:{line}: {what}", where), mend)
