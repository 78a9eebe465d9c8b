"""The settings of the suite: the product's own, with fast hashing, plain static files and a throw-away folder."""

import os
import tempfile
from pathlib import Path

PREFIX = "arbiter-tests-"
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix=PREFIX))
folder, worker = Path(os.environ["DATA_DIR"]), os.environ.get("PYTEST_XDIST_WORKER")
if worker and folder.name.startswith(PREFIX):
    # Tests of two processes number what they store alike, and files of an import are found by its number.
    folder /= worker
    folder.mkdir(exist_ok=True)
    os.environ["DATA_DIR"] = str(folder)
os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")

from arbiter.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# WhiteNoise warns of a folder that is not there, and in tests a warning is an error.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
