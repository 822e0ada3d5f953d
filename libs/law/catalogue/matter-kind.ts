export const MATTER_KINDS = [
  'licence', // 行政许可
  'confirmation', // 行政确认
  'filing', // 备案
  'technical-review', // 技术审查
  'intermediary-service', // 中介服务
  'utility-service', // 市政公用服务
  'other',
] as const;
/** What kind of act the matter is. */
export type MatterKind = (typeof MATTER_KINDS)[number];
