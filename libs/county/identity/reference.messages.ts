/** Refusal messages for fields that name something that does not exist. */
export const REFERENCE_MESSAGES = {
  'reference.no-account': {
    zh: '{field}：“{value}”不是有效账号，或者角色不是{roles}',
    en: '{field}: {value} is not an open account with one of these roles: {roles}',
  },
  'reference.no-staff': {
    zh: '{field}：“{value}”在{day}不是{department}的在岗办理人员',
    en: '{field}: {value} does not work on cases in department {department} on {day}',
  },
  'reference.no-post': {
    zh: '{field}：{person} 在{day}未任“{value}”',
    en: '{field}: {person} does not hold the post {value} on {day}',
  },
  'reference.post-of-nobody': {
    zh: '{field}：写明职务“{value}”时应当写明任职人员',
    en: '{field}: the post {value} must be named together with the person who holds it',
  },
  'reference.no-department': {
    zh: '{field}：部门“{value}”在{day}不存在或者已被承接',
    en: '{field}: there is no department {value} on {day}, or another department has taken over from it',
  },
} as const;

export type ReferenceViolation = keyof typeof REFERENCE_MESSAGES;
