"""Market segments as hotels know them; a preset takes them with its own shares, leads and lengths of stay."""

from __future__ import annotations

from dataclasses import replace

from hotelml_app.simulator.plan import LeadTime, RateCode, Segment, Weights

COUPLES: Weights = {"2+0": 0.62, "1+0": 0.2, "2+1": 0.07, "2+2": 0.07, "3+0": 0.04}
ALONE: Weights = {"1+0": 0.82, "2+0": 0.18}
FAMILIES: Weights = {"2+0": 0.48, "2+1": 0.18, "2+2": 0.2, "1+0": 0.06, "3+0": 0.05, "2+3": 0.03}

ONLINE = Segment(
    name="Online TA",
    share=0.45,
    lead=LeadTime(38, 1.25, same_day=0.05),
    nights=(0.34, 0.3, 0.17, 0.09, 0.04, 0.02, 0.03, 0.01),
    elasticity=1.6,
    rates=(
        RateCode("OTA-FLEX", 0.58),
        RateCode("OTA-NR", 0.27, factor=0.9, deposit="Non Refund"),
        RateCode("OTA-MOB", 0.15, factor=0.93, meal="RO"),
    ),
    channels={"Booking.com": 0.62, "Expedia": 0.26, "Agoda": 0.12},
    party=COUPLES,
    agents={"9": 0.62, "7": 0.26, "240": 0.12},
    cancel=0.58,
    no_show=0.022,
    repeated=0.03,
    canceller=0.06,
    review=0.09,
)

DIRECT = Segment(
    name="Direct",
    share=0.18,
    lead=LeadTime(18, 1.5, same_day=0.12),
    nights=(0.36, 0.3, 0.16, 0.08, 0.04, 0.02, 0.03, 0.01),
    elasticity=1.15,
    rates=(RateCode("BAR", 0.7), RateCode("BAR-RO", 0.15, factor=0.92, meal="RO"), RateCode("MEMBER", 0.15, factor=0.92)),
    channels={"Website": 0.6, "Phone": 0.28, "E-mail": 0.12},
    party=COUPLES,
    business=0.35,
    cancel=0.26,
    no_show=0.02,
    upscale=1.25,
    repeated=0.16,
    requests_mean=0.8,
    review=0.05,
)

CORPORATE = Segment(
    name="Corporate",
    share=0.2,
    lead=LeadTime(8, 1.1, same_day=0.08),
    nights=(0.5, 0.29, 0.13, 0.06, 0.02),
    elasticity=0.0,
    contract=True,
    rate_factor=0.84,
    rates=(RateCode("COR", 0.75), RateCode("COR-FLEX", 0.25, factor=1.06)),
    channels={"GDS": 0.55, "E-mail": 0.3, "Phone": 0.15},
    party=ALONE,
    customer_type="Contract",
    business=1.0,
    cancel=0.34,
    no_show=0.03,
    repeated=0.3,
    requests_mean=0.25,
    companies={"C101": 0.3, "C117": 0.2, "C140": 0.18, "C158": 0.12, "C163": 0.1, "C190": 0.1},
    review=0.02,
)

GROUP = Segment(
    name="Groups",
    share=0.08,
    lead=LeadTime(110, 0.7),
    nights=(0.34, 0.42, 0.17, 0.07),
    elasticity=0.9,
    rate_factor=0.78,
    rates=(RateCode("GRP", 0.8, deposit="Refundable"), RateCode("GRP-HB", 0.2, factor=1.15, deposit="Refundable", meal="HB")),
    channels={"E-mail": 0.8, "Phone": 0.2},
    party={"2+0": 0.72, "1+0": 0.28},
    customer_type="Group",
    business=0.3,
    cancel=0.52,
    no_show=0.006,
    repeated=0.02,
    requests_mean=0.1,
    group_sizes={"4": 0.3, "6": 0.3, "9": 0.25, "14": 0.15},
    companies={"G201": 0.3, "G214": 0.3, "G230": 0.2, "G251": 0.2},
    review=0.01,
)

TOUR_OPERATOR = Segment(
    name="Offline TA/TO",
    share=0.09,
    lead=LeadTime(95, 0.8),
    nights=(0.2, 0.26, 0.2, 0.12, 0.06, 0.04, 0.09, 0.03),
    elasticity=0.0,
    contract=True,
    rate_factor=0.72,
    rates=(RateCode("TO-FIT", 0.7), RateCode("TO-HB", 0.3, factor=1.16, meal="HB")),
    channels={"Tour Operator": 0.85, "E-mail": 0.15},
    party=COUPLES,
    customer_type="Transient-Party",
    cancel=0.37,
    no_show=0.01,
    repeated=0.02,
    agents={"14": 0.4, "26": 0.35, "134": 0.25},
    review=0.02,
)

WALK_IN = Segment(
    name="Walk-in",
    share=0.02,
    lead=LeadTime(0.01, 0.01, same_day=1.0),
    nights=(0.8, 0.15, 0.05),
    elasticity=0.8,
    rates=(RateCode("RACK", 0.8), RateCode("RACK-RO", 0.2, factor=0.93, meal="RO")),
    channels={"Walk-in": 1.0},
    party=COUPLES,
    business=0.5,
    cancel=0.0,
    no_show=0.0,
    repeated=0.04,
    requests_mean=0.1,
    changes=0.0,
    review=0.02,
)


def with_share(segment: Segment, share: float, **changes: object) -> Segment:
    """Return the segment with another share and whatever else the preset changes."""
    return replace(segment, share=share, **changes)  # type: ignore[arg-type]
