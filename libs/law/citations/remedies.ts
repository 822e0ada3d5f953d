/**
 * 救济途径, as a decision that refuses tells them (行政许可法第三十八条第二款). The reviewing organ is the people's government
 * of the department's own level (行政复议法第二十四条第一款第一项).
 */
export const REMEDIES =
  '可以自收到决定书之日起六十日内向本级人民政府申请行政复议（行政复议法第二十条、第二十四条），' +
  '或者自收到决定书之日起六个月内依法提起行政诉讼（行政诉讼法第四十六条）。';

/** The shortest that says what can be done: 可申请复议. */
const SHORTEST = 5;

/** True for a text that tells a remedy: a sentence that speaks of reconsideration or of a court. */
export function tellsRemedies(text: string): boolean {
  return (
    [...text.trim()].length >= SHORTEST &&
    /复议|诉讼|起诉|法院|reconsideration|review|litigation|court|lawsuit|appeal/iu.test(text)
  );
}
