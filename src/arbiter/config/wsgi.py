"""The application as web servers ask for it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arbiter.config.settings")
application = get_wsgi_application()
