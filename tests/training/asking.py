"""Asking a trainer for the tiny module, and waiting for files that children write."""

from __future__ import annotations

import time
from pathlib import Path

import psutil

from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.training.report import TrainingReport
from hotelml_app.training.trainer import Trainer

PATIENCE_S = 60.0


def config(**hyperparameters: object) -> ModuleTrainingConfig:
    return ModuleTrainingConfig(min_data_points=50, hyperparameters=hyperparameters, time_limit_s=60.0)


def train(trainer: Trainer, hotel: int, **hyperparameters: object) -> TrainingReport:
    job_id = trainer.submit("tiny", hotel, asked_by="user", config=config(**hyperparameters))
    report = trainer.wait(job_id, PATIENCE_S)
    assert report is not None, "the training did not end"
    return report


def pid_in(path: Path) -> int:
    """Wait for a process to write its id and return it."""
    return int(text_in(path))


def text_in(path: Path) -> str:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if path.exists() and (text := path.read_text()):
            return text
        time.sleep(0.02)
    raise AssertionError(f"{path} was not written")


def is_gone(pid: int, within_s: float = 10.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False
