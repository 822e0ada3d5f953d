import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  applicationId,
  firstRoundOf,
  matterOfApplication,
  nextRoundOf,
  previousRoundOf,
  projectOfApplication,
  roundOfApplication,
} from './application-id.js';

const projects = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const matters = fc.stringMatching(/^[A-Z][A-Z0-9]{0,3}-[0-9]{1,3}$/);

test('F18 project, matter and round of an application are read from its id, whatever a project is called', () => {
  fc.assert(
    fc.property(projects, matters, fc.integer({ min: 2, max: 40 }), (project, matter, round) => {
      const first = applicationId(project, matter);
      const later = `${first}-${round}`;
      expect([first, later].map(projectOfApplication)).toEqual([project, project]);
      expect([first, later].map(matterOfApplication)).toEqual([matter, matter]);
      expect([first, later].map(roundOfApplication)).toEqual([1, round]);
      expect([first, later].map(firstRoundOf)).toEqual([first, first]);
      expect([first, later].map(nextRoundOf)).toEqual([`${first}-2`, `${first}-${round + 1}`]);
      expect([first, later].map(previousRoundOf)).toEqual([
        null,
        round === 2 ? first : `${first}-${round - 1}`,
      ]);
    }),
  );
});

test.each(['p1-LX-06-1', 'p1-LX-06-0', 'p1-LX-06-02', 'p1-LX-06-', 'p1-LX-06-x', 'p1-LX-06-2-2'])(
  'F18 %s is the id of no application',
  (id) => {
    expect([projectOfApplication(id), matterOfApplication(id)]).toEqual([null, null]);
  },
);
