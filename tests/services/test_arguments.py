"""A request that makes no sense is told so in words, whoever sent it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.core.errors import UsageError
from hotelml_app.services.asking.arguments import Arguments, nearest


def test_a_misspelt_option_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UsageError, match="Did you mean horizon"):
        Arguments({"horizont": 3}).refuse_unknown(("horizon", "as_of"))


@given(st.integers(-(10**12), 10**12))
def test_a_number_is_taken_within_its_bounds_and_refused_outside(number: int) -> None:
    arguments = Arguments({"horizon": str(number)})
    if 1 <= number <= 365:
        assert arguments.number("horizon", default=28, low=1, high=365) == number
    else:
        with pytest.raises(UsageError, match="Choose from 1 to 365"):
            arguments.number("horizon", default=28, low=1, high=365)


@pytest.mark.parametrize("text", ["many", "1.5", "", "1e3", "0x10", "²"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="whole number"):
        Arguments({"horizon": text}).number("horizon", default=1, low=1, high=9)


@given(st.dates())
def test_every_date_is_understood_as_it_is_written(day: date) -> None:
    assert Arguments({"as_of": day.isoformat()}).day("as_of") == day


@pytest.mark.parametrize("text", ["31.08.2016", "2016-13-01", "2016-02-30", "yesterday", "16-8-3"])
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match=r"year-month-day, for example 2026-08-31"):
        Arguments({"as_of": text}).day("as_of")


def test_a_relative_path_is_refused_because_another_process_would_look_elsewhere() -> None:
    with pytest.raises(UsageError, match="full path"):
        Arguments({"out": "forecast.csv"}).path("out")


@pytest.mark.parametrize("sign", ["\0", "\ud800"])
def test_a_character_that_no_file_name_may_have_is_refused_before_the_system_stumbles_over_it(sign: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="out contains a character that no file name may have"):
        Arguments({"out": str(tmp_path / f"f{sign}.csv")}).path("out")


@pytest.mark.parametrize("value", [3, ["a"], True])
def test_a_text_must_be_a_text(value: object) -> None:
    with pytest.raises(UsageError, match="must be a text"):
        Arguments({"module": value}).text("module")


def test_what_is_needed_must_be_there() -> None:
    with pytest.raises(UsageError, match="module is missing"):
        Arguments({"module": "  "}).needed("module")


def test_a_list_is_a_list_of_texts() -> None:
    assert Arguments({"files": ["a", "b"]}).texts("files") == ("a", "b")
    with pytest.raises(UsageError, match="list of texts"):
        Arguments({"files": "a"}).texts("files")


def test_the_nearest_name_ignores_capitals_and_is_silent_where_nothing_is_near() -> None:
    assert nearest("city hotle", ["City Hotel", "Resort Hotel"]) == "Did you mean City Hotel? "
    assert nearest("xyz", ["City Hotel"]) == ""
