"""HiGHS, the one solver: linear and integer programs of the desk. The only file that knows it.

It is used directly (highspy) and not through SciPy: it starts in a thirtieth of a second and takes 5 MB instead of 46,
goes on from the last solution when columns are added, and can be handed a plan to improve.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from hotelml_app.modules.allocation.plans.problem import Flags, Floats, Ints
from hotelml_app.modules.allocation.plans.program import Entries, Program


@dataclass(frozen=True)
class Answer:
    """``chosen`` are the positions of the choices taken, ``cost`` their points, ``bound`` what none of the choices beats."""

    chosen: Ints
    cost: float
    bound: float


@dataclass(frozen=True)
class Relaxed:
    """A solved relaxation: its value, the dual values of the rows, and how much of each choice is taken."""

    value: float
    duals: Floats
    taken: Floats


def available() -> bool:
    """Tell whether the solver is installed; without it the plain rules answer."""
    try:
        import highspy  # noqa: F401
    except ImportError:
        return False
    return True


def pick(program: Program, stays: Ints, groups: Ints, start: Flags, limit_s: float) -> Answer | None:
    """Choose among the given choices so that the points are fewest, within ``limit_s`` seconds; None where that was too short.

    ``start`` marks the choices of a plan to begin with; stays without one are refused in it.
    """
    import highspy

    solver = _solver(program)
    solver.setOptionValue("time_limit", float(limit_s))
    solver.setOptionValue("mip_rel_gap", 1e-6)
    solver.setOptionValue("mip_abs_gap", 1e-4)
    first = solver.getNumCol()
    _add_columns(solver, program.choices(stays, groups), program.alike.points[stays, groups])
    whole = np.concatenate([np.arange(program.stays), first + np.arange(len(stays))]).astype(np.int32)
    solver.changeColsIntegrality(len(whole), whole, np.full(len(whole), int(highspy.HighsVarType.kInteger), dtype=np.uint8))
    begin = np.zeros(first + len(stays))
    begin[first:] = start
    begin[: program.stays] = 1.0
    begin[stays[start]] = 0.0
    at = np.arange(len(begin), dtype=np.int32)
    known = (at < program.stays) | (at >= first)
    solver.setSolution(int(known.sum()), at[known], begin[known])
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    chosen = np.flatnonzero(np.array(solver.getSolution().col_value)[first:] > 0.5)
    return Answer(chosen, info.objective_function_value + program.apart, info.mip_dual_bound + program.apart)


def relax(program: Program, stays: Ints, groups: Ints, limit_s: float) -> Relaxed | None:
    """Solve the linear relaxation over the given choices; None where the time did not suffice."""
    solver = _solver(program)
    solver.setOptionValue("time_limit", float(limit_s))
    # Every choice is a column of few entries: simplifying takes longer than it saves.
    solver.setOptionValue("presolve", "off")
    before = solver.getNumCol()
    _add_columns(solver, program.choices(stays, groups), program.alike.points[stays, groups])
    solver.run()
    solution = solver.getSolution()
    if not _optimal(solver):
        return None
    value = solver.getInfo().objective_function_value + program.apart
    return Relaxed(value, np.array(solution.row_dual), np.array(solution.col_value)[before:])


def _solver(program: Program) -> Any:
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 7)
    count, empty = program.rows, np.zeros(0, dtype=np.int32)
    solver.addRows(count, program.lower, program.upper, 0, np.zeros(count, dtype=np.int32), empty, np.zeros(0))
    _add_columns(solver, *program.others())
    return solver


def _optimal(solver: Any) -> bool:
    import highspy

    return bool(solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _add_columns(solver: Any, entries: Entries, points: Floats) -> None:
    # Nothing needs an upper bound: a stay's choices add up to one, and without one the dual values tell everything.
    count, starts, rows = len(points), entries.starts[:-1].astype(np.int32), entries.rows.astype(np.int32)
    solver.addCols(count, points, np.zeros(count), np.full(count, np.inf), len(rows), starts, rows, entries.values)
