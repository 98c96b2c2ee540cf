"""The settings of two properties that turned out to be one, and of one that goes by a new name."""

from __future__ import annotations

from hotelml_app.settings.model import PropertySettings, Settings

_FILLED = ("country", "currency", "walk_cost", "room_value", "most_overbooked")
"""What is taken of the one that goes where nothing is told of the one that stays."""


def as_one(settings: Settings, gone: str, stays: str) -> Settings:
    """Return the settings without the property ``gone``: what is told of it is told of ``stays`` where that tells nothing.

    The folder of ``stays`` stays the one that is watched; where ``stays`` was never set up, it is that of ``gone``.
    """
    theirs, ours = settings.property(gone), settings.property(stays)
    if theirs is None:
        return settings
    joined = theirs.model_copy(update={"name": stays}) if ours is None else _filled(ours, theirs)
    kept = [joined if one is (ours or theirs) else one for one in settings.properties if one is not theirs or ours is None]
    return settings.model_copy(update={"properties": tuple(kept)})


def renamed(settings: Settings, before: str, name: str) -> Settings:
    """Return the settings with the property ``before`` called ``name``; the same where it was never set up."""
    theirs = settings.property(before)
    if theirs is None:
        return settings
    own = theirs.model_copy(update={"name": name})
    return settings.model_copy(update={"properties": tuple(own if one is theirs else one for one in settings.properties)})


def _filled(ours: PropertySettings, theirs: PropertySettings) -> PropertySettings:
    lacking = [name for name in _FILLED if getattr(ours, name) in ("", None)]
    return ours.model_copy(update={name: getattr(theirs, name) for name in lacking})
