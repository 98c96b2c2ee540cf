"""Everything that can be asked of an appliance by name, from the command line and over loopback alike.

Each operation is a function ``(Parts, Arguments, ProgressCallback, CancelToken) -> dict`` in a file of its own; the answer is
JSON-ready. They are imported when they are first asked for.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.core.json_values import json_ready
from hotelml_app.services.asking.arguments import Arguments, nearest
from hotelml_app.services.errors import UnknownOperationError, only_looking

if TYPE_CHECKING:
    from hotelml_app.services.parts import Parts

Answer = dict[str, object]


@dataclass(frozen=True)
class Operation:
    """One thing to ask for. ``changes``: it writes in the home, so its owner must do it. ``heavy``: it loads the training
    packages, so the asking process does it by itself and the owner stays small.
    """

    name: str
    summary: str
    function: str
    accepts: tuple[str, ...] = ()
    changes: bool = False
    heavy: bool = False

    def run(
        self,
        parts: Parts,
        values: Mapping[str, object],
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> Answer:
        """Check the arguments and do it. Raises HotelMLError."""
        arguments = Arguments(values)
        arguments.refuse_unknown(self.accepts)
        if self.changes and not parts.writes:
            raise only_looking()
        module, _, name = self.function.partition(":")
        function: Callable[..., Mapping[str, object]] = getattr(importlib.import_module(module), name)
        answer = json_ready(function(parts, arguments, progress, cancel or CancelToken()))
        assert isinstance(answer, dict), f"{self.function} answers with a mapping"
        return answer


_HERE = "hotelml_app.services"
_ALL = (
    Operation(
        "import",
        "Read PMS exports now",
        f"{_HERE}.exports.import_files:answer",
        ("files", "profile", "property", "map", "new_numbers"),
        changes=True,
    ),
    Operation(
        "import.propose", "How exports would be read", f"{_HERE}.exports.map_columns:answer_proposal", ("files", "property")
    ),
    Operation(
        "import.dry_run",
        "What an import would bring",
        f"{_HERE}.exports.map_columns:answer_dry_run",
        ("files", "profile", "property", "map"),
    ),
    Operation("imports.list", "The files that came in", f"{_HERE}.exports.list_imports:answer", ("property", "limit")),
    Operation(
        "imports.look",
        "What taking an import back would do",
        f"{_HERE}.exports.taking_back:answer_look",
        ("import",),
        changes=True,
    ),
    Operation("imports.take_back", "Take an import back", f"{_HERE}.exports.taking_back:answer", ("import",), changes=True),
    Operation("import.health", "What was odd about the last exports", f"{_HERE}.exports.export_health:answer", ("property",)),
    Operation(
        "train",
        "Train modules and wait for the end",
        f"{_HERE}.learning.train_modules:answer",
        ("module", "property", "config", "as_of"),
        changes=True,
    ),
    Operation(
        "predict",
        "Predict the days after the business date",
        f"{_HERE}.learning.predict:answer",
        ("module", "property", "horizon", "as_of", "out", "rows", "options", "by", "full"),
    ),
    Operation(
        "overbooking", "How many rooms to sell, and whom to walk", f"{_HERE}.arrivals.overbooking:answer", ("property", "nights")
    ),
    Operation(
        "bookings",
        "All bookings as known at the end of a day",
        f"{_HERE}.exports.list_bookings:answer",
        ("property", "as_of", "out", "full"),
    ),
    Operation(
        "evaluate",
        "Replay the past",
        f"{_HERE}.learning.evaluate_module:answer",
        ("module", "property", "as_of", "again"),
        heavy=True,
    ),
    Operation("export", "Copy the live models", f"{_HERE}.learning.export_models:answer", ("output", "module", "property")),
    Operation("models.list", "All model versions", f"{_HERE}.learning.model_versions:list_versions", ("module", "property")),
    Operation("models.show", "One model card", f"{_HERE}.learning.model_versions:show", ("module", "version", "property")),
    Operation(
        "models.promote",
        "Make a version live",
        f"{_HERE}.learning.model_versions:promote",
        ("module", "version", "property"),
        changes=True,
    ),
    Operation("models.rollback", "Go back", f"{_HERE}.learning.model_versions:rollback", ("module", "property"), changes=True),
    Operation(
        "monitor.report",
        "Predictions against outcomes",
        f"{_HERE}.learning.monitor_report:answer",
        ("module", "period", "property"),
    ),
    Operation(
        "monitor.replay", "A past day against what happened", f"{_HERE}.replay.day:answer", ("as_of", "days", "kept", "property")
    ),
    Operation("rooms.list", "Which rooms the house has", f"{_HERE}.rooms.list_answer:answer_list", ("property",)),
    Operation("rooms.set", "Keep a list of rooms", f"{_HERE}.rooms.list_answer:answer_set", ("file", "property"), changes=True),
    Operation(
        "rooms.rename",
        "Give a room type another name",
        f"{_HERE}.rooms.rename_type:answer",
        ("former", "present", "property"),
        changes=True,
    ),
    Operation("rates.ledger", "Rates that staff decided on, and what came", f"{_HERE}.rates.ledger:answer", ("property", "out")),
    Operation(
        "report", "The report for the revenue meeting", f"{_HERE}.report.answer:answer", ("property", "as_of", "days", "out")
    ),
    Operation("properties", "The properties in this home", f"{_HERE}.properties.list_properties:answer"),
    Operation(
        "properties.compare",
        "What putting two properties together would do",
        f"{_HERE}.properties.merge_properties:answer_compare",
        ("gone", "stays", "new_numbers"),
    ),
    Operation(
        "properties.merge",
        "Put two properties together that are one hotel",
        f"{_HERE}.properties.merge_properties:answer_merge",
        ("gone", "stays", "new_numbers"),
        changes=True,
    ),
    Operation(
        "properties.rename",
        "Give a property another name",
        f"{_HERE}.properties.rename_property:answer",
        ("old", "new"),
        changes=True,
    ),
    Operation("status", "The appliance at a glance", f"{_HERE}.home.status_page:answer"),
    Operation("notify.test", "Try the channels", f"{_HERE}.channels.setup:answer_test", ("channel",)),
    Operation("backup", "Copy the database", f"{_HERE}.backups.on_request:answer", ("file",)),
    Operation("handover.write", "One file for another PC", f"{_HERE}.handover.writing:answer", ("file", "passphrase", "update")),
    Operation("handover.read", "Read such a file", f"{_HERE}.handover.reading:answer", ("file", "passphrase"), changes=True),
    Operation("update.take", "Keep a program update", f"{_HERE}.updates.taking:answer", ("file",), changes=True),
    Operation("update.start", "Copy the database before an update", f"{_HERE}.updates.starting:answer", changes=True),
    Operation("update.discard", "Remove the update that waits", f"{_HERE}.updates.taking:answer_discard", changes=True),
    Operation("window.show", "Bring the window forward", f"{_HERE}.home.show_window:answer", ("session",)),
)

OPERATIONS: Mapping[str, Operation] = {operation.name: operation for operation in _ALL}


def operation(name: str) -> Operation:
    """Return an operation by name. Raises UnknownOperationError naming the nearest."""
    if name not in OPERATIONS:
        raise UnknownOperationError(
            f"There is no request called {name!r}.", remedy=f"{nearest(name, OPERATIONS)}There are: {', '.join(OPERATIONS)}."
        )
    return OPERATIONS[name]
