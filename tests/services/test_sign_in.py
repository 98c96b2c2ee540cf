"""HotelML starts when its user signs in, if that was asked for, and says truly whether it will."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sign_in_places import FakeRegistry

from hotelml_app.cli.window import HIDDEN, window_alone
from hotelml_app.core.errors import HotelMLError
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.sign_in import stands
from hotelml_app.services.sign_in.autostart_folder import autostart_folders
from hotelml_app.services.sign_in.command import home_of, start_command
from hotelml_app.services.sign_in.desktop_entry import command_of, exec_value, keys_of
from hotelml_app.services.sign_in.errors import SignInError
from hotelml_app.services.sign_in.run_key import APPROVED, LONGEST, NAME, RUN, RunKey, words_of
from hotelml_app.services.sign_in.views import SignInState
from hotelml_app.settings.home import HomeLayout, users_own_home

AWKWARD = 'C:\\Hôtel "du" Parc\\100% $HOME `x` 50%u; a=b'
if sys.platform == "win32":
    AWKWARD = "Hôtel du Parc\\100% $HOME `x` 50%u; a=b"
WORDS = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))), min_size=1, max_size=5)

OF_LINUX = pytest.mark.skipif(sys.platform == "win32", reason="an entry as Linux has it")


@pytest.fixture
def entry(tmp_path: Path, home: Path) -> Path:
    """Where the entry of this user would lie; nothing is there yet."""
    return tmp_path / "config/autostart/hotelml.desktop"


@pytest.fixture
def layout(home: Path) -> HomeLayout:
    return HomeLayout(home)


def write(entry: Path, *lines: str) -> None:
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text("\n".join(("[Desktop Entry]", "Type=Application", *lines)), encoding="utf-8")


# -- the command line in a file -------------------------------------------------------------------------------------------


@given(words=WORDS)
def test_a_desktop_entry_gives_back_every_command_that_is_put_in(words: list[str]) -> None:
    value = exec_value(words)
    assert "\n" not in value
    assert command_of(value) == words


@given(words=WORDS)
def test_windows_would_split_the_line_into_the_words_it_was_made_of(words: list[str]) -> None:
    assert words_of(subprocess.list2cmdline(words)) == words


def test_a_command_is_quoted_as_the_specification_says() -> None:
    assert exec_value(["/opt/hotelml/hotelml", "gui"]) == "/opt/hotelml/hotelml gui"
    assert exec_value(["/a b", '$"'])[6:] == ' "\\\\$\\\\""', "escaped as an argument, then as a text"
    assert exec_value(["/50%"]) == "/50%%"
    assert command_of("hotelml %U gui %f") == ["hotelml", "gui"]


def test_only_the_keys_of_the_entry_itself_count() -> None:
    text = "# Exec=no\n[Desktop Entry]\nExec = yes\nExec=twice\n\n[Desktop Action Other]\nHidden=true\n"
    assert keys_of(text) == {"Exec": "yes"}


# -- which command --------------------------------------------------------------------------------------------------------


def test_a_virtual_environment_starts_its_own_python(layout: HomeLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    python = str(Path("/srv/hotel ml/.venv/bin/python"))
    monkeypatch.setattr(sys, "executable", python)
    told = [python, "-m", "hotelml_app", "gui", HIDDEN, "--home", str(layout.home)]
    assert start_command(layout) == told


def test_the_packed_program_starts_itself_without_a_console(
    layout: HomeLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "hotelml.exe"))
    assert start_command(layout)[:2] == [str(tmp_path / "hotelml.exe"), "gui"]
    (tmp_path / "hotelml-window.exe").touch()
    assert start_command(layout)[:2] == [str(tmp_path / "hotelml-window.exe"), "gui"]


def test_the_users_own_home_is_not_named_and_any_other_is(layout: HomeLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    own = HomeLayout(users_own_home())
    assert "--home" in start_command(own), "HOTELML_HOME names another one here, and may do so at sign-in"
    monkeypatch.delenv("HOTELML_HOME")
    assert "--home" not in start_command(own)
    assert [home_of(start_command(one)) for one in (own, layout)] == [own.home, layout.home]
    assert home_of(["hotelml", "--home=/srv/other"]) == Path("/srv/other")


def test_what_starts_is_understood_as_a_hidden_window_without_the_command_parser(layout: HomeLayout) -> None:
    arguments = start_command(layout)[3:]
    assert HIDDEN in arguments
    assert window_alone(arguments) == layout


# -- Linux ----------------------------------------------------------------------------------------------------------------


def test_it_is_off_until_it_is_switched_on_and_off_again_leaves_nothing(entry: Path, layout: HomeLayout) -> None:
    assert stands.look(layout).state is SignInState.OFF
    assert not entry.parent.exists(), "looking writes nothing"
    assert stands.switch(layout, on=True).on
    assert command_of(keys_of(entry.read_text(encoding="utf-8"))["Exec"]) == start_command(layout)
    assert stands.switch(layout, on=False).state is SignInState.OFF
    assert not list(entry.parent.iterdir())
    assert stands.switch(layout, on=False).state is SignInState.OFF, "twice does no harm"


def test_a_home_of_awkward_name_comes_back_as_it_is(entry: Path, tmp_path: Path) -> None:
    layout = HomeLayout(tmp_path / AWKWARD)
    assert stands.switch(layout, on=True).on
    place = stands.system_place()
    assert place is not None
    assert home_of(place.command() or ()) == layout.home


@OF_LINUX
def test_a_program_that_is_gone_is_told_and_mended_by_switching_on(entry: Path, layout: HomeLayout, tmp_path: Path) -> None:
    write(entry, f"Exec={tmp_path}/old/hotelml gui --hidden --home {layout.home}")
    view = stands.look(layout)
    assert view.state is SignInState.GONE
    assert f"{tmp_path}/old/hotelml is no longer there" in view.sentence
    assert view.remedy
    assert stands.switch(layout, on=True).on


def test_an_entry_without_a_program_starts_nothing(entry: Path, layout: HomeLayout) -> None:
    write(entry, "Name=HotelML")
    assert stands.look(layout).state is SignInState.GONE


def test_an_entry_for_another_home_is_not_taken_for_this_ones(entry: Path, layout: HomeLayout, tmp_path: Path) -> None:
    stands.switch(HomeLayout(tmp_path / "other"), on=True)
    view = stands.look(layout)
    assert view.state is SignInState.ELSEWHERE
    assert str(tmp_path / "other") in view.sentence
    assert stands.switch(layout, on=True).on


@OF_LINUX
def test_another_hotelml_that_starts_with_this_home_is_named(entry: Path, layout: HomeLayout) -> None:
    write(entry, f"Exec=sh gui --hidden --home={layout.home}")
    view = stands.look(layout)
    assert view.on
    assert view.sentence.endswith("It is the one at sh.")


@OF_LINUX
def test_after_an_update_the_newer_hotelml_starts_in_place_of_the_former_one(
    entry: Path, layout: HomeLayout, tmp_path: Path
) -> None:
    assert not stands.follow(layout), "nothing was to start"
    assert not entry.exists()
    write(entry, f'Exec="{tmp_path}/hotelml-0.1.0/hotelml-window" gui --hidden --home={layout.home}')
    assert stands.follow(layout)
    assert stands.look(layout).sentence == stands.ON
    assert not stands.follow(layout)


def test_what_starts_with_another_home_is_left_to_it(entry: Path, layout: HomeLayout, tmp_path: Path) -> None:
    write(entry, f"Exec=sh gui --hidden --home={tmp_path / 'other'}")
    before = entry.read_bytes()
    assert not stands.follow(layout)
    assert entry.read_bytes() == before


@pytest.mark.parametrize("noted", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktops_own_settings_switched_off_is_off(noted: str, entry: Path, layout: HomeLayout) -> None:
    stands.switch(layout, on=True)
    with entry.open("r+", encoding="utf-8") as file:
        lines = [line for line in file if "enabled" not in line]
        file.seek(0)
        file.truncate()
        file.write(f"{''.join(lines)}{noted}\n")
    assert stands.look(layout).state is SignInState.OFF
    assert stands.switch(layout, on=True).on


@OF_LINUX
def test_an_entry_for_everybody_is_covered_not_deleted(entry: Path, layout: HomeLayout, tmp_path: Path) -> None:
    of_all = tmp_path / "config of all/autostart/hotelml.desktop"
    write(of_all, f"Exec={sys.executable} -m hotelml_app --home {layout.home}")
    assert stands.look(layout).on
    assert stands.switch(layout, on=False).state is SignInState.OFF
    assert of_all.exists()
    assert stands.switch(layout, on=True).on


@OF_LINUX
def test_relative_folders_in_the_environment_do_not_count() -> None:
    assert autostart_folders({"XDG_CONFIG_HOME": "here", "XDG_CONFIG_DIRS": "x:/a:/b"}) == (
        Path.home() / ".config/autostart",
        Path("/a/autostart"),
        Path("/b/autostart"),
    )
    assert autostart_folders({})[1:] == (Path("/etc/xdg/autostart"),)


@OF_LINUX
def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_pretended(entry: Path, layout: HomeLayout) -> None:
    entry.parent.parent.mkdir()
    entry.parent.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(FileNotWrittenError):
        stands.switch(layout, on=True)
    with pytest.raises(SignInError):
        stands.switch(layout, on=False)
    assert not stands.look(layout).on


# -- Windows, and what is neither -----------------------------------------------------------------------------------------


def test_the_run_key_holds_the_command_and_loses_it_again() -> None:
    key = RunKey(registry := FakeRegistry())
    assert key.command() is None
    command = ["C:\\Program Files\\HotelML\\hotelml-window.exe", "gui", "--hidden", "--home", "D:\\50% %TEMP%\\"]
    key.put(command)
    assert key.command() == command
    assert registry.keys[RUN][NAME] == '"C:\\Program Files\\HotelML\\hotelml-window.exe" gui --hidden --home "D:\\50% %TEMP%\\\\"'
    key.take_away()
    assert registry.keys == {RUN: {}}
    key.take_away()


def test_what_the_task_manager_switched_off_is_off_until_it_is_switched_on() -> None:
    key = RunKey(registry := FakeRegistry())
    key.put(["hotelml"])
    registry.keys[APPROVED] = {NAME: bytes([2, *[0] * 11]), "Other": b"\3"}
    assert key.command() == ["hotelml"]
    registry.keys[APPROVED][NAME] = bytes([3, *[0] * 11])
    assert key.command() is None
    key.put(["hotelml"])
    assert key.command() == ["hotelml"]
    assert registry.keys[APPROVED] == {"Other": b"\3"}, "what is other programs' stays"


def test_a_command_that_windows_would_not_start_is_refused() -> None:
    key = RunKey(registry := FakeRegistry())
    key.put(["x" * LONGEST])
    with pytest.raises(SignInError, match="261 characters"):
        key.put(["x" * (LONGEST + 1)])
    assert registry.keys[RUN][NAME] == "x" * LONGEST, "the former one stays"


def test_a_registry_that_may_not_be_read_or_written_is_told(layout: HomeLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(FakeRegistry):
        def OpenKey(self, *_: object) -> None:
            raise PermissionError(13, "Access is denied")

        CreateKey = OpenKey

    monkeypatch.setattr(stands, "system_place", lambda: RunKey(Closed()))
    view = stands.look(layout)
    assert (view.state, "Access is denied" in view.sentence) == (SignInState.UNKNOWN, True)
    with pytest.raises(SignInError, match="Access is denied"):
        stands.switch(layout, on=True)


def test_a_system_without_such_a_place_says_so(layout: HomeLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stands, "system_place", lambda: None)
    assert stands.look(layout).state is SignInState.IMPOSSIBLE
    with pytest.raises(HotelMLError, match="cannot be started at sign-in"):
        stands.switch(layout, on=True)
