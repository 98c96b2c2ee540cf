"""One command's call: which home, which form of answer, and the way to ask."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hotelml_app.cli.output import note, showing_progress, write_json
from hotelml_app.cli.wiring import Wiring
from hotelml_app.core.paths import unquoted, whole

if TYPE_CHECKING:
    from hotelml_app.settings.home import HomeLayout

Home = Annotated[
    Path | None, typer.Option("--home", help="The data folder (otherwise HOTELML_HOME, or the user's own).", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on stdout.")]
Property = Annotated[str, typer.Option("--property", help="The property, if the home has several.", show_default=False)]
AsOf = Annotated[str, typer.Option("--as-of", help="What was known at the end of this day, YYYY-MM-DD.", show_default=False)]
Out = Annotated[Path | None, typer.Option("--out", help="The file to write.", show_default=False)]


@dataclass(frozen=True)
class Call:
    """What the options before and after the command's name amount to."""

    wiring: Wiring
    home: Path | None = None
    json: bool = False

    @classmethod
    def of(cls, context: typer.Context, home: Path | None, as_json: bool) -> Call:
        """Join a command's own options with those given before its name; the later one wins."""
        root: Call = context.find_root().obj
        return replace(root, home=home or root.home, json=as_json or root.json)

    @property
    def layout(self) -> HomeLayout:
        """The home this call is about."""
        from hotelml_app.settings.home import HomeLayout, default_home

        return HomeLayout(whole(self.home) if self.home is not None else default_home())

    @property
    def home_was_chosen(self) -> bool:
        """True where the user named the home, by option or environment."""
        from hotelml_app.settings.home import ENVIRONMENT_NAME

        return self.home is not None or bool(unquoted(os.environ.get(ENVIRONMENT_NAME, "")))

    def ask(self, operation: str, arguments: Mapping[str, object]) -> dict[str, Any]:
        """Have one operation done, with a progress bar where a person watches, and return its answer."""
        from hotelml_app.services.asking.runners import open_runner

        given = {name: value for name, value in arguments.items() if value not in (None, "", ())}
        with (
            open_runner(self.layout, self.wiring.open_appliance, operation, tell=note) as runner,
            showing_progress(not self.json) as progress,
        ):
            return runner.ask(operation, given, progress)

    def answer(self, result: Mapping[str, object]) -> bool:
        """Print the answer as JSON where that was asked for; otherwise return True: the command prints its lines."""
        if self.json:
            write_json(result)
        return not self.json


def full_path(path: Path | None) -> str | None:
    """Return a path as another process would understand it."""
    return str(whole(path)) if path is not None else None
