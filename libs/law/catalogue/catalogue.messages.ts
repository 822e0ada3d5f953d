/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const CATALOGUE_MESSAGES = {
  'matter.exists': {
    zh: '事项“{code}”已经公布且内容不同，请以修订方式变更',
    en: 'Matter {code} has already been published with different content; revise it instead',
  },
  'matter.not-published': { zh: '事项“{code}”尚未公布', en: 'Matter {code} has not been published' },
  'matter.abolished': {
    zh: '事项“{code}”已经取消：{reason}',
    en: 'Matter {code} has been abolished: {reason}',
  },
  'matter.lighter-without-article': {
    zh: '事项“{code}”的修订减少了{partsZh}：应当写明所依据的法律条款（article），并由另一人确认',
    en: 'The revision makes matter {code} lighter ({parts}): cite the law that allows it (article); another person confirms it',
  },
  'matter.revision-not-proposed': {
    zh: '事项“{code}”没有待确认的修订',
    en: 'No revision of matter {code} waits for confirmation',
  },
  'matter.revision-by-one': {
    zh: '事项“{code}”减少环节、材料或者放宽时限的修订，应当由两人分别提出和确认，{person} 不能确认自己的提议',
    en: 'A revision that makes matter {code} lighter takes two persons: {person} proposed it and may not confirm it',
  },
  'matter.abolition-without-article': {
    zh: '提出取消事项“{code}”，应当写明所依据的法律条款（article）',
    en: 'Who proposes to abolish matter {code} must cite the law that allows it (article)',
  },
  'matter.abolition-not-proposed': {
    zh: '事项“{code}”尚未有人提出取消，无需确认',
    en: 'Nobody has proposed to abolish matter {code}',
  },
  'matter.abolition-by-one': {
    zh: '取消事项应当由两人分别提出和确认，{person} 不能确认自己的提议',
    en: 'A matter is abolished by two persons: {person} proposed it and may not confirm it',
  },
  'matter.no-legal-basis': {
    zh: '事项“{code}”没有法定依据（法律及条款），不得公布',
    en: 'Matter {code} names no law and article and cannot be published',
  },
  'matter.material-without-basis': {
    zh: '事项“{code}”的材料“{material}”没有依据，不得要求申请人提交',
    en: 'Matter {code} requires "{material}" without a legal basis',
  },
  'matter.not-a-day': {
    zh: '事项“{code}”的施行日期无效：{day}',
    en: 'The first day in force of matter {code} is not a valid date: {day}',
  },
  'matter.promise-over-statutory': {
    zh: '事项“{code}”的承诺时限（{promised}）不得长于法定时限（{statutory}）',
    en: 'The promised time limit of matter {code} ({promised}) may not be longer than the statutory one ({statutory})',
  },
  'matter.validity-overlaps': {
    zh: '事项“{code}”的新版本自{day}起施行，早于现行版本的施行日期（{latest}），有效期重叠',
    en: 'The new version of matter {code} would be in force from {day}, before the current version begins on {latest}',
  },
  'template.exists': {
    zh: '流程模板“{code}”已经公布且内容不同，请以修订方式变更',
    en: 'Template {code} has already been published with different content; revise it instead',
  },
  'template.not-published': { zh: '流程模板“{code}”尚未公布', en: 'Template {code} has not been published' },
  'template.lighter-without-article': {
    zh: '流程模板“{code}”的修订减少了{partsZh}：应当写明所依据的法律条款（article），并由另一人确认',
    en: 'The revision makes template {code} lighter ({parts}): cite the law that allows it (article); another person confirms it',
  },
  'template.revision-not-proposed': {
    zh: '流程模板“{code}”没有待确认的修订',
    en: 'No revision of template {code} waits for confirmation',
  },
  'template.revision-by-one': {
    zh: '流程模板“{code}”减少事项或者前置关系的修订，应当由两人分别提出和确认，{person} 不能确认自己的提议',
    en: 'A revision that makes template {code} lighter takes two persons: {person} proposed it and may not confirm it',
  },
  'template.stage-twice': {
    zh: '流程模板“{code}”中阶段“{stage}”重复；一个阶段只有一个牵头部门',
    en: 'Template {code} lists the stage "{stage}" twice; a stage has one lead department',
  },
  'template.matter-twice': {
    zh: '流程模板“{code}”中事项“{matter}”重复',
    en: 'Template {code} lists the matter {matter} twice',
  },
  'template.unknown-matter': {
    zh: '流程模板“{code}”引用的事项“{matter}”尚未公布',
    en: 'Template {code} names the matter {matter}, which has not been published',
  },
  'template.abolished-matter': {
    zh: '流程模板“{code}”引用的事项“{matter}”已经取消',
    en: 'Template {code} names the matter {matter}, which has been abolished',
  },
  'template.unknown-prerequisite': {
    zh: '流程模板“{code}”中事项“{matter}”的前置事项“{prerequisite}”不在模板内',
    en: 'In template {code} the matter {matter} has the prerequisite {prerequisite}, which is not in the template',
  },
  'template.cycle': {
    zh: '流程模板“{code}”的前置关系形成循环：{path}',
    en: 'The prerequisites of template {code} form a cycle: {path}',
  },
} as const;

export type CatalogueViolation = keyof typeof CATALOGUE_MESSAGES;
