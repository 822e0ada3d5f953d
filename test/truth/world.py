"""Everything that the reports rest on, folded from exported events up to one position."""

from bisect import bisect_right
from collections import defaultdict

from deviations import at_end, at_return, at_submission, transferred
from states import (ACTS, CHINA, ENDS, NO_HAND_OFF, NOT_ACTS, NOT_BY_AN_ORGAN, Case, day, fold_seconds, instant, overdue, parts,
                    stretch)

LATE_DAYS = 5
# 8:30 to 12:00 and 13:00 to 17:30, in minutes of a day.
OFFICE_HOURS = ((510, 720), (780, 1050))
FIGURES = ("done", "late", "returns", "supplements", "onTime", "events", "transfers")


class World:
    def __init__(self, events, now, working_days):
        self.now, self.calendar = now, working_days
        self.cases, self.projects, self.matters = {}, {}, {}
        self.effective = {}
        self.workload = defaultdict(lambda: defaultdict(int))
        self.days = defaultdict(lambda: defaultdict(int))
        self.times, self.timeline = defaultdict(list), defaultdict(list)
        self.saved = []
        self.opinions, self.service, self.deviations, self.inspections = [], [], [], []
        self.pledges, self.disputes, self.sessions, self.signals = {}, {}, {}, []
        types = {e["type"] for e in events
                 if e["stream"].startswith("application-") and "evidence" in e["data"] and "article" in e["data"]}
        self.signal_types, self.late, self.commands = types, [], set()
        for event in events:
            self.apply(event)

    # Days of the calendar.

    def working_days(self, first, last):
        """Working days after one day up to another; negative where the other is earlier."""
        return bisect_right(self.calendar, last) - bisect_right(self.calendar, first)

    def working_minutes(self, begin, end):
        """Office minutes of working days from one instant to another."""
        def worked(at):
            """Since the first day of the calendar."""
            eve = self.date(self.number(day(at)) - 1)
            there = (instant(at) + CHINA).hour * 60 + (instant(at) + CHINA).minute
            whole = sum(to - since for since, to in OFFICE_HOURS)
            today = sum(max(0, min(there, to) - since) for since, to in OFFICE_HOURS)
            return bisect_right(self.calendar, eve) * whole + today * self.working_days(eve, day(at))
        return max(0, worked(end) - worked(begin))

    def number(self, date):
        from datetime import date as Date
        return Date.fromisoformat(date).toordinal()

    def date(self, number):
        from datetime import date as Date
        return Date.fromordinal(number).isoformat()

    def days_taken(self, case):
        limit = case.terms["promised"] or case.terms["statutory"] or {"start": "acceptance"}
        begun = case.submitted_at if limit["start"] == "receipt" else case.accepted_at or case.submitted_at
        return max(0, self.working_days(day(begun), day(case.ended_at)))

    def days_used(self, case):
        """Working days since acceptance (before it since receipt) up to the end, without excluded procedures."""
        first = day(case.accepted_at or case.submitted_at)
        last = day(case.ended_at if case.ended_at else self.now)
        used = max(0, self.working_days(first, last))
        for begin, end in case.suspensions:
            until = min(day(end or self.now), last)
            used -= max(0, self.working_days(max(first, day(begin)), until))
        return used

    def in_force(self, code):
        return code not in self.abolished and self.effective[code] <= day(self.now)

    abolished = frozenset()

    # Events.

    def apply(self, event):
        kind, data, metadata = event["type"], event["data"], event["metadata"]
        stream = event["stream"].split("-", 1)[0]
        if "project" in data and stream in ("project", "application"):
            self.timeline[data["project"]].append((metadata["occurredAt"], int(event["position"]), kind))
        handler = getattr(self, f"on_{kind}", None)
        if handler and stream != "application":
            handler(event, data, metadata)
        if stream == "application":
            self.of_case(event, kind, data, metadata)

    def on_ProjectRegistered(self, event, data, metadata):
        self.projects[data["project"]] = {
            "id": data["project"],
            "region": data["region"],
            "template": data["template"],
            "source": data["source"],
            "at": metadata["occurredAt"],
            "applicant": data["applicant"],
            "applications": [one["application"] for one in data["applications"]],
            "opened": {one["application"]: one for one in data["applications"]},
            "key": False,
            "campaigns": [],
        }

    def on_KeyProjectDesignated(self, event, data, metadata):
        self.projects[data["project"]]["key"] = True

    def on_ProjectTagged(self, event, data, metadata):
        self.projects[data["project"]]["campaigns"] = data["campaigns"]

    def on_ApplicantNamed(self, event, data, metadata):
        self.projects[data["project"]]["applicant"] = data["applicant"]

    on_ApplicantCorrected = on_ApplicantNamed

    def on_MatterPublished(self, event, data, metadata):
        matter = data["matter"]
        self.matters.setdefault(matter["code"], []).append(matter)
        self.effective.setdefault(matter["code"], matter["effectiveFrom"])

    on_MatterRevised = on_MatterPublished

    def on_MatterAbolished(self, event, data, metadata):
        self.abolished = self.abolished | {data["code"] if "code" in data else data["matter"]}

    def on_PledgeMade(self, event, data, metadata):
        self.pledges[data["pledge"]] = data

    def on_PledgeFulfilled(self, event, data, metadata):
        self.pledges[data["pledge"]] = {**self.pledges[data["pledge"]], "fulfilment": data}

    def on_JurisdictionDisputeRaised(self, event, data, metadata):
        self.disputes[data["dispute"]] = {"dispute": data["dispute"], "status": "open"}

    def on_JurisdictionRuled(self, event, data, metadata):
        self.disputes[data["dispute"]]["status"] = "ruled"

    def on_JointReviewScheduled(self, event, data, metadata):
        self.sessions[data["session"]] = {"items": 0, "resolved": 0}

    def on_JointReviewConvened(self, event, data, metadata):
        self.sessions[data["session"]]["items"] = len(data["agenda"])

    def on_AgendaItemResolved(self, event, data, metadata):
        self.sessions[data["session"]]["resolved"] += 1

    def on_SelfInspectionReported(self, event, data, metadata):
        self.inspections.append(data)

    def of_case(self, event, kind, data, metadata):
        name, at = data["application"], metadata["occurredAt"]
        if kind in self.signal_types:
            self.signals.append(event)
            return
        if kind == "ApplicationSubmitted":
            project = self.projects[data["project"]]
            if "previousRound" in data:
                project["applications"].append(name)
                project["opened"][name] = {**project["opened"][data["previousRound"]], "application": name}
            self.cases[name] = Case(event)
            self.deviations += at_submission(self, event)
        case, actor = self.cases[name], metadata["actor"]
        self.typed_in_late(event, metadata)
        self.count(case, kind, actor, at)
        before, was_open = case.holder, case.open
        for part in parts(event, stretch(event)) if stretch(event) else []:
            case.stretches.append(part)
            if part["by"]["department"]:
                self.times[part["by"]["department"]].append(max(0, fold_seconds(part["from"], part["to"])))
        self.served(case, event)
        self.consulted(case, event)
        case.permitted(kind, data)
        self.spared(case, kind, data, at)
        if kind in ENDS and case.open:
            self.end(case, event)
        if kind == "ApplicationTransferred":
            transferred(self, case, event)
        if data.get("due") and kind != "ApplicationWarned":
            case.due = data["due"]
        if kind in ("ApplicationAccepted", "AcceptedWithDeficiency") and case.accepted_at is None:
            case.accepted_at = at
        if kind == "ApplicationDeemedAccepted":
            case.accepted_at = data["acceptedAt"]
        if kind == "StepRecorded":
            case.steps += 1
        if kind == "ApplicationReturned":
            case.returns += 1
            self.deviations += at_return(self, case, event)
        if kind == "SupplementRequested":
            case.supplements += 1
            # One notice is lawful, and the time until it is answered is the applicant's; a second excludes nothing.
            if case.supplements == 1:
                case.suspensions.append([at, None])
        if kind == "SupplementSubmitted" and case.supplements == 1:
            case.suspensions[-1][1] = at
        if kind == "ClockSuspended":
            case.suspensions.append([at, None])
        if kind == "ClockResumed":
            case.suspensions[-1][1] = at
        if kind not in NOT_ACTS:
            case.last_at = at
        if "custody" in data:
            self.moved(case, kind, before, data["custody"], was_open)

    def spared(self, case, kind, data, at):
        """Materials that the applicant did not have to hand in."""
        if kind == "AcceptedWithDeficiency":
            self.saved.append((case.matter, "deficiency", at, len(data["missing"])))
        if kind == "CommitmentMade":
            self.saved.append((case.matter, "commitment", at, len(data["materials"])))
        if kind == "MaterialFileHandedIn" and "reusedFrom" in data and data["material"] not in case.shared:
            case.shared.add(data["material"])
            self.saved.append((case.matter, "sharing", at, 1))

    def typed_in_late(self, event, metadata):
        """Acts of people that were entered five working days after they are said to have happened, or more."""
        days = self.working_days(day(metadata["occurredAt"]), day(metadata["recordedAt"]))
        imported, timer = metadata["correlationId"].startswith("import/"), metadata["actor"]["role"] == "system"
        # A command's second event was not typed in by itself.
        if days < LATE_DAYS or imported or timer or metadata["commandId"] in self.commands:
            return
        self.commands.add(metadata["commandId"])
        self.late.append({"person": metadata["actor"]["person"], "at": metadata["recordedAt"], "days": days,
                          "application": event["data"]["application"]})

    def moved(self, case, kind, before, custody, was_open):
        """What an application has taken is what it took up to its end."""
        after = custody["holder"]
        if was_open and kind not in NOT_BY_AN_ORGAN:
            case.acts += 1
        differs = before and after and (before["department"], before["person"]) != (after["department"], after["person"])
        if was_open and differs and kind not in NO_HAND_OFF:
            case.hand_offs += 1
        case.holder = after
        if after is None:
            case.since = None
        elif custody["ended"]:
            case.since = custody["ended"]["to"]

    def count(self, case, kind, actor, at):
        if actor["department"]:
            self.add(actor["department"], at, "events")
            if kind in ACTS:
                self.add(actor["department"], at, ACTS[kind])
        if kind == "ApplicationEscalated" and case.desk()[0]:
            self.add(case.desk()[0], at, "escalations")

    def add(self, department, at, figure):
        self.workload[department][figure] += 1
        self.days[department, day(at)][figure] += 1

    def end(self, case, event):
        kind, data, at = event["type"], event["data"], event["metadata"]["occurredAt"]
        self.deviations += at_end(self, case, event)
        desk, clock = case.desk()[0], data.get("clock")
        case.open, case.ended_at, case.ended_desk = False, at, desk
        case.outcome = ENDS[kind] or data.get("outcome")
        case.late = clock["latePromised"] if clock else None
        if desk:
            self.add(desk, at, "done")
            if case.late is not None:
                self.add(desk, at, "late" if case.late else "onTime")

    def served(self, case, event):
        """Whose first answer to the materials it was, and what it was; and ratings of acts."""
        kind, data, at = event["type"], event["data"], event["metadata"]["occurredAt"]
        if kind == "ServiceRated":
            self.service += [(data["department"], "rated", at, 1), (data["department"], "stars", at, data["stars"])]
        answers = {"ApplicationAccepted": "firstPass", "SupplementRequested": "noticed", "AcceptanceRefused": None}
        if kind in answers and not case.answered:
            case.answered = True
            desk = event["metadata"]["actor"]["department"]
            self.service.append((desk, "examined", at, 1))
            if answers[kind]:
                self.service.append((desk, answers[kind], at, 1))

    def consulted(self, case, event):
        kind, data, at = event["type"], event["data"], event["metadata"]["occurredAt"]
        if kind == "ConsultationRequested":
            for department in data["departments"]:
                self.opinions.append({"case": case.name, "department": department, "at": at, "became": "awaited", "minutes": None})
        of = [o for o in self.opinions if o["case"] == case.name]
        if kind == "ConsultationOverdue":
            for opinion in of:
                if opinion["department"] in data["departments"] and opinion["became"] == "awaited":
                    opinion["became"] = "silent"
        if kind == "ConsultationAnswered":
            opinion = [o for o in of if o["department"] == data["department"]][-1]
            opinion["became"] = "late" if data["late"] else "inTime"
            opinion["minutes"] = self.working_minutes(opinion["at"], at)
        if kind in ENDS and case.open:
            for opinion in of:
                if opinion["became"] == "awaited":
                    opinion["became"] = "lapsed"

    def facts(self, department, span):
        """What a department did on the days of a span, and what it has in hand."""
        found = {name: 0 for name in FIGURES}
        for (of, date), line in self.days.items():
            if of == department and span["from"] <= date <= span["to"]:
                for name in FIGURES:
                    found[name] += line[name]
        mine = [c for c in self.cases.values() if c.open and c.desk()[0] == department]
        return {**found, "open": len(mine), "overdue": sum(overdue(c, day(self.now)) for c in mine)}
