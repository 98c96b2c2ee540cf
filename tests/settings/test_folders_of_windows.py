"""Folders as Windows and those who use it name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotelml_app.settings import PropertySettings, Settings, SettingsError, load, save
from hotelml_app.settings.model import BackupSettings, ReportSettings


def test_a_share_that_windows_will_not_look_up_does_not_keep_the_settings_from_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    former = Path.resolve

    def resolve(self: Path, strict: bool = False) -> Path:
        if self.is_relative_to(share):
            raise OSError(22, "The user name or password is incorrect", str(self))
        return former(self, strict)

    monkeypatch.setattr(Path, "resolve", resolve)
    kept = Settings(
        properties=(PropertySettings(name="City Hotel", drop_folder=str(share / "drop")),),
        backup=BackupSettings(copy_to=str(share / "copies")),
    )
    save(tmp_path / "home", kept)
    assert load(tmp_path / "home") == kept
    inside = kept.model_copy(update={"report": ReportSettings(folder=str(share / "drop" / "reports"))})
    with pytest.raises(SettingsError, match="lies in a drop folder"):
        save(tmp_path / "home", inside)


def test_folders_that_were_pasted_in_quotes_are_kept_without(tmp_path: Path) -> None:
    one = PropertySettings(name="City Hotel", drop_folder='"/srv/drop"')
    save(
        tmp_path,
        Settings(properties=(one,), backup=BackupSettings(copy_to='"/mnt/usb"'), report=ReportSettings(folder='"/srv/r"')),
    )
    kept = load(tmp_path)
    assert (kept.properties[0].drop_folder, kept.backup.copy_to, kept.report.folder) == ("/srv/drop", "/mnt/usb", "/srv/r")
