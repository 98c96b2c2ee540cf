"""What is told of starting at sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SignInState(StrEnum):
    """What the system would do at the next sign-in, as far as it tells."""

    ON = "on"
    OFF = "off"
    GONE = "gone"
    """An entry is there, but the program it starts is not."""
    ELSEWHERE = "elsewhere"
    """HotelML starts, but with the data of another folder."""
    UNKNOWN = "unknown"
    IMPOSSIBLE = "impossible"
    """This system has no place for such an entry that HotelML knows."""


@dataclass(frozen=True, slots=True)
class SignInView:
    """Whether HotelML starts with this home when this user signs in; ``remedy`` is empty where nothing is odd."""

    state: SignInState
    sentence: str
    remedy: str = ""

    @property
    def on(self) -> bool:
        """True where it starts."""
        return self.state is SignInState.ON
