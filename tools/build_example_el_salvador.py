"""Write the delivery of the bundled example `el-salvador`: a table typed in as it was printed.

    python tools/build_example_el_salvador.py

Homicides and rate per 100,000 in El Salvador, 1995 to 2012: UNODC 2013, from data of the Policía
Nacional Civil, as printed in a report on homicide reduction. The rates of 2011 and 2012 do not fit
the counts; they stay as they are, because finding that is what the example is for.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "testigo" / "examples" / "el-salvador" / "sources"

PRINTED = (  # year, homicides, rate
    ("1995", "7977", "139.1"),
    ("1996", "6792", "117.3"),
    ("1997", "6573", "112.6"),
    ("1998", "5584", "95.0"),
    ("1999", "3845", "65.0"),
    ("2000", "3551", "59.8"),
    ("2001", "3590", "60.2"),
    ("2002", "2835", "47.3"),
    ("2003", "3356", "55.9"),
    ("2004", "3897", "64.6"),
    ("2005", "3778", "62.4"),
    ("2006", "3928", "64.7"),
    ("2007", "3497", "57.3"),
    ("2008", "3179", "51.9"),
    ("2009", "4349", "70.6"),
    ("2010", "4005", "64.7"),
    ("2011", "4308", "70.2"),
    ("2012", "2576", "32.0"),
)


def build(target: Path) -> None:
    """Write sources/homicides_1995_2012.csv."""
    target.mkdir(parents=True, exist_ok=True)
    lines = [",".join(row) for row in (("year", "homicides", "rate"), *PRINTED)]
    path = target / "homicides_1995_2012.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(TARGET)
