"""Print every benchmark as a table, ours beside a peer of the same run:  python tests/benchmarks/run.py [--json] [NAME...]"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]


def main(arguments: list[str]) -> int:
    chosen = [a for a in arguments if not a.startswith("-")]
    there = sorted(p.stem for p in HERE.glob("*.py") if "\ndef measure(" in p.read_text(encoding="utf-8"))
    names = [name for name in there if not chosen or name in chosen]
    unknown = sorted(set(chosen) - set(there))
    if unknown:
        print(f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(there)}.", file=sys.stderr)
        return 2
    rows = []
    for name in names:
        for row in importlib.import_module(name).measure():
            rows.append(row)
            if "--json" not in arguments:
                print(row, flush=True)
    if "--json" in arguments:
        print(json.dumps([row.as_dict() for row in rows]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
