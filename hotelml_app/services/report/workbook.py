"""A report as an Excel workbook: dates are dates, numbers are numbers, and no text is ever run as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from hotelml_app.services.asking.words import plain_day
from hotelml_app.services.files.written_files import looks_like_formula
from hotelml_app.services.report.keeping import CREATOR
from hotelml_app.services.report.views import NUMBERS, Column, Kind, Report, Sheet, Table, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Written in Excel's own code, which it shows with the separators of the PC; days are named in English on every PC.
NUMBER_FORMATS = {
    Kind.DAY: "[$-809]ddd d mmm yyyy",
    Kind.MONTH: "[$-809]mmm yyyy",
    Kind.WHOLE: "#,##0",
    Kind.CHANGE: "+#,##0;-#,##0;0",
    Kind.TENTH: "#,##0.0",
    Kind.AMOUNT: "#,##0",
    Kind.RATE: "#,##0.00",
    Kind.RATE_CHANGE: "+#,##0.00;-#,##0.00;0.00",
    Kind.SHARE: "0%",
    Kind.SHARE_CHANGE: "+0%;-0%;0%",
    Kind.FILLED: "0%",
}
WIDTHS = {Kind.DAY: 16.0, Kind.MONTH: 11.0, Kind.LONG: 70.0}
"""In characters; what is not named is as wide as what stands in it, between two limits."""

NARROWEST, WIDEST = 9.0, 30.0
SENTENCE_ROW, FIRST_LINE_ROW = 0, 1
HEAD_HEIGHT = 46.0
"""Three lines: the lowest is where the buttons of the filter lie."""
MARGIN_INCHES = 0.4
A4, LETTER = 9, 1
LETTER_COUNTRIES = frozenset(("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"))
"""Where Letter is the usual paper (Unicode CLDR, territories of US-Letter)."""

INK, MUTED, RULE, SHADE, BAR = "#1B2430", "#5B6672", "#C9D0D8", "#EEF1F4", "#9DBBDD"
LONGEST_TEXT = 32_767


def workbook_bytes(report: Report) -> bytes:
    """Return the workbook; it names HotelML as its creator."""
    import xlsxwriter

    content = io.BytesIO()
    # In memory: a PC that is locked down may have no place for temporary files.
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    title = f"{report.property_name}, as of {plain_day(report.as_of)}"
    made = report.made_at.replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": title, "author": CREATOR, "company": report.property_name, "created": made})
    formats = Formats(book)
    for sheet in report.sheets:
        _Writer(book.add_worksheet(sheet.title), formats).write(report, sheet)
    book.close()
    return content.getvalue()


class Formats:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Format] = {}

    def of(self, kind: Kind, *, strong: bool = False, quoted: bool = False) -> Format:
        """Return the format of a cell; ``quoted`` texts stay texts even where somebody edits them."""
        form: dict[str, object] = {"font_color": INK, "valign": "top", "bottom": 1, "bottom_color": RULE}
        if kind in NUMBER_FORMATS:
            form["num_format"] = NUMBER_FORMATS[kind]
        if kind in (Kind.DAY, Kind.MONTH):
            form["align"] = "left"
        if kind is Kind.LONG:
            form["text_wrap"] = True
        if strong:
            form |= {"bold": True, "top": 1, "top_color": MUTED}
        if quoted:
            form["quote_prefix"] = True
        return self._of(("cell", kind, strong, quoted), form)

    def head(self, kind: Kind) -> Format:
        """Return the format of a column's head."""
        side = "right" if kind in NUMBERS else "left"
        form = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": SHADE, "bottom": 1, "bottom_color": MUTED}
        return self._of(("head", side), {**form, "align": side, "font_color": INK})

    def words(self, size: int, *, strong: bool = False, muted: bool = False, quoted: bool = False) -> Format:
        """Return the format of a line of text outside the tables; ``quoted`` as in a cell."""
        form = {"font_size": size, "bold": strong, "font_color": MUTED if muted else INK, "quote_prefix": quoted}
        return self._of(("words", size, strong, muted, quoted), form)

    def _of(self, key: tuple[object, ...], form: dict[str, object]) -> Format:
        if key not in self._made:
            self._made[key] = self._book.add_format(form)
        return self._made[key]


class _Writer:
    """Fills one sheet."""

    def __init__(self, page: Worksheet, formats: Formats) -> None:
        self._page, self._formats = page, formats

    def write(self, report: Report, sheet: Sheet) -> None:
        """Write the sentence, the tables and the notes, one below the other, and set up how it prints."""
        self._words(SENTENCE_ROW, sheet.sentence, 13, strong=True)
        self._lines(FIRST_LINE_ROW, sheet.origin)
        row = FIRST_LINE_ROW + len(sheet.origin) + 1
        for table in sheet.tables:
            head = row + 1 if table.title else row
            if table.title:
                self._words(row, table.title, 11, strong=True)
            row = self._table(head, table) + 2
            if len(sheet.tables) == 1:
                self._page.freeze_panes(head + 1, 1)
                self._page.repeat_rows(head)
                self._page.autofilter(head, 0, head + len(table.rows), len(table.columns) - 1)
        self._lines(row, sheet.notes)
        self._widths(sheet.tables)
        self._print_setup(report, sheet)

    def _table(self, head: int, table: Table) -> int:
        """Write a table with its head in the row ``head`` and return the last row of it."""
        if not table.rows:
            self._words(head, table.nothing, 10, muted=True)
            return head
        self._page.set_row(head, HEAD_HEIGHT)
        for at, column in enumerate(table.columns):
            self._page.write_string(head, at, column.head, self._formats.head(column.kind))
        for below, values in enumerate(table.rows, start=head + 1):
            self._row(below, table.columns, values, strong=False)
        last = head + len(table.rows)
        for at, column in enumerate(table.columns):
            if column.kind is Kind.FILLED:
                bar = {"type": "data_bar", "bar_solid": True, "bar_color": BAR, "min_type": "num", "max_type": "num"}
                self._page.conditional_format(head + 1, at, last, at, {**bar, "min_value": 0, "max_value": 1})
        if table.total:
            last += 1
            self._row(last, table.columns, table.total, strong=True)
        return last

    def _row(self, row: int, columns: Sequence[Column], values: Sequence[Value], *, strong: bool) -> None:
        for at, (column, value) in enumerate(zip(columns, values, strict=True)):
            self._cell(row, at, column.kind, value, strong=strong)

    def _cell(self, row: int, at: int, kind: Kind, value: Value, *, strong: bool) -> None:
        form = self._formats.of(kind, strong=strong)
        if value is None or value == "" or (isinstance(value, float) and value - value != 0):
            self._page.write_blank(row, at, None, form)
        elif isinstance(value, (date, datetime)):
            self._page.write_datetime(row, at, value, form)
        elif isinstance(value, (int, float)):
            self._page.write_number(row, at, value, form)
        else:
            quoted = looks_like_formula(value)
            self._page.write_string(row, at, value[:LONGEST_TEXT], self._formats.of(kind, strong=strong, quoted=quoted))

    def _words(self, row: int, text: str, size: int, *, strong: bool = False, muted: bool = False) -> None:
        form = self._formats.words(size, strong=strong, muted=muted, quoted=looks_like_formula(text))
        self._page.write_string(row, 0, text[:LONGEST_TEXT], form)

    def _lines(self, first: int, lines: Sequence[str]) -> None:
        for at, line in enumerate(lines):
            self._words(first + at, line, 9, muted=True)

    def _widths(self, tables: Sequence[Table]) -> None:
        widths: dict[int, float] = {}
        for table in tables:
            for at, column in enumerate(table.columns):
                widths[at] = max(widths.get(at, 0.0), width_of(column, [row[at] for row in table.rows]))
        for at, width in widths.items():
            self._page.set_column(at, at, width)

    def _print_setup(self, report: Report, sheet: Sheet) -> None:
        page = self._page
        page.set_paper(LETTER if report.country in LETTER_COUNTRIES else A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(MARGIN_INCHES, MARGIN_INCHES, 1.5 * MARGIN_INCHES, 1.5 * MARGIN_INCHES)
        # An ampersand begins a code there.
        named = f"{report.property_name}, as of {plain_day(report.as_of)}: {sheet.title}".replace("&", "&&")
        page.set_footer(f"&L{named[:200]}&RPage &P of &N")
        page.hide_gridlines(2)


def width_of(column: Column, values: Sequence[Value]) -> float:
    """Return how wide a column has to be, in characters."""
    if column.kind in WIDTHS:
        return WIDTHS[column.kind]
    longest = max((len(word) for word in column.head.split()), default=0)
    if column.kind is Kind.TEXT:
        longest = max([longest, *(len(str(value)) for value in values if value is not None)])
    elif column.kind in (Kind.AMOUNT, Kind.RATE, Kind.RATE_CHANGE):
        longest = max([longest, *(len(f"{value:,.2f}") for value in values if isinstance(value, (int, float)))])
    return min(max(longest + 2.0, NARROWEST), WIDEST)
