"""The script that an administrator writes: csv and a dict. Prints orphaned, stale, missing."""
import csv
import sys

COMPARED = ["givenName", "familyName", "email", "department", "title", "manager"]

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    people = {person["id"]: person for person in csv.DictReader(file)}
orphaned = stale = 0
seen = set()
with open(sys.argv[2], newline="", encoding="utf-8") as file:
    for account in csv.DictReader(file):
        person = people.get(account["externalId"])
        if person is None:
            orphaned += 1
        else:
            seen.add(account["externalId"])
            stale += any(account[name].strip().casefold() != person[name].strip().casefold() for name in COMPARED)
print(orphaned, stale, len(people) - len(seen))
