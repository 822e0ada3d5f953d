/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const IDENTITY_MESSAGES = {
  'account.exists': { zh: '账户 {account} 已经存在', en: 'Account {account} exists already' },
  'account.unknown': { zh: '没有账户 {account}', en: 'There is no account {account}' },
  'account.closed': { zh: '账户 {account} 已经注销', en: 'Account {account} is closed' },
  'account.not-yours': { zh: '只能修改本人的密码', en: 'Only your own password is yours to change' },
  'account.wrong-password': { zh: '当前密码不正确', en: 'The current password is not right' },
  'account.password-common': {
    zh: '该密码过于常见，容易被猜中，请另设密码',
    en: 'This password is among those that are guessed first; choose another one',
  },
  'account.password-is-name': {
    zh: '密码不能与账号或姓名相同',
    en: 'A password must not be the name of the account or of its holder',
  },
  'account.password-unchanged': {
    zh: '新密码不能与原密码相同',
    en: 'The new password must not be the one before',
  },
  'account.must-change-password': {
    zh: '该密码由管理员设置，请先修改密码再办理其他业务',
    en: 'An administrator set this password: change it before anything else',
  },
  'account.identity-taken': {
    zh: '该统一身份已绑定其他账号',
    en: 'Another account is bound to this subject of the identity provider',
  },
  'account.identity-unknown': {
    zh: '账号“{account}”没有绑定该统一身份',
    en: 'Account {account} is not bound to this subject of the identity provider',
  },
  'account.last-admin': {
    zh: '“{account}”是最后一个管理员账号，不能停用',
    en: '{account} is the last account of an administrator and cannot be closed',
  },
  'account.admin-leaving': {
    zh: '管理员“{other}”正在停用，“{account}”须稍后再停用',
    en: 'The administrator {other} is being closed: {account} can be closed after that',
  },
  'account.no-such-proposal': {
    zh: '账号“{account}”没有待确认的第 {proposal} 号变更',
    en: 'Account {account} has no change {proposal} that waits to be confirmed',
  },
  'account.second-person-needed': {
    zh: '该变更须由另一名管理员或者账号本人确认，提出人不能自行确认',
    en: 'Another administrator or the holder confirms this change, not the one who proposed it',
  },
  'account.name-reserved': {
    zh: '账号名“{account}”由系统保留',
    en: 'The name {account} is reserved for the system',
  },
  'account.no-post': {
    zh: '账户 {account} 在 {day} 没有职务',
    en: 'Account {account} holds no post on {day}',
  },
  'account.post-overlaps': {
    zh: '账户 {account} 自 {from} 起已任“{post}”，须先免职',
    en: 'Account {account} holds {post} from {from} on; end it first',
  },
  'account.post-without-department': {
    zh: '职务与部门须一并填写',
    en: 'A post and its department go together',
  },
  'account.credit-code-of-staff': {
    zh: '只有申请人和代理人账户可以登记统一社会信用代码，且不得同时任职',
    en: 'Only applicants and agents without a post have a unified social credit code',
  },
  'account.credit-code-malformed': {
    zh: '统一社会信用代码“{code}”不符合 GB 32100-2015 的格式（18 位数字和大写字母，不含 I、O、S、V、Z）',
    en: 'The unified social credit code {code} has not the form of GB 32100-2015 (18 digits and capitals without I, O, S, V and Z)',
  },
  'account.credit-code-check-character': {
    zh: '统一社会信用代码“{code}”的校验码不正确，请核对',
    en: 'The check character of the unified social credit code {code} is not right',
  },
  'account.credit-code-taken': {
    zh: '统一社会信用代码“{code}”已由账户 {account} 登记',
    en: 'Account {account} has the unified social credit code {code}',
  },
  'account.not-a-day': {
    zh: '{field} 不是有效日期：{value}',
    en: '{field} is not a day of the calendar: {value}',
  },
  'account.ends-before-it-begins': {
    zh: '免职日 {until} 早于任职日 {from}',
    en: 'The post would end on {until}, before it begins on {from}',
  },
  'department.exists': {
    zh: '部门 {department} 已经设立，内容不同',
    en: 'Department {department} exists with another content',
  },
  'department.unknown': { zh: '没有部门“{department}”', en: 'There is no department {department}' },
  'department.succeeded': {
    zh: '部门“{department}”已由“{successor}”接替',
    en: 'Department {department} has been succeeded by {successor}',
  },
  'department.succeeds-itself': { zh: '部门不能接替自己', en: 'A department cannot succeed itself' },
  'identity.not-bound': {
    zh: '该统一身份尚未由管理员绑定账号',
    en: 'No administrator has bound an account to this subject of the identity provider',
  },
  'sign-in.refused': { zh: '用户名或密码不正确', en: 'The name or the password is not right' },
  'sign-in.busy': {
    zh: '当前登录人数较多，请稍后再试',
    en: 'Too many are signing in at this moment; try again shortly',
  },
  'sign-in.too-many': {
    zh: '登录尝试过于频繁，请 {seconds} 秒后再试',
    en: 'Too many attempts to sign in; try again in {seconds} seconds',
  },
} as const;

export type IdentityViolation = keyof typeof IDENTITY_MESSAGES;
