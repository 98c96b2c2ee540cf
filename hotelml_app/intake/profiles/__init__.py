"""Export layouts: one folder each, found by themselves."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache

from hotelml_app.intake.errors import BrokenProfileError, UnknownProfileError
from hotelml_app.intake.profile import ROLES, ExportProfile


@cache
def _found() -> tuple[ExportProfile, ...]:
    names = sorted(info.name for info in pkgutil.iter_modules(__path__) if info.ispkg)
    return tuple(_profile_in(name) for name in names)


def _profile_in(folder: str) -> ExportProfile:
    found = getattr(importlib.import_module(f"{__name__}.{folder}"), "PROFILE", None)
    if not isinstance(found, ExportProfile) or found.name != folder or not set(found.columns) <= ROLES:
        raise BrokenProfileError(
            f"The profile folder {folder} has no manifest of that name, or one with unknown roles.",
            remedy="Install HotelML again; if you wrote the profile yourself, give it a PROFILE named after its folder.",
        )
    return found


def discover() -> dict[str, ExportProfile]:
    """Return all profiles by name, in alphabetical order; nothing heavy is imported."""
    return {found.name: found for found in _found()}


def profile(name: str) -> ExportProfile:
    """Return one profile. Raises UnknownProfileError naming the nearest and all that exist."""
    profiles = discover()
    if name in profiles:
        return profiles[name]
    near = difflib.get_close_matches(name, profiles, n=1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UnknownProfileError(f"There is no profile called {name!r}.", remedy=f"{hint}There are: {', '.join(profiles)}.")
