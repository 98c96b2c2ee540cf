"""Whoever publishes HotelML makes a key once and signs every package; a HotelML packed with the key takes them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from hotelml_app.services.updates import keys, packages, sources
from hotelml_app.services.updates.signature import SUFFIX

ROOT = Path(__file__).resolve().parents[2]
CONTENT = bytes(range(256)) * 20


@pytest.fixture(autouse=True)
def installer(monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (ROOT / "packaging", ROOT / "packaging" / "installer"):
        monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("HOTELML_KEY_PASSPHRASE", "")


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of public keys as it lies in the resources of a copy of HotelML."""
    place = tmp_path / keys.FILE
    place.write_bytes((ROOT / "resources" / keys.FILE).read_bytes())
    return place


def packed(folder: Path, name: str) -> Path:
    (folder / name).write_bytes(CONTENT)
    return folder / name


@pytest.mark.parametrize(
    "name",
    [
        "hotelml_0.2.0_amd64.deb",
        "hotelml-0.2.0-linux-x86_64.tar.gz",
        "hotelml-0.2.0-windows-setup.exe",
        "hotelml-0.2.0-windows.zip",
    ],
)
def test_a_package_is_signed_and_taken_by_a_hotelml_that_was_packed_with_the_key(
    name: str, listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import signing

    key, package = tmp_path / "publisher.key", packed(tmp_path, name)
    assert signing.main(["--new-key", str(key), "--keys", str(listed)]) == 0
    assert "never in a repository" in capsys.readouterr().out
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600
    assert signing.main(["--key", str(key), "--keys", str(listed), str(package)]) == 0
    monkeypatch.setattr(keys, "_places", lambda: iter((listed,)))
    with sources.opened(package) as source:
        said = source.statement
    assert (said.name, said.version, said.bytes) == (name, "0.2.0", len(CONTENT))
    assert said.platform == packages.meant_by(name)[1]  # type: ignore[index]


def test_a_key_is_made_once_and_never_in_the_project(listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import signing

    key, before = tmp_path / "publisher.key", listed.read_bytes()
    assert signing.main(["--new-key", str(ROOT / "publisher.key"), "--keys", str(listed)]) == 1
    assert "must not lie in" in capsys.readouterr().err
    assert not (ROOT / "publisher.key").exists()
    assert listed.read_bytes() == before
    assert signing.main(["--new-key", str(key), "--keys", str(listed)]) == 0
    kept = key.read_bytes()
    assert signing.main(["--new-key", str(key), "--keys", str(listed)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert key.read_bytes() == kept
    assert len(keys.keys_in(listed.read_text(encoding="utf-8"))) == 1 + len(keys.keys_in(before.decode()))


def test_a_key_with_a_passphrase_opens_with_that_one_alone(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import signing

    key, package = tmp_path / "publisher.key", packed(tmp_path, "hotelml_0.2.0_amd64.deb")
    asked = ["--key", str(key), "--keys", str(listed), str(package)]
    monkeypatch.setenv("HOTELML_KEY_PASSPHRASE", "blue door")
    assert signing.main(["--new-key", str(key), "--keys", str(listed)]) == 0
    for wrong in ("", "red door"):
        monkeypatch.setenv("HOTELML_KEY_PASSPHRASE", wrong)
        assert signing.main(asked) == 1
        assert "the passphrase is another one" in capsys.readouterr().err
    assert not package.with_name(f"{package.name}{SUFFIX}").exists()
    monkeypatch.setenv("HOTELML_KEY_PASSPHRASE", "blue door")
    assert signing.main(asked) == 0


@pytest.mark.parametrize("name", ["hotelml_0.2.0rc1_amd64.deb", "holiday.zip"])
def test_what_no_hotelml_would_take_is_not_signed(
    name: str, listed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import signing

    key = tmp_path / "publisher.key"
    assert signing.main(["--key", str(key), "--keys", str(listed), str(packed(tmp_path, name))]) == 1
    assert "make one with" in capsys.readouterr().err
    assert signing.main(["--new-key", str(key), "--keys", str(listed)]) == 0
    assert signing.main(["--key", str(key), "--keys", str(listed), str(packed(tmp_path, name))]) == 1
    assert "is not called as" in capsys.readouterr().err
    unlisted = tmp_path / "others.txt"
    unlisted.write_text("", encoding="utf-8")
    assert signing.main(["--key", str(key), "--keys", str(unlisted), str(packed(tmp_path, name))]) == 1
    assert "no HotelML packed from here would take" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="a Linux package is made on Linux")
def test_what_packing_writes_is_called_so_that_it_can_be_signed(tmp_path: Path) -> None:
    import release
    import tarball

    (tmp_path / "hotelml").mkdir()
    (archive,) = tarball.write(tmp_path / "hotelml", tmp_path, lambda _: None)
    assert packages.meant_by(archive.name) == (release.release(), packages.this_pc().platform)
