"""A write leaves the old file or the new one, and says in one line why it could not be done."""

import errno
import os
import stat
from pathlib import Path

import pytest

from amur import atomic
from amur.errors import AmurError


def test_writes_text_and_makes_folders(tmp_path):
    path = tmp_path / "new" / "deeper" / "a.txt"
    assert atomic.write_text(path, "Амур 黑龙江\n") == path
    assert path.read_bytes() == "Амур 黑龙江\n".encode()
    assert [p.name for p in path.parent.iterdir()] == ["a.txt"]


def test_replaces_and_keeps_the_usual_mode(tmp_path):
    path = tmp_path / "a.bin"
    atomic.write_bytes(path, b"old")
    atomic.write_bytes(path, b"new" * 1_000_000)
    assert path.read_bytes() == b"new" * 1_000_000
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    atomic.write_text(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_device_is_written_directly():
    atomic.write_text(Path(os.devnull), "gone")
    assert not Path(os.devnull).is_file()


def test_a_folder_in_the_place(tmp_path):
    with pytest.raises(AmurError, match="it is a folder"):
        atomic.write_text(tmp_path, "x")


def test_a_file_where_a_folder_should_be(tmp_path):
    (tmp_path / "file").write_text("kept")
    with pytest.raises(AmurError, match="part of the path is a file"):
        atomic.write_text(tmp_path / "file" / "a.txt", "x")
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.parametrize(
    ("function", "number", "words"),
    [
        ("write", errno.ENOSPC, "the disk is full"),
        ("fsync", errno.ENOSPC, "the disk is full"),
        ("fsync", errno.EDQUOT, "the disk is full"),
        ("open", errno.EACCES, "you may not write there"),
        ("open", errno.EROFS, "you may not write there"),
        ("replace", errno.EPERM, "you may not write there"),
        ("fsync", errno.EIO, "cannot be written"),
    ],
)
def test_a_refusal_keeps_the_old_file(tmp_path, monkeypatch, function, number, words):
    path = tmp_path / "a.txt"
    atomic.write_text(path, "old")

    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, function, refuse)
        with pytest.raises(AmurError, match=words) as caught:
            atomic.write_text(path, "new")
    assert str(path) in str(caught.value)
    assert "nothing was changed" in str(caught.value)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_an_interruption_leaves_no_litter(tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", stop)
        with pytest.raises(KeyboardInterrupt):
            atomic.write_text(tmp_path / "a.txt", "new")
    assert list(tmp_path.iterdir()) == []
