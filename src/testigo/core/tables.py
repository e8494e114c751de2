"""A table is a type: its columns are written once and serve the checks, the docs and the schema.

Each room declares its tables in its `model.py`. The same declaration checks a table at a door,
prints the reference page, and becomes the schema of the published data package.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from testigo.core.errors import PromiseError
from testigo.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

Kind = Literal["text", "integer", "number", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    name
        English, snake_case, from the glossary.
    kind
        `text`, `integer`, `number`, `date` or `boolean`.
    label, meaning
        What people call it, and what it says (both are translated).
    unit
        `victims`, `per 100,000 residents per year`, `share` ...; None where there is none.
    allowed
        Every value that may stand there; empty when free.
    required
        Whether a blank is refused.
    personal
        Whether it can point at a person: such a column never leaves the store.
    """

    name: str
    kind: Kind
    label: Message
    meaning: Message
    unit: Message | None = None
    allowed: tuple[str, ...] = ()
    required: bool = True
    personal: bool = False


@dataclass(frozen=True, slots=True)
class TableSchema:
    """The columns of a table, in order.

    Attributes
    ----------
    name
        Name of the file it becomes.
    title, meaning
        For people.
    key
        Columns that together name a row; also the order of the rows.
    columns
        In printed order.
    """

    name: str
    title: Message
    meaning: Message
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def arrow(self) -> pa.Schema:
        """The same columns for Arrow."""
        import pyarrow as pa

        types = _arrow_types()
        return pa.schema([(column.name, types[column.kind]) for column in self.columns])

    def table(self, rows: list[dict[str, object]]) -> pa.Table:
        """Make a checked, sorted table of rows given as dictionaries."""
        import pyarrow as pa

        return self.checked(pa.Table.from_pylist(rows, schema=self.arrow))

    def checked(self, table: pa.Table) -> pa.Table:
        """Return the table with exactly these columns and types, sorted by key.

        Raises
        ------
        PromiseError
            When a column is missing or surplus, a required value is blank, a value is not
            among the allowed ones, or the key repeats: our own mistake, so the run stops.
        """
        if set(table.column_names) != {column.name for column in self.columns}:
            self._fail("columns", sorted(set(table.column_names) ^ set(self.arrow.names)))
        table = table.select(self.arrow.names).cast(self.arrow)
        for column in self.columns:
            self._check_values(table, column)
        if self.key:
            table = table.sort_by([(name, "ascending") for name in self.key])
            if table.group_by(list(self.key)).aggregate([]).num_rows != table.num_rows:
                self._fail("key", list(self.key))
        return table.combine_chunks()

    def _check_values(self, table: pa.Table, column: Column) -> None:
        import pyarrow as pa
        import pyarrow.compute as pc

        values = table[column.name]
        if column.required and values.null_count:
            self._fail("blank", [column.name])
        if column.allowed:
            known = pc.is_in(values.drop_null(), value_set=pa.array(column.allowed, pa.string()))
            if not pc.all(known, min_count=0).as_py():
                self._fail("value not allowed", [column.name])

    def _fail(self, what: str, where: list[str]) -> None:
        raise PromiseError(
            Message(
                "Table {table}: {what} ({where}); nothing was published.",
                {"table": self.name, "what": what, "where": ", ".join(where)},
            ),
            Message("This is a defect of Testigo, not of your data: please report it."),
        )


def tuples_of(table: pa.Table, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield some columns of a table, row by row.

    Examples
    --------
    >>> import pyarrow as pa
    >>> list(tuples_of(pa.table({"area": ["01", "02"], "victims": [7, 0]}), ["victims", "area"]))
    [(7, '01'), (0, '02')]
    """
    return zip(*(table[name].to_pylist() for name in names), strict=True)


def among(column: pa.ChunkedArray, values: Collection[str]) -> NDArray[np.bool_]:
    """Say where a column of texts holds one of some values, shape (row,); a blank holds none.

    Examples
    --------
    >>> import pyarrow as pa
    >>> among(pa.chunked_array([["a", None, "b"]]), {"b", "c"}).tolist()
    [False, False, True]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pa.array(sorted(values), pa.string())
    found: NDArray[np.bool_] = pc.is_in(column, value_set=wanted).to_numpy()
    return found


def _arrow_types() -> dict[Kind, pa.DataType]:
    import pyarrow as pa

    return {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
        "boolean": pa.bool_(),
    }
