"""Logistic regression by L-BFGS (scipy), for the small heads on frozen vectors; the same data give the same weights."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize


def fit(
    x: NDArray[np.float32],
    y: NDArray[np.int64],
    classes: int,
    strength: float,
    weight: NDArray[np.float64],
    steps: int,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (m, classes) and biases (classes,): x (n, m), y (n,) in 0..classes-1, a weight for each row.

    Minimises the weighted mean cross-entropy plus strength / 2 times the squared weights.
    """
    m = x.shape[1]
    aim = np.eye(classes, dtype=np.float32)[y]
    share = (weight / weight.sum()).astype(np.float32)[:, None]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        table = flat.reshape(m + 1, classes).astype(np.float32)
        logits = x @ table[:m] + table[m]
        logits -= logits.max(axis=1, keepdims=True)
        chance = np.exp(logits)
        chance /= chance.sum(axis=1, keepdims=True)
        cost = -float((share * aim * np.log(chance + 1e-9)).sum()) + strength / 2 * float(
            (table[:m] ** 2).sum()
        )
        slope = share * (chance - aim)
        grad = np.vstack([x.T @ slope + strength * table[:m], slope.sum(axis=0, keepdims=True)])
        return cost, grad.ravel().astype(np.float64)

    found = minimize(
        loss, np.zeros((m + 1) * classes), jac=True, method="L-BFGS-B", options={"maxiter": steps}
    )
    table = found.x.reshape(m + 1, classes).astype(np.float32)
    return table[:m], table[m]


def narrowed(x: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Rows x (n, m) turned into z (n, r), r at most n, and the way back (m, r): weights of x are back @ weights of z.

    A regression with squared weights as its only penalty finds the same weights either way, much faster when m > n.
    """
    lengths, turn = np.linalg.eigh((x @ x.T).astype(np.float64))
    kept = lengths > 1e-6 * lengths.max()
    root = np.sqrt(lengths[kept])
    return (turn[:, kept] * root).astype(np.float32), (x.T @ (turn[:, kept] / root)).astype(np.float32)
