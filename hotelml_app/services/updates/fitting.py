"""Whether an update is for this PC, and newer than what runs on it."""

from __future__ import annotations

from hotelml_app.services.updates.errors import NotNewerError, OtherPlatformError
from hotelml_app.services.updates.packages import Pc, order, platform_words
from hotelml_app.services.updates.signature import Statement


def refuse_other_platform(said: Statement, pc: Pc) -> None:
    """Raise OtherPlatformError unless a package can be installed on a PC like this one."""
    if said.platform != pc.platform:
        raise OtherPlatformError(
            f"{said.name} is for {platform_words(said.platform)}; this PC has {platform_words(pc.platform)}. It is not used.",
            remedy="Get the package for this kind of PC.",
        )
    if said.name.endswith(".deb") and not pc.has_dpkg:
        raise OtherPlatformError(
            f"{said.name} is for a Linux with dpkg, which this PC has not; it is not used.", remedy="Get the .tar.gz instead."
        )


def refuse_not_newer(said: Statement, pc: Pc) -> None:
    """Raise NotNewerError where the HotelML that runs is as new."""
    if order(said.version) <= order(pc.version):
        raise NotNewerError(
            f"{said.name} brings HotelML {said.version}; this PC has {pc.version} already. It is not used.",
            remedy="There is nothing to do.",
        )
