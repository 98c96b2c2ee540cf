"""A model as prediction sees it: parameters, a card, and graphs that run on ONNX Runtime alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.errors import DamagedModelError, OutdatedModelError
from hotelml_app.ml.onnx.trained import MadeBy, TrainedModel

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

GraphSource = Callable[[], bytes]
"""Returns the bytes of one ONNX graph; raises DamagedModelError where they are not what was written."""

_NUMPY_TYPES: dict[str, np.dtype[Any]] = {
    "tensor(float)": np.dtype(np.float32),
    "tensor(double)": np.dtype(np.float64),
    "tensor(int64)": np.dtype(np.int64),
    "tensor(int32)": np.dtype(np.int32),
    "tensor(bool)": np.dtype(np.bool_),
    "tensor(string)": np.dtype(np.object_),
}


class Written(dict[str, Any]):
    """What a model holds, by name; a name that is missing was unknown to the version of HotelML that made it."""

    @classmethod
    def of(cls, value: Any) -> Any:
        """Return ``value`` with every dict in it, at any depth, of this kind."""
        if isinstance(value, Mapping):
            return cls((name, cls.of(one)) for name, one in value.items())
        return [cls.of(one) for one in value] if isinstance(value, list) else value

    def __missing__(self, name: str) -> Any:
        raise OutdatedModelError(f"{name!r} is not in it")


class LoadedModel:
    """One model version, ready to answer. Graphs are opened at their first question and then kept; any thread may ask."""

    def __init__(
        self,
        version: str,
        made_by: MadeBy,
        card: Mapping[str, Any],
        parameters: Mapping[str, Any],
        graphs: Mapping[str, GraphSource],
        threads: int = 1,
    ) -> None:
        self.version = version
        self.made_by = made_by
        self.card = dict(card)
        self.parameters: Mapping[str, Any] = Written.of(parameters)
        self._graphs: Mapping[str, GraphSource] = Written(graphs)
        self._threads = threads
        self._sessions: dict[str, _Session] = {}
        self._lock = threading.Lock()

    @classmethod
    def in_memory(cls, trained: TrainedModel, version: str = "unsaved", threads: int = 1) -> LoadedModel:
        """Return a freshly trained model as if it had been saved and loaded; for backtests and tests."""
        graphs: dict[str, GraphSource] = {part.name: _holding(part.onnx) for part in trained.parts}
        return cls(version, MadeBy.OWN, {"kind": trained.kind}, trained.parameters, graphs, threads)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the graphs."""
        return tuple(self._graphs)

    def graph(self, part: str) -> bytes:
        """Return one graph as it was written. Raises DamagedModelError, also for a part the model does not have."""
        return self._graphs[part]()

    def run(self, part: str, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """Return the outputs of one graph by name; inputs are cast to the types the graph wants.

        Raises DamagedModelError where its file is broken, OutdatedModelError for a part or inputs that it does not know.
        """
        return self._session(part).run(inputs)

    def _session(self, part: str) -> _Session:
        session = self._sessions.get(part)
        if session is None:
            with self._lock:
                session = self._sessions.get(part)
                if session is None:
                    session = self._sessions[part] = _Session(part, self._graphs[part](), self._threads)
        return session


def _holding(graph: bytes) -> GraphSource:
    return lambda: graph


class _Session:
    """One opened graph with what is needed to feed it."""

    def __init__(self, part: str, graph: bytes, threads: int) -> None:
        self._session = _open(part, graph, threads)
        self._part = part
        self._inputs = {i.name: _NUMPY_TYPES.get(i.type) for i in self._session.get_inputs()}
        self._shapes = {i.name: i.shape for i in self._session.get_inputs()}
        # A graph names the sizes that are free, and gives the others as numbers: what follows the rows is nearly always fixed.
        self._columns = {name: tuple(shape[1:]) for name, shape in self._shapes.items() if not isinstance(shape[0], int)}
        self._outputs = [o.name for o in self._session.get_outputs()]

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        feed = {name: np.asarray(values, dtype=self._inputs.get(name)) for name, values in inputs.items()}
        self._refuse_others(feed)
        return Written(zip(self._outputs, self._session.run(self._outputs, feed), strict=True))

    def _refuse_others(self, feed: Mapping[str, NDArray[Any]]) -> None:
        """Raise OutdatedModelError where the graph was made for other inputs, or more or fewer columns of them."""
        if feed.keys() != self._shapes.keys():
            raise OutdatedModelError(f"its part {self._part!r} takes other inputs")
        for name, values in feed.items():
            if values.ndim and values.shape[1:] == self._columns.get(name):
                continue
            shape = self._shapes[name]
            fixed = [(wanted, given) for wanted, given in zip(shape, values.shape, strict=False) if isinstance(wanted, int)]
            if len(shape) != values.ndim or any(wanted != given for wanted, given in fixed):
                raise OutdatedModelError(f"its part {self._part!r} looks at other features")


def _open(part: str, graph: bytes, threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Predictions are small and many: a pool of threads costs more than it brings, and spins while idle.
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The arena keeps what the largest batch ever needed (50 MB for four models), though most questions are small.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    # ONNX Runtime's errors share no public base; whatever it says here, the graph cannot be opened.
    except Exception as error:
        raise DamagedModelError(
            f"The model part {part!r} cannot be opened: {error}",
            remedy="Train this module again, or go back to an earlier version on the Models page.",
        ) from error
