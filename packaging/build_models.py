"""Build the models HotelML brings along:  python packaging/build_models.py [--data FOLDER] [--module NAME...]

Imports the bookings and reviews below DATA into a throw-away home, learns from them as HotelML would, judges each model on
what it has not seen, and writes `models/NAME/` with its card (source, licence, figures, SHA-256). A model that does not beat
the plain rule there is not written, and an older one is removed.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from bundling import BUILDERS, Brought, Ground  # noqa: E402

from hotelml_app.core.clock import SystemClock  # noqa: E402
from hotelml_app.ml.onnx.artifacts import write_artifact  # noqa: E402
from hotelml_app.ml.onnx.parity import check_parity  # noqa: E402
from hotelml_app.ml.property.property_data import PropertyData  # noqa: E402
from hotelml_app.ml.property.reading import property_data  # noqa: E402
from hotelml_app.modules import manifest as manifest_of  # noqa: E402
from hotelml_app.settings.home import HomeLayout  # noqa: E402
from hotelml_app.simulator import SyntheticHotel, export_bookings, simulate  # noqa: E402
from hotelml_app.store import Store  # noqa: E402
from hotelml_app.store.hotels import properties  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
MOST_BYTES = 8_000_000
REVIEWS_PROPERTY = "Guests elsewhere"
SIMULATED, SIMULATED_DAYS = ((41, "city", 90), (42, "family", 40)), 520
"""Seed, preset and rooms of hotels whose bookings are simulated; models are judged there, not learned."""


def main(arguments: list[str]) -> int:
    """Build and return the exit code."""
    parser = argparse.ArgumentParser(description="Build the models HotelML brings along.")
    parser.add_argument("--data", type=Path, default=DATA, help=f"the folder with bookings/ and reviews/; default {DATA}")
    parser.add_argument("--out", type=Path, default=ROOT / "models")
    parser.add_argument("--module", action="append", choices=sorted(BUILDERS), help="only this one (may be repeated)")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="hotelml-models-") as folder:
        known = ground(asked.data.resolve(), Path(folder))
        for name in asked.module or sorted(BUILDERS):
            print(f"{name}: learning", flush=True)
            write(name, BUILDERS[name](known, lambda text: print(f"  {text}", flush=True)), asked.out)
    size = sum(path.stat().st_size for path in asked.out.rglob("*") if path.is_file())
    print(f"{size / 1e6:.2f} MB in {asked.out}")
    return 0 if size <= MOST_BYTES else 1


def ground(data: Path, scratch: Path) -> Ground:
    """Return the properties below ``data`` and some simulated ones, read by HotelML's own import."""
    layout = HomeLayout(scratch / "home")
    for path in sorted((data / "bookings").glob("*.csv*")):
        run("import", str(path), home=layout.home)
    for path in sorted((data / "reviews").glob("*.csv*")):
        run("import", str(path), "--property", REVIEWS_PROPERTY, home=layout.home)
    found = properties_in(layout)
    hotels = {
        name: simulate(seed=seed, property_name=name, preset=preset, rooms=rooms, days=SIMULATED_DAYS)
        for seed, preset, rooms in SIMULATED
        for name in [f"Simulated {preset} hotel"]
    }
    return Ground(
        real={name: one for name, one in found.items() if name != REVIEWS_PROPERTY},
        simulated=exported(hotels, scratch),
        reviews=found[REVIEWS_PROPERTY],
        read=lambda others: exported(others, scratch),
    )


def exported(hotels: Mapping[str, SyntheticHotel], scratch: Path) -> dict[str, PropertyData]:
    """Return simulated hotels as HotelML reads what they export on their last day, by name; their names must differ."""
    layout = HomeLayout(Path(tempfile.mkdtemp(dir=scratch)) / "home")
    for name, hotel in hotels.items():
        path = scratch / f"{name}.csv"
        export_bookings(hotel, hotel.last_day, path)
        run("import", str(path), home=layout.home)
    return properties_in(layout)


def properties_in(layout: HomeLayout) -> dict[str, PropertyData]:
    """Return the properties of a home by name."""
    with Store.open(layout.database, SystemClock(), writer=False) as store:
        with store.read() as connection:
            rows = properties.all(connection)
        found = {row.name: property_data(store, row.id, row.business_date or SystemClock().now().date()) for row in rows}
        for one in found.values():  # loaded while the store is open
            _ = one.history, one.reviews
    return found


def run(*arguments: str, home: Path) -> None:
    """Run a command of HotelML on a home. Raises CalledProcessError where it fails."""
    subprocess.run([sys.executable, "-m", "hotelml_app", *arguments, "--home", str(home)], check=True, cwd=ROOT)


def write(name: str, brought: Brought, out: Path) -> None:
    """Write a model that beats the plain rule, in place of an earlier one; remove the earlier one where it does not."""
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    if not brought.better:
        print(f"  {name} does not beat the plain rule where it has not been: left out. {brought.figures()}", flush=True)
        return
    manifest = manifest_of(name)
    assert manifest.generalise is not None, "only such modules have a builder"
    fields: dict[str, Any] = {
        **brought.card,
        "made_by": "bundled",
        "module": name,
        "version": version(brought),
        "primary_measure": manifest.primary_measure,
        "baseline": manifest.baseline,
        "parity": asdict(check_parity(brought.trained)),
        "built_on": SystemClock().now().date().isoformat(),
    }
    card = write_artifact(folder, brought.trained, fields)
    print(f"  {name} {card['version']}: {card['size_bytes'] / 1e3:.0f} kB. {brought.figures()}", flush=True)


def version(brought: Brought) -> str:
    """Return a name that changes when a graph does."""
    content = b"".join(part.onnx for part in brought.trained.parts)
    return hashlib.sha256(content).hexdigest()[:8]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
