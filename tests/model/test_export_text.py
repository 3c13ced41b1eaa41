"""CSV cells and times of an export."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.workspace.model import export_text

CELLS = st.lists(
    st.text(
        st.one_of(st.sampled_from('",\n\r \t\\.=+-@'), st.characters(codec="utf-8", exclude_characters="\0"))
    ),
    min_size=2,
    max_size=9,
)


@given(CELLS)
def test_whoever_reads_a_row_gets_exactly_its_cells(cells: list[str]) -> None:
    row = export_text.csv_row(cells)

    assert list(csv.reader(io.StringIO(row, newline=""), strict=True)) == [cells]


@given(CELLS)
def test_no_safe_cell_begins_as_a_formula(cells: list[str]) -> None:
    safe = [export_text.neutralised(cell) for cell in cells]

    assert [cell for cell in safe if cell.lstrip()[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20")] == []
    assert all(one in (cell, f"'{cell}") for one, cell in zip(safe, cells, strict=True))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("plain words", "plain words"),
        ("", ""),
        ("a,b", '"a,b"'),
        ('say "hi"', '"say ""hi"""'),
        ("two\nlines", '"two\nlines"'),
        (" leading", '" leading"'),
        ("trailing ", "trailing "),
        ("\\.", '"\\."'),
    ],
)
def test_cells_are_quoted_only_where_they_must_be(cell: str, written: str) -> None:
    assert export_text.csv_row([cell, "x"]) == f"{written},x\n"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (1606137671123, "2020-11-23 13:21:11.123 +0000 UTC"),
        (1606137671120, "2020-11-23 13:21:11.12 +0000 UTC"),
        (1606137671100, "2020-11-23 13:21:11.1 +0000 UTC"),
        (1606137671000, "2020-11-23 13:21:11 +0000 UTC"),
        (1606137671003, "2020-11-23 13:21:11.003 +0000 UTC"),
    ],
)
def test_times_are_as_go_prints_them(at: int, written: str) -> None:
    assert export_text.go_time(at) == written
