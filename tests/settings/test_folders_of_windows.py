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
    drop, copies, reports = (str(tmp_path / name) for name in ("drop", "usb", "r"))
    one = PropertySettings(name="City Hotel", drop_folder=f'"{drop}"')
    backup, report = BackupSettings(copy_to=f'"{copies}"'), ReportSettings(folder=f'"{reports}"')
    save(tmp_path / "home", Settings(properties=(one,), backup=backup, report=report))
    kept = load(tmp_path / "home")
    assert (kept.properties[0].drop_folder, kept.backup.copy_to, kept.report.folder) == (drop, copies, reports)
