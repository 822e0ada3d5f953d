/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const IDENTITY_MESSAGES = {
  'organisation.not-in-office': {
    zh: '{person} 现未任职，不能登记单位信息',
    en: '{person} holds no post today and cannot enter organisations',
  },
  'organisation.exists': {
    zh: '单位 {organisation} 已经登记',
    en: 'Organisation {organisation} is registered already',
  },
  'organisation.unknown': {
    zh: '单位 {organisation} 尚未登记',
    en: 'There is no organisation {organisation}',
  },
  'organisation.no-such-handling-person': {
    zh: '单位 {organisation} 没有第 {number} 号经办人，或者其已不再办理',
    en: 'Nobody with number {number} acts for organisation {organisation}',
  },
  'account.exists': { zh: '账号 {account} 已经存在', en: 'Account {account} already exists' },
  'account.unknown': { zh: '账号 {account} 不存在', en: 'There is no account {account}' },
  'account.closed': { zh: '账号 {account} 已经停用', en: 'Account {account} is closed' },
  'account.not-yours': { zh: '只能修改本人的密码', en: 'You can change only your own password' },
  'account.wrong-password': { zh: '当前密码不正确', en: 'The current password is wrong' },
  'account.password-common': {
    zh: '该密码过于常见，容易被猜中，请另设密码',
    en: 'This password is too common and easily guessed; choose another one',
  },
  'account.password-is-name': {
    zh: '密码不得与账号或者姓名相同',
    en: 'The password must not be the name of the account or of its holder',
  },
  'account.password-unchanged': {
    zh: '新密码不得与原密码相同',
    en: 'The new password must differ from the current one',
  },
  'account.must-change-password': {
    zh: '该密码由管理员设置，请先修改密码再办理其他业务',
    en: 'This password was set by an administrator; change it before you do anything else',
  },
  'account.identity-taken': {
    zh: '该统一身份已绑定其他账号',
    en: 'Another account is already bound to this subject of the identity provider',
  },
  'account.identity-unknown': {
    zh: '账号“{account}”没有绑定该统一身份',
    en: 'Account {account} is not bound to this subject of the identity provider',
  },
  'account.last-admin': {
    zh: '“{account}”是最后一个管理员账号，不能停用',
    en: '{account} is the last administrator account and cannot be closed',
  },
  'account.admin-leaving': {
    zh: '管理员账号“{other}”正在停用，“{account}”应当稍后再停用',
    en: 'The administrator account {other} is being closed; {account} can be closed after that',
  },
  'account.no-such-proposal': {
    zh: '账号“{account}”没有待确认的第 {proposal} 号变更',
    en: 'Account {account} has no pending change {proposal}',
  },
  'account.second-person-needed': {
    zh: '该变更应当由另一名管理员或者账号本人确认，提出人不能自行确认',
    en: 'This change must be confirmed by another administrator or by the account holder, not by the person who proposed it',
  },
  'account.name-reserved': {
    zh: '账号名“{account}”由系统保留',
    en: 'The name {account} is reserved for the system',
  },
  'account.id-is-a-number': {
    zh: '账号名不得为手机号码或者公民身份号码：账号名将永久保留在办理记录中',
    en: 'The name of an account must not be a telephone or identity number: it stays in the records permanently',
  },
  'account.no-post': {
    zh: '账号 {account} 在{day}没有任职',
    en: 'Account {account} holds no post on {day}',
  },
  'account.post-overlaps': {
    zh: '账号 {account} 自{from}起已任“{post}”，应当先免职',
    en: 'Account {account} already holds {post} from {from}; end that post first',
  },
  'account.post-without-department': {
    zh: '职务与部门应当一并填写',
    en: 'A post and its department must be given together',
  },
  'account.credit-code-of-staff': {
    zh: '只有申请人和代办员账号可以登记统一社会信用代码，且不得同时任职',
    en: 'Only applicants and agents without a post can have a unified social credit code',
  },
  'account.credit-code-malformed': {
    zh: '统一社会信用代码“{code}”不符合 GB 32100-2015 的格式（18 位数字和大写字母，不含 I、O、S、V、Z）',
    en: 'The unified social credit code {code} does not have the form of GB 32100-2015 (18 digits and capital letters without I, O, S, V and Z)',
  },
  'account.credit-code-check-character': {
    zh: '统一社会信用代码“{code}”的校验码不正确，请核对',
    en: 'The check character of the unified social credit code {code} is wrong',
  },
  'account.credit-code-taken': {
    zh: '统一社会信用代码“{code}”已由账号 {account} 登记',
    en: 'The unified social credit code {code} is already used by account {account}',
  },
  'account.not-a-day': {
    zh: '{field}无效：{value}',
    en: '{field} is not a valid date: {value}',
  },
  'account.ends-before-it-begins': {
    zh: '免职日期（{until}）不得早于任职日期（{from}）',
    en: 'The post would end on {until}, before it begins on {from}',
  },
  'department.exists': {
    zh: '部门“{department}”已经设立且内容不同',
    en: 'Department {department} already exists with different content',
  },
  'department.unknown': { zh: '部门“{department}”不存在', en: 'There is no department {department}' },
  'department.succeeded': {
    zh: '{department}的职能已由{successor}承接',
    en: 'Department {department} has been succeeded by {successor}',
  },
  'department.nothing-to-reassign': {
    zh: '{person} 在{department}没有未办结的办件',
    en: '{person} has no open case in department {department}',
  },
  'department.reassigned-to-the-same': {
    zh: '改派对象应当是另一人，不能仍是 {person}',
    en: 'The cases of {person} can only be given to another person',
  },
  'department.succeeds-itself': { zh: '部门不能承接自身的职能', en: 'A department cannot succeed itself' },
  'identity.not-bound': {
    zh: '该统一身份尚未由管理员绑定账号',
    en: 'No administrator has bound an account to this subject of the identity provider',
  },
  'sign-in.no-provider': {
    zh: '未启用统一身份认证登录',
    en: 'No identity provider is set up for signing in',
  },
  'sign-in.provider-refused': {
    zh: '统一身份认证登录未完成，请重新登录',
    en: 'Signing in at the identity provider was not completed; begin again',
  },
  'sign-in.refused': { zh: '用户名或者密码不正确', en: 'The name or the password is wrong' },
  'sign-in.busy': {
    zh: '当前登录人数较多，请稍后再试',
    en: 'Too many people are signing in at the moment; try again shortly',
  },
  'sign-in.too-many': {
    zh: '登录尝试过于频繁，请 {seconds} 秒后再试',
    en: 'Too many attempts to sign in; try again in {seconds} seconds',
  },
} as const;

export type IdentityViolation = keyof typeof IDENTITY_MESSAGES;
