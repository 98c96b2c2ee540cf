"""``hotelml gui``, ``screenshots`` and ``demo``: what people look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hotelml_app.cli import window
from hotelml_app.cli.call import AsJson, Call, Home
from hotelml_app.cli.output import note, say, showing_progress
from hotelml_app.core.errors import EXIT_FAILED
from hotelml_app.core.paths import whole

Folder = Annotated[Path, typer.Option("--out", help="The folder for the pictures.", show_default=False)]
NoWindow = Annotated[bool, typer.Option("--no-window", help="Do everything but open the window.")]
Days = Annotated[str, typer.Option("--days", help="Days of history to invent.", show_default=False)]
Seed = Annotated[str, typer.Option("--seed", help="Another number invents another hotel.", show_default=False)]

Hidden = Annotated[
    bool, typer.Option("--hidden", help="Start out of sight: in the notification area, or minimised where there is none.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("gui")(gui)
    app.command("screenshots")(screenshots)
    app.command("demo")(demo)


def gui(context: typer.Context, hidden: Hidden = False, home: Home = None, as_json: AsJson = False) -> None:
    """Open the window; where HotelML already runs on this home, bring its window forward."""
    open_window(Call.of(context, home, as_json), hidden=hidden)


def open_window(call: Call, *, hidden: bool = False) -> None:
    """Open the window of a home and return when it is closed."""
    code = window.open_window(call.layout, call.wiring, as_json=call.json, hidden=hidden)
    if code:
        raise typer.Exit(EXIT_FAILED)


def screenshots(context: typer.Context, out: Folder, home: Home = None, as_json: AsJson = False) -> None:
    """Write a picture of every page, light and dark, from the current home."""
    from hotelml_app.services.asking.home_owner import open_to_look
    from hotelml_app.services.files.own_files import refuse_own

    call = Call.of(context, home, as_json)
    folder = whole(out)
    refuse_own(call.layout, folder, folder=True)
    with open_to_look(call.layout, call.wiring.open_appliance) as appliance:
        pictures = call.wiring.draw_screens(appliance, folder)
    if call.answer({"out": str(folder), "pictures": [str(picture) for picture in pictures]}):
        say(f"{len(pictures)} pictures are in {folder}.")


def demo(
    context: typer.Context,
    no_window: NoWindow = False,
    days: Days = "",
    seed: Seed = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show a synthetic hotel: invent its bookings, import, train, predict, and open the window."""
    from hotelml_app.services.home.demo import demo_layout, prepare_demo
    from hotelml_app.services.home.show_window import has_display

    call = Call.of(context, home, as_json)
    layout = demo_layout(call.layout, named=call.home_was_chosen)
    note(f"The demonstration lives in {layout.home}.")
    with call.wiring.open_appliance(layout, writer=True) as appliance:
        with showing_progress(not call.json) as progress:
            result = prepare_demo(appliance, {"days": days or None, "seed": seed or None}, progress, tell=note)
        if no_window:
            note("Open its window with: hotelml gui --home " + str(layout.home))
        elif has_display():
            call.wiring.run_window(appliance)
        else:
            pictures = call.wiring.draw_screens(appliance, layout.home / "screenshots")
            result["pictures"] = [str(picture) for picture in pictures]
            note(f"{len(pictures)} pictures of all pages are in {layout.home / 'screenshots'}.")
    if call.answer(result):
        say(str(result["sentence"]))
