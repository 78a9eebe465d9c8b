"""A model as text: everything it believes and learnt, exactly, and nothing that could run."""

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Any, Final

import numpy as np

from arbiter.science.renewal.base_rate import BaseRate
from arbiter.science.renewal.challenger import Challenger
from arbiter.science.renewal.layout import Layout, Scale
from arbiter.science.renewal.learnt import Learnt, Scores
from arbiter.science.renewal.model import Model

FORM: Final = "renewal-model/1"


def to_json(model: Model) -> str:
    """Return the model's stored form: JSON with sorted keys, and numbers with every digit they have.

    Args:
        model: any model, of the first day or learnt.

    References:
        docs/method/learning.md.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one
        >>> to_json(day_one([], base_rate=UNTOLD))[:40]
        '{"base_rate":{"due":0,"renewed":0},"chal'
    """
    told: dict[str, Any] = {
        "form": FORM,
        "method": model.method,
        "base_rate": asdict(model.base_rate),
        "columns": list(model.layout.columns),
        "mean": model.mean.tolist(),
        "covariance": model.covariance.tolist(),
        "reference": model.reference.tolist(),
        "layout": {
            "segments": list(model.layout.segments),
            "leads": list(model.layout.leads),
            "signals": [scale._asdict() for scale in model.layout.signals],
        },
        "misfit": model.misfit,
        "weight": model.weight,
        "kept": model.kept,
        "level": model.level,
        "challenger": model.challenger
        and {"text": model.challenger.text, "average": model.challenger.average.tolist()},
        "learnt": model.learnt and asdict(model.learnt),
    }
    return json.dumps(told, sort_keys=True, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> Model:
    """Return the model that a text stands for, the inverse of `to_json`: its forecasts are the same to the last bit.

    Args:
        text: what `to_json` returned.

    Raises:
        ValueError: the text is of another form, or of columns that this version does not know.

    References:
        docs/method/learning.md.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one
        >>> text = to_json(day_one([], base_rate=UNTOLD))
        >>> to_json(from_json(text)) == text
        True
    """
    told = json.loads(text)
    if not isinstance(told, dict) or told.get("form") != FORM:
        raise ValueError(f"This is no stored model of the form {FORM}.")
    layout = _layout(told["layout"])
    if told["columns"] != list(layout.columns):
        raise ValueError("The stored model has other columns than this version knows.")
    return Model(
        mean=np.array(told["mean"]),
        covariance=np.array(told["covariance"]),
        reference=np.array(told["reference"]),
        base_rate=BaseRate(**told["base_rate"]),
        method=told["method"],
        layout=layout,
        misfit=told["misfit"],
        challenger=_challenger(told["challenger"]),
        weight=told["weight"],
        kept=told["kept"],
        level=told["level"],
        learnt=_learnt(told["learnt"]),
    )


def fingerprint(model: Model) -> str:
    """Return the SHA-256 of the model's stored form, in hexadecimal: by it a stored forecast names its model.

    Args:
        model: any model.

    References:
        docs/method/learning.md.

    Examples:
        >>> from arbiter.science.renewal import UNTOLD, day_one
        >>> len(fingerprint(day_one([], base_rate=UNTOLD)))
        64
    """
    return sha256(to_json(model).encode()).hexdigest()


def _layout(told: dict[str, Any]) -> Layout:
    return Layout(
        segments=tuple(told["segments"]),
        leads=tuple(told["leads"]),
        signals=tuple(Scale(**scale) for scale in told["signals"]),
    )


def _challenger(told: dict[str, Any] | None) -> Challenger | None:
    if told is None:
        return None
    return Challenger(told["text"], np.array(told["average"]))


def _learnt(told: dict[str, Any] | None) -> Learnt | None:
    if told is None:
        return None
    scores = told["scores"]
    return Learnt(**(told | {"scores": None if scores is None else Scores(**scores)}))
