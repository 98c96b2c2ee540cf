"""Run ``python -m hotelml_app``; ``hotelml`` is the same."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Hand over to the wiring and return the exit code."""
    from hotelml_app.bootstrap import run

    return run(sys.argv[1:] if argv is None else list(argv))


if __name__ == "__main__":
    sys.exit(main())
