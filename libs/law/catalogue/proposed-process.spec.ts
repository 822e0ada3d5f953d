import { describe, expect, test } from '@jest/globals';
import { type TemplateDefinition } from './catalogue.events.js';
import { type ProcessChanges, proposedProcess } from './proposed-process.js';

const waits = (code: string, ...prerequisites: string[]) => ({ code, prerequisites });
const template: TemplateDefinition = {
  code: 'small',
  name: '小型项目',
  nameEn: 'Small',
  stages: [
    { name: '立项', lead: null, matters: [waits('LX-02', 'LX-01'), waits('LX-01'), waits('LX-03', 'LX-02')] },
    { name: '施工', lead: null, matters: [waits('SG-01', 'LX-03', 'LX-01')] },
  ],
};
const proposed = (changes: Partial<ProcessChanges>) =>
  proposedProcess(template, { drop: [], parallel: [], terms: [], ...changes });
const stays = (code: string, ...prerequisites: string[]) => ({ code, prerequisites, termDays: null });

describe('a proposed process', () => {
  test('without changes is the template, each matter after what it waits for', () => {
    expect(proposed({})).toEqual([
      stays('LX-01'),
      stays('LX-02', 'LX-01'),
      stays('LX-03', 'LX-02'),
      stays('SG-01', 'LX-03', 'LX-01'),
    ]);
  });

  test('what waited for a matter that is left out waits for what that one waited for', () => {
    expect(proposed({ drop: ['LX-02', 'LX-03'] })).toEqual([stays('LX-01'), stays('SG-01', 'LX-01')]);
  });

  test('matters of a group do not wait for each other, and others wait for each of them as before', () => {
    expect(proposed({ parallel: [['LX-02', 'LX-03']] })).toEqual([
      stays('LX-01'),
      stays('LX-02', 'LX-01'),
      stays('LX-03', 'LX-01'),
      stays('SG-01', 'LX-03', 'LX-01'),
    ]);
  });

  test('a new term counts in working days, and of two the last', () => {
    const term = (days: number, unit: 'working-day' | 'calendar-day') => ({ code: 'LX-01', days, unit });
    const [first] = proposed({ terms: [term(9, 'working-day'), term(7, 'calendar-day')] });
    expect(first).toEqual({ code: 'LX-01', prerequisites: [], termDays: 5 });
  });
});
