"""Where the owner of an open home listens, and what it answers to a plain request."""

from __future__ import annotations

import http.client

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.loopback import HOST, Address, read_address


def address_of(appliance: Appliance) -> Address:
    address = read_address(appliance.parts.layout.api_file)
    assert address is not None
    return address


def get(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
