import { expect, test } from '@jest/globals';
import { InvalidConfig } from './invalid-config.js';
import { failureOf } from './failure.js';

const systemError = (message: string, parts: object) => Object.assign(new Error(message), parts);

test('K10 a fault that a person can correct is one sentence with its code', () => {
  expect(
    [
      new InvalidConfig('POLICIES_DIR', 'escalation.yaml: bad\n  in line 3'),
      systemError('EACCES: …', { code: 'EACCES', syscall: 'mkdir', path: '/srv/data' }),
      systemError('EROFS: …', { code: 'EROFS', syscall: 'open', path: '/srv/data/log' }),
      systemError('ENOTDIR: …', { code: 'ENOTDIR', syscall: 'mkdir', path: '/etc/passwd/data' }),
      systemError('ENOENT: …', { code: 'ENOENT', syscall: 'open', path: '/nowhere/key' }),
      systemError('listen …', { code: 'EADDRINUSE', syscall: 'listen', address: '127.0.0.1', port: 3000 }),
      systemError('ENOSPC: …', { code: 'ENOSPC', syscall: 'write', path: '/srv/data/log' }),
      // LMDB gives the number and its own words.
      systemError('Permission denied: /srv/data/log', { code: 13 }),
      systemError('Input/output error: /srv/data/log', { code: 5 }),
    ].map(failureOf),
  ).toEqual([
    { text: 'POLICIES_DIR escalation.yaml: bad', code: 78 },
    {
      text: 'cannot mkdir /srv/data: this user may not do that (EACCES); DATA_DIR says where the data are',
      code: 78,
    },
    {
      text: 'cannot open /srv/data/log: the file system is read-only (EROFS); DATA_DIR says where the data are',
      code: 78,
    },
    {
      text: 'cannot mkdir /etc/passwd/data: a part of the path is a file and no directory (ENOTDIR); DATA_DIR says where the data are',
      code: 78,
    },
    {
      text: 'cannot open /nowhere/key: there is no such file or directory (ENOENT); DATA_DIR says where the data are',
      code: 78,
    },
    {
      text: 'cannot listen at 127.0.0.1:3000: another process listens there (EADDRINUSE); HOST, PORT, OPS_HOST and OPS_PORT say where to listen',
      code: 78,
    },
    {
      text: 'cannot write /srv/data/log: the disk is full (ENOSPC); DATA_DIR says where the data are',
      code: 74,
    },
    {
      text: 'cannot Permission denied: /srv/data/log: this user may not do that (EACCES); DATA_DIR says where the data are',
      code: 78,
    },
    {
      text: 'cannot Input/output error: /srv/data/log: the disk could not read or write (EIO); DATA_DIR says where the data are',
      code: 74,
    },
  ]);
});

test('K10 a fault of ours keeps its stack', () => {
  const error = new TypeError('x is undefined');
  expect(failureOf(error)).toEqual({ text: error.stack, code: 1 });
});

test('K10 a number that is not one of the operating system is not taken for one', () => {
  const aborted = new DOMException('This operation was aborted', 'AbortError');
  const grpc = Object.assign(new Error('13 INTERNAL: reset'), { code: 13, details: 'reset' });
  expect([failureOf(aborted).code, failureOf(grpc).code]).toEqual([1, 1]);
});
