"""Booking.com extranet: the reservations list as a legacy .xls in English, Spanish or German, and guest reviews as CSV."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.exports import reviews_until, write_csv, written_whole
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.records import COUNTRIES, Record, Written, expected, records_at, together
from hotelml_app.simulator.reviews import BOOKING_SITE, SyntheticReview

CHANNEL = "Booking.com"
HEADERS = {
    "en": (
        "Book number|Booked by|Guest name(s)|Check-in|Check-out|Booked on|Status|Rooms|Persons|Adults|Children|"
        "Children's age(s)|Price|Commission %|Commission amount|Payment status|Payment method (Payment Provider)|Remarks|"
        "Booker group|Booker country|Travel purpose|Device|Unit type|Duration (nights)|Cancellation date|Address|Phone number"
    ),
    "es": (
        "Número de reserva|Reservado por|Nombre del cliente (o clientes)|Entrada|Salida|Fecha de reserva|Estado|Habitaciones|"
        "Personas|Adultos|Niños|Edades de los niños:|Precio|Comisión %|Importe de la comisión|Estado del pago|Forma de pago|"
        "Comentarios|Grupo de reserva|Booker country|Motivo del viaje|Dispositivo|Tipo de unidad|Duración (noches)|"
        "Fecha de cancelación|Dirección|Número de teléfono"
    ),
    "de": (
        "Buchungsnummer|Gästename(n)|Anreise|Abreise|Gebucht am|Status|Personen|Preis|Kommission %|Kommissionsbetrag|"
        "Art der Wohneinheit|Aufenthaltsdauer (Nächte)|Stornierungsdatum"
    ),
}
GERMAN_COLUMNS = (0, 2, 3, 4, 5, 6, 8, 12, 13, 14, 22, 23, 24)
"""Which of the English columns the known part of the German layout has."""
STATUS = {BookingStatus.CANCELLED: "cancelled_by_guest", BookingStatus.NO_SHOW: "no_show"}
FIRST_NUMBER = 6_500_000_000
COMMISSION = 12
FIELDS = ("booked_on", "arrival", "departure")
REVIEW_HEADER = (
    "Review date,Guest name,Reservation number,Review title,Positive review,Negative review,Review score,Staff,Cleanliness,"
    "Location,Facilities,Comfort,Value for money,Property reply"
)
SCORED = ("staff", "cleanliness", "location", "facilities", "sleep", "value")
NEUTRAL_SCORE, ASPECT_STEP = 7.5, 2.5


def book_number(record: Record) -> int:
    """Return Booking.com's own number of a reservation."""
    return FIRST_NUMBER + record.number


def _row(party: list[Record], names: dict[str, str], currency: str) -> list[str | float]:
    """Return one reservation; the site knows nothing of check-in, so whoever came still reads ok."""
    lead = party[0]
    total = sum(record.total for record in party)
    adults, children = sum(record.adults for record in party), sum(record.children for record in party)
    booked = datetime.combine(lead.booked_on, time(lead.number % 24, lead.number % 60, 33))
    lost = STATUS.get(lead.status)
    return [
        float(book_number(lead)),
        f"{lead.last_name}, {lead.first_name}",
        f"{lead.first_name} {lead.last_name}",
        f"{lead.arrival}",
        f"{lead.departure}",
        f"{booked:%Y-%m-%d %H:%M:%S}",
        lost or "ok",
        float(len(party)),
        float(adults + children),
        float(adults),
        float(children),
        ", ".join("7" for _ in range(children)),
        f"{total:.4f}".rstrip("0").rstrip(".") + f" {currency}",
        float(COMMISSION),
        f"{total * COMMISSION / 100:.6f} {currency}",
        "Payment via Booking.com",
        "",
        "",
        "",
        COUNTRIES[lead.country][0],
        "Business" if lead.adults == 1 else "Leisure",
        "Mobile" if lead.rate_code == "OTA-MOB" else "Desktop",
        ", ".join(names[record.room_type] for record in party),
        float(lead.nights),
        f"{lead.status_on}" if lost else "",
        "",
        "",
    ]


def write_booking_com(hotel: SyntheticHotel, day: date, path: Path, *, language: str = "en") -> Written:
    """Write the reservations that came through Booking.com (needs xlwt, a development package)."""
    import xlwt

    names = {room_type.code: room_type.name for room_type in hotel.plan.room_types}
    parties = together([record for record in records_at(hotel, day) if record.channel == CHANNEL])
    header: list[str] = HEADERS[language].split("|")
    rows = [_row(party, names, hotel.plan.currency) for party in parties]
    if language == "de":
        rows = [[row[column] for column in GERMAN_COLUMNS] for row in rows]
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Reservations")
    for column, title in enumerate(header):
        sheet.write(0, column, title)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    with written_whole(path) as part:
        book.save(str(part))
    return Written((path,), len(rows), tuple(_expected(party, names, hotel.plan.currency) for party in parties))


def _expected(party: list[Record], names: dict[str, str], currency: str) -> dict[str, object]:
    """Return what an import must find of a reservation: arrived guests cannot be told from expected ones."""
    lead = party[0]
    return expected(
        lead,
        FIELDS,
        reservation_id=str(book_number(lead)),
        status=lead.status if lead.status in STATUS else BookingStatus.RESERVED,
        rooms=len(party),
        room_type=names[lead.room_type],
        guests=sum(record.adults + record.children for record in party),
        total=round(sum(record.total for record in party), 2),
        currency=currency,
        cancelled_on=lead.status_on if lead.status in STATUS else None,
    )


def _scores(review: SyntheticReview) -> list[str]:
    """Return the scores per aspect; what the guest did not speak of is blank for every third."""
    scores = []
    for number, aspect in enumerate(SCORED):
        polarity = review.aspects.get(aspect)
        silent = polarity is None and (int(review.review_id[1:]) + number) % 3 == 0
        scores.append("" if silent else f"{NEUTRAL_SCORE + ASPECT_STEP * (polarity or 0):g}")
    return scores


def write_booking_reviews(hotel: SyntheticHotel, day: date, path: Path) -> Written:
    """Write the reviews that guests left on the booking site, as its extranet downloads them."""
    found = [review for review in reviews_until(hotel, day) if review.site == BOOKING_SITE]
    rows = [
        [
            f"{r.reviewed_on} 10:{int(r.review_id[1:]) % 60:02d}:00",
            r.guest_name.split()[0],
            str(FIRST_NUMBER + int(r.review_id[1:])),
            r.title,
            r.positive,
            r.negative,
            f"{r.score:g}",
            *_scores(r),
            "",
        ]
        for r in found
    ]
    write_csv(path, REVIEW_HEADER.split(","), rows)
    facts = tuple(
        {"reviewed_on": r.reviewed_on, "score": r.score / 10, "title": r.title, "positive": r.positive, "negative": r.negative}
        for r in found
    )
    return Written((path,), len(rows), reviews=facts)
