/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const CAMPAIGN_MESSAGES = {
  'campaign.not-a-day': {
    zh: '{field}无效：{day}',
    en: '{field} is not a valid date: {day}',
  },
  'campaign.ends-before-it-begins': {
    zh: '截止日期（{until}）不得早于起始日期（{from}）',
    en: "'until' ({until}) is before 'from' ({from})",
  },
  'campaign.unknown-departments': {
    zh: '{field}中有不存在的部门：{departments}',
    en: '{field}: there are no such departments: {departments}',
  },
  'campaign-office.assigned-already': {
    zh: '{department}自{from}起已承担攻坚办公室工作',
    en: '{department} already runs the campaign office from {from}',
  },
  'campaign-office.never-assigned': {
    zh: '{department}没有承担过攻坚办公室工作',
    en: '{department} has never run the campaign office',
  },
  'campaign-office.not-assigned': {
    zh: '{day}由{departments}承担攻坚办公室工作，{person} 所在的{department}不在其中',
    en: 'On {day} the campaign office is run by {departments}; {department}, the department of {person}, is not one of them',
  },
  'campaign.no-such-event': {
    zh: '{field}中有不存在的记录：{events}',
    en: '{field}: there are no such events in the log: {events}',
  },
  'campaign.evidence-missing': {
    zh: '应当提供佐证：{field}和证明材料至少填写一项',
    en: 'Evidence is required: give at least one of {field} and documents',
  },
  'pledge.not-measurable': {
    zh: '表态应当有可以衡量的指标，{field}不能为空',
    en: 'A pledge needs a measurable indicator; {field} is empty',
  },
  'pledge.department-missing': {
    zh: '应当写明表态的{field}',
    en: 'The pledging department is required ({field})',
  },
  'pledge.not-your-department': {
    zh: '只能为本部门表态和兑现，不能代{department}办理',
    en: 'A department head can pledge and fulfil only for their own department, not for {department}',
  },
  'pledge.exists': { zh: '表态 {pledge} 已经登记', en: 'Pledge {pledge} already exists' },
  'pledge.unknown': { zh: '表态 {pledge} 不存在', en: 'There is no pledge {pledge}' },
  'pledge.due-in-the-past': {
    zh: '{field}（{dueOn}）已经过去，今日为{today}',
    en: '{field} {dueOn} is in the past; today is {today}',
  },
  'pledge.fulfilled-already': {
    zh: '表态 {pledge} 已经兑现',
    en: 'Pledge {pledge} has already been fulfilled',
  },
  'pledge.target-missed': {
    zh: '{indicator}为 {value} {unit}，未达到表态的目标（{direction} {target} {unit}）',
    en: '{indicator} is {value} {unit}; the pledge was {direction} {target} {unit}',
  },
  'pledge.beyond-a-hundred': {
    zh: '{field}为 {value}{unit}，百分比不得超过 100',
    en: '{field} is {value} {unit}; a percentage is at most 100',
  },
  'pledge.event-is-a-word': {
    zh: '{field}中的 {event} 是表态或者方案本身，不能作为兑现依据',
    en: '{field}: event {event} is itself a pledge or a plan and does not show fulfilment',
  },
  'plan.exists': {
    zh: '方案 {plan} 已经发布，变更请修订',
    en: 'Plan {plan} has already been published; revise it instead',
  },
  'plan.unknown': { zh: '方案 {plan} 不存在', en: 'There is no plan {plan}' },
  'plan.task-twice': {
    zh: '{field}中任务“{task}”重复',
    en: 'Task {task} is listed twice in {field}',
  },
  'plan.unknown-task': {
    zh: '方案 {plan} 的现行版本没有任务“{task}”',
    en: 'The current version of plan {plan} has no task {task}',
  },
  'plan.event-shows-no-work': {
    zh: '{field}中的 {event} 不是办理工作，不能作为任务“{task}”的落实依据',
    en: '{field}: event {event} is not work that discharges task {task}',
  },
  'plan.event-before-the-task': {
    zh: '{field}中的 {event} 发生于{occurredAt}，早于任务“{task}”的发布时间（{since}）',
    en: '{field}: event {event} happened at {occurredAt}, before task {task} was published at {since}',
  },
  'plan.event-of-another': {
    zh: '{field}中的 {event} 与任务“{task}”的责任部门{department}无关',
    en: '{field}: event {event} does not concern {department}, which is responsible for task {task}',
  },
  'plan.not-your-task': {
    zh: '任务“{task}”由{department}落实',
    en: 'Task {task} is to be discharged by {department}',
  },
} as const;

export type CampaignViolation = keyof typeof CAMPAIGN_MESSAGES;
