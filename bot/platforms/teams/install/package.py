"""The app package: a zip with the manifest and the icons, the same bytes each time."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from bot.platforms.teams.install import icons

THE_FIRST = (1980, 1, 1, 0, 0, 0)
"""The oldest date that a zip can say: when the package was made is no news."""
MODE = 0o100644
UNIX = 3


def packed(manifest: Mapping[str, Any]) -> bytes:
    """Pack what the Teams administrator uploads. Stored, not deflated: deflating varies between machines."""
    described = json.dumps(manifest, ensure_ascii=False, indent=2)
    files = {
        "manifest.json": f"{described}\n".encode(),
        "color.png": icons.colour(),
        "outline.png": icons.outline(),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, THE_FIRST)
            entry.create_system = UNIX
            entry.external_attr = MODE << 16
            archive.writestr(entry, content)
    return made.getvalue()
