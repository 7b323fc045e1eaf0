"""Time zones as people name them: the whole of an answer, or a mention inside a longer sentence."""

from dialogs.reading.zones.answers import read_zone
from dialogs.reading.zones.mentions import find_zones
from dialogs.reading.zones.types import ZoneMention, ZoneOutcome, ZoneReading

__all__ = ["ZoneMention", "ZoneOutcome", "ZoneReading", "find_zones", "read_zone"]
