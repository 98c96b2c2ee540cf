"""Print every benchmark as a table, ours beside a peer of the same run:  python tests/benchmarks/run.py [--json] [NAME...]"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]


def main(arguments: list[str]) -> int:
    there = sorted(p.stem for p in HERE.glob("*.py") if "\ndef measure(" in p.read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(prog="benchmark", description="Print HotelML's figures beside those of its peers.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which to run (default: all): {', '.join(there)}")
    parser.add_argument("--json", action="store_true", help="print one JSON list at the end instead of a table")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.names) - set(there))
    if unknown:
        print(f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(there)}.", file=sys.stderr)
        return 2
    rows = []
    for name in asked.names or there:
        for row in importlib.import_module(name).measure():
            rows.append(row)
            if not asked.json:
                print(row, flush=True)
    if asked.json:
        print(json.dumps([row.as_dict() for row in rows]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
