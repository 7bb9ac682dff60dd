"""Did you mean …?"""

from __future__ import annotations

from core_crm.common.similar import did_you_mean


def test_a_near_word_is_offered_and_a_far_one_is_not() -> None:
    assert did_you_mean("recieved", ["closed", "received"]) == " 혹시 ‘received’인가요?"
    assert did_you_mean("weather", ["closed", "received"]) == ""
