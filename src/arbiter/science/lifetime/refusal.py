"""What is said instead of a number when the data cannot bear one."""


class TooThin(Exception):
    """The data do not tell enough. The message is a sentence fit to show."""

    @property
    def reason(self) -> str:
        return str(self)


class NotEnoughChurn(TooThin):
    """Too few were lost to say how long those who stayed will stay: not endless, unknown."""


class NotEnoughOrders(TooThin):
    """Too few ordered again to tell having left from ordering rarely."""
