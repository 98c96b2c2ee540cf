"""No two files import each other, not even round a corner or for the names of types alone."""

from __future__ import annotations

from graphlib import TopologicalSorter

import grimp


def test_no_file_imports_what_imports_it() -> None:
    graph = grimp.build_graph("hotelml_app", cache_dir=None)
    imported = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(imported) > 500
    # Names the whole circle in the error where there is one.
    TopologicalSorter(imported).prepare()
