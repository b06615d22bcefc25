"""The sentence encoder: unit rows, pinned likeness, any text."""

import numpy as np

from helpers.language import sentence_encoder


def test_rows_are_of_unit_norm_and_in_order() -> None:
    texts = [
        "The council met.",
        "",
        "A much longer sentence about the harbour of Velmora and its ferries.",
        "x" * 9000,
    ]
    rows = sentence_encoder().encode(texts)
    assert rows.shape == (4, 384)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.allclose(rows[0], sentence_encoder().encode(texts[:1])[0], atol=1e-5)
    assert sentence_encoder().encode([]).shape == (0, 384)


def test_likeness_is_pinned() -> None:
    rows = sentence_encoder().encode(
        [
            "The two sides agreed to stop fighting.",
            "Both parties accepted a ceasefire.",
            "She bakes bread on Sundays.",
        ]
    )
    near, far = float(rows[0] @ rows[1]), float(rows[0] @ rows[2])
    assert abs(near - NEAR) < 0.02
    assert far < 0.2


NEAR = 0.58  # float32 gives FP
