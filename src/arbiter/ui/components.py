"""A component is one template and one stylesheet of the same name. This fills the template."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.safestring import SafeString

# What a component may know of the page around it. All else it is told.
_AMBIENT = ("icon_sprite", "now", "csrf_token", "request")


def render(context: Context, name: str, values: Mapping[str, Any]) -> SafeString:
    """The component with these values; the page's own variables do not leak into it."""
    assert context.template is not None
    template = context.template.engine.get_template(f"ui/components/{name}.html")
    around = {key: context[key] for key in _AMBIENT if key in context}
    return template.render(context.new({**around, **values}))


class SlotNode(Node):
    """A named part of a component's inside. It is drawn by the component around it."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        raise TemplateSyntaxError(f"The slot {self.name!r} stands outside of a component.")


class ComponentNode(Node):
    """A component with an inside."""

    def __init__(
        self, name: FilterExpression, values: dict[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.name = name
        self.values = values
        self.slots = {node.name: node.nodelist for node in _slots(nodelist)}
        self.nodelist = NodeList(node for node in nodelist if not isinstance(node, SlotNode))

    def render(self, context: Context) -> SafeString:
        values = {key: value.resolve(context) for key, value in self.values.items()}
        slots = {key: _drawn(nodelist, context) for key, nodelist in self.slots.items()}
        body = _drawn(self.nodelist, context)
        return render(context, str(self.name.resolve(context)), {**values, **slots, "body": body})


def component(parser: Parser, token: Token) -> ComponentNode:
    """{% component "card" title="…" %} … {% slot "actions" %} … {% endslot %} {% endcomponent %}"""
    bits = token.split_contents()[1:]
    if not bits:
        raise TemplateSyntaxError("A component needs its name.")
    name = parser.compile_filter(bits[0])
    values = token_kwargs(bits[1:], parser)
    if len(values) != len(bits) - 1:
        raise TemplateSyntaxError(f"Write a component's values as key=value: {token.contents}")
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, values, nodelist)


def slot(parser: Parser, token: Token) -> SlotNode:
    bits = token.split_contents()
    if len(bits) != 2:
        raise TemplateSyntaxError("A slot has one name and nothing else.")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(bits[1].strip("\"'"), nodelist)


def _slots(nodelist: NodeList) -> Iterator[SlotNode]:
    return (node for node in nodelist if isinstance(node, SlotNode))


def _drawn(nodelist: NodeList, context: Context) -> SafeString:
    return SafeString(nodelist.render(context).strip())
