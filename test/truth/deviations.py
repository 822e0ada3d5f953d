"""How cases leave the process that their project was registered under, as docs/judging-a-process.md says."""

from states import day

NOT_THERE = {"refused", "not-accepted", "withdrawn", "recalled", "revoked", "cancelled", "lapsed"}


def not_granted(world, opened, project, at):
    missing = []
    for name in opened["prerequisites"]:
        case = world.cases.get(name)
        granted = case and not case.open and case.outcome not in NOT_THERE
        if not granted or case.ended_at > at or not case.in_force(day(at)):
            missing.append(project["opened"][name])
    return missing


def described(world, event, case):
    return {"project": event["data"]["project"], "department": case.department}


def at_submission(world, event):
    project = world.projects[event["data"]["project"]]
    case, opened = world.cases[event["data"]["application"]], project["opened"][event["data"]["application"]]
    missing = not_granted(world, opened, project, event["metadata"]["occurredAt"])
    earlier = [one for one in missing if one["stage"] != opened["stage"]]
    # Whose it was by the template: its own department comes with the submission.
    of = {"project": project["id"], "department": opened["department"]}
    return [("submitted-before-prerequisite", of)] if earlier else []


def at_end(world, case, event):
    kind, data, actor = event["type"], event["data"], event["metadata"]["actor"]
    if kind == "AcceptanceRefused":
        return []
    project = world.projects[data["project"]]
    opened, found = project["opened"][case.name], []
    of = described(world, event, case)
    if kind in ("ApplicationApproved", "ApplicationClosed"):
        if not_granted(world, opened, project, data["clock"]["stoppedAt"]):
            found.append(("granted-before-prerequisite", of))
    if project["source"] is None and kind != "ApplicationWithdrawn":
        competent = getattr(case, "moved_from", None) or case.department
        if competent is not None and actor["department"] != competent:
            found.append(("decided-by-other-department", of))
        if kind != "ApplicationClosed" and actor["role"] != "department-head":
            found.append(("decided-without-office", of))
    if data["clock"]["latePromised"]:
        found.append(("promise-overrun", of))
    if data["clock"]["lateStatutory"]:
        found.append(("statutory-overrun", of))
    return found


def laws(text):
    return {one.split(" Art.")[0].strip() for one in (text or "").replace("；", ";").split(";")} - {""}


def at_return(world, case, event):
    """After acceptance only a law of the matter itself sends a case back; 行政许可法 is that of every licence, and knows no return."""
    cited = laws(event["data"]["article"]) - {"行政许可法"}
    if event["metadata"]["correlationId"].startswith("import/") or cited & laws(case.terms["basis"]):
        return []
    opened = world.projects[event["data"]["project"]]["opened"][case.name]
    return [("returned-after-acceptance", {"project": event["data"]["project"], "department": opened["department"]})]


def transferred(world, case, event):
    """The case moves; the power to decide it does not."""
    to = event["data"]["to"]["department"]
    if case.department is not None and case.department != to:
        first = getattr(case, "moved_from", None) or case.department
        case.moved_from = None if first == to else first
        case.department = to
