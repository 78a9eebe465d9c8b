"""The few SVG elements our charts are made of. Positions are shares of the width, so a drawing fits any column."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

Attribute = str | int | float | None


def element(name: str, *inside: str, **attributes: Attribute) -> SafeString:
    """One element. Names: `class_` → class, `text_anchor` → text-anchor. What is inside is trusted; attributes are escaped."""
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    body = "".join(inside)
    return mark_safe(f"<{name}{shown}>{body}</{name}>" if body else f"<{name}{shown}/>")  # noqa: S308 (escaped above)


def picture(
    *inside: str, label: str, class_: str, height: int, width: str | int = "100%", **more: Attribute
) -> SafeString:
    """A drawing that is read out as one sentence."""
    return element(
        "svg",
        *inside,
        class_=class_,
        role="img",
        aria_label=label,
        width=width,
        height=height,
        **more,
    )


def words(text: object, **attributes: Attribute) -> SafeString:
    return element("text", escape(str(text)), **attributes)


def share(position: float) -> str:
    """0.25 → 25%."""
    return f"{_short(position * 100)}%"


def within(position: float) -> float:
    return min(max(position, 0.0), 1.0)


def _short(value: Attribute) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
