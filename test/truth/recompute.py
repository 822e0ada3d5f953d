"""Computes figures of the reports anew from exported events alone, and compares them with what the server answered.

    python3 recompute.py EVENTS.jsonl ANSWERS.json

EVENTS.jsonl is what `ops export` writes, ANSWERS.json an object of report addresses and what the server answered, with the
position and the instant that they are as of. Nothing here is the product's code: the rules are written down again, from the documents. Exits with 1
and the first differences when a figure is not what the events say.
"""

import json
import sys
from collections import defaultdict
from datetime import datetime, timedelta

CHINA = timedelta(hours=8)
ENDS = {
    "ApplicationApproved": "granted",
    "ApplicationRefused": "refused",
    "ApplicationWithdrawn": "withdrawn",
    "AcceptanceRefused": "not-accepted",
    "ApplicationClosed": None,
}
SIGNALS = {"ListedMaterialSignalled", "HolderIdle", "BackEntriesClustered"}
ACTS = {
    "ApplicationReturned": "returns",
    "ApplicationSentBack": "sendBacks",
    "SupplementRequested": "supplements",
    "ApplicationTransferred": "transfers",
    "BackEntryRecorded": "backEntries",
}


def instant(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")


def day(text):
    return (instant(text) + CHINA).strftime("%Y-%m-%d")


def seconds(begin, end):
    return round((instant(end) - instant(begin)).total_seconds())


def minute(text):
    return int((instant(text) - datetime(1970, 1, 1)).total_seconds() // 60)


def quantile(values, share):
    """As spreadsheets compute it: in proportion between two neighbours."""
    values = sorted(values)
    place = share * (len(values) - 1)
    low, high = values[int(place)], values[min(int(place) + 1, len(values) - 1)]
    return low + (high - low) * (place - int(place))


class Case:
    def __init__(self, event):
        data = event["data"]
        self.project, self.region, self.department = data["project"], data["region"], data["department"]
        self.holder = data["custody"]["holder"]
        self.due = data.get("due")
        self.open, self.outcome, self.late, self.stretches = True, None, None, []
        self.since = event["metadata"]["occurredAt"] if self.holder else None

    def desk(self):
        """On whose desk it lies: the holder's, and the deciding department's while an applicant or nobody holds it."""
        holder = self.holder
        if holder and holder["department"]:
            return holder["department"], holder["post"], holder["person"]
        return self.department, None, None


def stretch(event):
    """The time that an event ends, in whose hands it was; after the end of a case it belongs to nobody."""
    custody = event["data"].get("custody")
    if not custody or not custody["ended"]:
        return None
    if event["data"].get("afterEnd") and custody["holder"] is None:
        return None
    return custody["ended"]


def fold(events):
    cases, projects = {}, {}
    workload = defaultdict(lambda: defaultdict(int))
    times = defaultdict(list)
    timeline = defaultdict(list)
    signals = {e["type"] for e in events if e["stream"].startswith("application-") and "evidence" in e["data"] and "article" in e["data"]}
    for event in events:
        kind, data, metadata = event["type"], event["data"], event["metadata"]
        if kind == "ProjectRegistered":
            projects[data["project"]] = {
                "region": data["region"],
                "at": metadata["occurredAt"],
                "applicant": data["applicant"],
                "applications": [one["application"] for one in data["applications"]],
                "key": False,
            }
        if kind == "KeyProjectDesignated":
            projects[data["project"]]["key"] = True
        if kind in ("ApplicantNamed", "ApplicantCorrected"):
            projects[data["project"]]["applicant"] = data["applicant"]
        if "project" in data and event["stream"].split("-", 1)[0] in ("project", "application"):
            timeline[data["project"]].append((metadata["occurredAt"], int(event["position"]), kind))
        if not event["stream"].startswith("application-"):
            continue
        name = data["application"]
        if kind == "ApplicationSubmitted" and "previousRound" in data:
            projects[data["project"]]["applications"].append(data["application"])
        if kind == "ApplicationSubmitted":
            cases[name] = Case(event)
        case = cases[name]
        if kind in signals:
            continue
        actor = metadata["actor"]
        if actor["department"]:
            workload[actor["department"]]["events"] += 1
            if kind in ACTS:
                workload[actor["department"]][ACTS[kind]] += 1
        if kind == "ApplicationEscalated" and case.desk()[0]:
            workload[case.desk()[0]]["escalations"] += 1
        ended = stretch(event)
        if ended:
            case.stretches.append(ended)
            if ended["by"]["department"]:
                times[ended["by"]["department"]].append(max(0, seconds(ended["from"], ended["to"])))
        if kind in ENDS and case.open:
            desk, clock = case.desk()[0], data.get("clock")
            case.open = False
            case.outcome = ENDS[kind] or data.get("outcome")
            case.late = clock["latePromised"] if clock else None
            if desk:
                workload[desk]["done"] += 1
                if case.late is not None:
                    workload[desk]["late" if case.late else "onTime"] += 1
        if kind == "ApplicationTransferred" and case.department is not None:
            case.department = data["to"]["department"]
        if data.get("due") and kind != "ApplicationWarned":
            case.due = data["due"]
        if "custody" in data:
            case.holder = data["custody"]["holder"]
            if case.holder is None:
                case.since = None
            elif data["custody"]["ended"]:
                case.since = data["custody"]["ended"]["to"]
    return cases, projects, workload, times, timeline


def rate(on_time, late):
    return None if on_time + late == 0 else on_time / (on_time + late)


def overview(cases, projects, now):
    done = [p for p in projects.values() if all(a in cases and not cases[a].open for a in p["applications"])]
    outcome = lambda p: [cases[a].late for a in p["applications"]]
    with_term = [p for p in done if any(late is not None for late in outcome(p))]
    late = [p for p in done if any(outcome(p))]
    ended = [c for c in cases.values() if not c.open]
    return {
        "projects": len(projects),
        "completed": len(done),
        "completedLate": len(late),
        "open": len(projects) - len(done),
        "onTimeOf": len(with_term),
        "onTimeRate": rate(len(with_term) - len(late), len(late)),
        "keyProjects": sum(p["key"] for p in projects.values()),
        "applications.opened": sum(len(p["applications"]) for p in projects.values()),
        "applications.submitted": len(cases),
        "applications.running": len(cases) - len(ended),
        "applications.ended": len(ended),
        "applications.granted": sum(c.outcome == "granted" for c in ended),
        "applications.refused": sum(c.outcome == "refused" for c in ended),
        "applications.late": sum(c.late is True for c in ended),
    }


def overdue(case, today):
    end = case.due and (case.due["promised"] or case.due["statutory"])
    if not case.open or not end:
        return False
    # A term ends with its last day: an instant at the very end of a day belongs to that day.
    last = (instant(end) + CHINA - timedelta(milliseconds=1)).strftime("%Y-%m-%d")
    return last < today


def stock(cases, now):
    found = defaultdict(lambda: {"open": 0, "overdue": 0})
    for case in cases.values():
        desk = case.desk()[0]
        if case.open and desk:
            found[desk]["open"] += 1
            found[desk]["overdue"] += overdue(case, day(now))
    return found


RANK = {"department": 0, "inter-department": 0, "excluded-procedure": 1, "applicant": 2}


def partition(project, cases, now):
    """Minutes of a project by holder: each instant is one holder's, the government before all others, the longest first."""
    own = [(name, cases[name]) for name in project["applications"] if name in cases]
    running = any(c.holder for _, c in own) or any(n not in cases or cases[n].open for n in project["applications"])
    last = max([project["at"]] + [s["to"] for _, c in own for s in c.stretches])
    end = max(now, last) if running else last
    runs = []
    for name, case in own:
        pieces = [(s["by"], s["from"], s["to"]) for s in case.stretches]
        if case.holder and case.since < end:
            pieces.append((case.holder, case.since, end))
        latest = {}
        for by, begin, to in sorted(pieces, key=lambda p: (p[1], p[2])):
            if to <= begin:
                continue
            key = json.dumps([by["party"], by["department"], by["post"], by["person"]])
            run = latest.get(key)
            if run and run[3] >= begin:
                run[3] = max(run[3], to)
            else:
                latest[key] = [name, by, begin, to, key]
                runs.append(latest[key])
    cuts = sorted({c for r in runs for c in (r[2], r[3]) if project["at"] < c < end} | {end})
    minutes, begin = defaultdict(int), project["at"]
    nobody = json.dumps(["applicant", None, None, project["applicant"]])
    for cut in cuts:
        here = [r for r in runs if r[2] <= begin and r[3] > begin]
        key = min(here, key=lambda r: (RANK[r[1]["party"]], r[2], r[0], r[4]))[4] if here else nobody
        minutes[key] += minute(cut) - minute(begin)
        begin = cut
    return minute(end) - minute(project["at"]), {k: m for k, m in minutes.items() if m}


class Comparison:
    def __init__(self):
        self.count, self.differences = 0, []

    def same(self, what, told, true):
        self.count += 1
        close = isinstance(told, float) and isinstance(true, float) and abs(told - true) < 1e-9
        if told != true and not close:
            self.differences.append(f"{what}: the server says {told}, the events {true}")

    def near(self, what, told, true, bound):
        self.count += 1
        if told is None or abs(told - true) > bound:
            self.differences.append(f"{what}: the server says {told}, the events {true} (within {bound:.2f})")


def compare(events, answers):
    now = answers["now"]
    cases, projects, workload, times, timeline = fold(events)
    found = Comparison()
    told = answers["/reports/overview"]
    for name, true in overview(cases, projects, now).items():
        value = told
        for part in name.split("."):
            value = value[part]
        found.same(f"overview {name}", value, true)
    open_of = stock(cases, now)
    found.same("overview lamps.red", told["lamps"]["red"], sum(overdue(c, day(now)) for c in cases.values()))
    items = {item["department"]: item for item in answers["/reports/workload"]["items"]}
    names = {n for n in set(workload) | set(times) | set(open_of)}
    found.same("workload departments", sorted(items, key=str), sorted(names, key=str))
    for name in sorted(names & set(items), key=str):
        item, true, spent = items[name], workload[name], times[name]
        for figure in ("events", "done", "onTime", "late", *ACTS.values(), "escalations"):
            found.same(f"workload {name} {figure}", item[figure], true[figure])
        found.same(f"workload {name} onTimeOf", item["onTimeOf"], true["onTime"] + true["late"])
        found.same(f"workload {name} onTimeRate", item["onTimeRate"], rate(true["onTime"], true["late"]))
        for figure in ("open", "overdue"):
            found.same(f"workload {name} {figure}", item[figure], open_of[name][figure])
        found.same(f"workload {name} handled", item["handled"], len(spent))
        if spent:
            found.near(f"workload {name} meanMinutes", item["meanMinutes"], sum(spent) / len(spent) / 60, 0.051)
            for figure, share in (("medianMinutes", 0.5), ("p90Minutes", 0.9)):
                true_minutes = quantile(spent, share) / 60
                found.near(f"workload {name} {figure}", item[figure], true_minutes, max(1, true_minutes / 100) + 0.051)
    for address, answer in answers.items():
        if address.startswith("/reports/accountability?project="):
            name = address.split("=", 1)[1]
            total, minutes = partition(projects[name], cases, answer["to"] if answer["items"] and answer["items"][-1]["open"] else now)
            found.same(f"accountability {name} totalMinutes", answer["totalMinutes"], total)
            key = lambda h: json.dumps([h["party"], h["department"], h["post"], h["person"]])
            told_minutes = {key(h): h["minutes"] for h in answer["holders"] if h["minutes"]}
            found.same(f"accountability {name} holders", told_minutes, minutes)
        if address.endswith("/timeline?limit=1000"):
            name = address.split("/")[2]
            true = [kind for _, _, kind in sorted(timeline[name])]
            found.same(f"timeline {name}", [item["type"] for item in answer["items"]], true)
    return found


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines]
    with open(sys.argv[2], encoding="utf-8") as text:
        answers = json.load(text)
    events = [event for event in events if int(event["position"]) <= int(answers["position"])]
    found = compare(events, answers)
    print(f"{found.count} figures compared over {len(events)} events, {len(found.differences)} differ")
    for difference in found.differences[:20]:
        print(f"  {difference}")
    sys.exit(1 if found.differences else 0)


main()
