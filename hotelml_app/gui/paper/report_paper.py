"""A report on paper: summary, nights and the arrivals that stand out, with page numbers, as a PDF file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from html import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QThread
from PySide6.QtGui import QAbstractTextDocumentLayout, QPageLayout, QPageSize, QPainter, QPalette, QPdfWriter, QTextDocument

from hotelml_app.core.written_days import MONTHS
from hotelml_app.gui.no_screen import draw_without_screen
from hotelml_app.gui.place import DASH, Place
from hotelml_app.gui.theme.fonts import paper_font
from hotelml_app.gui.theme.tokens import palette
from hotelml_app.services.report.arrivals import ARRIVALS, STANDS_OUT
from hotelml_app.services.report.keeping import CREATOR
from hotelml_app.services.report.nights import NIGHTS
from hotelml_app.services.report.summary import SUMMARY
from hotelml_app.services.report.views import NUMBERS, Column, Kind, Report, Sheet, Table, Value
from hotelml_app.services.report.workbook import LETTER_COUNTRIES

ARRIVAL_DAYS = 7
LEFT_OUT = ("Segment", "Rooms", "Chance no-show")
DOTS_PER_INCH = 300
MARGIN_MM = 12.0
FOOT_MM = 8.0
LONGEST_HEAD = 9
TEXT_POINTS, FOOT_POINTS = 7.5, 7.0
SMALLEST_POINTS, STEP_POINTS = 6.75, 0.25
FEW_LINES = 0.12
"""Share of a page below which what is left for it had better fit on the pages before."""

MM_PER_INCH = 25.4

INK = palette(dark=False)
"""Paper is light, however the window looks."""

STYLE = f"""h1 {{ font-size: 15pt; margin: 0 0 4px 0; }} h2 {{ font-size: 12pt; margin: 0 0 4px 0; }}
h3 {{ font-size: 9pt; margin: 18px 0 6px 0; }} p {{ margin: 0 0 2px 0; }}
p.muted {{ color: {INK.text_muted}; }} p.notes {{ color: {INK.text_muted}; margin: 8px 0 0 0; }}
p.last {{ color: {INK.text_muted}; margin: 0 0 9px 0; }}
table {{ border-collapse: collapse; }}
td {{ border-bottom: 1px solid {INK.line}; vertical-align: top; padding: 2px 2px 2px 3px; }}
th {{ border-bottom: 1px solid {INK.text_muted}; background-color: {INK.track}; vertical-align: bottom;
  padding: 3px 2px 3px 3px; }}
td.text, th.text {{ padding-left: 8px; }}
td.total {{ font-weight: 600; border-top: 1px solid {INK.text_muted}; }}"""


LONG_WIDTH = {2: 75, 3: 62}
"""Per cent of the page that a running text gets beside so many columns in all."""


def pdf_without_window(report: Report) -> bytes:
    """Return the PDF file where no window is open; no screen is needed."""
    draw_without_screen()
    from PySide6.QtGui import QGuiApplication

    from hotelml_app.gui.theme.fonts import load_fonts

    # A guest of nobody: it must live as long as the fonts are in use.
    application = QGuiApplication.instance() or QGuiApplication([CREATOR])
    load_fonts()
    made = pdf_bytes(report)
    del application
    return made


def pdf_in_background(report: Report) -> bytes:
    """Return the PDF file, asked for from a background thread of a window; the fonts are loaded by then."""
    layout = _Layout(report)
    layout.start()
    layout.wait()
    if layout.error is not None:
        raise layout.error
    return layout.content


class _Layout(QThread):
    """A thread of Qt's own: a document that is laid out sets timers, which Python's threads do not have."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report
        self.content = b""
        self.error: Exception | None = None

    def run(self) -> None:
        """Lay the report out."""
        try:
            self.content = pdf_bytes(self._report)
        except Exception as error:  # noqa: BLE001
            # Whoever waits raises it again.
            self.error = error


def pdf_bytes(report: Report) -> bytes:
    """Return the PDF file; a thread of Qt's has to ask for it."""
    content = QBuffer()
    content.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(content)
    writer.setResolution(DOTS_PER_INCH)
    writer.setCreator(CREATOR)
    writer.setTitle(_name(report))
    paper = QPageSize.PageSizeId.Letter if report.country in LETTER_COUNTRIES else QPageSize.PageSizeId.A4
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    landscape = QPageLayout.Orientation.Landscape
    writer.setPageLayout(QPageLayout(QPageSize(paper), landscape, margins, QPageLayout.Unit.Millimeter))
    _paint(writer, report)
    content.close()
    return bytes(content.data().data())


def _paint(writer: QPdfWriter, report: Report) -> None:
    page = QSizeF(writer.width(), writer.height() - FOOT_MM / MM_PER_INCH * DOTS_PER_INCH)
    parts = [fitted(html, page, writer) for html in pages_html(report)]
    many = sum(part.pageCount() for part in parts)
    painter, number = QPainter(writer), 0
    for part in parts:
        for at in range(part.pageCount()):
            if number:
                writer.newPage()
            number += 1
            _draw_page(painter, part, at, page)
            _draw_foot(painter, QRectF(0, 0, writer.width(), writer.height()), _name(report), f"Page {number} of {many}")
    painter.end()


def fitted(html: str, page: QSizeF, writer: QPdfWriter) -> QTextDocument:
    """Return a text laid out on pages of this size; a few lines that were left for a last page are drawn in."""
    whole = laid_out(html, page, writer)
    pages, points = whole.pageCount(), TEXT_POINTS - STEP_POINTS
    # A document's height ends with the last page: what stands on it is told by its last line.
    last = whole.documentLayout().blockBoundingRect(whole.lastBlock()).bottom() - (pages - 1) * page.height()
    if pages == 1 or last > FEW_LINES * page.height():
        return whole
    while points >= SMALLEST_POINTS:
        smaller = laid_out(html, page, writer, points)
        if smaller.pageCount() < pages:
            return smaller
        points -= STEP_POINTS
    return whole


def laid_out(html: str, page: QSizeF, writer: QPdfWriter, points: float = TEXT_POINTS) -> QTextDocument:
    """Return a text laid out on pages of this size in the writer's dots."""
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    document.setDefaultFont(paper_font(points))
    document.setDefaultStyleSheet(STYLE)
    document.setHtml(html)
    document.setPageSize(page)
    return document


def _draw_page(painter: QPainter, part: QTextDocument, at: int, page: QSizeF) -> None:
    seen = QRectF(0, at * page.height(), page.width(), page.height())
    painter.save()
    painter.translate(0, -seen.top())
    painter.setClipRect(seen)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = seen
    # A dark desktop must not make the paper's text white.
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    part.documentLayout().draw(painter, context)
    painter.restore()


def _draw_foot(painter: QPainter, whole: QRectF, left: str, right: str) -> None:
    painter.setFont(paper_font(FOOT_POINTS))
    painter.setPen(Qt.GlobalColor.darkGray)
    painter.drawText(whole, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, left)
    painter.drawText(whole, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, right)


def _name(report: Report) -> str:
    return f"{report.property_name}, as of {Place(report.country).day(report.as_of, weekday=False, year=True)}"


def pages_html(report: Report) -> Iterator[str]:
    """Yield the parts of the document; each begins on a new page."""
    place = Place(report.country, report.currency)
    yield _sheet_html(place, report.sheet(SUMMARY), "h1")
    yield _sheet_html(place, report.sheet(NIGHTS), "h2")
    yield _sheet_html(place, standing_out(place, report), "h2")


def standing_out(place: Place, report: Report) -> Sheet:
    """Return the sheet of arrivals with those of the coming week alone whose risk stands out."""
    sheet = report.sheet(ARRIVALS)
    if not sheet.tables:
        return sheet
    table, last = sheet.tables[0], report.as_of + timedelta(days=ARRIVAL_DAYS)
    day, risk = table.at("Arrival"), table.at("Risk")
    wanted = [row for row in table.rows if row[risk] in STANDS_OUT and isinstance(row[day], date) and str(row[day]) <= str(last)]
    shown = [at for at, column in enumerate(table.columns) if column.head not in LEFT_OUT]
    title = f"May not come, until {place.day(last)}"
    rows = tuple(tuple(row[at] for at in shown) for row in wanted)
    columns = tuple(table.columns[at] for at in shown)
    nothing = "No arrival of the coming week stands out."
    notes = (*sheet.notes, "All arrivals are in the Excel report.")
    return Sheet(ARRIVALS, sheet.sentence, (Table(title, columns, rows, nothing=nothing),), notes, sheet.origin)


def _sheet_html(place: Place, sheet: Sheet, level: str) -> str:
    lines = [f"<{level}>{escape(place.spoken(sheet.sentence))}</{level}>"]
    origin = [escape(place.with_days(line)) for line in sheet.origin]
    lines += [f"<p class='muted'>{line}</p>" for line in origin[:-1]]
    lines += [f"<p class='last'>{line}</p>" for line in origin[-1:]]
    for table in sheet.tables:
        lines.append(f"<h3>{escape(table.title)}</h3>" if table.title else "")
        lines.append(_table_html(place, table) if table.rows else f"<p>{escape(table.nothing)}</p>")
    lines.append(f"<p class='notes'>{escape(place.with_days(' '.join(sheet.notes)))}</p>" if sheet.notes else "")
    return "".join(lines)


def _table_html(place: Place, table: Table) -> str:
    head = "".join(_head_html(column, len(table.columns)) for column in table.columns)
    body = "".join(_row_html(place, table.columns, row, "") for row in table.rows)
    total = _row_html(place, table.columns, table.total, "total") if table.total else ""
    return f"<table width='100%' cellspacing='0'><thead><tr>{head}</tr></thead>{body}{total}</table>"


def _head_html(column: Column, columns: int) -> str:
    head = two_lines(column.head) if column.kind in NUMBERS else escape(column.head)
    width = f" width='{LONG_WIDTH[columns]}%'" if column.kind is Kind.LONG and columns in LONG_WIDTH else ""
    return f"<th {_side(column)}'{width}>{head}</th>"


def two_lines(head: str) -> str:
    """Return a head, broken in the middle where it is long: the figures below it are short."""
    if len(head) <= LONGEST_HEAD or " " not in head:
        return escape(head)
    at = min((at for at, sign in enumerate(head) if sign == " "), key=lambda at: abs(2 * at - len(head)))
    return f"{escape(head[:at])}<br>{escape(head[at + 1 :])}"


def _row_html(place: Place, columns: Sequence[Column], row: Sequence[Value], kind: str) -> str:
    cells = (
        f"<td {_side(column)} {kind}'>{escape(said(place, column.kind, value))}</td>"
        for column, value in zip(columns, row, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _side(column: Column) -> str:
    """Return the beginning of a cell's attributes, in the middle of its classes."""
    return "align='right' class='number" if column.kind in NUMBERS else "align='left' class='text"


def said(place: Place, kind: Kind, value: Value) -> str:
    """Return a value as it is written where the property stands."""
    if value is None:
        return DASH if kind in NUMBERS else ""
    if isinstance(value, date):
        return f"{MONTHS[value.month - 1]} {value.year}" if kind is Kind.MONTH else place.day(value)
    if isinstance(value, str):
        return place.spoken(value) if kind is Kind.LONG else value
    if kind in (Kind.SHARE, Kind.FILLED):
        return place.share(value)
    if kind is Kind.CHANGE:
        return place.change(value)
    return place.number(value, {Kind.TENTH: 1, Kind.RATE: 2}.get(kind, 0))
