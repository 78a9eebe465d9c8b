"""Every component in every state, and the four pages the design was made for. No customer's data, no clock."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from arbiter.ui.gallery_examples import EXAMPLES, ExampleForm
from arbiter.ui.gallery_measures import MEASURES

PAGES = {
    "": ("Components", "ui/gallery.html"),
    "charts": ("Charts and measures", "ui/gallery/measures.html"),
    "customer": ("A customer", "ui/gallery/customer.html"),
    "customers": ("Customers", "ui/gallery/customers.html"),
    "home": ("Home", "ui/gallery/home.html"),
    "letter": ("The portal's letter", "ui/gallery/letter.html"),
    "plain": ("A plain page", "ui/gallery/plain.html"),
}


def gallery(request: HttpRequest, page: str = "") -> HttpResponse:
    """Routed as `gallery/` and `gallery/<slug:page>/`."""
    if page not in PAGES:
        raise Http404(f"The gallery has no page {page!r}.")
    title, template = PAGES[page]
    wrong = ExampleForm({"wrong-amount": "-1"}, prefix="wrong")
    context = {
        **EXAMPLES,
        "measures": MEASURES,
        "title": title,
        "form": ExampleForm(),
        "wrong_form": wrong,
    }
    return render(request, template, context)
