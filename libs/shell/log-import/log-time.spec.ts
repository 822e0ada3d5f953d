import { describe, expect, test } from '@jest/globals';
import { InvalidTime, isZone, parseLogTime } from './log-time.js';

describe('parseLogTime', () => {
  test.each([
    ['2011-10-11 13:45:40.276000+02:00', '2011-10-11T11:45:40.276Z'],
    ['2011-10-11T13:45:40.276999+02:00', '2011-10-11T11:45:40.276Z'],
    ['2011-10-11T13:45:40Z', '2011-10-11T13:45:40.000Z'],
    ['2011-10-11T13:45:40,5-0330', '2011-10-11T17:15:40.500Z'],
    ['2011-10-11 13:45+08', '2011-10-11T05:45:00.000Z'],
    // Without an offset: the clocks of Shanghai.
    ['2024-02-29', '2024-02-28T16:00:00.000Z'],
    ['2024-03-01 00:00:00.010', '2024-02-29T16:00:00.010Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseLogTime(text, 'Asia/Shanghai')).toBe(instant);
  });

  test('follows the daylight saving of a zone; an hour shown twice is the first', () => {
    expect(parseLogTime('2011-10-30 01:59:59', 'Europe/Amsterdam')).toBe('2011-10-29T23:59:59.000Z');
    expect(parseLogTime('2011-10-30 02:30:00', 'Europe/Amsterdam')).toBe('2011-10-30T00:30:00.000Z');
    expect(parseLogTime('2011-10-30 03:00:00', 'Europe/Amsterdam')).toBe('2011-10-30T02:00:00.000Z');
    expect(parseLogTime('2011-03-27 03:00:00', 'Europe/Amsterdam')).toBe('2011-03-27T01:00:00.000Z');
    expect(parseLogTime('2011-03-27 03:00:00', '+01:00')).toBe('2011-03-27T02:00:00.000Z');
  });

  test.each([
    ['', '"" is no time (expected for example 2011-10-11 13:45:40.276+02:00)'],
    ['yesterday', '"yesterday" is no time (expected for example 2011-10-11 13:45:40.276+02:00)'],
    ['11/10/2011', '"11/10/2011" is no time (expected for example 2011-10-11 13:45:40.276+02:00)'],
    ['2011-02-29', '"2011-02-29": there is no such day or time'],
    ['2011-13-01', '"2011-13-01": there is no such day or time'],
    ['2011-01-01 25:00:00', '"2011-01-01 25:00:00": there is no such day or time'],
    ['2011-01-01 10:60:00Z', '"2011-01-01 10:60:00Z": there is no such day or time'],
    ['1900-01-01', '"1900-01-01": the year 1900 cannot be meant'],
    ['0099-01-01', '"0099-01-01": there is no such day or time'],
    ['2011-01-01 10:00:00+25:00', '"+25:00" is no offset from UTC'],
    ['2011-03-27 02:30:00', '"2011-03-27 02:30:00" was skipped by the clocks of Europe/Amsterdam'],
  ])('refuses %j', (text, message) => {
    expect(() => parseLogTime(text, 'Europe/Amsterdam')).toThrow(new InvalidTime(message));
  });

  test('knows which zones can be given', () => {
    expect(['Asia/Shanghai', '+08:00', 'Asia/Benxi', 'east'].map(isZone)).toEqual([true, true, false, false]);
  });
});
