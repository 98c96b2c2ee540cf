"""The dialog in which a person answers what HotelML cannot know about an export: what its columns are, what its dates mean."""
