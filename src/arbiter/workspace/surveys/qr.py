"""A personal link as a code to be scanned, drawn as one path of an SVG: dark on white in any theme."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode  # type: ignore[import-untyped]  # it brings no types

QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class Code:
    """The drawing: `size` modules wide, `path` in units of one module."""

    size: int
    path: str


def draw(address: str) -> Code:
    """Draw an address."""
    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    squares = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    ]
    return Code(len(rows), "".join(squares))
