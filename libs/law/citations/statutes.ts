import { type LawReference } from './law-reference.js';

/** The laws that the program itself rests on, by their code in data/laws.yaml, with the name by which they are cited. */
export const STATUTES = {
  'administrative-licensing': '行政许可法',
  construction: '建筑法',
  'business-environment': '优化营商环境条例',
} as const;

/** A place in one of them. */
export type StatuteReference = LawReference & { readonly law: keyof typeof STATUTES };

const placeIn =
  (law: keyof typeof STATUTES) =>
  (article: number, item: number | null = null): StatuteReference => ({
    law,
    article,
    paragraph: null,
    item,
  });

/** A place in 行政许可法: `licensing(32, 4)`. */
export const licensing = placeIn('administrative-licensing');
export const construction = placeIn('construction');
export const businessEnvironment = placeIn('business-environment');

/** As answers cite it: `行政许可法 Art. 32(4)`. */
export function cited({ law, article, item }: StatuteReference): string {
  return `${STATUTES[law]} Art. ${article}${item === null ? '' : `(${item})`}`;
}
