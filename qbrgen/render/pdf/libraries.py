"""Which command installs WeasyPrint's system libraries (Pango and what it needs) on this machine."""

from __future__ import annotations

import platform
from pathlib import Path

_DEBIAN = "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_FEDORA = "sudo dnf install -y pango harfbuzz"
_ARCH = "sudo pacman -S --needed pango harfbuzz"
_SUSE = "sudo zypper install -y libpango-1_0-0 libharfbuzz-subset0"
_ALPINE = "sudo apk add pango harfbuzz-subset fontconfig"
_MACOS = "brew install pango"
_WINDOWS = (
    "install MSYS2 (https://www.msys2.org), run in its shell: pacman -S mingw-w64-ucrt-x86_64-pango   then set "
    r"WEASYPRINT_DLL_DIRECTORIES=C:\msys64\ucrt64\bin"
)
_LINUX = (
    (("debian", "ubuntu"), _DEBIAN),
    (("fedora", "rhel", "centos"), _FEDORA),
    (("arch",), _ARCH),
    (("suse", "opensuse"), _SUSE),
    (("alpine",), _ALPINE),
)


def install_command(system: str | None = None, os_release: str | None = None) -> str:
    """The exact command for this system.

    system: "Linux", "Darwin" or "Windows" (default: this one). os_release: text of /etc/os-release (default: read).
    """
    system = system or platform.system()
    if system == "Darwin":
        return _MACOS
    if system == "Windows":
        return _WINDOWS
    if os_release is None:
        file = Path("/etc/os-release")
        os_release = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    fields = dict(line.split("=", 1) for line in os_release.lower().splitlines() if "=" in line)
    names = f"{fields.get('id', '')} {fields.get('id_like', '')}".replace('"', "")
    for families, command in _LINUX:
        if any(family in names for family in families):
            return command
    return f"{_DEBIAN}   (Debian, Ubuntu)   or   {_FEDORA}   (Fedora)"


def missing_library_message(cause: Exception) -> str:
    """What is missing, the command, and what works without it."""
    return (
        "PDFs need the Pango library, which cannot be loaded here.\n"
        f"Install it:  {install_command()}\n"
        "Decks and summaries work without it. "
        f"(The loader said: {str(cause).splitlines()[0] if str(cause) else type(cause).__name__})"
    )
