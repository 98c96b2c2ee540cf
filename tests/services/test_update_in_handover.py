"""A hand-over file may bring a program update: a good one waits afterwards, a bad one is told, the hotel moves all the same."""

from __future__ import annotations

import re
import shutil
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from handed_over import forged, slope_of, tree
from holding import hold
from signed_updates import ANOTHER_KEY, CONTENT, DEB, KEY, LINUX, WINDOWS, lies, package, statement_of, trust
from small_hotel import NAME, open_at_morning

from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.handover import reading
from hotelml_app.services.handover.errors import LaterHandoverError, NoRoomError, NotAHandoverError
from hotelml_app.services.handover.reading import read_now
from hotelml_app.services.updates import packages
from hotelml_app.services.updates.errors import (
    AlteredUpdateError,
    NoUpdateError,
    OtherPlatformError,
    UnsignedUpdateError,
    UpdateError,
)
from hotelml_app.services.updates.signature import SUFFIX, signed
from hotelml_app.services.updates.taking import take, waiting
from hotelml_app.settings.home import HomeLayout

Parts = dict[str, bytes]
PACKAGE, SIGNATURE = f"update/{DEB}", f"update/{DEB}{SUFFIX}"


def with_update(stick: Path, target: Path, **changed: bytes) -> Path:
    """Write the hand-over file ``stick`` anew with an update in it; all checksums fit."""
    brought = {PACKAGE: CONTENT, SIGNATURE: signed(statement_of(DEB), KEY)} | {
        {"package": PACKAGE, "signature": SIGNATURE}[name]: content for name, content in changed.items()
    }

    def add(parts: Parts, manifest: dict[str, object]) -> None:
        parts.update({name: content for name, content in brought.items() if content})
        manifest["format"] = 2

    return forged(stick, target, add)


def test_the_update_travels_with_the_hotel_and_waits_on_the_other_pc(
    trusting: HomeLayout, hotel_home: Path, other: HomeLayout, tmp_path: Path
) -> None:
    with open_at_morning(hotel_home) as appliance:
        written = appliance.hand_over(tmp_path / "city", "blue door", update=package(tmp_path / "usb"))
    assert "the settings and HotelML 0.2.0 as an update" in written.sentence
    assert "It brings HotelML 0.2.0 as an update" in reading.look(written.file).sentence
    told = read_now(other, written.file, "blue door")
    assert told["update"]["usable"] is True  # type: ignore[index]
    assert "It brought HotelML 0.2.0, which waits to be installed." in str(told["sentence"])
    assert not list(other.handover.glob("**/update"))
    view = waiting(other)
    assert view is not None
    assert Path(view.file).read_bytes() == CONTENT
    with open_at_morning(other.home) as there:
        assert there.forecast(NAME).nights
        assert "HotelML 0.2.0 waits to be installed" in [one.title for one in there.status().warnings]


@pytest.mark.parametrize("name", ["settings.toml", DEB, f"{DEB}{SUFFIX}"])
def test_what_a_virus_scanner_looks_at_as_it_is_unpacked_is_read_all_the_same(
    name: str, trusting: HomeLayout, stick: Path, other: HomeLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = with_update(stick, tmp_path / "city.hotelml")
    refused = hold(monkeypatch, [name], times=2)
    told = read_now(other, file, "")
    assert told["update"]["usable"] is True  # type: ignore[index]
    assert len(refused) == 2


def test_where_hotelml_runs_the_update_waits_at_once_and_the_rest_for_the_next_start(
    trusting: HomeLayout, stick: Path, hotel_home: Path, tmp_path: Path
) -> None:
    file = with_update(stick, tmp_path / "city.hotelml")
    with open_at_morning(hotel_home) as appliance:
        assert appliance.take_over_next(file, "").waiting_handover
        assert appliance.waiting_update() is not None
        assert "update waits" in [one.key for one in appliance.status().warnings]
        appliance.keep_present()
        assert appliance.waiting_update() is not None, "it has its own button"
        assert appliance.take_over_next(file, "").waiting_handover, "read again it is the same"
    with open_at_morning(hotel_home) as again:
        assert slope_of(again) == 2.0
        assert again.waiting_update() is not None
        assert "update waits" in [one.key for one in again.status().warnings]


def test_an_update_needs_all_of_its_room_and_the_rest_is_packed_quickly(
    trusting: HomeLayout, hotel_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = package(tmp_path / "usb", content=CONTENT * 100)
    with open_at_morning(hotel_home) as appliance:
        plain = appliance.hand_over(tmp_path / "plain", "").file
        usage, parts = shutil.disk_usage(tmp_path), zipfile.ZipFile(plain).infolist()
        nearly = round(0.61 * sum(part.file_size for part in parts) + 0.9 * large.stat().st_size)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=nearly))
        with pytest.raises(NoRoomError, match="are needed"):
            appliance.hand_over(tmp_path / "city", "", update=large)
    (database,) = [part for part in parts if part.filename == "hotelml.db"]
    content = zipfile.ZipFile(plain).read(database)
    sizes = {level: len(zlib.compress(content, level)) for level in (4, 6)}
    assert abs(database.compress_size - sizes[4]) < abs(database.compress_size - sizes[6])


BAD: list[tuple[dict[str, bytes], str]] = [
    ({"signature": b""}, "is no package with its signature"),
    ({"signature": b"rubbish"}, "cannot be read"),
    ({"signature": signed(statement_of(DEB), ANOTHER_KEY)}, "does not trust"),
    ({"package": CONTENT[::-1]}, "is not what was signed"),
    ({"package": CONTENT[:-1]}, "is not what was signed"),
    ({"signature": signed(statement_of("hotelml-0.2.0-windows-setup.exe"), KEY)}, "is for Windows"),
    ({"signature": signed(statement_of("hotelml_0.2.0_arm64.deb"), KEY)}, r"is for Linux \(64-bit Arm\)"),
    ({"signature": signed(statement_of("hotelml_0.1.0_amd64.deb"), KEY)}, "this PC has 0.1.0 already"),
]


@pytest.mark.parametrize(("changed", "words"), BAD)
def test_an_update_that_is_not_used_is_told_and_the_hotel_is_read_all_the_same(
    changed: dict[str, bytes], words: str, trusting: HomeLayout, stick: Path, other: HomeLayout, tmp_path: Path
) -> None:
    file = with_update(stick, tmp_path / "city.hotelml", **changed)
    looked = reading.look(file).update
    assert looked is not None
    assert not looked.usable
    told = read_now(other, file, "")
    for sentence in (looked.sentence, str(told["sentence"])):
        assert "Its program update: " in sentence
        assert re.search(words, sentence)
    assert lies(other) == []
    assert not list(other.home.rglob("update"))
    with open_at_morning(other.home) as there:
        assert slope_of(there) == 2.0


def test_an_update_damaged_on_the_way_is_a_damaged_file_and_changes_nothing(
    trusting: HomeLayout, stick: Path, hotel_home: Path, tmp_path: Path
) -> None:
    file = with_update(stick, tmp_path / "city.hotelml")
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[PACKAGE] = CONTENT[::-1]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    before = tree(hotel_home)
    with pytest.raises(NotAHandoverError, match="damaged or was cut off"):
        read_now(HomeLayout(hotel_home), file, "")
    assert tree(hotel_home) == before
    with pytest.raises(AlteredUpdateError):
        take(trusting, file)


def test_a_file_that_brings_two_updates_brings_none(trusting: HomeLayout, stick: Path, other: HomeLayout, tmp_path: Path) -> None:
    def add(parts: Parts, manifest: dict[str, object]) -> None:
        for name in (DEB, "hotelml_0.3.0_amd64.deb"):
            parts[f"update/{name}"], parts[f"update/{name}{SUFFIX}"] = CONTENT, signed(statement_of(name), KEY)

    file = forged(stick, tmp_path / "two.hotelml", add)
    assert "is not used" in str(read_now(other, file, "")["sentence"])
    assert lies(other) == []
    with pytest.raises(UpdateError):
        take(trusting, file)


def test_what_was_written_by_a_later_hotelml_still_brings_it_along(
    trusting: HomeLayout, stick: Path, other: HomeLayout, tmp_path: Path
) -> None:
    def later(parts: Parts, manifest: dict[str, object]) -> None:
        manifest["schema"] = 9999

    file = forged(with_update(stick, tmp_path / "city.hotelml"), tmp_path / "later.hotelml", later)
    with pytest.raises(LaterHandoverError) as told:
        read_now(other, file, "")
    assert "hotelml update later.hotelml" in told.value.remedy
    other.prepare()
    assert take(other, file).version == "0.2.0"
    assert not other.database.exists(), "nothing but the update was taken"
    with pytest.raises(LaterHandoverError) as told:
        reading.look(forged(stick, tmp_path / "without.hotelml", later))
    assert "hotelml update" not in told.value.remedy


def test_a_hand_over_file_without_an_update_has_the_format_that_every_hotelml_reads(stick: Path, trusting: HomeLayout) -> None:
    with zipfile.ZipFile(stick) as archive:
        assert b'"format": 1' in archive.read("manifest.json")
    with pytest.raises(NoUpdateError, match="brings no update"):
        take(trusting, stick)


def remove_signature(file: Path) -> None:
    file.with_name(f"{file.name}{SUFFIX}").unlink()


def alter(file: Path) -> None:
    file.write_bytes(CONTENT[::-1])


@pytest.mark.parametrize(("spoil", "kind"), [(remove_signature, UnsignedUpdateError), (alter, AlteredUpdateError)])
def test_what_may_not_be_installed_does_not_travel(
    spoil: Callable[[Path], None], kind: type[UpdateError], trusting: HomeLayout, hotel_home: Path, tmp_path: Path
) -> None:
    spoil(file := package(tmp_path / "usb"))
    with open_at_morning(hotel_home) as appliance, pytest.raises(kind):
        appliance.hand_over(tmp_path / "city", "", update=file)
    assert not list(tmp_path.glob("city*"))


def test_a_package_for_another_kind_of_pc_does_not_travel_and_one_of_this_version_does(
    trusting: HomeLayout, hotel_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_at_morning(hotel_home) as appliance:
        trust(monkeypatch, tmp_path, KEY, pc=WINDOWS)
        with pytest.raises(OtherPlatformError, match=r"this PC has Windows"):
            appliance.hand_over(tmp_path / "city", "", update=package(tmp_path / "usb"))
        trust(monkeypatch, tmp_path, KEY, pc=LINUX)
        monkeypatch.setattr(packages, "this_version", lambda: "0.2.0")
        assert appliance.hand_over(tmp_path / "city", "", update=package(tmp_path / "usb")).update == "0.2.0"
        with pytest.raises(FileNotWrittenError):
            appliance.hand_over(appliance.parts.layout.updates / "city", "")
