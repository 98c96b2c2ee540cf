"""How ``hotelml import --propose`` and ``--dry-run`` tell people what they found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotelml_app.cli.output import say, say_table

MASKED = " (masked)"


def say_proposal(file: Mapping[str, Any]) -> None:
    """Print one file's columns, what must be asked, and a map file to begin with."""
    where = f", sheet {file['sheet']}" if file["sheet"] else ""
    say(f"{file['file_name']}{where}: column names in line {file['header_line']}.")
    if file["known_layout"]:
        say(f"It is read as the known layout {file['known_layout']}; without it, HotelML would read:")
    rows = [
        (
            column["header"],
            column["meaning"],
            f"{column['confidence']:.0%}",
            column["why"],
            " | ".join(column["samples"]) + (MASKED if column["masked"] else ""),
        )
        for column in file["columns"]
    ]
    say_table(("Column", "Read as", "Sure", "Because of", "Samples"), rows)
    for remark in file["remarks"]:
        say(remark)
    for question in file["questions"]:
        say(f"Question: {question['text']}")
    say("Nothing needs to be asked: it imports by itself." if file["certain"] else "It waits for an answer. A map to begin with:")
    if not file["certain"]:
        say()
        say(file["toml"].rstrip("\n"))


def say_dry_run(file: Mapping[str, Any]) -> None:
    """Print what one file would bring."""
    say(f"{file['file_name']}: {file['sentence']} Business date {file['business_date'] or 'unknown'}; layout {file['profile']}.")
    for reason in file["reasons"]:
        say(f"  {reason['rows']} rejected: {reason['text']} (first in line {reason['first_line']})")
    for remark in file["notes"]:
        say(f"  {remark}")
    columns = ("reservation_id", "booked_on", "arrival", "departure", "status", "room_type", "adr", "total")
    if file["bookings"]:
        header = ("Number", "Booked", "Arrival", "Departure", "Status", "Room type", "Per night", "Total")
        say_table(header, [[one[column] for column in columns] for one in file["bookings"]])
