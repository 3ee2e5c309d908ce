"""What each quota gives over all the panels of a table, and nothing of one panel."""


def compliance_of(people, rows, rules: dict) -> list[dict]:
    """Of each quota, simple or crossed, the fewest and the most found in one row, and in how many rows it is met.

    No count of one row is kept: a thousand of them, row by row, would give back the profile of each ticket.
    """
    asked = [(one["minimum"], one["maximum"], [[one["feature"], one["value"]]]) for one in rules["quotas"]]
    asked += [(one["minimum"], one["maximum"], one["values"]) for one in rules["crossed"]]
    told = []
    for minimum, maximum, pairs in asked:
        who = {ticket for ticket, values, _home in people if all(values.get(name) == value for name, value in pairs)}
        counts = [len(who.intersection(row)) for row in rows]
        told.append(
            {
                "values": [list(pair) for pair in pairs],
                "minimum": minimum,
                "maximum": maximum,
                "fewest": min(counts),
                "most": max(counts),
                "met": sum(minimum <= count <= maximum for count in counts),
            }
        )
    return told
