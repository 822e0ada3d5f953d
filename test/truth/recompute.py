"""Computes figures of the reports anew from exported events alone, and compares them with what the server answered.

    python3 recompute.py EVENTS.jsonl ANSWERS.json

EVENTS.jsonl is what `ops export` writes, ANSWERS.json an object of report addresses and what the server answered, with the
position and the instant that they are as of. Nothing here is the product's code: the rules are written down again, from the documents. Exits with 1
and the first differences when a figure is not what the events say.
"""

import json
import sys
from collections import defaultdict

import reports
from figures import Comparison
from states import ACTS, day, minute, overdue, quantile, rate, yellow
from world import World

def stock(cases, now):
    found = defaultdict(lambda: {"open": 0, "overdue": 0, "dueSoon": 0})
    for case in cases.values():
        desk = case.desk()[0]
        if case.open and desk:
            found[desk]["open"] += 1
            found[desk]["overdue"] += overdue(case, day(now))
            found[desk]["dueSoon"] += yellow(case, day(now))
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


def workload(found, world, told):
    """Counts are equal; times are within the bound that the documents give for long lists of them."""
    open_of = stock(world.cases, world.now)
    items = {item["department"]: item for item in told["items"]}
    names = set(world.workload) | set(world.times) | set(open_of)
    found.same("workload departments", sorted(items, key=str), sorted(names, key=str))
    for name in sorted(names & set(items), key=str):
        item, true, spent = items[name], world.workload[name], world.times[name]
        for figure in ("events", "done", "onTime", "late", *ACTS.values(), "escalations"):
            found.same(f"workload {name} {figure}", item[figure], true[figure])
        found.same(f"workload {name} onTimeOf", item["onTimeOf"], true["onTime"] + true["late"])
        found.same(f"workload {name} onTimeRate", item["onTimeRate"], rate(true["onTime"], true["late"]))
        for figure in ("open", "dueSoon", "overdue"):
            found.same(f"workload {name} {figure}", item[figure], open_of[name][figure])
        found.same(f"workload {name} handled", item["handled"], len(spent))
        if spent:
            found.near(f"workload {name} meanMinutes", item["meanMinutes"], sum(spent) / len(spent) / 60, 0.051)
            for figure, share in (("medianMinutes", 0.5), ("p90Minutes", 0.9)):
                true_minutes = quantile(spent, share) / 60
                found.near(f"workload {name} {figure}", item[figure], true_minutes, max(1, true_minutes / 100) + 0.051)


def accountability(found, world, address, answer):
    name = address.split("=", 1)[1]
    total, minutes = partition(
        world.projects[name], world.cases,
        answer["to"] if answer["items"] and answer["items"][-1]["open"] else world.now,
    )
    found.same(f"accountability {name} totalMinutes", answer["totalMinutes"], total)
    key = lambda h: json.dumps([h["party"], h["department"], h["post"], h["person"]])
    told_minutes = {key(h): h["minutes"] for h in answer["holders"] if h["minutes"]}
    found.same(f"accountability {name} holders", told_minutes, minutes)
    for holder in answer["holders"]:
        share = None if total == 0 else minutes.get(key(holder), 0) / total
        found.near(f"accountability {name} share", holder["share"] or 0, share or 0, 0.00051)
    in_parts = sum(item["minutes"] for item in answer["items"])
    found.near(f"accountability {name} items.minutes", in_parts, total, len(answer["items"]))


def signals(found, world, answer):
    true = sorted(
        [e["type"], e["data"]["application"], e["id"], sorted(e["data"]["evidence"])] for e in world.signals
    )
    told = sorted([i["signal"], i["application"], i["event"], sorted(i["evidence"])] for i in answer["items"])
    found.same("/reports/signals items", told, true)


# Reports whose figures are computed whole, with what an item of theirs is known by.
WHOLE = {
    "/reports/overview": (reports.overview, ()),
    "/reports/campaigns": (reports.campaigns, ("campaign",)),
    "/reports/key-projects": (reports.key_projects, ("project", "application")),
    "/reports/matters": (reports.matters, ("matter",)),
    "/reports/co-handling": (reports.co_handling, ("department",)),
    "/reports/service-quality": (reports.service_quality, ("department", "post", "person")),
    "/reports/stalled": (reports.stalled, ("project",)),
    "/reports/conformance": (reports.conformance, ("code", "department")),
    "/reports/self-inspections": (reports.self_inspections, ("department", "from", "figure")),
    "/reports/what-if": (reports.what_if, ("project", "code")),
    "/reports/back-entries": (reports.back_entries, ("person", "from")),
    "/reports/compression": (reports.actual_compression, ("matter",)),
    "/compression": (reports.compression, ("matter",)),
    "/pledges": (reports.pledges, ("id",)),
}
OTHERS = ("/reports/workload", "/reports/accountability", "/reports/signals", "/projects/{id}/timeline", "/bulletins/{id}/diagnostics")
# Lists and answers without a figure of their own, or whose figures are those of one case: tests of their own.
NO_FIGURES = (
    "/matters", "/challenges", "/requests", "/disputes/{id}", "/sessions/{id}", "/pledges/{id}",
    "/applications/{id}/timeline",
)


def disputes(found, world, answer):
    true = sorted([d["dispute"], d["status"]] for d in world.disputes.values())
    found.same("/disputes items", sorted([i["id"], i["status"]] for i in answer["items"]), true)


def sessions(found, world, answer):
    told = {i["id"]: [i["items"], i["resolved"]] for i in answer["items"]}
    found.same("/sessions items", told, {n: [s["items"], s["resolved"]] for n, s in world.sessions.items()})


def forecast(found, world, answer):
    found.report("/projects/{id}/forecast", answer, reports.forecast(world, answer), ("application",))


def deviations(found, world, answer):
    """Those that an event shows; steps left out and terms that run are counted in the report of the county."""
    shown = {code for code, _ in world.deviations}
    true = sorted(code for code, of in world.deviations if of["project"] == answer["project"])
    told = sorted(i["code"] for i in answer["items"] if i["code"] in shown)
    found.same(f"/projects/{answer['project']}/conformance", told, true)


def effect(found, world, answer):
    found.report("/improvements/{id}/effect", answer, reports.effect(world, answer), ())


def clock(found, world, answer):
    case = world.cases[answer["application"]]
    for term in ("promised", "statutory"):
        limit, told = case.terms[term], answer[term]
        # A term from acceptance has not begun before it; one of calendar days counts other days.
        if told and limit["unit"] == "working-day" and (limit["start"] == "receipt") == (case.accepted_at is None):
            found.same(f"/applications/{case.name}/clock {term} used", told["total"]["used"], world.days_used(case))


BY_HAND = {
    "/disputes": disputes,
    "/sessions": sessions,
    "/projects/{id}/forecast": forecast,
    "/projects/{id}/conformance": deviations,
    "/improvements/{id}/effect": effect,
    "/applications/{id}/clock": clock,
}


def known_then(events, instant):
    """The log as it was at an instant: docs/adr/0033-the-past-is-folded-again.md."""
    unknown, known = set(), []
    for event in events:
        metadata = event["metadata"]
        imported = metadata["correlationId"].startswith("import/")
        at = metadata["occurredAt"] if imported else metadata["recordedAt"]
        first = event["stream"].split("-", 1)[0] in ("matter", "department", "template")
        if event["stream"] in unknown or (at > instant and not first):
            unknown.add(event["stream"])
            continue
        known.append(event)
    return known


def compare(events, answers):
    found = Comparison()
    calendar = answers["workingDays"]
    world = World(events, answers["now"], calendar)
    covered = set()
    for path in answers["routes"]:
        if path not in WHOLE and path not in OTHERS and path not in NO_FIGURES and path not in BY_HAND:
            found.differences.append(f"{path}: no computation of this report")
    for address, answer in answers["reports"].items():
        path = address.split("?")[0]
        route = answers["of"].get(address, path)
        if path in WHOLE:
            compute, key = WHOLE[path]
            if "items" in answer or path == "/reports/overview":
                found.report(path, answer, compute(world, answer), key)
                covered.add(path)
        if path == "/reports/workload":
            workload(found, world, answer)
            covered.add(path)
        if path == "/reports/accountability":
            accountability(found, world, address, answer)
            covered.add(path)
        if path == "/reports/signals":
            signals(found, world, answer)
            covered.add(path)
        if route in BY_HAND:
            BY_HAND[route](found, world, answer)
            covered.add(route)
        if path.endswith("/timeline"):
            name = path.split("/")[2]
            true = [kind for _, _, kind in sorted(world.timeline[name])]
            found.same(f"timeline {name}", [item["type"] for item in answer["items"]], true)
            covered.add("/projects/{id}/timeline")
        if path.endswith("/diagnostics"):
            end = f"{answer['to']}T16:00:00.000Z"
            then = World(known_then(events, end), end, calendar)
            mine = reports.diagnostics(then, answer)
            for part in ("responsibility", "complexity", "efficiency"):
                found.same(f"{path} {part}", answer["figures"][part], mine["figures"][part])
            covered.add("/bulletins/{id}/diagnostics")
    return found, covered


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        events = [json.loads(line) for line in lines]
    with open(sys.argv[2], encoding="utf-8") as text:
        answers = json.load(text)
    events = [event for event in events if int(event["position"]) <= int(answers["position"])]
    found, covered = compare(events, answers)
    print(f"{found.count} figures of {len(covered)} reports compared over {len(events)} events, {len(found.differences)} differ")
    for difference in found.differences[:40]:
        print(f"  {difference}")
    sys.exit(1 if found.differences else 0)


main()
