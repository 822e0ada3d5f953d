/** Refusal messages about works that stop and are resumed. */
export const WORKS_MESSAGES = {
  'application.not-a-permit-of-works': {
    zh: '申请 {application} 的许可不是施工许可，没有中止施工和恢复施工',
    en: 'The permit of application {application} is not one of works, so none can stop or be resumed under it',
  },
  'application.works-not-begun': {
    zh: '申请 {application} 的工程尚未报告开工，没有在建工程可以中止施工',
    en: 'The works under the permit of application {application} have not been reported as begun, so they cannot stop',
  },
  'application.works-stopped-already': {
    zh: '申请 {application} 的工程已于{on}中止施工',
    en: 'The works under the permit of application {application} already stopped on {on}',
  },
  'application.works-not-stopped': {
    zh: '申请 {application} 的工程没有中止施工',
    en: 'The works under the permit of application {application} have not stopped',
  },
  'application.not-a-day-of-stop': {
    zh: '申请 {application} 的中止施工日期应当在{from}至{until}之间，不能是{on}',
    en: 'The works under the permit of application {application} can have stopped on a day from {from} to {until}, not on {on}',
  },
  'application.not-a-day-of-resumption': {
    zh: '申请 {application} 的恢复施工日期应当在{from}至{until}之间，不能是{on}',
    en: 'The works under the permit of application {application} can have been resumed on a day from {from} to {until}, not on {on}',
  },
  'application.permit-not-verified': {
    zh: '申请 {application} 的工程自{stoppedOn}起中止施工，至{yearUntil}已满一年，恢复施工前应当报发证机关核验施工许可证',
    en: 'The works under the permit of application {application} stopped on {stoppedOn}; the year was over on {yearUntil}, so the permit must be verified before they are resumed',
  },
} as const;
