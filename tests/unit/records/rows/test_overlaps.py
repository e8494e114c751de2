from __future__ import annotations

HEADER = "date,dept,town,count,type\n"
TOWNS = ("Antioquia,Amagá", "Antioquia,Copacabana", "Antioquia,Medellín", "Valle,Cali")


def release(months, changed=(), first=1):
    """A monthly release: four towns a month; some cells revised."""
    lines = []
    for month in range(first, months + 1):
        for number, town in enumerate(TOWNS):
            count = 3 + number + (1 if (month, number) in changed else 0)
            lines.append(f"2020-{month:02},{town},{count},x")
    return HEADER + "\n".join(lines) + "\n"


def test_a_revised_release_beside_the_first_counts_once(take_in):
    files = {"a.csv": release(5), "b.csv": release(6, changed={(2, 1)})}

    found = take_in(files)

    reasons = found.set_aside["reason"].to_pylist()
    assert reasons.count("period_repeated") == 19
    assert reasons.count("conflicting_cell") == 2
    assert found.accepted.num_rows == 24 - 1


def test_releases_that_do_not_overlap_are_all_counted(take_in):
    files = {"a.csv": release(3), "b.csv": release(6, first=4)}

    found = take_in(files)

    assert found.accepted.num_rows == 24
    assert found.set_aside.num_rows == 0


def test_a_late_report_of_yesterday_is_no_overlap(take_in, flags):
    today = [f"2020-01-02,{town},1,x" for town in TOWNS] + ["2020-01-01,Valle,Cali,1,x"]
    files = {
        "01.csv": HEADER + "\n".join(f"2020-01-01,{town},1,x" for town in TOWNS) + "\n",
        "02.csv": HEADER + "\n".join(today) + "\n",
    }

    found = take_in(files)

    assert found.accepted.num_rows == 9
    assert flags(found) == {(6, "row_repeated_kept", "")}


def test_files_that_are_to_be_added_are_added_when_said(take_in):
    files = {"a.csv": release(5), "b.csv": release(5, changed={(2, 1)})}

    assert take_in(files, repeated_rows="keep").accepted.num_rows == 40


def test_real_repeats_stay_as_often_as_the_fuller_file_holds_them(take_in):
    text = "date,town,arma\n"
    people = [f"2020-01-{day:02},Cali,{arma}" for day in range(1, 11) for arma in ("x", "y", "y")]
    files = {
        "a.csv": text + "\n".join(people) + "\n",
        "b.csv": text + "\n".join([*people, "2020-01-05,Cali,z"]) + "\n",
    }
    columns = {"date": "date", "area_name": "town"}

    found = take_in(files, columns=columns, kind="records")

    assert found.accepted.num_rows == 31
    assert set(found.set_aside["reason"].to_pylist()) == {"day_repeated"}
