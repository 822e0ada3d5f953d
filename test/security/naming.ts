/** A field that names something, sent with an unknown name; the other fields of the body are right. */
export type Naming = readonly [
  operation: string,
  field: string,
  as: string,
  path: string,
  body: object,
  answer: string,
];

export const NOWHERE = 'nowhere';

export const TASK = { task: 't1', title: '公开目录', department: 'natural-resources', dueOn: '2026-12-31' };
export const INDICATOR = { name: '平均天数', unit: '天', target: 5, direction: 'at-most' };
