/** What the operations of a tag are about, by the heading that controllers give. */
const ABOUT: { readonly [heading: string]: string } = {
  'Applications 办件':
    'Applications from submission to delivery, their clocks, permits, and who works on them',
  'Bulletins 通报': 'Published bulletins and the diagnostics that they rest on',
  'Campaign 攻坚': 'Campaigns: pledges, plans with their tasks, and the office that leads them',
  'Catalogue 事项目录': 'Matters of approval, templates of projects, and the questionnaire',
  'Coordination 协调': 'Joint reviews, and disputes about which department is competent',
  'Duties 责任分工': 'Who is responsible for which matter',
  'Identity 身份': 'Accounts, posts, departments, organisations, tokens',
  'Improvements 改进': 'Improvements of the way through a matter, tried and measured',
  'Projects 项目': 'Projects, their matters and their applicants',
  'Reports 报告': 'Figures and lists that are folded from the log',
  'Requests 诉求': 'Requests of enterprises and what is done about them',
  'Supervision 督查': 'Self-inspections and what supervisors ask',
  'Window roster 窗口名册': 'Windows, who sits at them, and what they may decide',
};

/** `Window roster 窗口名册` is the tag `window-roster`: a name that programs can use. */
export function tagName(heading: string): string {
  const words = heading.match(/[A-Za-z]+/g) ?? [];
  return words.length === 0 ? heading : words.join('-').toLowerCase();
}

/** The tags of these headings, with what they are about. */
export function tagsOf(headings: Iterable<string>): { name: string; description: string }[] {
  return [...new Set(headings)]
    .sort()
    .map((heading) => ({ name: tagName(heading), description: describedTag(heading) }));
}

function describedTag(heading: string): string {
  const about = ABOUT[heading];
  return about === undefined ? heading : `${heading}: ${about}`;
}
