"""OPERA house statistics without bookings: the TSA04 export file and the History and Forecast report as XML."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from hotelml_app.simulator.exports import slug, write_csv
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.markup import add_fields, descend, write_xml
from hotelml_app.simulator.layouts.nightly import NightFigures, figures
from hotelml_app.simulator.layouts.records import Written, oracle_day, oracle_number

TSA04_HEADER = (
    "BUSINESS_DATE,RESORT,NAME,ROOM_CLASS,OCC_ROOM,AVAIL_ROOM,OOO_ROOMS,OS_ROOMS,COMP_ROOM,HOUSE_USE_ROOM,DAYUSE_ROOM,WALKIN_ROOM,"
    "NOSHOW_ROOM,ARRIVAL_ROOM,DEF_ARRIVALS_TODAY,EARLY_DEP_ROOM,EXT_STAY_ROOM,ROOM_REVENUE,FOOD_BEV_REVENUE,OTHER_REVENUE"
)
FOOD_SHARE, OTHER_SHARE = 0.22, 0.05


def resort_code(hotel: SyntheticHotel) -> str:
    """Return the short code OPERA knows the property by."""
    return slug(hotel.property_name).replace("-", "").upper()[:8]


def write_tsa04(hotel: SyntheticHotel, day: date, path: Path, *, back_days: int = 30) -> Written:
    """Write what really happened on the last ``back_days`` nights up to ``day``, one row per night and room class."""
    first = max(day - timedelta(days=back_days - 1), hotel.start)
    rows = figures(hotel, day, first, day, by_type=True)
    lines = [
        [
            oracle_day(r.night),
            resort_code(hotel),
            hotel.property_name,
            r.room_type,
            r.sold,
            r.rooms - r.out_of_order,
            r.out_of_order,
            0,
            0,
            0,
            0,
            r.walk_ins,
            r.no_shows,
            r.arrivals,
            r.arrivals - r.walk_ins + r.no_shows,
            0,
            0,
            f"{r.revenue:.2f}",
            f"{r.revenue * FOOD_SHARE:.2f}",
            f"{r.revenue * OTHER_SHARE:.2f}",
        ]
        for r in rows
    ]
    write_csv(path, TSA04_HEADER.split(","), lines)
    return Written((path,), len(lines), nights=tuple(r.expected() for r in rows), business_date=day)


def _fields(row: NightFigures) -> dict[str, str]:
    """Return the tags of one night."""
    single, single_revenue = row.sold - row.group_rooms, row.revenue - row.group_revenue
    return {
        "REVENUE": oracle_number(row.revenue),
        "NO_ROOMS": str(row.sold),
        "IND_DEDUCT_ROOMS": str(single),
        "IND_NON_DEDUCT_ROOMS": "0",
        "GRP_DEDUCT_ROOMS": str(row.group_rooms),
        "GRP_NON_DEDUCT_ROOMS": "0",
        "NO_PERSONS": str(row.persons),
        "ARRIVAL_ROOMS": str(row.arrivals),
        "DEPARTURE_ROOMS": str(row.departures),
        "COMPLIMENTARY_ROOMS": "0",
        "HOUSE_USE_ROOMS": "0",
        "DAY_USE_ROOMS": "0",
        "NO_SHOW_ROOMS": str(row.no_shows),
        "INVENTORY_ROOMS": str(row.rooms),
        "CONSIDERED_DATE": oracle_day(row.night),
        "CHAR_CONSIDERED_DATE": f"{row.night:%d/%m/%y}",
        "IND_DEDUCT_REVENUE": oracle_number(single_revenue),
        "IND_NON_DEDUCT_REVENUE": "0",
        "GRP_NON_DEDUCT_REVENUE": "0",
        "GRP_DEDUCT_REVENUE": oracle_number(row.group_revenue),
        "OWNER_ROOMS": "0",
        "FF_ROOMS": "0",
        "CF_OOO_ROOMS": str(row.out_of_order),
        "CF_CALC_OCC_ROOMS": str(row.sold),
        "CF_CALC_INV_ROOMS": str(row.rooms - row.out_of_order),
        "CF_AVERAGE_ROOM_RATE": oracle_number(row.adr),
        "CF_OCCUPANCY": oracle_number(row.occupancy),
        "CF_IND_DED_REV": oracle_number(single_revenue),
        "CF_IND_NON_DED_REV": "0",
        "CF_BLK_DED_REV": oracle_number(row.group_revenue),
        "CF_BLK_NON_DED_REV": "0",
    }


def write_history_forecast(hotel: SyntheticHotel, day: date, path: Path, *, back_days: int = 30, ahead_days: int = 60) -> Written:
    """Write nights that are over as History and the coming ones, as they stand on the books, as Forecast."""
    first = max(day - timedelta(days=back_days - 1), hotel.start)
    rows = figures(hotel, day, first, day + timedelta(days=ahead_days), by_type=False)
    root = ElementTree.Element("HISTORY_FORECAST")
    kinds = descend(root, "LIST_G_GPAGEID", "G_GPAGEID", "LIST_G_REC_TYPE")
    for kind, chosen in (("History", [r for r in rows if r.night <= day]), ("Forecast", [r for r in rows if r.night > day])):
        group = descend(kinds, "G_REC_TYPE")
        add_fields(group, {"REC_TYPE": kind.upper(), "REC_TYPE_DESC": kind})
        nights = descend(group, "LIST_G_CONSIDERED_DATE")
        for row in chosen:
            add_fields(descend(nights, "G_CONSIDERED_DATE"), _fields(row))
    write_xml(path, root)
    return Written((path,), len(rows), nights=tuple(r.expected() for r in rows), business_date=day)
