"""What Windows tells of the two programs: the Task Manager, the firewall and the properties of a file name them by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from release import release

if TYPE_CHECKING:
    from PyInstaller.utils.win32.versioninfo import VSVersionInfo

US_ENGLISH, UNICODE = 0x409, 1200


def version_resource() -> VSVersionInfo:
    """Return the resource as PyInstaller puts it into a program. On Windows alone."""
    from PyInstaller.utils.win32 import versioninfo

    numbers = (*map(int, release().split(".")), 0, 0, 0)[:4]
    words = {
        "CompanyName": "The HotelML authors",
        "FileDescription": "HotelML",
        "FileVersion": release(),
        "ProductName": "HotelML",
        "ProductVersion": release(),
    }
    table = versioninfo.StringTable(f"{US_ENGLISH:04X}{UNICODE:04X}", [versioninfo.StringStruct(*pair) for pair in words.items()])
    told = [
        versioninfo.StringFileInfo([table]),
        versioninfo.VarFileInfo([versioninfo.VarStruct("Translation", [US_ENGLISH, UNICODE])]),
    ]
    return versioninfo.VSVersionInfo(versioninfo.FixedFileInfo(numbers, numbers), told)
