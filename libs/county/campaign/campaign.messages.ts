/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const CAMPAIGN_MESSAGES = {
  'campaign.not-a-day': {
    zh: '{field} 不是有效日期：{day}',
    en: '{field} is not a day of the calendar: {day}',
  },
  'campaign.ends-before-it-begins': {
    zh: 'until {until} 早于 from {from}',
    en: 'until {until} lies before from {from}',
  },
  'campaign.unknown-departments': {
    zh: '{field}：没有这些部门：{departments}',
    en: '{field}: there are no such departments: {departments}',
  },
  'campaign-office.assigned-already': {
    zh: '“{department}”自 {from} 起已承担攻坚办公室',
    en: '{department} runs the campaign office from {from} on already',
  },
  'campaign-office.never-assigned': {
    zh: '“{department}”没有承担过攻坚办公室',
    en: '{department} was never assigned the campaign office',
  },
  'campaign-office.not-assigned': {
    zh: '{day} 由“{departments}”承担攻坚办公室，{person} 所在的“{department}”不在其中',
    en: 'On {day} the campaign office is run by {departments}; {department}, where {person} is, has no part in it',
  },
  'campaign.no-such-event': {
    zh: '{field}：日志中没有这些事件：{events}',
    en: '{field}: the log has no such events: {events}',
  },
  'campaign.evidence-missing': {
    zh: '须有佐证：{field} 或 documents 至少一项',
    en: 'Evidence is owed: {field} or documents, one at least',
  },
  'pledge.not-measurable': {
    zh: '表态须有可衡量的指标，{field} 不能为空',
    en: 'A pledge needs an indicator that can be measured; {field} is blank',
  },
  'pledge.department-missing': {
    zh: '须写明由谁表态（{field}）',
    en: 'It has to be said whose pledge it is ({field})',
  },
  'pledge.not-your-department': {
    zh: '只能为本部门表态和兑现，不能代“{department}”',
    en: 'A head pledges and fulfils for the own department only, not for {department}',
  },
  'pledge.exists': { zh: '表态 {pledge} 已经存在', en: 'Pledge {pledge} exists already' },
  'pledge.unknown': { zh: '没有表态 {pledge}', en: 'There is no pledge {pledge}' },
  'pledge.due-in-the-past': {
    zh: '{field} {dueOn} 已经过去（今日 {today}）',
    en: '{field} {dueOn} is over; today is {today}',
  },
  'pledge.fulfilled-already': { zh: '表态 {pledge} 已经兑现', en: 'Pledge {pledge} is fulfilled already' },
  'pledge.target-missed': {
    zh: '{indicator} 为 {value} {unit}，未达到表态的 {target} {unit}（{direction}）',
    en: '{indicator} is {value} {unit}, short of the {target} {unit} ({direction}) that was pledged',
  },
  'pledge.beyond-a-hundred': {
    zh: '{field} 为 {value}{unit}，百分比不得超过 100',
    en: '{field} is {value} {unit}: a percentage is 100 at the most',
  },
  'pledge.event-is-a-word': {
    zh: '{field}：事件 {event}（{type}）是表态或方案本身，不能作为兑现依据',
    en: '{field}: the event {event} ({type}) is a pledge or a plan and shows no fulfilment',
  },
  'plan.exists': { zh: '方案 {plan} 已经发布，请修订', en: 'Plan {plan} is published already; revise it' },
  'plan.unknown': { zh: '没有方案 {plan}', en: 'There is no plan {plan}' },
  'plan.task-twice': {
    zh: '{field} 中任务 {task} 出现两次',
    en: 'Task {task} stands twice in {field}',
  },
  'plan.unknown-task': {
    zh: '方案 {plan} 现行版本中没有任务 {task}',
    en: 'The version of plan {plan} in force has no task {task}',
  },
  'plan.event-shows-no-work': {
    zh: '{field}：事件 {event}（{type}）不是办理工作，不能作为任务 {task} 的落实依据',
    en: '{field}: the event {event} ({type}) is no work that discharges task {task}',
  },
  'plan.event-before-the-task': {
    zh: '{field}：事件 {event} 发生于 {occurredAt}，早于任务 {task} 的发布（{since}）',
    en: '{field}: the event {event} happened at {occurredAt}, before task {task} was published ({since})',
  },
  'plan.event-of-another': {
    zh: '{field}：事件 {event} 与任务 {task} 的责任部门“{department}”无关',
    en: '{field}: the event {event} is not of {department}, which owes task {task}',
  },
  'plan.not-your-task': {
    zh: '任务 {task} 由“{department}”落实',
    en: 'Task {task} is for {department} to discharge',
  },
} as const;

export type CampaignViolation = keyof typeof CAMPAIGN_MESSAGES;
