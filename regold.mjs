import 'reflect-metadata';
import { readFileSync, writeFileSync, readdirSync } from 'node:fs';
const root = process.cwd() + '/';
const ev = await import(root + 'dist/libs/event-sourcing/index.js');
const ap = await import(root + 'dist/libs/approval/index.js');
const pr = await import(root + 'dist/libs/project/index.js');
const { calendarOf } = await import(root + 'dist/libs/calendar/index.js');
const stored = (e) => ({ ...e, revision: BigInt(e.revision), position: BigInt(e.position) });
const run = (folder, decider, up) => { const ups = new ev.Upcasters(up);
const read = (name) => JSON.parse(readFileSync(folder + name + '.json', 'utf8'));
const fold = (events) => events.reduce((s, e) => decider.evolve(s, ups.upcast(e)), decider.initial);
for (const file of readdirSync(folder)) {
  const golden = JSON.parse(readFileSync(folder + file, 'utf8'));
  const events = [...golden.before.map((n) => stored(read(n).event)), stored(golden.event)];
  golden.state = fold(events);
  writeFileSync(folder + file, JSON.stringify(golden, null, 2) + '\n');
}

};
run(root+'libs/approval/golden/', ap.applicationDecider({ calendar: calendarOf({ version: 'weekends' }) }), ap.APPROVAL_UPCASTERS);
run(root+'libs/project/golden/', pr.projectDecider, pr.PROJECT_UPCASTERS);
