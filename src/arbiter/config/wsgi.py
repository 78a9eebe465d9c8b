"""The application as web servers ask for it."""

import os
import threading
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arbiter.config.settings")
application = get_wsgi_application()


def application_with_worker() -> Any:
    """Return the application after starting the job worker in a thread of this process."""
    from arbiter.foundation.jobs import worker

    threading.Thread(
        target=worker.run, args=(threading.Event(),), name="worker", daemon=True
    ).start()
    return application
