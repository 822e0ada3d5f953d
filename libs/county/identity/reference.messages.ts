/** What is said of a field that names nobody and nothing there is. */
export const REFERENCE_MESSAGES = {
  'reference.no-account': {
    zh: '{field}：{value} 不是有效账户，或角色不是 {roles}',
    en: '{field}: {value} is not the open account of one of these roles: {roles}',
  },
  'reference.no-staff': {
    zh: '{field}：{value} 在 {day} 不是部门 {department} 的在岗办理人员',
    en: '{field}: {value} does not work on cases in department {department} on {day}',
  },
  'reference.no-post': {
    zh: '{field}：{person} 在 {day} 不任“{value}”',
    en: '{field}: {person} does not hold the post {value} on {day}',
  },
  'reference.post-of-nobody': {
    zh: '{field}：写明岗位“{value}”时须写明任职人员',
    en: '{field}: the post {value} is named with the person who holds it',
  },
  'reference.no-department': {
    zh: '{field}：部门 {value} 在 {day} 不存在或已被合并',
    en: '{field}: there is no department {value} on {day}, or another has taken over from it',
  },
} as const;

export type ReferenceViolation = keyof typeof REFERENCE_MESSAGES;
