"""The fast way for the usual case: lines without quotes, all of one width, read by polars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hotelml_app.intake.readers.tables.table import LocalCodes, TableBuilder
from hotelml_app.intake.values.secrets import CARD_LIKE

if TYPE_CHECKING:
    import polars


def is_plain(block: bytes, delimiter: str, width: int) -> bool:
    """Return whether no cell of the block needs unquoting and its lines have ``width`` cells on average.

    That no single line is wider polars checks when it reads; then none is narrower either.
    """
    if width < 2 or b'"' in block or (b"\r" in block and block.count(b"\r") != block.count(b"\r\n")):
        return False
    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    return block.count(delimiter.encode()) == (width - 1) * lines


def read_plain(builder: TableBuilder, block: bytes, delimiter: str, first_line: int) -> int:
    """Add all rows of a plain block and return how many there were; 0 where a line is wider than the header."""
    import polars

    names = [str(position) for position in range(len(builder.header))]
    try:
        frame = polars.read_csv(
            block, has_header=False, separator=delimiter, quote_char=None, schema=dict.fromkeys(names, polars.String)
        )
    except polars.exceptions.PolarsError:
        return 0
    for position in builder.watched:
        texts = frame[names[position]]
        builder.watch(texts.filter(texts.str.contains(CARD_LIKE)).to_list())
    wanted = [names[position] for position in builder.positions]
    builder.add_columns(_encoded(frame.select(wanted)), np.arange(first_line, first_line + frame.height, dtype=np.int32))
    return int(frame.height)


def _encoded(frame: polars.DataFrame) -> list[tuple[LocalCodes | None, list[str]]]:
    """Return each column as (codes, distinct texts), or as (None, cells) where most cells differ."""
    import polars

    frame = frame.fill_null("")
    distinct = {name: texts[0] for name, texts in frame.select(polars.all().unique().implode()).to_dict().items()}
    repeating = {name: texts for name, texts in distinct.items() if texts.len() * 2 <= frame.height}
    # An Enum finds the number of each text three times faster than replace_strict.
    numbered = frame.select(polars.col(name).cast(polars.Enum(texts)).to_physical() for name, texts in repeating.items())
    return [
        (numbered[name].to_numpy(), texts.to_list()) if name in repeating else (None, frame[name].to_list())
        for name, texts in distinct.items()
    ]
