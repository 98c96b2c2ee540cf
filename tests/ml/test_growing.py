"""Arrays that grow where they lie."""

from __future__ import annotations

import numpy as np
import pytest

from hotelml_app.ml.property.growing import GrowingArray


@pytest.mark.parametrize("width", [None, 3])
def test_pieces_come_out_as_one_array_in_their_order(width: int | None) -> None:
    row = () if width is None else (width,)
    pieces = [np.random.default_rng(n).random((n * 7, *row)).astype(np.float32) for n in range(6)]
    growing = GrowingArray(np.float32, width)
    for piece in pieces:
        growing.append(piece)
    whole = growing.hand_over()
    assert whole.dtype == np.float32
    assert np.array_equal(whole, np.concatenate(pieces))
    assert growing.hand_over().shape == (0, *row), "what was handed over is not kept"


def test_without_a_piece_it_is_empty() -> None:
    assert GrowingArray(np.int8).hand_over().shape == (0,)
