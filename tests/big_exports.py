"""Exports of any size in the layouts of several systems: every booking has its own number, guest, dates and price."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

MEGABYTE = 2**20
FIRST_DAY = date(2016, 1, 1)
NUMBERS_APART = 170_000
"""Bookings of a zip's parts are so far apart in number: after 1,740,000 the same days and prices come again."""
STATUSES = ("Checked Out", "Canceled", "Confirmed", "No Show")

CLOUDBEDS = (
    *("Name", "Email", "Phone Number", "Reservation Number", "Adults", "Children", "Room Number", "Accommodation Total"),
    *("Check in Date", "Check out Date", "Nights", "Room Type", "Grand Total", "Reservation Date", "Source", "Status", "Country"),
    *("Guest Status", "Cancellation Date", "Company Name", "Third Party Confirmation Number"),
)
MEWS = (
    *("Number", "Last name", "First name", "Email", "Telephone", "Status", "Created", "Canceled", "Arrival", "Departure"),
    *("Count (nights)", "Person count", "Requested category", "Space category", "Space number", "Origin", "Segment", "Rate"),
    *("Average rate (nightly)", "Total amount", "Cancellation reason", "Notes", "Travel agency", "Company"),
)
OPERA = (
    *("RESV_NAME_ID", "CONFIRMATION_NO", "UPDATE_DATE", "SHORT_RESV_STATUS", "ARRIVAL", "DEPARTURE", "TRUNC_BEGIN", "TRUNC_END"),
    *("BEGIN_DATE", "NO_OF_ROOMS", "ROOM_NO", "ROOM_CATEGORY_LABEL", "FULL_NAME", "ADULTS", "CHILDREN", "RATE_CODE"),
    *("EFFECTIVE_RATE_AMOUNT", "CURRENCY_CODE", "MARKET_CODE", "ORIGIN_OF_BOOKING"),
)


def _stay(number: int) -> tuple[date, date, date]:
    booked = FIRST_DAY + timedelta(days=number % 2900)
    arrival = booked + timedelta(days=number * 7 % 120)
    return booked, arrival, arrival + timedelta(days=1 + number % 6)


def _guest(number: int) -> str:
    return f"Guest{number:x} Family{number * 31 % 999_983:x}"


def cloudbeds_row(number: int) -> list[str]:
    booked, arrival, departure = _stay(number)
    nights, price, status = (departure - arrival).days, 60 + number * 13 % 20_000 / 100, STATUSES[number * 7 % 4]
    cancelled = f"{booked:%d/%m/%Y}" if status == "Canceled" else "n/a"
    return [
        *(_guest(number), f"guest.{number}@example.invalid", f"+49 170 {number:07d}", str(1_000_000 + number)),
        *(str(1 + number % 3), str(number % 2), str(100 + number % 180), f"{price * nights:.2f}"),
        *(f"{arrival:%d/%m/%Y}", f"{departure:%d/%m/%Y}", str(nights), "Double, garden view", f"{price * nights * 1.1:.2f}"),
        *(f"{booked:%d/%m/%Y}", "Booking.com", status, "Germany", "n/a", cancelled, "n/a"),
        f"BOO-{number}",
    ]


def mews_row(number: int) -> list[str]:
    booked, arrival, departure = _stay(number)
    nights, price, status = (departure - arrival).days, 60 + number * 13 % 20_000 / 100, STATUSES[number * 7 % 4]
    last, first = _guest(number).split()[::-1]
    cancelled = f"{booked} 12:00:00" if status == "Canceled" else ""
    return [
        *(str(2_000_000 + number), last, first, f"guest.{number}@example.invalid", f"+49 170 {number:07d}", status),
        *(f"{booked} 09:{number % 60:02d}:00", cancelled, f"{arrival} 15:00:00", f"{departure} 11:00:00", str(nights)),
        *(str(1 + number % 3), "Double", "Double", str(100 + number % 180), "Channel manager", "Leisure", "BAR"),
        *(f"{price:.2f}", f"{price * nights:.2f}", "", f"Late arrival of guest {number}", "", ""),
    ]


def opera_row(number: int) -> list[str]:
    booked, arrival, departure = _stay(number)
    days = [f"{day:%d-%b-%y}".upper() for day in (booked, arrival, departure)]
    status = ("CKOT", "CXL", "CKIN", "NOSHOW")[number * 7 % 4]
    return [
        *(str(100_000 + number), str(4_100_000 + number), days[0], status, f"{arrival:%d/%m/%y}", f"{departure:%d/%m/%y}"),
        *(days[1], days[2], days[1], "1", str(100 + number % 180), "DBL", _guest(number), "2", "0", "BAR"),
        *(f"{60 + number * 13 % 20_000 / 100:.2f}", "EUR", "Leisure", "Booking.com"),
    ]


def _fill(target: int, row: Callable[[int], bytes], first: int = 0) -> Iterator[bytes]:
    """Yield rows until they are as many bytes as wanted."""
    written, number = 0, first
    while written < target:
        data = row(number)
        written += len(data)
        number += 1
        yield data


def write_csv(path: Path, megabytes: float, first: int = 0) -> None:
    """Plain lines, without any quotes."""
    with path.open("wb") as file:
        file.write((",".join(CLOUDBEDS) + "\n").encode())
        file.writelines(_fill(int(megabytes * MEGABYTE), lambda n: _plain(cloudbeds_row(n)), first))


def _plain(cells: list[str]) -> bytes:
    return (",".join(cell.replace(",", "") for cell in cells) + "\n").encode()


def write_quoted_csv(path: Path, megabytes: float) -> None:
    """Every cell in quotes, some with commas and line ends."""
    with path.open("wb") as file:
        file.write((",".join(f'"{name}"' for name in CLOUDBEDS) + "\r\n").encode())
        file.writelines(
            _fill(int(megabytes * MEGABYTE), lambda n: (",".join(f'"{c}"' for c in cloudbeds_row(n)) + "\r\n").encode())
        )


def write_xml(path: Path, megabytes: float) -> None:
    """Oracle's reservation detail: records below a group below a list."""
    with path.open("wb") as file:
        file.write(b"<?xml version='1.0' encoding='UTF-8'?>\n<RES_DETAIL><LIST_G_GROUP_BY1><G_GROUP_BY1>\n")
        file.write(b"<GROUPBY1_COL>14-MAR-25</GROUPBY1_COL><LIST_G_RESERVATION>\n")
        file.writelines(_fill(int(megabytes * MEGABYTE), _opera_record))
        file.write(b"</LIST_G_RESERVATION></G_GROUP_BY1></LIST_G_GROUP_BY1></RES_DETAIL>\n")


def _opera_record(number: int) -> bytes:
    cells = zip(OPERA, opera_row(number), strict=True)
    return (
        "<G_RESERVATION>\n" + "".join(f" <{tag}>{escape(text)}</{tag}>\n" for tag, text in cells) + "</G_RESERVATION>\n"
    ).encode()


def write_json(path: Path, megabytes: float) -> None:
    """Rows below a header, as Mews' scheduled reports have them."""
    with path.open("wb") as file:
        file.write(b'{"Documents": [{"Name": "Parameters", "Data": [["Enterprise", "Harbour House"], ["Currency", "EUR"]]},\n')
        file.write(f'{{"Name": "Reservations", "Data": [{json.dumps(MEWS)}'.encode())
        file.writelines(_fill(int(megabytes * MEGABYTE), lambda n: (",\n" + json.dumps(mews_row(n))).encode()))
        file.write(b"]}]}")


def write_json_records(path: Path, megabytes: float) -> None:
    """Reviews as records with records in them."""
    with path.open("wb") as file:
        file.write(b'{"reviews": [')
        rows = _fill(int(megabytes * MEGABYTE), lambda n: (b"," if n else b"") + json.dumps(_review(n)).encode())
        file.writelines(rows)
        file.write(b'], "averageRating": 4.2}')


def _review(number: int) -> dict[str, object]:
    written = f"{_stay(number)[0]}T18:00:07.{number % 10**9:09d}Z"
    return {
        "name": f"accounts/1/locations/harbour-house/reviews/V{number}",
        "reviewId": f"V{number}",
        "reviewer": {"displayName": _guest(number), "isAnonymous": False},
        "starRating": ("ONE", "TWO", "THREE", "FOUR", "FIVE")[number % 5],
        "comment": f"Room {number} was quiet \U0001f600 and the breakfast good.",
        "createTime": written,
        "updateTime": written,
    }


def write_xlsx(path: Path, megabytes: float) -> None:
    """A workbook whose sheet has so many megabytes unpacked; numbers are numbers, texts shared."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": False}) as book:
        parameters = book.add_worksheet("Parameters")
        parameters.write_row(0, 0, ["Enterprise", "Harbour House"])
        parameters.write_row(1, 0, ["Currency", "EUR"])
        page = book.add_worksheet("Reservations")
        page.write_row(0, 0, MEWS)
        # About 34 bytes of XML a cell.
        for number in range(int(megabytes * MEGABYTE / (34 * len(MEWS)))):
            page.write_row(
                number + 1, 0, [float(cell) if place in (10, 11, 18, 19) else cell for place, cell in enumerate(mews_row(number))]
            )


def write_zip(path: Path, megabytes: float) -> None:
    """Ten plain exports in one zip; megabytes are counted unpacked."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part in range(10):
            text = io.BytesIO()
            text.write((",".join(CLOUDBEDS) + "\n").encode())
            text.writelines(_fill(int(megabytes * MEGABYTE / 10), lambda n: _plain(cloudbeds_row(n)), part * NUMBERS_APART))
            package.writestr(f"part {part}.csv", text.getvalue())


KINDS: dict[str, tuple[str, Callable[[Path, float], None]]] = {
    "csv": ("big.csv", write_csv),
    "quoted csv": ("quoted.csv", write_quoted_csv),
    "xml": ("big.xml", write_xml),
    "json rows": ("rows.json", write_json),
    "json records": ("records.json", write_json_records),
    "xlsx": ("big.xlsx", write_xlsx),
    "zip": ("big.zip", write_zip),
}
