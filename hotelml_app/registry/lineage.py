"""Which versions stand behind the one that is live: the order in which to go back."""

from __future__ import annotations

from collections.abc import Sequence

from hotelml_app.ml.errors import DamagedModelError, OutdatedModelError, UnreadableModelError
from hotelml_app.store.learned.models import DeploymentRow

STATISTICAL_RULE = ""
"""The "version" of a deployment that lets the plain rule answer."""

CHOSEN_BY_HAND = "chosen by hand"
"""The reason of a deployment that somebody asked for by name."""

WENT_BACK_BY_HAND = "went back by hand"
"""Why an earlier version is live again where somebody wanted it so."""

_OUTDATED, _DAMAGED = "{} was made by another version of HotelML", "the files of {} are damaged"
_UNREADABLE = "the files of {} could not be read"


def why_none_is_live(deployments: Sequence[DeploymentRow]) -> str:
    """Return why no version is live any more, or "" where none ever was. ``deployments`` come newest first."""
    return deployments[0].reason if deployments and deployments[0].version == STATISTICAL_RULE else ""


def why_none_answers(deployments: Sequence[DeploymentRow], *, has_versions: bool) -> str:
    """Return the same, or what is to be said where none ever was live: all were held back, or there is none."""
    never = (
        "no version that learned from this property is live"
        if has_versions
        else "no model of this property's own was trained yet"
    )
    return why_none_is_live(deployments) or never


def why_out_of_service(version: str, error: DamagedModelError | None = None) -> str:
    """Return in words why a version does not answer: its files, unless ``error`` tells that they are as they were written."""
    if isinstance(error, UnreadableModelError):
        return _UNREADABLE.format(version)
    return (_OUTDATED if isinstance(error, OutdatedModelError) else _DAMAGED).format(version)


def why_was_taken_out(version: str, deployments: Sequence[DeploymentRow]) -> str:
    """Return why a version is marked as of no use: its files, unless the deployments of its module tell otherwise."""
    outdated = _OUTDATED.format(version)
    return outdated if any(one.reason == outdated for one in deployments) else _DAMAGED.format(version)


def wished_for(deployments: Sequence[DeploymentRow]) -> bool:
    """Tell whether what is live was made so by somebody, not by a training. ``deployments`` come newest first."""
    return bool(deployments) and deployments[0].reason in (CHOSEN_BY_HAND, WENT_BACK_BY_HAND)


def lineage(deployments: Sequence[DeploymentRow]) -> list[str]:
    """Return what was live, oldest first and each once, ending with what is live now; the plain rule stands at the bottom.

    Going back to an earlier version takes away what came after it, so that going back twice reaches further back
    instead of returning to where it started. An earlier version that somebody chose by hand moves to the end: what was live
    when it was chosen stands right before it. ``deployments`` come newest first, as the store gives them.
    """
    line = [STATISTICAL_RULE]
    for deployment in reversed(deployments):
        if deployment.version in line and deployment.reason == CHOSEN_BY_HAND:
            line.remove(deployment.version)
            line.append(deployment.version)
        elif deployment.version in line:
            del line[line.index(deployment.version) + 1 :]
        else:
            line.append(deployment.version)
    return line


def behind(deployments: Sequence[DeploymentRow]) -> list[str]:
    """Return what to go back to, nearest first; the plain rule comes last. Empty where the plain rule is live already."""
    return lineage(deployments)[-2::-1]
