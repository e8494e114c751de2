from __future__ import annotations

HEADER = "date,dept,town,count,type\n"


def cells(counts, type_="Homicidio"):
    return "".join(
        f"2020-{month:02},Valle,Cali,{count},{type_}\n" for month, count in enumerate(counts, 1)
    )


def test_a_revised_file_beside_the_old_one_waits_for_a_mend(take_in):
    files = {"a.csv": HEADER + cells([5, 6, 7]), "b.csv": HEADER + cells([5, 9, 7, 8])}
    many = HEADER + "".join(
        f"{year}-01,Antioquia,Amagá,1,Homicidio\n" for year in range(1800, 2000)
    )

    found = take_in(files | {"c.csv": many})

    aside = found.set_aside.select(["file", "row", "reason"]).to_pylist()
    assert [tuple(line.values()) for line in aside] == [
        ("sources/a.csv", 3, "conflicting_cell"),
        ("sources/b.csv", 3, "conflicting_cell"),
    ]


def test_files_that_are_to_be_added_are_added_when_said(take_in):
    files = {"a.csv": HEADER + cells([5, 6, 7]), "b.csv": HEADER + cells([5, 9, 7, 8])}

    assert take_in(files, repeated_rows="keep").accepted.num_rows == 7


def test_two_reports_of_one_day_both_count_and_are_flagged(take_in, flags):
    lines = [f"2020-01-{day:02},Valle,Cali,1,x" for day in range(1, 29)] * 10
    lines = [f"{line[:-1]}{number}" for number, line in enumerate(lines)]
    lines.append("2020-02-01,Valle,Cali,1,z\n2020-02-01,Valle,Cali,2,z")

    found = take_in(HEADER + "\n".join(lines) + "\n")

    assert found.deliveries["rows_quarantined"].to_pylist() == [0]
    assert flags(found) == {(282, "same_cell_twice", "count"), (283, "same_cell_twice", "count")}


def test_categories_in_a_column_that_nobody_mapped_are_no_conflict(take_in):
    files = {
        "a.csv": HEADER + cells([5, 6], "Homicidio"),
        "b.csv": HEADER + cells([1, 2], "Feminicidio"),
    }

    found = take_in(files)

    assert found.accepted.num_rows == 4
    assert found.flags.num_rows == 0
