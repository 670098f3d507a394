"""Dense matrices, and grids of a following page laid over the columns of the first."""

from __future__ import annotations

from extract.document import Cell, Place, Table
from extract.recognise.grid import column_intervals, dense, distinct, fit_row
from tests.unit.table_documents import document, recognise, table


def boxed(texts: list[tuple[str, float, float]], row: int = 0) -> list[Cell | None]:
    return [
        Cell(text, row, column, Place(page=1, x0=x0, x1=x1))
        for column, (text, x0, x1) in enumerate(texts)
    ]


def test_spans_give_the_covering_cell_itself() -> None:
    made = table("a|<|b\n^|<|c\nd|e|f")
    grid = dense(made)
    assert grid[0][0] is grid[0][1] is grid[1][0]
    assert grid[1][1] is None or grid[1][1] is grid[0][0]
    assert [cell.text for cell in distinct(grid[2])] == ["d", "e", "f"]


def test_spans_beyond_the_grid_and_claimed_positions() -> None:
    wide = Cell("wide", 0, 0, Place(), row_span=9, column_span=9)
    own = Cell("own", 1, 1, Place())
    grid = dense(Table(0, 2, 2, (wide, own), Place()))
    assert [[c.text if c else None for c in row] for row in grid] == [
        ["wide", "wide"],
        ["wide", "own"],
    ]


def test_position_without_a_cell_is_none() -> None:
    grid = dense(Table(0, 1, 2, (Cell("a", 0, 0, Place()),), Place()))
    assert grid[0][1] is None


def test_row_of_another_grid_is_fitted_by_position() -> None:
    head = boxed([("201", 0, 10), ("03", 10, 20), ("01", 20, 30), ("名", 30, 80), ("1", 80, 99)])
    intervals = column_intervals([head], 5)
    assert intervals is not None
    fitted = fit_row(boxed([("合计", 0, 80), ("7", 80, 99)]), intervals)
    assert [cell.text if cell else None for cell in fitted] == ["合计"] * 4 + ["7"]


def test_no_geometry_no_intervals() -> None:
    assert column_intervals(dense(document(table("a|b")).tables[0]), 2) is None


def test_totals_alone_on_the_last_page() -> None:
    head = "项目|<|<|<|收入预算|<\n类|款|项|科目名称|合计|财政拨款收入\n"
    made = recognise(
        "部门收入预算总表",
        "单位：元",
        table(head + "204|06|01|行政运行|1,000|1,000"),
        table("合计|1,000|1,000"),
        kind="budget",
    )
    assert len(made.tables) == 1
    assert not made.quarantined
    totals = [(c.measure_code, c.number_text) for c in made.cells if c.line_role == "total"]
    assert totals == [("total", "1000"), ("fiscal_appropriation", "1000")]
