/** The databases of the read models; all that is in them carries a seal, see seal.ts. */
export const DOCUMENTS = 'sealed-documents';
export const ENTRIES = 'sealed-entries';
export const NOTES = 'sealed-notes';

/** Those of releases before there were seals: such read models are built anew. */
export const FORMER_DATABASES: readonly string[] = ['documents', 'entries', 'meta'];
