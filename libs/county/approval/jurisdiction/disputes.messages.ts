/** Refusal messages while departments dispute an application. */
export const DISPUTED_MESSAGES = {
  'application.in-dispute': {
    zh: '申请 {application} 存在职能争议（{dispute}），裁定前不能办理',
    en: 'Application {application} is held pending dispute {dispute}; nothing may be done on it before the ruling',
  },
} as const;
