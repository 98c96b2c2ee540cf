from __future__ import annotations

import re
from pathlib import Path

import pytest

from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.settings import SettingsError, load_training_config

ORIGIN = """\
{header}
schedule = "0 2 * * *"
minDataPoints = 50
validationSplit = 0.3

[{table}.hyperparameters]
layers = [64, 32]
"""


@pytest.mark.parametrize("table", ["forecast", "modules.forecast", "training.modules.forecast"])
def test_the_origins_spelling_is_understood_wherever_the_table_stands(tmp_path: Path, table: str) -> None:
    path = tmp_path / "training.toml"
    path.write_text(ORIGIN.format(header=f"[{table}]", table=table), encoding="utf-8")
    expected = ModuleTrainingConfig("0 2 * * *", 50, 0.3, {"layers": [64, 32]})
    assert load_training_config(path, ("forecast", "noshow")) == {"forecast": expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[modules.forecast]\nminDataPoint = 5\n", r"modules\.forecast\.minDataPoint \(line 2\)\. Did you mean min_data_points"),
        ("[noshow]\n\nmin_data_points = 0\n", r"noshow\.min_data_points \(line 3\).*greater than or equal to 1"),
        ("[modules.forcast]\n", r"no module forcast \(line 1\)\. Did you mean forecast"),
        ("minDataPoints = 5\n", r"minDataPoints does not stand in the table of a module"),
        ("modules = 3\n", r"modules does not stand in the table of a module"),
        ("[training]\nminDataPoints = 5\n", r"training\.minDataPoints does not stand in the table of a module"),
        ("[training.forecast]\nminDataPoints = 5\n", r"training\.forecast does not stand.*\[training\.modules\.forecast\]"),
        ("[forecast\n", r"not valid TOML"),
        ("[forecast]\nhyperparameters = 3\n", r"forecast\.hyperparameters \(line 2\)"),
        ("[forecast]\ntime_limit_s = -1\n", r"time_limit_s \(line 2\).*greater than 0"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "training.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_training_config(path, ("forecast", "noshow"))
    assert re.search(expected, str(caught.value))
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"training\.toml does not exist"):
        load_training_config(tmp_path / "training.toml")


def test_an_empty_file_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "training.toml").write_text("", encoding="utf-8")
    assert load_training_config(tmp_path / "training.toml") == {}


def test_a_whole_settings_file_will_do_for_one_run(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[training]\ngrowth_min = 50\n[training.modules.forecast]\nminDataPoints = 5\n", encoding="utf-8")
    assert {name: one.min_data_points for name, one in load_training_config(path).items()} == {"forecast": 5}
