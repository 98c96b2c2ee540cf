"""OPERA reservation lists: the Reservations Detail report as XML, and the reservation report sent by e-mail as CSV."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.exports import write_csv
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.markup import add_fields, descend, write_xml
from hotelml_app.simulator.layouts.records import Record, Written, expected, guarantee, oracle_day, oracle_number, records_at

FIELDS = ("arrival", "departure", "status", "rate_code", "adr", "adults", "children", "segment")
EMAIL_HEADER = (
    "RESV_NAME_ID,GUARANTEE_CODE,RESV_STATUS,ROOM,FULL_NAME,DEPARTURE,PERSONS,GROUP_NAME,NO_OF_ROOMS,ROOM_CATEGORY_LABEL,RATE_CODE,"
    "INSERT_USER,INSERT_DATE,GUARANTEE_CODE_DESC,COMPANY_NAME,TRAVEL_AGENT_NAME,ARRIVAL,NIGHTS,COMP_HOUSE_YN,SHARE_AMOUNT,"
    "C_T_S_NAME,SHORT_RESV_STATUS,SHARE_AMOUNT_PER_STAY"
)
EMAIL_FIELDS = ("booked_on", "arrival", "departure", "status", "room", "rate_code", "adr", "company")
LONG_STATUS = {
    BookingStatus.RESERVED: "RESERVED",
    BookingStatus.IN_HOUSE: "CHECKED IN",
    BookingStatus.CHECKED_OUT: "CHECKED OUT",
    BookingStatus.CANCELLED: "CANCELLED",
    BookingStatus.NO_SHOW: "NO SHOW",
}


def short_status(record: Record, day: date) -> str:
    """Return the short status: the first four characters of the guarantee code while the booking lies ahead."""
    words = {
        BookingStatus.IN_HOUSE: "DUOT" if record.departure == day + timedelta(days=1) else "CKIN",
        BookingStatus.CHECKED_OUT: "CKOT",
        BookingStatus.CANCELLED: "CXL",
        BookingStatus.NO_SHOW: "NO SHOW",
    }
    return words.get(record.status, guarantee(record)[:4])


def _fields(record: Record, hotel: SyntheticHotel, day: date) -> dict[str, str]:
    """Return the tags of one reservation."""
    return {
        "RESV_NAME_ID": str(record.number),
        "CONFIRMATION_NO": str(record.number + 4_000_000),
        "UPDATE_DATE": oracle_day(record.status_on),
        "SHORT_RESV_STATUS": short_status(record, day),
        "ARRIVAL": f"{record.arrival:%d/%m/%y}",
        "DEPARTURE": f"{record.departure:%d/%m/%y}",
        "TRUNC_BEGIN": oracle_day(record.arrival),
        "TRUNC_END": oracle_day(record.departure),
        "BEGIN_DATE": oracle_day(record.arrival),
        "NO_OF_ROOMS": "1",
        "ROOM_NO": record.room,
        "ROOM_CATEGORY_LABEL": record.assigned or record.room_type,
        "FULL_NAME": f"{record.last_name},{record.first_name}",
        "FULL_NAME_NO_SHR_IND": f"{record.last_name},{record.first_name}",
        "GUEST_NAME_ID": str(record.number),
        "ADULTS": str(record.adults),
        "CHILDREN": str(record.children),
        "RATE_CODE": record.rate_code,
        "EFFECTIVE_RATE_AMOUNT": oracle_number(record.adr),
        "CURRENCY_CODE": hotel.plan.currency,
        "MARKET_CODE": record.segment,
        "ORIGIN_OF_BOOKING": record.channel,
        "PAYMENT_METHOD": "CL" if record.company else "CC",
        "EXTERNAL_REFERENCE": "",
        "COMPANY_NAME": record.company,
        "PRODUCTS": record.meal,
        "DEPOSIT_PAID": oracle_number(record.total if record.deposit_type == "Non Refund" else 0.0),
    }


def _recent(hotel: SyntheticHotel, day: date, back_days: int) -> list[Record]:
    """Return bookings that leave no earlier than ``back_days`` ago."""
    return [record for record in records_at(hotel, day) if record.departure >= day - timedelta(days=back_days)]


def write_res_detail(hotel: SyntheticHotel, day: date, path: Path, *, back_days: int = 60) -> Written:
    """Write the bookings that leave no earlier than ``back_days`` ago, grouped by arrival date."""
    root = ElementTree.Element("RES_DETAIL")
    groups = descend(root, "LIST_G_GROUP_BY1")
    chosen = sorted(_recent(hotel, day, back_days), key=lambda record: (record.arrival, record.number))
    rows: ElementTree.Element | None = None
    shown: date | None = None
    for record in chosen:
        if rows is None or record.arrival != shown:
            group = descend(groups, "G_GROUP_BY1")
            add_fields(group, {"GROUPBY1_COL": oracle_day(record.arrival)})
            rows, shown = descend(group, "LIST_G_RESERVATION"), record.arrival
        add_fields(descend(rows, "G_RESERVATION"), _fields(record, hotel, day))
    write_xml(path, root)
    found = tuple(
        expected(r, FIELDS, reservation_id=str(r.number), currency=hotel.plan.currency, shown_room_type=r.assigned or r.room_type)
        for r in chosen
    )
    return Written((path,), len(chosen), found)


def write_opera_email(hotel: SyntheticHotel, day: date, path: Path, *, back_days: int = 60) -> Written:
    """Write the reservation report that OPERA sends by e-mail, as CSV with booking dates."""
    chosen = _recent(hotel, day, back_days)
    rows = [
        [
            str(r.number),
            guarantee(r),
            LONG_STATUS[r.status],
            r.room,
            f"{r.last_name},{r.first_name}",
            oracle_day(r.departure),
            str(r.adults + r.children),
            f"G{r.party}" if r.segment == "Groups" else "",
            "1",
            r.assigned or r.room_type,
            r.rate_code,
            "NIGHTAUDIT",
            oracle_day(r.booked_on),
            guarantee(r),
            r.company,
            f"AGENCY {r.agent}" if r.agent else "",
            oracle_day(r.arrival),
            str(r.nights),
            "N",
            oracle_number(r.adr),
            r.company,
            short_status(r, day),
            oracle_number(r.total),
        ]
        for r in chosen
    ]
    write_csv(path, EMAIL_HEADER.split(","), rows)
    found = tuple(
        expected(r, EMAIL_FIELDS, reservation_id=str(r.number), total=r.total, shown_room_type=r.assigned or r.room_type)
        for r in chosen
    )
    return Written((path,), len(rows), found)
