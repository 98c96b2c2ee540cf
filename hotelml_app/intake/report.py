"""What an import did, as a value."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from hotelml_app.intake.doctor.findings import Finding


@dataclass(frozen=True, slots=True)
class PropertyShare:
    """One property's part of an import."""

    name: str
    property_id: int
    business_date: date
    accepted: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file held and what became of it: ``accepted + rejected + ignored == rows_read``.

    ``status`` is done; a file that failed raises instead. ``accepted`` is created + changed + unchanged + older.
    """

    import_id: int
    file_name: str
    sha256: str
    profile: str
    status: str
    kind: str
    business_date: date | None
    business_date_from: str
    rows_read: int
    accepted: int
    created: int
    changed: int
    unchanged: int
    older: int
    rejected: int
    ignored: int
    properties: tuple[PropertyShare, ...]
    notes: tuple[str, ...]
    message: str
    seconds: float
    findings: tuple[Finding, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """Return the report as JSON-ready fields."""
        fields = asdict(self)
        fields["business_date"] = self.business_date.isoformat() if self.business_date else None
        fields["properties"] = [{**share, "business_date": share["business_date"].isoformat()} for share in fields["properties"]]
        return fields
