/** Refusal messages for what is not a reference to a law, or does not describe remedies. */
export const LAW_MESSAGES = {
  'law.no-article': {
    zh: '{field}应当写明法律名称和条款（例如《行政许可法》第三十八条第二款），“{text}”不是法律条款',
    en: '{field} must name a law and its article (such as 行政许可法 Art. 38); "{text}" does not',
  },
  'law.unnamed': {
    zh: '{field}只写明了条款，未写明法律名称：“{text}”',
    en: '{field} names an article but no law: "{text}"',
  },
  'law.unknown': {
    zh: '{field}所引的“{law}”不在法律法规目录中；地方性法规、规章等请先录入 data/laws.yaml 或者 LAWS_FILE 指定的文件',
    en: '{field} names "{law}", which is not in the catalogue of laws; enter local rules first, in data/laws.yaml or LAWS_FILE',
  },
  'law.article-beyond': {
    zh: '{field}所引条款不存在：《{law}》共 {articles} 条，没有第 {article} 条',
    en: '{field} names Art. {article} of {law}, which has {articles} articles',
  },
  'law.no-remedies': {
    zh: '{field}应当写明六十日内申请行政复议的机关，以及六个月内提起行政诉讼的人民法院；不填写时由系统按规定填写',
    en: '{field} must name the organ to which the applicant can apply for reconsideration within 60 days and the court in which they can sue within six months; if it is left out, the system fills it in',
  },
  'law.says-nothing': {
    zh: '{field}应当写明具体内容，“{text}”没有写明任何内容',
    en: '{field} must say something; "{text}" does not',
  },
  'law.trouble-is-no-ground': {
    zh: '{field}应当写明法定理由：困难、复杂、领导不在、系统升级、人手不足等不是法定理由（“{text}”）',
    en: '{field} must give a ground of law: that something is difficult, that a leader is away, that a system is down or that hands are missing is none ("{text}")',
  },
} as const;
