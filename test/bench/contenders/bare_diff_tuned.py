"""The same, made fast: csv.reader, and of each person only the compared columns, as a tuple. Compares bytes, folds nothing."""
import csv
import sys
from operator import itemgetter

COMPARED = ["givenName", "familyName", "email", "department", "title", "manager"]

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = csv.reader(file)
    header = next(rows)
    key, columns = header.index("id"), itemgetter(*map(header.index, COMPARED))
    people = {row[key]: columns(row) for row in rows}
orphaned = stale = matched = 0
with open(sys.argv[2], newline="", encoding="utf-8") as file:
    rows = csv.reader(file)
    header = next(rows)
    key, columns = header.index("externalId"), itemgetter(*map(header.index, COMPARED))
    for row in rows:
        person = people.pop(row[key], None)
        if person is None:
            orphaned += 1
        else:
            matched += 1
            stale += person != columns(row)
print(orphaned, stale, len(people))
