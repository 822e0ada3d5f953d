"""The state of applications and projects, folded from exported events by the rules of the documents."""

from datetime import datetime, timedelta

CHINA = timedelta(hours=8)
ENDS = {
    "ApplicationApproved": "granted",
    "ApplicationRefused": "refused",
    "ApplicationWithdrawn": "withdrawn",
    "AcceptanceRefused": "not-accepted",
    "ApplicationClosed": None,
}
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


def fold_seconds(begin, end):
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
        self.project, self.department = data["project"], data["department"]
        self.name, self.matter, self.matter_version = data["application"], data["matter"], data["matterVersion"]
        self.terms = data["terms"]
        self.submitted_at, self.accepted_at, self.ended_at = event["metadata"]["occurredAt"], None, None
        self.ended_desk = None
        self.acts, self.hand_offs, self.steps, self.returns, self.supplements = 0, 0, 0, 0, 0
        self.answered, self.suspensions, self.last_at = False, [], self.submitted_at
        self.holder = data["custody"]["holder"]
        self.due = data.get("due")
        self.open, self.outcome, self.late, self.stretches = True, None, None, []
        self.since = event["metadata"]["occurredAt"] if self.holder else None
        self.shared = set()
        self.permit_lost, self.valid_until, self.renewing = False, None, False

    def permitted(self, kind, data):
        """What became of what was granted."""
        if kind in ("PermitIssued", "PermitRenewed"):
            self.valid_until, self.renewing = data["validUntil"], False
        if kind in ("PermitRenewalApplied", "PermitRenewalRefused"):
            self.renewing = kind == "PermitRenewalApplied"
        if kind in ("PermitRecalled", "PermitRevoked", "PermitCancelled", "PermitLapsed"):
            self.permit_lost = True
        if kind == "PermitUsed":
            self.permit_lost = False

    def in_force(self, date):
        """Whether nothing has taken away what was granted, by a day: its last day is over where no renewal waits for a decision."""
        ended = self.valid_until is not None and self.valid_until < date and not self.renewing
        return not self.permit_lost and not ended

    def desk(self):
        """On whose desk it lies: the holder's, and the deciding department's while an applicant or nobody holds it."""
        holder = self.holder
        if holder and holder["department"]:
            return holder["department"], holder["post"], holder["person"]
        return self.department, None, None

    def has_term(self):
        return bool(self.due and (self.due["promised"] or self.due["statutory"]))


# What moves an application without an act of an organ.
NOT_BY_AN_ORGAN = {"ApplicationSubmitted", "SupplementSubmitted", "ApplicationResubmitted", "ApplicationWithdrawn",
                   "ConsultationOverdue", "ApplicationTakenOver", "ApplicationUnassigned", "ApplicationApplicantCorrected"}
NO_HAND_OFF = {"ApplicationTakenOver", "ApplicationUnassigned", "ApplicationApplicantCorrected"}
# What is not an act in a case, for its standstill.
NOT_ACTS = {"ApplicationEscalated", "ApplicationSentDown", "ApplicationWarned", "RecordCorrected", "ServiceRated",
            "ApplicationUnassigned"}


def parts(event, ended):
    """The stretch that an event ends: before its step was begun, where that is known, it was waiting."""
    begun = event["data"].get("begunAt")
    if begun is None or begun <= ended["from"] or begun > ended["to"]:
        return [ended]
    waiting = {**ended["by"], "post": None, "person": None}
    return [{"by": waiting, "from": ended["from"], "to": begun}, {**ended, "from": begun}]


def stretch(event):
    """The time that an event ends, in whose hands it was; after the end of a case it belongs to nobody."""
    custody = event["data"].get("custody")
    if not custody or not custody["ended"]:
        return None
    if event["data"].get("afterEnd") and custody["holder"] is None:
        return None
    return custody["ended"]


def rate(on_time, late):
    return None if on_time + late == 0 else on_time / (on_time + late)


def overdue(case, today):
    end = case.due and (case.due["promised"] or case.due["statutory"])
    if not case.open or not end:
        return False
    # A term ends with its last day: an instant at the very end of a day belongs to that day.
    last = (instant(end) + CHINA - timedelta(milliseconds=1)).strftime("%Y-%m-%d")
    return last < today


def yellow(case, today):
    """Its term nears the end, to the legal day."""
    at = case.due and case.due["yellow"]
    return bool(case.open and at and day(at) <= today and not overdue(case, today))
