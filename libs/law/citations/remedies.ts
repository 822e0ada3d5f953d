/**
 * 救济途径, as a refusal names them (行政许可法第三十八条第二款). The reviewing organ is the people's government
 * of the department's own level (行政复议法第二十四条第一款第一项).
 */
export const REMEDIES =
  '可以自收到决定书之日起六十日内向本级人民政府申请行政复议（行政复议法第二十条、第二十四条），' +
  '或者自收到决定书之日起六个月内依法向人民法院提起行政诉讼（行政诉讼法第四十六条）。';

const NOT_AFTER_DIGITS = '(?<![\\d零〇一二两三四五六七八九十百])';
const REVIEW = /复议|reconsideration|review/iu;
const REVIEWER = /政府|复议机关|复议机构|上一级|government|authority|organ\b/iu;
const SIXTY_DAYS = new RegExp(`${NOT_AFTER_DIGITS}(?:六十|60)\\s*[日天]|\\b(?:60|sixty) days\\b`, 'iu');
const ACTION = /诉讼|起诉|litigation|lawsuit|proceedings|\baction\b|\bsue\b/iu;
const COURT = /法院|\bcourts?\b/iu;
const SIX_MONTHS = new RegExp(`${NOT_AFTER_DIGITS}(?:六|6)\\s*个月|\\b(?:6|six) months\\b`, 'iu');

/**
 * True for a text that names both remedies in Chinese or English: reconsideration, by which organ, within sixty days (行政复议法第二十条),
 * and an action, before a court, within six months (行政诉讼法第四十六条). Each is looked for in a part that does not go on to the other.
 */
export function tellsRemedies(text: string): boolean {
  const says = (parts: readonly string[], ...all: readonly RegExp[]) =>
    parts.some((part) => all.every((one) => one.test(part)));
  return (
    says(text.split(COURT), REVIEW, REVIEWER, SIXTY_DAYS) &&
    says(text.split(REVIEW), ACTION, COURT, SIX_MONTHS)
  );
}
