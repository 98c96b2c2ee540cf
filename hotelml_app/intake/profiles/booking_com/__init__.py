"""Reservations of the Booking.com extranet, a legacy .xls in English, Spanish or German."""

from hotelml_app.intake.profile import ExportProfile

PROFILE = ExportProfile(
    name="booking_com",
    title="Booking.com reservations",
    signature=(
        ("Book number", "Número de reserva", "Buchungsnummer"),
        ("Check-in", "Entrada", "Anreise"),
        ("Booked on", "Fecha de reserva", "Gebucht am"),
        ("Commission %", "Comisión %", "Kommission %"),
    ),
    columns={
        "reservation_id": ("Book number", "Número de reserva", "Buchungsnummer"),
        "booked_on": ("Booked on", "Fecha de reserva", "Gebucht am"),
        "arrival": ("Check-in", "Entrada", "Anreise"),
        "departure": ("Check-out", "Salida", "Abreise"),
        "nights": ("Duration (nights)", "Duración (noches)", "Aufenthaltsdauer (Nächte)"),
        "status": ("Status", "Estado"),
        "status_on": ("Cancellation date", "Fecha de cancelación", "Stornierungsdatum"),
        "room_type": ("Unit type", "Tipo de unidad", "Art der Wohneinheit"),
        "rooms": ("Rooms", "Habitaciones", "Zimmer"),
        "total": ("Price", "Precio", "Preis"),
        "guests": ("Persons", "People", "Personas", "Personen"),
        "adults": ("Adults", "Adultos", "Erwachsene"),
        "children": ("Children", "Niños", "Kinder"),
        "country": "Booker country",
        "customer_type": ("Travel purpose", "Motivo del viaje"),
    },
    lists=("room_type",),
    constants={"channel": "Booking.com"},
    sample="sample.xls",
)
