"""Lines are added to hand/link_decisions.csv; what people wrote in it stays."""

from __future__ import annotations

import pytest

from testigo.core import ConfigurationError
from testigo.linkage import LinkDecision, add_decisions, read_link_decisions

NEW = LinkDecision("police", "P-1", "press", 'N "2"', "same", "Ana", "2026-11-21", "review s1")


def read(tmp_path, content: bytes):
    path = tmp_path / "link_decisions.csv"
    path.write_bytes(content)
    return read_link_decisions(path)


def test_a_new_file_can_be_read_again(tmp_path) -> None:
    assert read(tmp_path, add_decisions(None, [NEW])) == (NEW,)


@pytest.mark.parametrize(
    "before",
    [
        b"source_a,record_a,source_b,record_b,decision\na,1,b,2,same\n",
        b"source_a;record_a;source_b;record_b;decision;note\na;1;b;2;same;kept\n",
        b"\xef\xbb\xbfdecision,source_b,record_b,source_a,record_a\r\nsame,b,2,a,1",
        "source_a,record_a,source_b,record_b,decision,reason\na,1,b,2,same,ñ\n".encode("cp1252"),
    ],
)
def test_what_stood_in_the_file_stays(tmp_path, before) -> None:
    found = read(tmp_path, add_decisions(before, [NEW]))

    assert [one.record_a for one in found] == ["1", "P-1"]
    assert found[1] == NEW
    if b"note" in before:
        assert b"kept" in add_decisions(before, [NEW])


@pytest.mark.parametrize("content", [b"\x00\xff\x00", b"nothing,of,ours\n", b"\n\n"])
def test_a_file_of_another_kind_is_refused(content) -> None:
    with pytest.raises(ConfigurationError, match="first line"):
        add_decisions(content, [NEW])
