"""The synthetic hotel's export in layouts that HotelML has never seen: other languages, orders, marks and words."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

Row = dict[str, str]


@dataclass(frozen=True)
class Layout:
    """How some system writes the simulator's export: column names, status words, dates, money and text."""

    headers: Mapping[str, str]
    statuses: Mapping[str, str] = field(default_factory=dict)
    dates: str = "%Y-%m-%d"
    comma: bool = False
    delimiter: str = ","
    encoding: str = "utf-8"
    dropped: Sequence[str] = ()

    def write(self, source: Path, target: Path, change: Callable[[Row], Row] = lambda row: row) -> list[Row]:
        """Write the export in this layout, columns shuffled, and return the rows as the simulator knows them."""
        with source.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        names = [name for name in self.headers if name not in self.dropped]
        random.Random(len(names)).shuffle(names)
        with target.open("w", newline="", encoding=self.encoding, errors="replace") as file:
            writer = csv.writer(file, delimiter=self.delimiter)
            writer.writerow([self.headers[name] for name in names])
            for row in rows:
                told = change(self._told(row))
                writer.writerow([told[name] for name in names])
        return rows

    def _told(self, row: Row) -> Row:
        told = {**row, "nights": str((date.fromisoformat(row["departure"]) - date.fromisoformat(row["arrival"])).days)}
        for name in ("booked_on", "arrival", "departure", "status_date", "business_date"):
            told[name] = date.fromisoformat(row[name]).strftime(self.dates) if row[name] else ""
        told["status"] = self.statuses.get(row["status"], row["status"])
        for name in ("adr", "total"):
            told[name] = f"{float(row[name]):,.2f}".translate(str.maketrans(",.", ".,")) if self.comma else row[name]
        return told


ENGLISH = Layout(
    headers={
        "reservation_id": "Res. No.",
        "booked_on": "Date Booked",
        "arrival": "Check-In Date",
        "departure": "Check-Out Date",
        "nights": "Nts",
        "status": "Booking State",
        "room_type": "Room Category",
        "room": "Room No.",
        "channel": "Sales Channel",
        "segment": "Market",
        "rate_code": "Rate Plan",
        "adr": "Avg. Rate",
        "total": "Booking Value",
        "currency": "Currency",
        "adults": "Adl",
        "children": "Chd",
        "guest_name": "Guest",
        "guest_email": "E-Mail",
        "country": "Nationality",
        "meal": "Board",
    },
    dates="%m/%d/%Y",
    statuses={"Reserved": "Confirmed", "In-House": "Checked In", "Checked Out": "Departed", "Cancelled": "Canceled"},
)
GERMAN = Layout(
    headers={
        "reservation_id": "Buchungs-Nr.",
        "booked_on": "Gebucht am",
        "arrival": "Anreise",
        "departure": "Abreise",
        "nights": "Anzahl Nächte",
        "status": "Status",
        "status_date": "Status seit",
        "room_type": "Zimmerkategorie",
        "assigned_room_type": "Zugewiesene Kategorie",
        "room": "Zimmer",
        "channel": "Vertriebskanal",
        "segment": "Marktsegment",
        "rate_code": "Ratencode",
        "adr": "Preis/Nacht",
        "total": "Gesamtpreis",
        "currency": "Währung",
        "adults": "Erwachsene",
        "children": "Kinder",
        "guest_name": "Gastname",
        "guest_email": "E-Mail",
        "country": "Nationalität",
        "meal": "Verpflegung",
    },
    statuses={
        "Reserved": "Reserviert",
        "In-House": "Im Haus",
        "Checked Out": "Abgereist",
        "Cancelled": "Storniert",
        "No-Show": "Nicht angereist",
    },
    dates="%d.%m.%Y",
    comma=True,
    delimiter=";",
    encoding="cp1252",
)
SPANISH = Layout(
    headers={
        "reservation_id": "Localizador",
        "booked_on": "Fecha de reserva",
        "arrival": "Fecha de entrada",
        "departure": "Fecha de salida",
        "nights": "Noches",
        "status": "Estado",
        "room_type": "Tipo de habitación",
        "room": "Nº habitación",
        "channel": "Canal",
        "segment": "Segmento",
        "rate_code": "Tarifa",
        "adr": "Precio por noche",
        "total": "Importe total",
        "currency": "Divisa",
        "adults": "Adultos",
        "children": "Niños",
        "guest_name": "Nombre del huésped",
        "guest_email": "Correo",
        "country": "País",
        "meal": "Régimen",
    },
    statuses={
        "Reserved": "Confirmada",
        "In-House": "Alojado",
        "Checked Out": "Finalizada",
        "Cancelled": "Cancelada",
        "No-Show": "No presentado",
    },
    dates="%d/%m/%Y",
    comma=True,
    delimiter=";",
)
FRENCH = Layout(
    headers={
        "reservation_id": "N° de réservation",
        "booked_on": "Réservé le",
        "arrival": "Date d'arrivée",
        "departure": "Date de départ",
        "nights": "Nuits",
        "status": "Statut",
        "room_type": "Type de chambre",
        "room": "Chambre",
        "channel": "Canal de vente",
        "segment": "Segment de marché",
        "rate_code": "Code tarif",
        "adr": "Prix par nuit",
        "total": "Montant total",
        "currency": "Devise",
        "adults": "Adultes",
        "children": "Enfants",
        "guest_name": "Nom du client",
        "guest_email": "Courriel",
        "country": "Nationalité",
        "meal": "Pension",
    },
    statuses={
        "Reserved": "Confirmée",
        "In-House": "En séjour",
        "Checked Out": "Parti",
        "Cancelled": "Annulée",
        "No-Show": "Non présenté",
    },
    dates="%d/%m/%Y",
    comma=True,
    delimiter=";",
    encoding="cp1252",
)
ITALIAN = Layout(
    headers={
        "reservation_id": "Numero prenotazione",
        "booked_on": "Data prenotazione",
        "arrival": "Arrivo",
        "departure": "Partenza",
        "nights": "Notti",
        "status": "Stato",
        "room_type": "Tipologia camera",
        "room": "Camera",
        "channel": "Canale",
        "segment": "Segmento di mercato",
        "rate_code": "Codice tariffa",
        "adr": "Prezzo a notte",
        "total": "Totale soggiorno",
        "currency": "Valuta",
        "adults": "Adulti",
        "children": "Bambini",
        "guest_name": "Cognome e nome",
        "guest_email": "E-mail",
        "country": "Nazionalità",
        "meal": "Trattamento",
    },
    statuses={
        "Reserved": "Confermata",
        "In-House": "In casa",
        "Checked Out": "Partito",
        "Cancelled": "Annullata",
        "No-Show": "Mancato arrivo",
    },
    dates="%d/%m/%y",
    comma=True,
    delimiter="\t",
    encoding="cp1252",
)
PORTUGUESE = Layout(
    headers={
        "reservation_id": "Nº da reserva",
        "booked_on": "Data da reserva",
        "arrival": "Data de chegada",
        "departure": "Data de saída",
        "nights": "Noites",
        "status": "Situação",
        "room_type": "Tipo de quarto",
        "room": "Quarto",
        "channel": "Canal de venda",
        "segment": "Segmento de mercado",
        "rate_code": "Plano tarifário",
        "adr": "Valor da diária",
        "total": "Valor total",
        "currency": "Moeda",
        "adults": "Adultos",
        "children": "Crianças",
        "guest_name": "Nome do hóspede",
        "guest_email": "E-mail",
        "country": "País",
        "meal": "Pensão",
    },
    statuses={
        "Reserved": "Confirmada",
        "In-House": "Hospedado",
        "Checked Out": "Finalizada",
        "Cancelled": "Cancelada",
        "No-Show": "Não compareceu",
    },
    dates="%d-%m-%Y",
    comma=True,
    delimiter=";",
    encoding="utf-8-sig",
)
LANGUAGES = {
    "english": ENGLISH,
    "german": GERMAN,
    "spanish": SPANISH,
    "french": FRENCH,
    "italian": ITALIAN,
    "portuguese": PORTUGUESE,
}
