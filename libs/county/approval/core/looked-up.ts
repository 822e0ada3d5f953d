/** Fields of commands that handlers look up: they do not make another command of it. */
export const LOOKED_UP = [
  'opening',
  'missing',
  'granted',
  'departmentKnown',
  'openedBy',
  'knownMaterials',
  'listed',
  'unknown',
  'consult',
  'original',
  'needsReview',
] as const;
