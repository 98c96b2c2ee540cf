"""Files that staff asked for are whole, or they are not there."""

from __future__ import annotations

import codecs
import csv
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from holding import hold
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.files.written_files import cell, csv_text, replacing, write_csv, write_csv_for_people

HEADER = ("property", "night", "rooms")


def test_numbers_are_short_and_exact_and_unknown_is_empty() -> None:
    text, rows = csv_text(
        HEADER, [["City Hotel", date(2016, 9, 1), 171.0], ["City Hotel", None, 0.1234567], ["x", float("nan"), 3]]
    )
    assert text == "property,night,rooms\nCity Hotel,2016-09-01,171\nCity Hotel,,0.123457\nx,,3\n"
    assert rows == 3


@pytest.mark.parametrize("text", ["=1+1", "+CMD", "-x", "@SUM(A1)", "\tx", "  =1+1", "-2+3|x", "+1-1", "＝1+1"])
def test_a_spreadsheet_never_runs_a_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "-5.25", "+3", "H1-000001", "", "A=B"])
def test_plain_texts_and_numbers_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


def test_what_an_export_smuggled_in_is_written_harmless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the cell of an export through the database to the file that staff open in Excel."""
    from hotelml_app.bootstrap import run

    formula = '=HYPERLINK("http://evil.example","x")'
    header = "property,reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code,adr"
    days = ("2025-03-01", "2025-06-10", "2025-06-12")
    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [header.split(","), ["Harbour House", "HH-1", *days, "Reserved", days[0], formula, "@BAR", "90"]]
        )
    home = ("--home", str(tmp_path / "home"))
    assert run(["import", str(tmp_path / "a.csv"), *home]) == 0
    assert run(["bookings", "--out", str(tmp_path / "b.csv"), *home]) == 0
    with (tmp_path / "b.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["room_type"], row["rate_code"]) == (f"'{formula}", "'@BAR")


@given(st.floats(-1e9, 1e9))
def test_a_number_can_be_read_again(value: float) -> None:
    assert float(cell(value)) == pytest.approx(value, abs=1e-6)


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_text_survives_the_csv_on_one_line(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    write_csv(path, ["a"] * len(texts), [texts])
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.reader(file))[1]
    assert [one.removeprefix("'") for one in read] == [" ".join(one.splitlines()).removeprefix("'") for one in texts]


def test_a_file_that_fails_half_way_leaves_the_former_one_untouched(tmp_path: Path) -> None:
    path = tmp_path / "forecast.csv"
    path.write_text("before", encoding="utf-8")

    def rows() -> object:
        yield ["City Hotel", date(2016, 9, 1), 1]
        raise OSError(28, "No space left on device")

    with pytest.raises(FileNotWrittenError, match="No space left"):
        write_csv(path, HEADER, rows())  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_two_who_write_the_same_file_at_once_leave_a_whole_one(tmp_path: Path) -> None:
    path, ready = tmp_path / "forecast.csv", threading.Barrier(2)

    def rows(hotel: str) -> Iterator[list[object]]:
        ready.wait(60)
        yield [hotel, None, 1]
        ready.wait(60)

    with ThreadPoolExecutor(2) as writers:
        written = [writers.submit(write_csv, path, HEADER, rows(hotel)) for hotel in ("City Hotel", "Resort Hotel")]
        assert [one.result() for one in written] == [1, 1]
    assert path.read_text(encoding="utf-8").splitlines()[1:] in (["City Hotel,,1"], ["Resort Hotel,,1"])
    assert list(tmp_path.iterdir()) == [path]


def killed_while_writing(path: Path) -> None:
    """Let another process begin to write a file, and kill it in the middle."""
    program = (
        "import sys, time; from pathlib import Path; from hotelml_app.services.files.written_files import replacing\n"
        "with replacing(Path(sys.argv[1])) as file: print('begun', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE) as command:
        assert command.stdout is not None
        assert command.stdout.readline().strip() == b"begun"
        command.kill()


def test_what_a_killed_command_left_goes_when_the_same_file_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "rates [1].csv"
    killed_while_writing(path)
    (left,) = tmp_path.iterdir()
    write_csv(tmp_path / "1.csv", HEADER, [])
    assert left.exists()
    write_csv(path, HEADER, [["City Hotel", None, 1]])
    assert {one.name for one in tmp_path.iterdir()} == {"1.csv", "rates [1].csv"}


def test_what_another_process_or_another_machine_still_writes_stays(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    with replacing(path):
        ours = next(tmp_path.iterdir()).name
        machine, _, rest = ours.removeprefix(".rates.csv.").partition("-")
        others = {ours.replace(rest, f"{os.getppid()}-1.partial"), f".rates.csv.{'0' * len(machine)}-999999999-1.partial"}
        for name in others:
            (tmp_path / name).touch()
        written = threading.Thread(target=write_csv, args=(path, HEADER, []))
        written.start()
        written.join()
        assert {one.name for one in tmp_path.iterdir()} == {ours, "rates.csv", *others}


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotWrittenError, match="folder of that name"):
        write_csv(tmp_path, HEADER, [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_device_or_pipe_is_told_and_stays_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "null"
    os.mkfifo(pipe)
    with pytest.raises(FileNotWrittenError, match="a device or a pipe, not a file"):
        write_csv(pipe, HEADER, [])
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_what_a_link_leads_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    share, link = tmp_path / "share" / "forecast.csv", tmp_path / "latest.csv"
    share.parent.mkdir()
    try:
        link.symlink_to(share)
    except OSError:
        pytest.skip("this user may not make links")
    write_csv(link, HEADER, [["City Hotel", None, 1]])
    assert link.is_symlink()
    assert share.read_text(encoding="utf-8") == "property,night,rooms\nCity Hotel,,1\n"
    assert [one.name for one in share.parent.iterdir()] == ["forecast.csv"]


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", encoding="utf-8")
    with pytest.raises(FileNotWrittenError, match="could not be written"):
        write_csv(tmp_path / "a" / "b.csv", HEADER, [])


def test_a_file_that_is_open_in_excel_stays_as_it_is_and_nothing_half_written_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rates.csv"
    write_csv(path, HEADER, [["City Hotel", None, 1]])
    before = path.read_bytes()
    with monkeypatch.context() as excel:
        hold(excel, ["rates.csv"])
        with pytest.raises(FileNotWrittenError) as told:
            write_csv(path, HEADER, [])
    assert "no other program has the file open" in told.value.remedy
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_people_open_by_a_double_click_says_that_it_is_utf_8_and_what_programs_read_does_not(tmp_path: Path) -> None:
    rows = [["Haus Süd", None, 2]]
    assert write_csv_for_people(tmp_path / "people.csv", HEADER, rows) == write_csv(tmp_path / "programs.csv", HEADER, rows)
    people, programs = ((tmp_path / name).read_bytes() for name in ("people.csv", "programs.csv"))
    assert people == codecs.BOM_UTF8 + programs
    assert programs.startswith(b"property,")
