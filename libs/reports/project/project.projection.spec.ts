import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { evidenceOf } from '../answers/event-evidence.js';
import { projects } from './project.projection.js';
import { type ProjectDocument } from './project.document.js';
import { documentsOf, foldAll } from '../testing/fold.js';
import { head, History, LICENCE, RECEIPT, windowClerk } from '../testing/history.js';

const at = (hours: number) =>
  new Date(Date.parse('2026-03-02T01:00:00.000Z') + hours * 3_600_000).toISOString();

const opened = (matter: string, department: string | null): ProjectDocument['applications'][number] => ({
  application: `p1-${matter}`,
  matter,
  matterName: `${matter} 事项`,
  stage: '工程建设许可',
  department,
  prerequisites: [],
  status: 'not-submitted',
  submittedAt: null,
  endedAt: null,
  outcome: null,
  late: null,
});

const registered: ProjectDocument = {
  id: 'p1',
  name: 'p1 冷库',
  template: 'small',
  templateVersion: 1,
  region: '210521',
  regions: ['000000', '210000', '210500', '210521'],
  applicant: 'demo-applicant',
  nationalCode: null,
  investment: '12000000.00',
  source: null,
  registeredAt: at(0),
  keyProject: null,
  keyIn: [],
  campaigns: [],
  applications: [opened('GC-02', 'natural-resources'), opened('RC-01', null)],
  status: 'open',
  completedAt: null,
  late: false,
  deviations: [],
  deviatesIn: [],
  revision: '0',
};

function history(): History {
  const begun = new History();
  begun.register('p1', { at: at(0), matters: [LICENCE, RECEIPT] });
  return begun;
}

const documentOf = ({ events }: History) =>
  documentsOf<ProjectDocument>(foldAll(projects, events), 'projects')[0];

describe('the document of a project', () => {
  test('as registered, with the applications its template opened', () => {
    expect(documentOf(history())).toEqual(registered);
  });

  test('is completed when the last application has ended, and late when one of them was', () => {
    const log = history();
    log.submit('p1-RC-01', at(1), at(2));
    log.submit('p1-GC-02', at(1));
    log.act({ type: 'CloseApplication', id: 'p1-RC-01', outcome: '办结', missing: [] }, windowClerk, at(3));
    const closed = {
      ...opened('RC-01', null),
      status: 'ended',
      submittedAt: at(1),
      endedAt: at(3),
      outcome: '办结',
      late: true,
    };
    const half = {
      ...registered,
      applications: [
        { ...opened('GC-02', 'natural-resources'), status: 'running', submittedAt: at(1) },
        closed,
      ],
      late: true,
      deviations: [
        {
          code: 'promise-overrun',
          application: 'p1-RC-01',
          matter: 'RC-01',
          department: null,
          missing: [],
          evidence: log.events.slice(-1).map(evidenceOf),
        },
      ],
      deviatesIn: registered.regions,
    };
    expect(documentOf(log)).toEqual(half);

    log.act({ type: 'AcceptApplication', id: 'p1-GC-02' }, windowClerk, at(4));
    log.act({ type: 'ApproveApplication', id: 'p1-GC-02', missing: [], needsReview: false }, head, at(5));
    expect(documentOf(log)).toEqual({
      ...half,
      applications: [
        {
          ...opened('GC-02', 'natural-resources'),
          status: 'ended',
          submittedAt: at(1),
          endedAt: at(5),
          outcome: 'granted',
          late: false,
        },
        closed,
      ],
      status: 'completed',
      completedAt: at(5),
    });
  });

  test('an application that the project never opened stops the projection', () => {
    const log = new History();
    log.register('p1', { at: at(0), matters: [RECEIPT] });
    const other = history();
    other.submit('p1-GC-02', at(1));
    const stray = other.events.at(-1);
    if (!stray) throw new Error('the application was submitted');
    expect(() => foldAll(projects, [...log.events, { ...stray, position: 9n }])).toThrow(
      'has no application p1-GC-02',
    );
  });
});
