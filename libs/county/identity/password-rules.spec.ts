import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { RuleViolation } from '#libs/engine/event-sourcing';
import { passwordMustBeHardToGuess } from './password-rules.js';

const holder = { account: 'li.wei', displayName: '李伟' };
const codeOf = (password: string, who = holder) => {
  try {
    passwordMustBeHardToGuess(password, who);
    return 'taken';
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error;
    expect([error.kind, error.params]).toEqual(['input', { field: 'password' }]);
    return error.code;
  }
};

test.each([
  ['password', 'passwordpassword', 'Password123!', 'P@ssw0rd2026', 'p@$$w0rd!!', '2026password'],
  ['1234567890', '0987654321', '123-456-789-0', '2026-11-30', '13912345678', '11111111111'],
  ['qwertyuiop', 'qwertyuiop123', 'asdfghjkl;', '1q2w3e4r5t', '1qaz2wsx3edc', 'zxcvbnm,./'],
  ['abcdefghij', 'zyxwvutsrq', 'aaaaaaaaaa', 'abababababab', 'abcabcabcabc', 'hunter2hunter2'],
  ['          ', '\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000', '\u200b'.repeat(10)],
  ['administrator', 'admin123456', 'welcome12345', 'changeme2026', 'woaini1314', 'iloveyou12'],
  ['zhitong2026', 'Benxi2026!!', '密码密码密码密码密码', '管理员1234567', 'ｐａｓｓｗｏｒｄ１２'],
])('D12 passwords that are guessed first are refused: %s …', (...passwords) => {
  expect(passwords.map((password) => `${password}: ${codeOf(password)}`)).toEqual(
    passwords.map((password) => `${password}: account.password-common`),
  );
});

test('D12 a password does not contain the name', () => {
  const names = [
    'li.wei',
    'LI.WEI',
    'li.wei2026',
    'li.weili.wei',
    'li.wei-li.wei',
    'li_wei_2026',
    '李伟',
    '李伟12345678',
    '**李伟**',
  ];
  expect(names.map((name) => codeOf(name))).toEqual(names.map(() => 'account.password-is-name'));
  expect(codeOf('demo-window-7', { account: 'demo-window', displayName: '演示窗口' })).toBe(
    'account.password-is-name',
  );
});

test('D12 others are taken, those that the seed makes too', () => {
  const good = [
    'correct horse battery',
    'Kd4-plum-rive',
    'vT9_hQ2-xLm0aBcd',
    '青山依旧在几度夕阳红',
    'wang-and-the-mill',
  ];
  expect(good.map((password) => codeOf(password))).toEqual(good.map(() => 'taken'));
});
