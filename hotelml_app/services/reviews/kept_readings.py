"""What reviews say, read once and kept in the home: a review whose words are the same is not read again.

One JSON file per property in ``cache``. It holds no word of a guest, only where in a review what is spoken of. It names each
review by a hash of its words, and tells what read them: the model, the word lists and HotelML. It may be deleted at any time.
"""

from __future__ import annotations

import json
import logging
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules import sentiment
from hotelml_app.modules.sentiment.reading import Judge
from hotelml_app.modules.sentiment.sayings import Saying, Spoken, sayings_at, spoken_of, written_in
from hotelml_app.modules.sentiment.word_lists import word_files
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.files.written_files import replacing

log = logging.getLogger(__name__)

Known = tuple[str, tuple[Spoken, ...] | None]
"""The language of a review, and what it speaks of; None where only the language was asked for."""


class KeptReadings:
    """What is kept of the reviews of one property as ``by`` reads them; what is asked for is kept from now on."""

    def __init__(self, path: Path, by: str) -> None:
        self._path, self._by = path, by
        self._kept, self._asked = self._load(), dict[str, Known]()

    def read(self, review: Review, judge: Judge, in_full: bool) -> tuple[str, tuple[Saying, ...]]:
        """Return the language of a review and, ``in_full``, what it says."""
        name = _name_of(review)
        known = self._kept.get(name) or (written_in(review), None)
        if in_full and known[1] is None:
            known = (known[0], spoken_of(review, known[0], judge))
        self._asked[name] = known
        return known[0], sayings_at(review, known[1] or ()) if in_full else ()

    def save(self) -> None:
        """Keep what was asked for, and nothing else. Where the home cannot be written nothing is kept."""
        if self._asked == self._kept:
            return
        try:
            with replacing(self._path) as file:
                json.dump({"by": self._by, "reviews": self._asked}, file, separators=(",", ":"))
        except (FileNotWrittenError, OSError) as error:
            log.warning("what the reviews say is not kept: %s", error)

    def _load(self) -> dict[str, Known]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            if told["by"] != self._by:
                return {}
            return {
                name: (language, None if spoken is None else tuple(Spoken(*one) for one in spoken))
                for name, (language, spoken) in told["reviews"].items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("what is kept of the reviews cannot be read; they are read anew: %s", error)
            return {}


def reader_of(model: LoadedModel | None) -> str:
    """Return a name of what reads reviews: another one as soon as it may read them otherwise. Raises DamagedModelError."""
    digest = blake2b(version("hotelml").encode("utf-8"), digest_size=16)
    for file in (*word_files(), *_code()):
        digest.update(file)
    if model is not None:
        digest.update(json.dumps(model.parameters, sort_keys=True).encode("utf-8"))
        for part in sorted(model.parts):
            digest.update(part.encode("utf-8") + model.graph(part))
    return digest.hexdigest()


def _code() -> tuple[bytes, ...]:
    """Return the code that reads, where it lies beside its files: somebody may change it without a new version."""
    return tuple(file.read_bytes() for file in sorted(Path(sentiment.__file__).parent.glob("*.py")))


def _name_of(review: Review) -> str:
    words = json.dumps((review.title, review.positive, review.negative, review.body, review.language))
    return blake2b(words.encode("utf-8"), digest_size=12).hexdigest()
