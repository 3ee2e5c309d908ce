"""The door to HiGHS: linear programs that are solved again and again, and small whole-number programs solved once.

Every solve is on one thread, with one seed and no limit of time: the same questions in the same order have the same
answers on one machine. HiGHS is imported when the first program is made, so that the site starts without it.
"""

from dataclasses import dataclass

import numpy as np

OPTIONS = {"threads": 1, "parallel": "off", "random_seed": 20_260}


class NoSolution(ArithmeticError):
    """The constraints contradict each other."""


class SolverFailed(RuntimeError):
    """HiGHS gave neither an optimum nor a proof that there is none."""


@dataclass(frozen=True)
class Matrix:
    """Sparse rows: row ``r`` holds ``values[starts[r]:starts[r + 1]]`` at the columns of ``columns``."""

    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray

    @classmethod
    def of(cls, rows) -> "Matrix":
        """From rows that are pairs (columns, values)."""
        rows = list(rows)
        starts = np.zeros(len(rows) + 1, dtype=np.int32)
        starts[1:] = np.cumsum([len(columns) for columns, _values in rows])
        columns = np.concatenate([np.asarray(one, dtype=np.int32) for one, _values in rows] or [np.zeros(0, np.int32)])
        values = np.concatenate([np.asarray(one, dtype=float) for _columns, one in rows] or [np.zeros(0)])
        return cls(starts, columns, values)


def versions() -> dict[str, str]:
    """The versions a record of a draw names."""
    _api, engine = _highs()
    return {
        "highspy": f"{engine.versionMajor()}.{engine.versionMinor()}.{engine.versionPatch()}",
        "numpy": np.__version__,
    }


def _highs():
    """HiGHS's names, and a new engine: the one below ``highspy.Highs``, which prints its licence as it is made."""
    import highspy  # lazily: see the module's words

    engine = highspy._core._Highs()
    engine.setOptionValue("output_flag", False)
    return highspy, engine


class Program:
    """A program whose costs, bounds and rows change between solves; a linear one begins where the last one ended."""

    def __init__(self, *, costs, lower, upper, matrix, row_lower, row_upper, whole=None, maximise=True, options=None):
        highspy, self._highs = _highs()
        self._api = highspy
        for name, value in {**OPTIONS, **(options or {})}.items():
            self._highs.setOptionValue(name, value)
        self.columns, self.rows = len(costs), len(row_lower)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.columns, self.rows
        model.sense_ = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        model.col_cost_ = np.asarray(costs, dtype=float)
        model.col_lower_, model.col_upper_ = np.asarray(lower, dtype=float), np.asarray(upper, dtype=float)
        model.row_lower_, model.row_upper_ = np.asarray(row_lower, dtype=float), np.asarray(row_upper, dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = matrix.starts
        model.a_matrix_.index_ = matrix.columns
        model.a_matrix_.value_ = matrix.values
        if whole is not None:
            kinds = highspy.HighsVarType
            model.integrality_ = [kinds.kInteger if one else kinds.kContinuous for one in whole]
        if self._highs.passModel(model) == highspy.HighsStatus.kError:
            raise SolverFailed("the program was refused")
        self._all = np.arange(self.columns, dtype=np.int32)

    def set_costs(self, costs) -> None:
        """The whole objective."""
        self._highs.changeColsCost(self.columns, self._all, np.asarray(costs, dtype=float))

    def set_bounds(self, column: int, lower: float, upper: float) -> None:
        self._highs.changeColBounds(int(column), float(lower), float(upper))

    def set_row_bounds(self, row: int, lower: float, upper: float) -> None:
        self._highs.changeRowBounds(int(row), float(lower), float(upper))

    def set_option(self, name: str, value) -> None:
        self._highs.setOptionValue(name, value)

    def add_row(self, lower: float, upper: float, columns, values) -> int:
        """One more constraint; its number."""
        columns = np.asarray(columns, dtype=np.int32)
        self._highs.addRow(float(lower), float(upper), len(columns), columns, np.asarray(values, dtype=float))
        self.rows += 1
        return self.rows - 1

    def solve(self) -> np.ndarray:
        """The values of the columns at an optimum. Refuses with ``NoSolution``."""
        self._highs.run()
        status, known = self._highs.getModelStatus(), self._api.HighsModelStatus
        if status == known.kOptimal:
            self._solution = self._highs.getSolution()
            return np.array(self._solution.col_value)
        if status in (known.kInfeasible, known.kUnboundedOrInfeasible):
            raise NoSolution
        raise SolverFailed(self._highs.modelStatusToString(status))

    @property
    def objective(self) -> float:
        return float(self._highs.getObjectiveValue())

    def reduced_costs(self) -> np.ndarray:
        """Of the last linear solve, in the sense of its objective."""
        return np.array(self._solution.col_dual)

    def duals(self) -> np.ndarray:
        """Of the rows, at the last linear solve: how much the objective moves with a bound of each."""
        return np.array(self._solution.row_dual)


def infinity() -> float:
    return float("inf")
