"""OPERA rate check report (GIRATECHECK) as XML: everybody in the house, two date formats in one record."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.markup import add_fields, descend, write_xml
from hotelml_app.simulator.layouts.records import Record, Written, expected, oracle_day, oracle_number, records_at

FIELDS = ("arrival", "departure", "status", "room_type", "room", "rate_code", "adr", "adults", "children", "currency")
SHARE_OFFSET = 50_000_000
TAGS = (
    "RATE_CODE_RATE_AMOUNT ALL_SHARE_AMOUNT ALL_SHARE_RATE_CODE_AMOUNT RTA_ALL_SHARE_RC_AMT RTA_ALL_SHARE_AMOUNT RTA_ACTIVE_YN "
    "PRIMARY_01 EXTERNAL_REFERENCE SHORT_RESV_STATUS NAME_TAX_TYPE BOOKED_ROOM_CATEGORY_LABEL DISCOUNT_REASON_CODE ADULTS "
    "CHILDREN CHILDREN1 CHILDREN2 CHILDREN3 CHILDREN4 CHILDREN5 RATE_CODE_RATE_CURRENCY BOOKED_ROOM_CATEGORY RESORT RESV_NAME_ID "
    "GUEST_NAME_ID ROOM FULL_NAME PERSONS BLOCK_CODE SHARE_AMOUNT CURRENCY_CODE RATE_CODE PAYMENT_METHOD ARRIVAL DEPARTURE "
    "ROOM_CATEGORY_LABEL MARKET_CODE SOURCE_CODE ORIGIN_CODE FIXED_CHARGES TAX_EXEMPT_NO TRUNC_BEGIN_DATE TRUNC_END_DATE "
    "ALLOTMENT_HEADER_ID GUEST_NAME IS_SHARED_YN PRODUCTS LIST_G_PROFILE_NOTES LIST_G_RESERVATION_COMMENTS LIST_G_ROUTING "
    "CF_SHARE_NAMES COUNT_COMMENTS COUNT_RES_COMMENTS COUNT_ROUTING CF_RATE_VARIANCE CF_COUNT_LINES CF_RATE_CODE_AMOUNT"
)


def _amounts(record: Record, *, share: bool) -> dict[str, str]:
    """Return the amounts: what the rate code says, what the guest pays; a share pays nothing."""
    listed = record.adr * (1.08 if record.number % 6 == 0 else 1.0)
    amounts = {
        "RATE_CODE_RATE_AMOUNT": 0.0 if share else listed,
        "ALL_SHARE_AMOUNT": record.adr,
        "ALL_SHARE_RATE_CODE_AMOUNT": listed,
        "RTA_ALL_SHARE_RC_AMT": listed,
        "RTA_ALL_SHARE_AMOUNT": record.adr,
        "SHARE_AMOUNT": 0.0 if share else record.adr,
        # Below one it has no zero before the point.
        "CF_RATE_VARIANCE": -0.89 if record.number % 11 == 0 else listed - record.adr,
        "CF_RATE_CODE_AMOUNT": listed,
    }
    return {name: oracle_number(amount) for name, amount in amounts.items()}


def _fields(record: Record, hotel: SyntheticHotel, category: dict[str, int], *, share: bool) -> dict[str, str]:
    """Return the tags of one record in the report's order; a share is the second guest of the room."""
    adults, children = (0, 0) if share else (record.adults, record.children)
    name = f"{'* ' if share else ''}{record.last_name},{record.first_name}"
    filled = {
        **_amounts(record, share=share),
        "RTA_ACTIVE_YN": "N",
        "PRIMARY_01": "0" if share else "1",
        "SHORT_RESV_STATUS": "CKIN",
        "BOOKED_ROOM_CATEGORY_LABEL": record.room_type,
        "ADULTS": str(adults),
        "CHILDREN": str(children),
        "RATE_CODE_RATE_CURRENCY": hotel.plan.currency,
        "BOOKED_ROOM_CATEGORY": str(category[record.room_type]),
        "RESORT": hotel.property_name,
        "RESV_NAME_ID": str(record.number + (SHARE_OFFSET if share else 0)),
        "GUEST_NAME_ID": str(record.number),
        "ROOM": record.room,
        "FULL_NAME": name,
        "PERSONS": str(adults + children),
        "BLOCK_CODE": f"G{record.party}" if record.segment == "Groups" else "",
        "CURRENCY_CODE": hotel.plan.currency,
        "RATE_CODE": record.rate_code,
        "PAYMENT_METHOD": "CL" if record.company else "CC",
        "ARRIVAL": f"{record.arrival:%d/%m/%y}",
        "DEPARTURE": f"{record.departure:%d/%m/%y}",
        "ROOM_CATEGORY_LABEL": record.assigned,
        "MARKET_CODE": record.segment,
        "SOURCE_CODE": record.channel,
        "TRUNC_BEGIN_DATE": oracle_day(record.arrival),
        "TRUNC_END_DATE": oracle_day(record.departure),
        "GUEST_NAME": name,
        "IS_SHARED_YN": "Y" if share else "N",
        "PRODUCTS": record.meal,
        **dict.fromkeys(("COUNT_COMMENTS", "COUNT_RES_COMMENTS", "COUNT_ROUTING", "CF_COUNT_LINES"), "0"),
    }
    return {tag: filled.get(tag, "") for tag in TAGS.split()}


def write_giratecheck(hotel: SyntheticHotel, day: date, path: Path) -> Written:
    """Write everybody in the house at the end of ``day``; second adults of some rooms stand as shares."""
    root = ElementTree.Element("GIRATECHECK")
    rows = descend(root, "LIST_G_RESERVATION")
    category = {room_type.code: 35_320 + number for number, room_type in enumerate(hotel.plan.room_types)}
    chosen = [record for record in records_at(hotel, day) if record.status == BookingStatus.IN_HOUSE]
    shares = 0
    for record in chosen:
        add_fields(descend(rows, "G_RESERVATION"), _fields(record, hotel, category, share=False))
        if record.adults == 2 and record.number % 5 == 0:
            add_fields(descend(rows, "G_RESERVATION"), _fields(record, hotel, category, share=True))
            shares += 1
    write_xml(path, root)
    fields = tuple(name for name in FIELDS if name != "currency")
    others = {"currency": hotel.plan.currency}
    found = tuple(
        expected(r, fields, reservation_id=str(r.number), assigned_room_type=r.assigned, segment=r.segment, **others)
        for r in chosen
    )
    return Written((path,), len(chosen) + shares, found, not_bookings=shares)
