/** What is said where something cited is not a law, or a remedy is none. */
export const LAW_MESSAGES = {
  'law.no-article': {
    zh: '{field} 应当写明法律名称和条款（例如《行政许可法》第三十八条第二款），“{text}”不是法律条款',
    en: '{field} must name a law and its article (行政许可法 Art. 38); "{text}" does not',
  },
  'law.unnamed': {
    zh: '{field} 只写明了条款，未写明是哪部法律：“{text}”',
    en: '{field} names an article without its law: "{text}"',
  },
  'law.unknown': {
    zh: '{field} 所引的“{law}”不在法律法规目录中；地方性法规、规章等请先录入 data/laws.yaml 或 LAWS_FILE 指定的文件',
    en: '{field} names "{law}", which the catalogue of laws does not know; a local rule has to be entered first, in data/laws.yaml or LAWS_FILE',
  },
  'law.article-beyond': {
    zh: '{field} 所引条款不存在：《{law}》共 {articles} 条，没有第 {article} 条',
    en: '{field} names Art. {article} of {law}, which has {articles} articles',
  },
  'law.no-remedies': {
    zh: '{field} 应当写明六十日内申请行政复议的机关，以及六个月内提起行政诉讼的人民法院；不填写时由系统按规定填写',
    en: '{field} must name the organ that reconsiders the decision within 60 days and the court that hears an action within six months; left out, it is filled in',
  },
} as const;
