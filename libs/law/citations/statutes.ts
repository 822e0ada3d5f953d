import { LawCatalogue } from './law-catalogue.js';
import { type LawReference, readReferences } from './law-reference.js';

/** The laws that the program itself rests on, by their code in data/laws.yaml, with the name by which they are cited. */
export const STATUTES = {
  'administrative-licensing': '行政许可法',
  construction: '建筑法',
  'energy-conservation': '节约能源法',
  'environmental-impact': '环境影响评价法',
  'water-soil': '水土保持法',
  'business-environment': '优化营商环境条例',
  'fire-protection': '消防法',
  'flood-control': '防洪法',
  'occupational-disease': '职业病防治法',
} as const;

/** A place in one of them. */
export type StatuteReference = LawReference & { readonly law: keyof typeof STATUTES };

const placeIn =
  (law: keyof typeof STATUTES) =>
  (article: number, item: number | null = null, paragraph: number | null = null): StatuteReference => ({
    law,
    article,
    paragraph,
    item,
  });

/** A place in 行政许可法, text of 2019: `licensing(32, 4)`. */
export const licensing = placeIn('administrative-licensing');
export const construction = placeIn('construction');
export const energyConservation = placeIn('energy-conservation');
export const environmentalImpact = placeIn('environmental-impact');
export const waterSoil = placeIn('water-soil');
export const fireProtection = placeIn('fire-protection');
export const floodControl = placeIn('flood-control');
export const occupationalDisease = placeIn('occupational-disease');
export const businessEnvironment = placeIn('business-environment');

const LICENSING_ALONE = new LawCatalogue([
  {
    code: 'administrative-licensing',
    title: '中华人民共和国行政许可法',
    aliases: ['许可法', 'Administrative Licensing Law'],
    articles: null,
    source: null,
    verified: false,
  },
]);

/** The place in 行政许可法 that a citation names; null for any other text, and for several places. */
export function placeInLicensing(citation: string): LawReference | null {
  const { references } = readReferences(LICENSING_ALONE, citation);
  return references?.length === 1 ? (references[0] ?? null) : null;
}

/** As it is cited in answers: `行政许可法 Art. 32(4)`. */
export function cited({ law, article, paragraph, item }: StatuteReference): string {
  const place = `${item === null ? '' : `(${item})`}${paragraph === null ? '' : ` para. ${paragraph}`}`;
  return `${STATUTES[law]} Art. ${article}${place}`;
}
