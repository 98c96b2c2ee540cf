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


def _fields(record: Record, hotel: SyntheticHotel, category: dict[str, int], *, share: bool) -> dict[str, str]:
    """Return the tags of one record; a share is the second guest of the room at no rate."""
    listed = record.adr * (1.08 if record.number % 6 == 0 else 1.0)
    own = 0.0 if share else record.adr
    adults, children = (0, 0) if share else (record.adults, record.children)
    name = f"{'* ' if share else ''}{record.last_name},{record.first_name}"
    rates = (
        "RATE_CODE_RATE_AMOUNT",
        "ALL_SHARE_AMOUNT",
        "ALL_SHARE_RATE_CODE_AMOUNT",
        "RTA_ALL_SHARE_RC_AMT",
        "RTA_ALL_SHARE_AMOUNT",
    )
    amounts = (0.0 if share else listed, record.adr, listed, listed, record.adr)
    return {
        **dict(zip(rates, map(oracle_number, amounts), strict=True)),
        "RTA_ACTIVE_YN": "N",
        "PRIMARY_01": "0" if share else "1",
        "EXTERNAL_REFERENCE": "",
        "SHORT_RESV_STATUS": "CKIN",
        "NAME_TAX_TYPE": "",
        "BOOKED_ROOM_CATEGORY_LABEL": record.room_type,
        "DISCOUNT_REASON_CODE": "",
        "ADULTS": str(adults),
        "CHILDREN": str(children),
        **{f"CHILDREN{number}": "" for number in range(1, 6)},
        "RATE_CODE_RATE_CURRENCY": hotel.plan.currency,
        "BOOKED_ROOM_CATEGORY": str(category[record.room_type]),
        "RESORT": hotel.property_name,
        "RESV_NAME_ID": str(record.number + (SHARE_OFFSET if share else 0)),
        "GUEST_NAME_ID": str(record.number),
        "ROOM": record.room,
        "FULL_NAME": name,
        "PERSONS": str(adults + children),
        "BLOCK_CODE": f"G{record.party}" if record.segment == "Groups" else "",
        "SHARE_AMOUNT": oracle_number(own),
        "CURRENCY_CODE": hotel.plan.currency,
        "RATE_CODE": record.rate_code,
        "PAYMENT_METHOD": "CL" if record.company else "CC",
        "ARRIVAL": f"{record.arrival:%d/%m/%y}",
        "DEPARTURE": f"{record.departure:%d/%m/%y}",
        "ROOM_CATEGORY_LABEL": record.assigned,
        "MARKET_CODE": record.segment,
        "SOURCE_CODE": record.channel,
        "ORIGIN_CODE": "",
        "FIXED_CHARGES": "",
        "TAX_EXEMPT_NO": "",
        "TRUNC_BEGIN_DATE": oracle_day(record.arrival),
        "TRUNC_END_DATE": oracle_day(record.departure),
        "ALLOTMENT_HEADER_ID": "",
        "GUEST_NAME": name,
        "IS_SHARED_YN": "Y" if share else "N",
        "PRODUCTS": record.meal,
        **dict.fromkeys(("LIST_G_PROFILE_NOTES", "LIST_G_RESERVATION_COMMENTS", "LIST_G_ROUTING", "CF_SHARE_NAMES"), ""),
        **dict.fromkeys(("COUNT_COMMENTS", "COUNT_RES_COMMENTS", "COUNT_ROUTING"), "0"),
        # What the guest pays less than the rate code says; below one it has no zero before the point.
        "CF_RATE_VARIANCE": oracle_number(-0.89 if record.number % 11 == 0 else listed - record.adr),
        "CF_COUNT_LINES": "0",
        "CF_RATE_CODE_AMOUNT": oracle_number(listed),
    }


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
