"""Writing files so that a reader sees the old content or the new, never half of it.

The new content goes to a temporary file in the same folder, is forced to the disk and then renamed
over the old one. Whatever stops a write (a full disk, a read-only folder, a kill) leaves the old file.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from amur.errors import AmurError

TEMPORARY = ".amur-tmp"
"""How the name of a temporary file ends; one left behind by a kill may be deleted at any time."""

_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_NOT_A_FOLDER = {errno.ENOTDIR, errno.EEXIST}


def write_text(path: str | Path, text: str) -> Path:
    """Write a UTF-8 text file, all or nothing, making missing folders; the path. AmurError if it cannot be."""
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | Path, data: bytes) -> Path:
    """Write a file, all or nothing, making missing folders; the path. AmurError if it cannot be."""
    path = Path(path)
    try:
        if path.is_dir():
            raise AmurError("cannot be written: it is a folder", file=path, mend="Name a file in it.")
        if path.exists() and not path.is_file():
            # A pipe or a device such as /dev/stdout holds no old content to keep.
            path.write_bytes(data)
            return path
        # A link stays a link: what it points to is replaced.
        target = path.resolve()
        make_folder(target.parent)
        _replace(target, data)
    except OSError as error:
        raise cannot_write(path, error) from None
    except ValueError as error:
        # A name with a character that no file can have.
        raise AmurError(f"cannot be written: {error}", file=path, mend="Choose another name.") from None
    return path


def check_place(path: str | Path) -> None:
    """Refuse a file that could not be written for the folder it would be in, before it costs anything. AmurError."""
    folder = Path(path).absolute().parent
    try:
        while not folder.exists():
            folder = folder.parent
        if not folder.is_dir():
            raise cannot_write(path, NotADirectoryError(errno.ENOTDIR, ""))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise cannot_write(path, PermissionError(errno.EACCES, ""))
    except OSError as error:
        raise cannot_write(path, error) from None


def make_folder(path: str | Path) -> Path:
    """Make a folder and those above it, if they are missing; the path. AmurError if it cannot be."""
    path = Path(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None
    return path


def sync_folder(path: Path) -> None:
    """Force the names in a folder to the disk, where the system can (Windows cannot)."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def cannot_write(path: str | Path, error: OSError) -> AmurError:
    """What an operating system's refusal to write means for the user, and the mend."""
    if error.errno in _FULL:
        return AmurError(
            "cannot be written: the disk is full",
            file=path,
            mend="Free some space and run the command again; nothing was changed.",
        )
    if error.errno in _READ_ONLY:
        return AmurError(
            "cannot be written: you may not write there",
            file=path,
            mend="Choose another place, or make the folder writable; nothing was changed.",
        )
    if error.errno in _NOT_A_FOLDER:
        return AmurError(
            "cannot be written: part of the path is a file, not a folder",
            file=path,
            mend="Choose another place; nothing was changed.",
        )
    return AmurError(
        f"cannot be written: {error.strerror or error}",
        file=path,
        mend="Choose another place; nothing was changed.",
    )


def _replace(target: Path, data: bytes) -> None:
    aside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}{TEMPORARY}")
    # os.open and not tempfile: a temporary file would keep its private mode after the renaming.
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        aside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise
    sync_folder(target.parent)
