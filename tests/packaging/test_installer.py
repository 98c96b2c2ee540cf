"""What is packed for a PC without a network: laid out as Debian expects, with every file accounted for."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKED = {"hotelml": "a program", "_internal/models/forecast/card.json": "{}", "_internal/libEGL.so.1": "a library"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a Linux package is made on Linux")


@pytest.fixture
def installer(monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (ROOT / "packaging", ROOT / "packaging" / "installer"):
        monkeypatch.syspath_prepend(str(folder))


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    folder = tmp_path / "packed" / "hotelml"
    for name, text in PACKED.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "hotelml").chmod(0o755)
    return folder


@pytest.mark.usefixtures("installer")
def test_the_debian_package_accounts_for_every_file(packed: Path, tmp_path: Path) -> None:
    import debian
    import release

    tree = tmp_path / "tree"
    debian.lay_out(packed, tree, "amd64")
    fields = dict(line.split(": ", 1) for line in (tree / "DEBIAN/control").read_text(encoding="utf-8").splitlines()[:9])
    assert (fields["Version"], fields["Architecture"]) == (release.release(), "amd64")
    assert "libgl1" in fields["Recommends"]
    assert "libegl1" not in fields["Recommends"], "it is packed"
    sums = [line.split("  ") for line in (tree / "DEBIAN/md5sums").read_text(encoding="utf-8").splitlines()]
    assert all(hashlib.md5((tree / name).read_bytes()).hexdigest() == told for told, name in sums)
    assert {f"opt/hotelml/{name}" for name in PACKED} < {name for _, name in sums}
    assert (tree / "usr/bin/hotelml").readlink() == Path("/opt/hotelml/hotelml")


@pytest.mark.usefixtures("installer")
def test_its_scripts_are_plain_shell(packed: Path, tmp_path: Path) -> None:
    import debian

    debian.lay_out(packed, tmp_path / "tree", "amd64")
    for name in debian.SCRIPTS:
        script = tmp_path / "tree/DEBIAN" / name
        assert script.stat().st_mode & 0o111
        subprocess.run(["sh", "-n", str(script)], check=True)


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="needs dpkg-deb")
@pytest.mark.usefixtures("installer")
def test_dpkg_takes_the_package_as_it_is_written(packed: Path, tmp_path: Path) -> None:
    import debian

    (package,) = debian.write(packed, tmp_path, lambda _: None)
    asked = subprocess.run(["dpkg-deb", "--field", str(package), "Package"], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "hotelml"


@pytest.mark.usefixtures("installer")
def test_the_archive_holds_one_folder_of_nobody_in_particular(packed: Path, tmp_path: Path) -> None:
    import tarball

    (archive,) = tarball.write(packed, tmp_path, lambda _: None)
    with tarfile.open(archive) as tar:
        members = tar.getmembers()
    assert {one.name.split("/")[0] for one in members} == {archive.name.removesuffix(".tar.gz")}
    assert {(one.uid, one.uname) for one in members} == {(0, "root")}
    assert any(one.name.endswith("/share/hotelml.service") for one in members)
