/** Refusal messages about permits. */
export const PERMIT_MESSAGES = {
  'application.no-permit': {
    zh: '申请 {application} 尚未作出准予许可决定',
    en: 'Application {application} has not been approved, so there is no permit',
  },
  'application.not-a-day': {
    zh: '申请 {application} 的有效期日期无效：{day}',
    en: 'The permit of application {application} cannot end on {day}, which is not a valid date',
  },
  'application.day-not-ahead': {
    zh: '申请 {application} 的有效期（{day}）应当晚于今日',
    en: 'The permit of application {application} must end after today, not on {day}',
  },
  'application.permit-expired': {
    zh: '申请 {application} 的许可已于{validUntil}届满，不能再延续',
    en: 'The permit of application {application} expired on {validUntil} and can no longer be renewed',
  },
  'application.renewal-not-longer': {
    zh: '申请 {application} 的许可有效期至{validUntil}，延续后的有效期应当晚于原有效期，不能是{day}',
    en: 'The permit of application {application} is valid until {validUntil}; a renewal until {day} would not prolong it',
  },
  'application.permit-used-already': {
    zh: '申请 {application} 已报告于{usedOn}开工',
    en: 'The first use of the permit of application {application} on {usedOn} has already been reported',
  },
  'application.works-not-allowed-yet': {
    zh: '法律规定开工前应当取得的批准尚未取得，不得开工：{missing}',
    en: 'Works must not begin before the law’s other approvals are granted: {missing}',
  },
  'application.not-a-day-of-use': {
    zh: '申请 {application} 的开工日期应当在送达之日（{delivered}）至今日（{today}）之间，不能是{on}',
    en: 'The first use of the permit of application {application} must be on a day from {delivered} to {today}, not on {on}',
  },
  'application.permit-lapsed': {
    zh: '申请 {application} 的许可未在{lapsedOn}前使用，也未申请延期，已自行废止',
    en: 'The permit of application {application} lapsed: it was neither used nor put off until {lapsedOn}',
  },
  'application.permit-without-end': {
    zh: '申请 {application} 的许可没有有效期，无需延续',
    en: 'The permit of application {application} has no end of validity, so there is nothing to renew',
  },
  'application.renewal-applied-before': {
    zh: '申请 {application} 已经申请延续，请等待决定',
    en: 'The renewal of the permit of application {application} has already been applied for and waits for a decision',
  },
  'application.renewal-too-late': {
    zh: '申请 {application} 的许可有效期至{validUntil}，应当在{lastDay}前申请延续',
    en: 'The permit of application {application} is valid until {validUntil}; its renewal had to be applied for until {lastDay}',
  },
  'application.no-renewal': {
    zh: '申请 {application} 没有待决定的延续申请',
    en: 'No application for the renewal of the permit of application {application} waits for a decision',
  },
  'application.no-term-of-use': {
    zh: '申请 {application} 的许可没有开工期限，无需延期',
    en: 'The permit of application {application} need not be used by a day, so there is nothing to put off',
  },
  'application.postponed-before': {
    zh: '申请 {application} 已经延期开工 {times} 次，不得再次延期',
    en: 'The use of the permit of application {application} has already been put off {times} times',
  },
  'application.postponement-too-long': {
    zh: '申请 {application} 每次延期开工不超过 {most} 个月，不能是 {months} 个月',
    en: 'The use of the permit of application {application} is put off by at most {most} months at a time, not by {months}',
  },
  'application.no-breach': {
    zh: '申请 {application} 的承诺未经核查认定不实',
    en: 'No check has found the commitment of application {application} to be broken',
  },
  'application.public-harm-unsaid': {
    zh: '撤销申请 {application} 的许可，应当写明是否可能对公共利益造成重大损害（publicHarm）',
    en: 'Whether revoking the permit of application {application} may do great harm to the public interest (publicHarm) must be stated',
  },
  'application.revocation-harms-public': {
    zh: '撤销申请 {application} 的许可可能对公共利益造成重大损害，不予撤销',
    en: 'Revoking the permit of application {application} may do great harm to the public interest, so it is not revoked',
  },
  'application.compensation-owed': {
    zh: '应当写明因撤销申请 {application} 的许可给被许可人造成损害的赔偿（compensation），没有损害的也应当写明',
    en: 'How the loss of the holder of the permit of application {application} is made good (compensation) must be stated, even where there is none',
  },
  'application.no-compensation-for-deception': {
    zh: '以欺骗、贿赂等不正当手段取得的许可，被许可人的利益不受保护，不得写赔偿（compensation）（申请 {application}）',
    en: 'Interests got by deception or bribery are not protected: application {application} must not name compensation',
  },
  'application.deception-not-found': {
    zh: '以欺骗、贿赂等不正当手段取得为由撤销申请 {application} 的许可，应当写明认定情况（finding）',
    en: 'To revoke the permit of application {application} for deception or bribery, how that was found (finding) must be stated',
  },
  'application.finding-without-deception': {
    zh: '认定情况（finding）只用于以欺骗、贿赂等不正当手段取得的许可（申请 {application}）',
    en: 'A finding of deception (finding) belongs to a revocation for deception only (application {application})',
  },
  'application.no-personal-qualification': {
    zh: '申请 {application} 的许可不是赋予公民特定资格的许可，不能以死亡或者丧失行为能力为由注销',
    en: 'The permit of application {application} does not qualify a natural person, so death or incapacity is no ground to cancel it',
  },
  'application.cancelled-as-withdrawn': {
    zh: '申请 {application} 的许可已被撤销或者撤回，应当以此为由（withdrawn）注销',
    en: 'The permit of application {application} was revoked or recalled, so it is cancelled on that ground (withdrawn)',
  },
  'application.cancelled-as-lapsed': {
    zh: '申请 {application} 的许可已于{lapsedOn}自行废止，应当以法律、法规规定的其他情形（other）注销',
    en: 'The permit of application {application} lapsed on {lapsedOn}, so it is cancelled on another ground that a law names (other)',
  },
  'application.permit-not-expired': {
    zh: '申请 {application} 的许可有效期（{validUntil}）尚未届满',
    en: 'The permit of application {application} has not expired (valid until {validUntil})',
  },
  'application.permit-not-withdrawn': {
    zh: '申请 {application} 的许可未被撤销或者撤回',
    en: 'The permit of application {application} has been neither revoked nor recalled',
  },
} as const;
