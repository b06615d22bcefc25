import numpy as np
import pytest
from training.logistic import fit, narrowed


def test_fewer_dimensions_find_the_same_weights():
    draw = np.random.default_rng(0)
    x = draw.normal(size=(12, 40)).astype(np.float32)
    y = (x[:, 0] > 0).astype(np.int64)
    given = (y, 2, 0.05, np.ones(12), 300)
    plain, _ = fit(x, *given)
    z, back = narrowed(x)
    small, _ = fit(z, *given)
    assert z.shape[1] <= 12
    assert back @ small == pytest.approx(plain, abs=0.02)
    assert z @ z.T == pytest.approx(x @ x.T, abs=1e-3)
