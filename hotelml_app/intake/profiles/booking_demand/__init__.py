"""The layout of the public hotel booking demand data (Antonio, Almeida, Nunes, Data in Brief 22, 2019), with booking numbers."""

from hotelml_app.intake.profile import ExportProfile, Sum

PROFILE = ExportProfile(
    name="booking_demand",
    title="Hotel booking demand CSV",
    signature=("arrival_date_year", "arrival_date_month", "arrival_date_day_of_month", "reservation_status"),
    columns={
        "property": "hotel",
        "reservation_id": "booking_id",
        "booked_on": "booking_date",
        "lead_days": "lead_time",
        "arrival_year": "arrival_date_year",
        "arrival_month": "arrival_date_month",
        "arrival_day": "arrival_date_day_of_month",
        "nights": Sum(("stays_in_weekend_nights", "stays_in_week_nights")),
        "status": "reservation_status",
        "status_on": "reservation_status_date",
        "room_type": "reserved_room_type",
        "assigned_room_type": "assigned_room_type",
        "channel": "distribution_channel",
        "segment": "market_segment",
        "customer_type": "customer_type",
        "deposit_type": "deposit_type",
        "agent": "agent",
        "company": "company",
        "country": "country",
        "meal": "meal",
        "adr": "adr",
        "adults": "adults",
        "children": Sum(("children", "babies")),
        "special_requests": "total_of_special_requests",
        "previous_cancellations": "previous_cancellations",
        "previous_stays": "previous_bookings_not_canceled",
        "repeated_guest": "is_repeated_guest",
        "waiting_list_days": "days_in_waiting_list",
        "parking": "required_car_parking_spaces",
        "changes": "booking_changes",
    },
    blanks=frozenset({"na", "undefined"}),
    # China stands in the data both as alpha-2 and as alpha-3.
    spellings={"country": {"cn": "CHN"}},
)
