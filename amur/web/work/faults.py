"""What goes wrong with work, told so that the one who asked can do something about it."""

from __future__ import annotations

import traceback

from amur.errors import AmurError


def told(error: BaseException) -> AmurError:
    """What a fault means for the one who asked. What is not theirs to mend is printed in full for the one who serves."""
    if isinstance(error, AmurError):
        return error
    if isinstance(error, MemoryError):
        return AmurError("it took more memory than one question may have", mend="Ask for less.")
    if isinstance(error, RecursionError):
        return AmurError("what was given is nested too deeply", mend="Make it flatter.")
    traceback.print_exception(error)
    if isinstance(error, ModuleNotFoundError) and error.name:
        mend = "Whoever runs this server can install it: pip install 'amur[all]'"
        return AmurError(f"this needs {error.name.partition('.')[0]}, which is not installed", mend=mend)
    return AmurError(
        f"something went wrong inside amur ({type(error).__name__})",
        mend="The server printed what; please report it.",
    )


def too_large(most: int) -> AmurError:
    """A result has more than so many bytes."""
    return AmurError(f"the answer takes more than {most >> 20} MB", mend="Ask for less.")


def too_long(seconds: float) -> AmurError:
    """A task took longer than its kind may."""
    return AmurError(f"it took longer than {seconds:g} seconds and was stopped", mend="Ask for less.")


def crashed() -> AmurError:
    """The process of a task died, and died again."""
    return AmurError(
        "the process that worked on it ended twice before it was done",
        mend="Ask again later, or for less: the machine may lack memory.",
    )


def no_start() -> AmurError:
    """No process of a lane gets ready."""
    return AmurError(
        "the process that would work on it does not start",
        mend="Whoever runs this server finds the reason in what it printed.",
    )
