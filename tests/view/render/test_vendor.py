"""Vendored files are what the one script writes: known by their digests, with no network."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scripts import vendor


def test_every_vendored_file_is_the_pinned_one():
    assert [problem for package in vendor.PACKAGES for problem in vendor.amiss(package)] == []
    assert list(vendor.strays()) == []


@pytest.mark.parametrize("package", vendor.PACKAGES, ids=lambda package: package.name)
def test_every_package_comes_with_its_licence_and_is_told_when_changed(package, tmp_path, monkeypatch):
    licence = next(name for name in package.files if name.startswith("LICENSE"))
    words = (package.folder / licence).read_text("utf-8").casefold()
    assert "permission" in words or "mozilla public license" in words
    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    copy = replace(package, where="copied")
    copy.folder.mkdir(parents=True)
    copy.folder.joinpath(licence).write_text(words + " or so", "utf-8")
    assert len(list(vendor.amiss(copy))) == len(package.files)
