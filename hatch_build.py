"""Hatch's own place for what a build adds: the sha256 of every file of the wheel, for `kiosk/launch/integrity.py`."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LISTED = "kiosk/files.sha256"


class FileHashes(BuildHookInterface):  # type: ignore[misc]
    """Puts the list into the wheel, in the form that `sha256sum --check` reads. A checkout has none: it changes."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Hash what is about to be packed."""
        if version == "editable":
            return
        files = {each.distribution_path: each.path for each in self.build_config.builder.recurse_included_files()}
        lines = [f"{hashlib.sha256(Path(path).read_bytes()).hexdigest()}  {name}\n" for name, path in files.items()]
        self._list.parent.mkdir(parents=True, exist_ok=True)
        self._list.write_text("".join(sorted(lines, key=lambda line: line[66:])))
        build_data["force_include"][str(self._list)] = LISTED

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind: a list beside a checkout would soon be wrong."""
        self._list.unlink(missing_ok=True)

    @property
    def _list(self) -> Path:
        """Where the list is made."""
        return Path(self.directory, "files.sha256")
