"""In which order modules are listed."""

from __future__ import annotations

from hotelml_app.services.learning.views import ModuleView

ORDER = ("forecast", "noshow", "pricing", "allocation", "sentiment", "guests")


def place_in_list(module: ModuleView) -> tuple[int, bool]:
    """Return where a module's card stands: in the order of the rail, modules that nobody placed at the end."""
    known = ORDER.index(module.name) if module.name in ORDER else len(ORDER)
    return known, not module.can_train
