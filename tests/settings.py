"""The settings of the suite: the product's own, with fast hashing, plain static files and a throw-away folder."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="arbiter-tests-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")

from arbiter.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# WhiteNoise warns of a folder that is not there, and in tests a warning is an error.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
