"""Take a drawing apart: its elements by class, their places, and what is read out."""

from xml.etree import ElementTree


def parts(svg, class_):
    """The elements of a drawing with this class, also where the drawing stands in a page's text."""
    root = ElementTree.fromstring(f"<all>{svg}</all>")
    return [node for node in root.iter() if class_ in node.get("class", "").split()]


def percents(nodes, name):
    return [float(node.get(name).rstrip("%")) for node in nodes]


def texts(svg, class_):
    return ["".join(node.itertext()) for node in parts(svg, class_)]


def label(svg):
    return ElementTree.fromstring(svg).get("aria-label")


def points(node):
    """The corners of a line: (x, y)."""
    return [tuple(map(float, pair.split(","))) for pair in node.get("points").split()]
