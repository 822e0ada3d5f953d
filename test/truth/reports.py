"""The reports, each computed anew from the exported events: an object with the figures that the answer's basis names.

The rules are written down from docs/definitions.md.
"""

from collections import defaultdict
from datetime import timedelta
from statistics import median

from deviations import NOT_THERE
from states import CHINA, day, instant, overdue, quantile, rate, yellow

CAMPAIGNS = ("contest-for-projects", "land-and-factors", "investment-promotion")
ACCEPTANCE = {"受理", "接收"}
REVIEW = {"审查", "技术审查", "核对"}
STALL_DAYS = 10
PAUSE = timedelta(minutes=15)
GOVERNMENT = ("department", "inter-department")


def in_span(instant, span):
    return span["from"] <= day(instant) <= span["to"]


def share(part, whole):
    return None if whole == 0 else part / whole


def half_before(span, world):
    """The half month before a half month."""
    eve = world.date(world.number(span["from"]) - 1)
    return {"from": f"{eve[:8]}{'16' if eve[8:] > '15' else '01'}", "to": eve}


def totals(projects, world):
    """What a list of projects adds up to."""
    cases = [world.cases.get(name) for p in projects for name in p["applications"]]
    submitted = [c for c in cases if c]
    ended = [c for c in submitted if not c.open]
    done = [p for p in projects if all(n in world.cases and not world.cases[n].open for n in p["applications"])]
    lates = {p["id"]: [world.cases[n].late for n in p["applications"]] for p in done}
    return {
        "projects": len(projects),
        "open": len(projects) - len(done),
        "completed": len(done),
        "completedWithTerm": sum(any(late is not None for late in one) for one in lates.values()),
        "completedLate": sum(any(one) for one in lates.values()),
        "keyProjects": sum(p["key"] for p in projects),
        "applications": len(cases),
        "submitted": len(submitted),
        "ended": len(ended),
        "granted": sum(c.outcome == "granted" for c in ended),
        "refused": sum(c.outcome == "refused" for c in ended),
        "lateApplications": sum(c.late is True for c in ended),
    }


def overview(world, told):
    sums = totals(list(world.projects.values()), world)
    kept = sums["completedWithTerm"] - sums["completedLate"]
    lamps = {"green": 0, "yellow": 0, "red": 0}
    for case in world.cases.values():
        if case.open and case.has_term():
            red = overdue(case, day(world.now))
            lamps["red" if red else "yellow" if yellow(case, day(world.now)) else "green"] += 1
        elif case.open:
            lamps["green"] += 1
    return {
        **{name: sums[name] for name in ("projects", "completed", "completedLate", "open", "keyProjects")},
        "onTimeOf": sums["completedWithTerm"],
        "onTimeRate": rate(kept, sums["completedLate"]),
        "applications": {
            "opened": sums["applications"],
            "submitted": sums["submitted"],
            "running": sums["submitted"] - sums["ended"],
            **{name: sums[name] for name in ("ended", "granted", "refused")},
            "late": sums["lateApplications"],
        },
        "lamps": lamps,
    }


def campaigns(world, told):
    items = []
    for name in CAMPAIGNS:
        projects = [p for p in world.projects.values() if name in p["campaigns"]]
        items.append({"campaign": name, **totals(projects, world)})
    return {"items": items}


def slip_of(world, project):
    """Working days from the day on which everything could have been finished, counted from registration, to the day on which it can be now."""
    asked = {"project": project["id"], "status": "open", "lines": [], "others": []}
    finish = forecast(world, asked)["earliestFinish"]
    whole = {}
    for name in project["applications"]:
        opened = project["opened"][name]
        whole[name] = term_of(world, opened["matter"], None) + max([whole.get(one, 0) for one in opened["prerequisites"]] + [0])
    completed = all((c := world.cases.get(name)) and not c.open for name in project["applications"])
    if finish is None or completed:
        return None
    return world.working_days(day(project["at"]), day(world.now)) + finish["workingDays"] - max(whole.values())


def key_projects(world, told):
    items = []
    standing = {item["project"]: item["workingDays"] for item in stalled(world, told)["items"]}
    for project in world.projects.values():
        if not project["key"]:
            continue
        cases = [(name, world.cases[name]) for name in project["applications"] if name in world.cases]
        items.append({
            "project": project["id"],
            "matters": {
                "all": len(project["applications"]),
                "running": sum(c.open for _, c in cases),
                "ended": sum(not c.open for _, c in cases),
            },
            "cases": [{"application": name, "daysUsed": world.days_used(c)} for name, c in cases if c.holder],
            "workingDays": standing.get(project["id"]),
            "slipDays": slip_of(world, project),
        })
    return {"items": items}


def ended_in(world, span):
    return [c for c in world.cases.values() if not c.open and in_span(c.ended_at, span)]


def measures(world, ended):
    """Of those among the ended that went their course: neither withdrawn nor not accepted."""
    course = [c for c in ended if c.outcome not in ("withdrawn", "not-accepted")]
    with_term = [c for c in course if c.late is not None]
    return {
        "cases": len(course),
        "onTimeOf": len(with_term),
        "steps": share(sum(c.acts for c in course), len(course)),
        "days": median([world.days_taken(c) for c in course]) if course else None,
        "handOffs": share(sum(c.hand_offs for c in course), len(course)),
        "onTimeRate": share(sum(c.late is False for c in with_term), len(with_term)),
        "supplementRate": share(sum(c.supplements > 0 for c in course), len(course)),
    }


def outcomes(world, span):
    """By matter, of the applications that ended in a span."""
    found = {}
    for code in world.matters:
        of = [c for c in ended_in(world, span) if c.matter == code]
        found[code] = {
            **measures(world, of),
            "withdrawn": sum(c.outcome == "withdrawn" for c in of),
            "notAccepted": sum(c.outcome == "not-accepted" for c in of),
        }
    return found


def matters(world, told):
    now, before = outcomes(world, told["span"]), outcomes(world, told["before"])
    in_force = [code for code in sorted(world.matters) if world.in_force(code)]
    items = []
    for code in in_force:
        of, matter = now[code], world.matters[code][-1]
        scores = {}
        for name in ("steps", "days", "handOffs", "onTimeRate"):
            value, sign = of[name], -1 if name == "onTimeRate" else 1
            others = [now[other][name] for other in in_force if now[other][name] is not None]
            ahead = None if value is None else 1 + sum(sign * o < sign * value for o in others)
            scores[name] = {"value": value, "rank": ahead, "before": before[code][name]}
        items.append({
            "matter": code,
            **{name: of[name] for name in ("cases", "withdrawn", "notAccepted", "onTimeOf")},
            "figures": scores,
            "listedSteps": len(matter["steps"]) or None,
            "promised": matter["promised"],
            "statutory": matter["statutory"],
        })
    return {"items": items}


def by_department(world, span):
    """Cases with a promised term that ended in a department's hands in a span."""
    found = defaultdict(lambda: [0, 0])
    for case in ended_in(world, span):
        if case.late is not None and case.ended_desk:
            found[case.ended_desk][case.late] += 1
    return found


def co_handling(world, told):
    asked = defaultdict(list)
    for opinion in world.opinions:
        if in_span(opinion["at"], told["span"]):
            asked[opinion["department"]].append(opinion)
    own, items = by_department(world, told["span"]), []
    for department in sorted(set(asked) | set(own)):
        count = lambda what: sum(o["became"] == what for o in asked[department])
        in_time, late, silent = count("inTime"), count("late"), count("silent")
        kept, broken = own[department]
        answers = [o["minutes"] for o in asked[department] if o["minutes"] is not None]
        replies = share(in_time + 0.5 * late, in_time + late + silent)
        done = share(kept, kept + broken)
        if done is None:
            score = None if replies is None else 100 * replies
        else:
            score = 100 * done if replies is None else 70 * done + 30 * replies
        items.append({
            "department": department,
            "asked": len(asked[department]),
            "inTime": in_time,
            "late": late,
            "silent": silent,
            "lapsed": count("lapsed"),
            "awaited": count("awaited"),
            "inTimeRate": share(in_time, in_time + late + silent),
            "medianWorkingMinutes": quantile(answers, 0.5) if answers else None,
            "own": {"onTime": kept, "late": broken, "onTimeOf": kept + broken, "onTimeRate": done},
            "score": None if score is None else int(score * 10 + 0.5) / 10,
        })
    for item in items:
        if item["score"] is not None:
            item["rank"] = 1 + sum(o["score"] is not None and o["score"] > item["score"] for o in items)
    return {"items": items}


def service_quality(world, told):
    lines = defaultdict(lambda: defaultdict(int))
    for desk, what, at, by in world.service:
        if desk is not None and in_span(at, told["span"]):
            lines[desk][what] += by
    items = []
    for department, line in lines.items():
        items.append({
            "department": department,
            "post": None,
            "person": None,
            "rated": line["rated"],
            "meanStars": share(line["stars"], line["rated"]),
            "examined": line["examined"],
            "firstPassRate": share(line["firstPass"], line["examined"]),
            "supplementRate": share(line["noticed"], line["examined"]),
        })
    return {"items": items}


def stalled(world, told):
    items = []
    for project in world.projects.values():
        cases = [(c.last_at, name) for name in project["applications"]
                 if (c := world.cases.get(name)) and c.holder and c.holder["party"] in GOVERNMENT]
        if not cases:
            continue
        since, name = min(cases)
        days = world.working_days(day(since), day(world.now))
        if days >= STALL_DAYS:
            items.append({"project": project["id"], "application": name, "workingDays": days})
    return {"items": items}


def back_entries(world, told):
    """Five acts or more that one person entered one after another, by night or on a day of rest, long after the fact."""
    def at_rest(at):
        date = day(at)
        works = world.working_days(world.date(world.number(date) - 1), date) == 1
        return not works or not 7 <= (instant(at) + CHINA).hour < 20

    runs = []
    for one in sorted(world.late, key=lambda e: (e["person"], e["at"])):
        if not at_rest(one["at"]) or not in_span(one["at"], told["span"]):
            continue
        last = runs[-1][-1] if runs else None
        if last and last["person"] == one["person"] and instant(one["at"]) - instant(last["at"]) <= PAUSE:
            runs[-1].append(one)
        else:
            runs.append([one])
    return {"items": [
        {
            "person": run[0]["person"],
            "from": run[0]["at"],
            "entries": len(run),
            "applications": len({e["application"] for e in run}),
            "leastWorkingDays": min(e["days"] for e in run),
            "mostWorkingDays": max(e["days"] for e in run),
        }
        for run in runs if len(run) >= 5
    ]}


def conformance(world, told):
    found, deviating = defaultdict(lambda: defaultdict(int)), set()
    for code, case in world.deviations:
        found[code][case["department"]] += 1
        deviating.add(case["project"])
    for case in world.cases.values():
        if case.open or case.department is None or case.outcome in ("withdrawn", "not-accepted"):
            continue
        steps = set(world.matters[case.matter][case.matter_version - 1]["steps"])
        owner = world.matters[case.matter][-1]["department"]
        reviewed = case.steps > 0 or case.returns > 0 or (case.accepted_at and case.accepted_at == case.ended_at)
        if case.accepted_at is None and steps & ACCEPTANCE:
            found["acceptance-skipped"][owner] += 1
        if (case.steps == 0 if case.accepted_at is None else not reviewed) and steps & REVIEW:
            found["review-skipped"][owner] += 1
    counts = []
    for one in told["counts"]:
        of = found[one["code"]]
        count = sum(overdue(c, day(world.now)) for c in world.cases.values()) if one["code"] == "running-overdue" else sum(of.values())
        counts.append({"code": one["code"], "count": count,
                       "departments": [{"department": d, "count": n} for d, n in of.items()]})
    return {"projects": len(deviating), "counts": counts}


def statutory_of(matter):
    """行政许可法 Art. 42 gives a licence without a term of its own twenty working days, joint ones forty-five."""
    if matter["statutory"] is None and matter["kind"] == "licence":
        days = 45 if matter["department"] is None else 20
        return {"days": days, "unit": "working-day", "start": "acceptance"}
    return matter["statutory"]


def actual_compression(world, told):
    items = []
    for code in world.matters:
        if not world.in_force(code):
            continue
        course = [c for c in ended_in(world, told["span"]) if c.matter == code and c.outcome not in ("withdrawn", "not-accepted")]
        days = [world.days_used(c) for c in course if c.accepted_at]
        with_term = [c for c in course if c.late is not None]
        saved = {by: 0 for by in ("sharing", "deficiency", "commitment")}
        for matter, by, at, count in world.saved:
            if matter == code and in_span(at, told["span"]):
                saved[by] += count
        items.append({
            "matter": code,
            "promised": world.matters[code][-1]["promised"],
            "statutory": statutory_of(world.matters[code][-1]),
            "actual": {
                "cases": len(days),
                "medianDays": quantile(days, 0.5) if days else None,
                "p90Days": quantile(days, 0.9) if days else None,
            },
            "onTimeOf": len(with_term),
            "onTimeRate": share(sum(c.late is False for c in with_term), len(with_term)),
            "saved": saved,
        })
    return {"items": items}


def compression(world, told):
    from math import ceil
    work = lambda limit: limit["days"] if limit["unit"] == "working-day" else ceil(limit["days"] * 5 / 7)
    items = []
    for code in world.matters:
        matter = world.matters[code][-1]
        promised, statutory = matter["promised"], statutory_of(matter)
        if not world.in_force(code) or not promised or not statutory or work(statutory) == 0:
            continue
        saved = int((1 - work(promised) / work(statutory)) * 10_000 + 0.5) / 10_000
        items.append({"matter": code, "rate": saved, "promised": promised, "statutory": statutory})
    for item in items:
        item["rank"] = 1 + sum(o["rate"] > item["rate"] for o in items)
    return {"items": items}


def pledges(world, told):
    return {"items": [
        {"id": p["pledge"], "indicator": p["indicator"], "fulfilment": p.get("fulfilment")} for p in world.pledges.values()
    ]}


def self_inspections(world, told):
    items = []
    for report in world.inspections:
        facts = world.facts(report["department"], report)
        comparison = [
            {"figure": name, "claimed": claimed, "fact": facts[name]} for name, claimed in report["figures"].items()
        ]
        items.append({
            "department": report["department"],
            "from": report["from"],
            "figures": report["figures"],
            "comparison": comparison,
            "mismatches": sum(one["claimed"] != one["fact"] for one in comparison),
        })
    return {"items": items}


def what_if(world, told):
    """The process that stands: everything goes as it went, and nothing is saved."""
    items, looked = [], 0
    for project in world.projects.values():
        cases = [world.cases.get(name) for name in project["applications"]]
        if any(c is None or c.open for c in cases):
            continue
        looked += 1
        if project["template"] != told["template"]:
            continue
        number = lambda at: max(0, world.working_days(day(project["at"]), day(at)))
        runs = [{"code": c.matter, **{run: {"begun": number(c.submitted_at), "ended": max(number(c.submitted_at), number(c.ended_at))}
                                      for run in ("actual", "replayed")}} for c in cases]
        days = max(one["actual"]["ended"] for one in runs)
        items.append({"project": project["id"], "actualDays": days, "replayedDays": days, "savedDays": 0, "matters": runs})
    total = sum(item["actualDays"] for item in items)
    return {
        "sample": {"looked": min(looked, 100), "replayed": len(items)},
        "total": {"actualDays": total, "replayedDays": total, "savedDays": 0},
        "items": items,
        "process": [{"code": one["code"], "termDays": None} for one in told["process"]],
    }


def diagnostics(world, told):
    """The three diagnostics of a half month, as of its end: `world` holds the log up to there."""
    span = {"from": told["from"], "to": told["to"]}
    late = {d: broken for d, (_, broken) in by_department(world, span).items()}
    red = defaultdict(int)
    for case in world.cases.values():
        if overdue(case, day(world.now)) and case.desk()[0]:
            red[case.desk()[0]] += 1
    departments = [
        {"department": d, "overdue": red.get(d, 0), "late": late.get(d, 0)}
        for d in sorted(set(red) | set(late)) if red.get(d, 0) + late.get(d, 0) > 0
    ]
    matters_there = [m[-1] for code, m in world.matters.items() if world.in_force(code)]
    now, before = (measures(world, ended_in(world, one)) for one in (span, half_before(span, world)))
    return {"figures": {
        "responsibility": {
            "overdue": sum(one["overdue"] for one in departments),
            "late": sum(one["late"] for one in departments),
            "unanswered": {"requests": 0, "challenges": 0, "disputes": 0},
            "departments": departments,
        },
        "complexity": {
            "matters": len(matters_there),
            "listedSteps": sum(len(m["steps"]) for m in matters_there),
            "materials": sum(len(m["materials"]) for m in matters_there),
            "actsPerCase": now["steps"],
            "supplementRate": now["supplementRate"],
        },
        "efficiency": {
            "cases": now["cases"],
            "medianDays": now["days"],
            "medianDaysBefore": before["days"],
            "onTimeOf": now["onTimeOf"],
            "onTimeRate": now["onTimeRate"],
        },
    }}


def term_of(world, matter, case):
    """The whole term in working days: the promised one, the statutory one where nothing is promised; of calendar days five of seven."""
    limits = case.terms if case else world.matters[matter][-1]
    limit = limits["promised"] or limits["statutory"]
    if limit is None:
        return 0
    return limit["days"] if limit["unit"] == "working-day" else -(-limit["days"] * 5 // 7)


def done(case):
    return case is not None and not case.open and case.outcome not in NOT_THERE


def forecast(world, told):
    project = world.projects[told["project"]]
    finish, lines, whole = {}, {}, {}
    # What was granted and is not in force any more is missing to what still waits for it.
    waiting = [project["opened"][name]["prerequisites"] for name in project["applications"] if not done(world.cases.get(name))]
    needed = {one for prerequisites in waiting for one in prerequisites}
    for name in project["applications"]:
        opened, case = project["opened"][name], world.cases.get(name)
        term = term_of(world, opened["matter"], case)
        ready = max([finish.get(one, 0) for one in opened["prerequisites"]] + [0])
        whole[name] = term + max([whole.get(one, 0) for one in opened["prerequisites"]] + [0])
        blocked = any(name not in finish for name in opened["prerequisites"] if name in project["opened"])
        ended = case and not case.open
        left = 0 if ended else max(0, term - (world.days_used(case) if case and case.accepted_at else 0))
        lost = ended and name in needed and not case.in_force(day(world.now))
        if ended and (case.outcome in NOT_THERE or lost):
            pass
        elif ended:
            finish[name] = 0
        elif case:
            finish[name] = max(left, ready)
        elif not blocked:
            finish[name] = ready + term
        if blocked:
            finish.pop(name, None)
        said = None if ended or name not in finish else finish[name]
        lines[name] = {"application": name, "termDays": term, "daysLeft": left, "finish": None if said is None else {"workingDays": said}}
    own = lambda matters: [lines[one["application"]] for one in matters]
    return {
        "earliestFinish": None if len(finish) < len(lines) or told["status"] == "completed" else {"workingDays": max(finish.values())},
        "criticalPath": {"workingDays": max(whole.values())},
        "lines": [{"line": line["line"], "matters": own(line["matters"])} for line in told["lines"]],
        "others": own(told["others"]),
    }


def effect(world, told):
    """The same measures in two windows of one length, before a change and after it."""
    if told["effect"] is None:
        return {"effect": None}
    windows = {name: outcomes(world, told["effect"][name])[told["matter"]] for name in ("before", "after")}
    after = told["effect"]["after"]
    return {"effect": {"windowDays": world.number(after["to"]) - world.number(after["from"]) + 1, **windows}}
