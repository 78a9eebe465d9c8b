"""Everything a template can say without loading it: this library is a builtin."""

from django import template

from arbiter.ui.tags import filters, forms, marks, measures, parts

register = template.Library()

for _kind in (filters, forms, marks, measures, parts):
    register.tags.update(_kind.register.tags)
    register.filters.update(_kind.register.filters)
