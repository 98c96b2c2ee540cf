"""What `Appliance` answers about its own keeping: backups, channels, and the exports that lie on as they came."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hotelml_app.services.errors import ReadingOnlyError
from hotelml_app.services.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hotelml_app.services.channel_setup import ChannelsView
    from hotelml_app.services.upkeep_views import BackupsView, ShelfView
    from hotelml_app.settings.channels import EmailSettings, WebhookSettings


class HouseKeeping:
    """Backups and originals."""

    parts: Parts

    def backups(self) -> BackupsView:
        """Return the copies of the database, newest first."""
        from hotelml_app.services import keeping_backups

        return keeping_backups.build(self.parts)

    def back_up(self, target: Path | None = None) -> BackupsView:
        """Copy the database now, and return all copies. Raises StoreError, FileNotWrittenError."""
        from hotelml_app.services import keeping_backups

        return keeping_backups.make(self.parts, target)

    def put_back_next(self, backup: Path) -> BackupsView:
        """Have a backup put back at the next start. Only the owner of the home may. Raises StoreError."""
        from hotelml_app.services import keeping_backups

        self._owner_only()
        return keeping_backups.put_back_next(self.parts, backup)

    def keep_present(self) -> BackupsView:
        """Give up what was to be put back at the next start. Only the owner of the home may."""
        from hotelml_app.services import keeping_backups

        self._owner_only()
        return keeping_backups.keep_present(self.parts)

    def channels(self) -> ChannelsView:
        """Return how the channels that tell people outside this PC are set up, and how they are doing."""
        from hotelml_app.services import channel_setup

        return channel_setup.build(self.parts)

    def keep_channel(self, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str]) -> ChannelsView:
        """Keep how a channel is set up. Only the owner of the home may. Raises SettingsError."""
        from hotelml_app.services import channel_setup

        self._owner_only()
        return channel_setup.keep(self.parts, channel, secrets)

    def try_channel(self, channel: EmailSettings | WebhookSettings, secrets: Mapping[str, str]) -> str:
        """Send a test as a channel would be set up and return in a sentence what happened. Raises NotDeliveredError."""
        from hotelml_app.services import channel_setup

        return channel_setup.try_out(self.parts, channel, secrets)

    def kept_originals(self, property_name: str) -> tuple[ShelfView, ...]:
        """Return the exports that lie in a property's drop folder as they came."""
        from hotelml_app.services import kept_originals

        return kept_originals.shelves(self.parts, property_name)

    def _owner_only(self) -> None:
        if not self.parts.writes:
            raise ReadingOnlyError("Another HotelML owns this home.", remedy="Do it there, or close that one first.")
