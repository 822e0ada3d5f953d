/** What is written in place of a text: it says nothing, whatever the field asks for. */
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  ...['无', '空', '略', '同', '没', '没有', '暂无', '空白', '未填', '不填', '不详', '待定', '待补', '待补充'],
  ...['同上', '同前', '同左', '如上', '如前', '见上', '如题', '其他', '其它', '另附', '后补'],
  ...['无理由', '没有理由', '无原因', '没有原因', '无说明', '无内容', '无可奉告', '无需说明', '不需要理由'],
  ...['x', 'none', 'na', 'nil', 'null', 'nothing', 'noreason', 'ditto', 'same', 'sameasabove', 'asabove'],
  ...['seeabove', 'tbd', 'todo', 'undefined', 'unknown', 'other', 'blank', 'empty'],
]);

/** Its letters and digits, in one width and one case. */
const core = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** True for signs and digits alone, one letter over and over, and words that mean nothing: x, 无, 同上, /, n/a. */
export function saysNothing(text: string): boolean {
  const said = core(text);
  if (!/\p{L}/u.test(said) || EMPTY_WORDS.has(said)) return true;
  const isRepeated = /^(\p{L})\1*$/u.test(said);
  return isRepeated && (!/^\p{Script=Han}/u.test(said) || EMPTY_WORDS.has([...said][0] ?? ''));
}

/**
 * Troubles of an organ and its people, which no law names as a ground: a case that is hard, a leader who is away, a system that is
 * down, hands that are missing. With them go the words that only say that nothing was done. Longer ones stand before those that
 * they contain.
 */
const TROUBLES: readonly string[] = [
  '历史遗留问题|历史遗留|历史原因|特殊情况|特殊原因|客观原因|客观情况|内部原因|工作原因|工作需要|多种原因|各种原因|种种原因',
  '困难重重|困难|难度|疑难|复杂|棘手|麻烦|繁琐|敏感|为难|很难|较难|太难|难办|不好办|没法办|办不了|办不成|办不下来',
  '(?:主要|分管|主管|有关|单位|部门)?(?:领导|负责人|局长|科长|股长|主任|书记|县长|经办人|承办人|审批人|签字人|同志|人员)' +
    '(?:都|均|正|正在|目前|暂时|还|尚|仍)?(?:不在|外出|出差|开会|休假|请假|学习|培训|下乡|未签字|没签字|没有签字|未批示|没有批示|未批|未同意|没空|没时间|较忙|很忙|变动|调整)(?:岗|单位|家)?',
  '(?:业务|审批|办公|政务|平台|内部|电脑)*(?:系统|网络|平台|设备|电脑|服务器)(?:正在|正)?(?:升级|故障|维护|瘫痪|停机|出错|不通|中断|改造|切换|异常|崩溃)(?:维护|改造)?',
  '断网|停电|断电',
  '(?:无法|不能|不予|不便|难以|暂不)(?:予以)?(?:办理|受理|处理|审批|办结)',
  '(?:人手|人员|编制|力量|经费|时间)(?:严重|比较|较为|较|很)?(?:不足|不够|紧张|短缺|有限|少|紧)|人少|缺人|没有人|没人|时间紧|来不及|忙不过来',
  '(?:工作|业务|任务|业务量|工作量|办件量)(?:太|很|较|过|比较|十分|非常)?(?:忙|繁忙|繁重|重|大|多)|太忙|很忙|繁忙|任务重',
  '(?:尚|还|仍|正)?(?:需要|需|待|须|要|等待|等)?(?:进一步|再|继续)?(?:领导|上级|集体)?(?:研究研究|研究|商量|商议|考虑|批示|指示|通知|签字)(?:后)?(?:再说|再定|再办|决定)?',
  '以后再说|过后再办|暂缓|缓办|拖后|再等等|等等再说|推迟|不想办|不愿办|不敢办|怕担责|风险大|没有先例|无先例|没先例|从未办过|没办过',
];
const TROUBLE = new RegExp(TROUBLES.join('|'), 'gu');
const TROUBLE_EN =
  /\b(?:very|too|so|quite|rather)?\s*(?:difficult(?:y|ies)?|hard|complex(?:ity)?|complicated|tricky|sensitive)\b|\b(?:leader|head|director|manager|boss|officer|staff|chief)s?\s+(?:is|are|was)?\s*(?:away|absent|out|on leave|on a trip|busy|travelling|not in)\b|\bsystems?\s+(?:is|was|are|being|under)?\s*(?:upgrad\w*|maintenance|down|broken|failure|outage)\b|\b(?:short of staff|understaffed|staff shortage|shortage of staff|not enough (?:staff|people|time)|no time|too busy|busy|heavy workload)\b/giu;

/** What carries such a text and says nothing of its own. */
const CARRIERS =
  /由于|因为|因此|所以|目前|现在|近期|当前|暂时|今年|今天|本周|最近|本局|我局|本部门|我单位|本单位|该局|窗口|科室|单位|部门|事项|案件|案情|个案|情况|情形|项目|业务|问题|材料|申请|手续|程序|关系|涉及面|涉及|比较|较为|较大|较多|较高|非常|十分|特别|极其|极为|过于|相当|确实|确有|存在|一定|一些|许多|诸多|很多|无法|不能|不便|难以|不予|不可|未能|办理|处理|审批|审查|受理|核查|许可|按期|按时|及时|如期|完成|办结|作出|决定|申请人|谅解|理解|配合|敬请|请|正在|需要|延期|延长|暂停|中止|退回|退件|拒绝|工作|相关|有关|方面|原因|理由|时间|期限|期间|法定|规定|依据|根据|按照|内|等|待|及|和|与|的|了|因|由|故|现|本|该|此|其|较|很|太|过|大|多|高|有|是|为|在|需|须|要|将|予以|给予|以|而|且|又|也|都|均|已|再|后|可|能|不|对|我|你|您|他/gu;
const CARRIERS_EN =
  /\b(?:because|since|due|to|of|the|a|an|is|are|was|were|it|this|that|case|matter|situation|too|very|so|we|cannot|can|not|be|in|on|at|for|and|or|now|currently|temporarily|please|wait|time|decide|decided|handle|handled|process|processed|application|our|has|have|more|some|there|here|as|yet|still)\b/giu;
const CITATION =
  /《[^《》]{1,100}》(?:\s*(?:第[零〇一二两三四五六七八九十百\d]{1,7}[条款项])+)?|第[零〇一二两三四五六七八九十百\d]{1,7}条/gu;

/**
 * True where a text names only troubles of the organ (知难、复杂、领导不在、系统升级、人手不足), or that it does not act: with such a ground no
 * one is refused, kept waiting or sent back. What says anything beyond them is for the reader to judge.
 */
export function isTroubleAlone(text: string): boolean {
  const plain = text.normalize('NFKC').replace(CITATION, ' ');
  const spoken = plain.replace(TROUBLE, ' ').replace(TROUBLE_EN, ' ');
  if (spoken === plain) return false;
  const rest = spoken.replace(CARRIERS, ' ').replace(CARRIERS_EN, ' ');
  return core(rest).length < 2;
}
