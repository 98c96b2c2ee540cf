"""The same synthetic hotel in the layouts of other systems, with the truth that a correct import must find.

Excel layouts need xlsxwriter (.xlsx) or xlwt (.xls), which are development packages and imported only when writing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.booking_com import write_booking_com, write_booking_reviews
from hotelml_app.simulator.layouts.cloudbeds import write_cloudbeds
from hotelml_app.simulator.layouts.google_reviews import write_google_reviews
from hotelml_app.simulator.layouts.hotelsoft import write_hotelsoft
from hotelml_app.simulator.layouts.mews import write_mews, write_mews_json
from hotelml_app.simulator.layouts.opera_cloud import write_opera_cloud
from hotelml_app.simulator.layouts.opera_giratecheck import write_giratecheck
from hotelml_app.simulator.layouts.opera_res_detail import write_opera_email, write_res_detail
from hotelml_app.simulator.layouts.opera_statistics import write_history_forecast, write_tsa04
from hotelml_app.simulator.layouts.portals import write_airbnb, write_expedia
from hotelml_app.simulator.layouts.protel import write_protel
from hotelml_app.simulator.layouts.records import Record, Written, records_at

Write = Callable[[SyntheticHotel, date, Path], Written]


@dataclass(frozen=True)
class Layout:
    """A layout by name, the ending its files have, and the function that writes one."""

    name: str
    suffix: str
    write: Write


LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout("opera_cloud", ".csv", write_opera_cloud),
        Layout("opera_giratecheck", ".xml", write_giratecheck),
        Layout("opera_res_detail", ".xml", write_res_detail),
        Layout("opera_email", ".csv", write_opera_email),
        Layout("opera_history_forecast", ".xml", write_history_forecast),
        Layout("opera_tsa04", ".csv", write_tsa04),
        Layout("mews", ".xlsx", write_mews),
        Layout("mews_json", ".json", write_mews_json),
        Layout("cloudbeds", ".csv", write_cloudbeds),
        Layout("protel", ".csv", write_protel),
        Layout("hotelsoft", ".csv", write_hotelsoft),
        Layout("booking_com", ".xls", write_booking_com),
        Layout("booking_com_es", ".xls", partial(write_booking_com, language="es")),
        Layout("booking_com_de", ".xls", partial(write_booking_com, language="de")),
        Layout("expedia", ".csv", write_expedia),
        Layout("airbnb", ".csv", write_airbnb),
        Layout("booking_com_reviews", ".csv", write_booking_reviews),
        Layout("google_reviews", ".json", write_google_reviews),
    )
}
"""Every layout that can be written."""

__all__ = ["LAYOUTS", "Layout", "Record", "Write", "Written", "records_at"]
