"""The buffered collector of training data points."""

from hotelml_app.collector.collector import DataCollector
from hotelml_app.collector.errors import CollectorError

__all__ = ["CollectorError", "DataCollector"]
