"""A newer HotelML comes as a file: taken where its signature fits, and gone once it runs; anything else gets one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from handed_over import tree
from hypothesis import given, settings
from hypothesis import strategies as st
from signed_updates import ANOTHER_KEY, CONTENT, DEB, KEY, lies, package, statement_of, trust

from hotelml_app.services.updates import keys
from hotelml_app.services.updates.errors import (
    AlteredUpdateError,
    NotNewerError,
    NoUpdateError,
    OtherPlatformError,
    UnsignedUpdateError,
    UpdateError,
)
from hotelml_app.services.updates.packages import meant_by, order
from hotelml_app.services.updates.signature import SUFFIX, signed, verified
from hotelml_app.services.updates.taking import look, take
from hotelml_app.settings.home import HomeLayout

TRUSTED = {KEY.public_key().public_bytes_raw()}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hotelml_0.2.0_amd64.deb", ("0.2.0", "linux-x86_64")),
        ("hotelml_1.10_arm64.deb", ("1.10", "linux-aarch64")),
        ("hotelml-0.2.0-linux-x86_64.tar.gz", ("0.2.0", "linux-x86_64")),
        ("hotelml-0.2.0-windows-setup.exe", ("0.2.0", "win-amd64")),
        ("hotelml-0.2.0-windows.zip", ("0.2.0", "win-amd64")),
        ("hotelml_0.2.0rc1_amd64.deb", None),
        ("hotelml_0.2.0_amd64.deb.exe", None),
        ("../hotelml_0.2.0_amd64.deb", None),
        ("fidelio_0.2.0_amd64.deb", None),
    ],
)
def test_a_package_says_by_its_name_what_it_is_for(name: str, said: tuple[str, str] | None) -> None:
    assert meant_by(name) == said


def test_versions_are_compared_by_their_numbers() -> None:
    ordered = ["", "0.1.0", "0.1.1", "0.2", "0.10.0", "1.0"]
    assert sorted(ordered, key=order) == ordered
    assert order("0.2.0") == order("0.2") == order("0.2.0rc1")


def test_what_was_signed_is_what_is_read() -> None:
    said = statement_of(DEB)
    assert verified(signed(said, KEY), TRUSTED, DEB) == said


SIGNED = signed(statement_of(DEB), KEY)


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, len(SIGNED) - 1), byte=st.integers(0, 255))
def test_a_signature_altered_in_any_byte_says_the_same_or_nothing(at: int, byte: int) -> None:
    altered = SIGNED[:at] + bytes([byte]) + SIGNED[at + 1 :]
    try:
        said = verified(altered, TRUSTED, DEB)
    except UpdateError as error:
        told = error.message
    else:
        told = "the same" if said == statement_of(DEB) else "another"
    assert told == "the same" or told.endswith("not used.")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.integers(0, len(SIGNED) - 1).map(lambda at: SIGNED[:at])))
def test_no_rubbish_passes_for_a_signature(content: bytes) -> None:
    with pytest.raises(UpdateError, match="not used"):
        verified(content, TRUSTED, DEB)


def unsigned(folder: Path) -> Path:
    file = package(folder)
    file.with_name(f"{file.name}{SUFFIX}").unlink()
    return file


def altered(folder: Path) -> Path:
    file = package(folder)
    file.write_bytes(CONTENT[:5000] + bytes([CONTENT[5000] ^ 1]) + CONTENT[5001:])
    return file


def cut_off(folder: Path) -> Path:
    file = package(folder)
    file.write_bytes(CONTENT[:-1])
    return file


def statement_altered(folder: Path) -> Path:
    file = package(folder, "hotelml_0.0.9_amd64.deb")
    told = json.loads((signature := file.with_name(f"{file.name}{SUFFIX}")).read_bytes())
    told["statement"] = told["statement"].replace("0.0.9", "0.2.0")
    signature.write_text(json.dumps(told))
    return file


def signed_by_another_under_our_key(folder: Path) -> Path:
    file = package(folder, key=ANOTHER_KEY)
    told = json.loads((signature := file.with_name(f"{file.name}{SUFFIX}")).read_bytes())
    told["key"] = KEY.public_key().public_bytes_raw().hex()
    signature.write_text(json.dumps(told))
    return file


def signed_by_another(folder: Path) -> Path:
    return package(folder, key=ANOTHER_KEY)


def for_windows(folder: Path) -> Path:
    return package(folder, "hotelml-0.2.0-windows-setup.exe")


def for_arm(folder: Path) -> Path:
    return package(folder, "hotelml_0.2.0_arm64.deb")


def as_new(folder: Path) -> Path:
    return package(folder, "hotelml_0.1.0_amd64.deb")


def older(folder: Path) -> Path:
    return package(folder, "hotelml_0.0.9_amd64.deb")


def no_package(folder: Path) -> Path:
    return package(folder, "letter.deb", version="9.0", platform="linux-x86_64")


def says_another_platform(folder: Path) -> Path:
    return package(folder, "hotelml-0.2.0-windows-setup.exe", platform="linux-x86_64")


def leads_away(folder: Path) -> Path:
    file = package(folder)
    said = replace(statement_of(DEB), name=f"../{DEB}")
    file.with_name(f"{file.name}{SUFFIX}").write_bytes(signed(said, KEY))
    return file


def not_there(folder: Path) -> Path:
    return folder / DEB


BAD: list[tuple[Callable[[Path], Path], type[UpdateError], str]] = [
    (unsigned, UnsignedUpdateError, "has no signature beside it"),
    (altered, AlteredUpdateError, "is not what was signed"),
    (cut_off, AlteredUpdateError, "is not what was signed"),
    (statement_altered, AlteredUpdateError, "does not fit"),
    (signed_by_another_under_our_key, AlteredUpdateError, "does not fit"),
    (signed_by_another, UnsignedUpdateError, "does not trust"),
    (for_windows, OtherPlatformError, r"is for Windows \(64-bit Intel or AMD\); this PC has Linux"),
    (for_arm, OtherPlatformError, r"is for Linux \(64-bit Arm\)"),
    (as_new, NotNewerError, "brings HotelML 0.1.0; this PC has 0.1.0 already"),
    (older, NotNewerError, "brings HotelML 0.0.9; this PC has 0.1.0 already"),
    (no_package, AlteredUpdateError, "about nothing that can be installed"),
    (says_another_platform, AlteredUpdateError, "about nothing that can be installed"),
    (leads_away, AlteredUpdateError, "about nothing that can be installed"),
    (not_there, NoUpdateError, "is not there"),
]


@pytest.mark.parametrize(("make", "kind", "words"), BAD, ids=lambda value: getattr(value, "__name__", ""))
def test_any_other_update_gets_one_sentence_and_is_not_used(
    make: Callable[[Path], Path], kind: type[UpdateError], words: str, trusting: HomeLayout, tmp_path: Path
) -> None:
    file, before = make(tmp_path / "usb"), tree(trusting.home)
    with pytest.raises(kind, match=words) as told:
        take(trusting, file)
    assert told.value.remedy
    assert tree(trusting.home) == before
    assert lies(trusting) == []


def test_a_hotelml_that_came_without_a_key_takes_nothing(
    trusting: HomeLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(monkeypatch, tmp_path)
    for look_or_take in (look, lambda file: take(trusting, file)):
        with pytest.raises(UnsignedUpdateError, match="built without its publisher's key"):
            look_or_take(package(tmp_path / "usb"))
    assert lies(trusting) == []


def test_the_list_of_keys_that_comes_with_hotelml_is_found_and_a_line_that_is_none_trusts_nobody() -> None:
    listed = next(keys._places())
    assert listed.is_file()
    assert keys.trusted_keys() == keys.keys_in(listed.read_text(encoding="utf-8"))
    key = KEY.public_key().public_bytes_raw()
    assert keys.keys_in(f"# ours\n{key.hex()} # since 2026\n\nnonsense\nabcd\n") == {key}
