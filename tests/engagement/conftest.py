from tests.foundation.conftest import machine, migrated

__all__ = ["machine", "migrated"]
