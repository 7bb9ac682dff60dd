"""What the search finds a customer by: one rule for every writer, rows and COPY alike."""

from __future__ import annotations

from core_crm.common.search import bigrams, initials

LAST_DIGITS = 4


def terms_of(name: str, address: str = "", phone: str = "") -> list[str]:
    """Pairs of signs of the name and the address, the name's initials, and `#4211` of the phone.

    Each once, in the order of their first place; at most some sixty for an ordinary person.
    """
    found = [*bigrams(name), *bigrams(initials(name)), *bigrams(address)]
    if len(phone) >= LAST_DIGITS:
        found.append(f"#{phone[-LAST_DIGITS:]}")
    return list(dict.fromkeys(found))
