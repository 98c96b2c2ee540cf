"""Files damaged in every way that disks, copies, programs and people damage them."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

BYTES = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1a", b"\x1e", b"\x1f", b'"', b"'", b";", b",", b"\t", b"\r", b"\r\n", b"\n\n"),
    *(b"<", b">", b"</", b"]]>", b"&amp;", b"&#0;", b"{", b"}", b"[", b"\\", b"\\u", b"-", b"\xc3\x28", b"\xf0\x9f\x98\x80"),
)
CELLS = (
    *(b"", b" ", b"31/02/2024", b"2024-02-30", b"00/00/0000", b"9999-12-31", b"0001-01-01", b"2120-06-01", b"12/11/10"),
    *(b"99999999999", b"-1", b"1e309", b"NaN", b"inf", b"1,234,567.89", b"1.234.567,89", b"--5", b"12:61", b"45000.5"),
    *(
        b"=1+1",
        b"@SUM(A1)",
        b"Total",
        b"Page 3 of 7",
        b"Zaphodia, Marked",
        b"no-show",
        b"Cancelled",
        b"\xd8\xff",
        b"\xe2\x80\x8b",
    ),
    *(b"x" * 5000, b"9" * 400, b"1 " * 300, b"\xf0\x9f\x8f\xa8", b"null", b"true", b"[]", b"{}", b"\\ud83d", b"A(1), B(2)"),
)
_CELL = re.compile(rb"[^,;\t|<>\"\r\n]+")

Mutation = Callable[[bytearray, random.Random], None]


def flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut_out(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.randrange(1, 60)]


def double(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = data[start : start + chance.randrange(1, 200)]


def splinter(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    data[start:start] = chance.choice(BYTES)


def truncate(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(1, len(data)) :]


def swap_lines(data: bytearray, chance: random.Random) -> None:
    lines = bytes(data).split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


def repeat_line(data: bytearray, chance: random.Random) -> None:
    lines = bytes(data).split(b"\n")
    place = chance.randrange(len(lines))
    lines[place:place] = lines[place : place + chance.randrange(1, 4)] * chance.randrange(1, 9)
    data[:] = b"\n".join(lines)


def replace_cell(data: bytearray, chance: random.Random) -> None:
    cells = list(_CELL.finditer(data))
    if cells:
        start, end = chance.choice(cells).span()
        data[start:end] = chance.choice(CELLS)


def swap_cells(data: bytearray, chance: random.Random) -> None:
    cells = list(_CELL.finditer(data))
    if len(cells) > 1:
        first, last = sorted(cell.span() for cell in chance.sample(cells, 2))
        data[:] = data[: first[0]] + data[slice(*last)] + data[first[1] : last[0]] + data[slice(*first)] + data[last[1] :]


ANYWHERE: tuple[Mutation, ...] = (flip, cut_out, double, splinter, truncate, swap_lines)
IN_CELLS: tuple[Mutation, ...] = (replace_cell, replace_cell, swap_cells, repeat_line)


def mutated(original: bytes, chance: random.Random) -> bytes:
    """The file with one to many damages: to its bytes, to its cells, or, where it is a package, to a part of it."""
    if original[:4] == b"PK\x03\x04" and chance.random() < 0.7:
        return _repacked(original, chance)
    return _damaged(original, chance)


def _damaged(original: bytes, chance: random.Random) -> bytes:
    data = bytearray(original)
    kinds = chance.choice((ANYWHERE, IN_CELLS, ANYWHERE + IN_CELLS))
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if len(data) > 1:
            chance.choice(kinds)(data, chance)
    return bytes(data)


def _repacked(original: bytes, chance: random.Random) -> bytes:
    """The package whole, one of its parts damaged or gone."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as package, zipfile.ZipFile(out, "w") as damaged:
        names = package.namelist()
        # Most of the time it is a sheet or what sheets are made of.
        telling = [name for name in names if "sheet" in name.lower() or "shared" in name.lower() or "content" in name.lower()]
        chosen = chance.choice(telling if telling and chance.random() < 0.8 else names)
        for name in names:
            data = package.read(name)
            if name != chosen:
                damaged.writestr(name, data)
            elif chance.random() < 0.97:
                damaged.writestr(name, _damaged(data, chance) if data else data)
    return out.getvalue()
