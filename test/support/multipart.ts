/** A file of a test. */
export interface SentFile {
  readonly name: string;
  readonly content: string;
  /** What its part says of it. Default: application/pdf. */
  readonly type?: string;
}

/** The least that is known as a PDF. */
export const PDF = '%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n';

const BOUNDARY = 'a-line-that-is-in-no-file';

/** A body of multipart/form-data (RFC 7578), and its media type. */
export function multipart(
  fields: Readonly<Record<string, string>>,
  file: SentFile | null,
): { readonly body: string; readonly type: string } {
  const parts = Object.entries(fields).map(
    ([name, value]) => `content-disposition: form-data; name="${name}"\r\n\r\n${value}`,
  );
  if (file !== null) {
    const { name, content, type = 'application/pdf' } = file;
    parts.push(
      `content-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n${content}`,
    );
  }
  const body = [...parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`), `--${BOUNDARY}--\r\n`].join('');
  return { body, type: `multipart/form-data; boundary=${BOUNDARY}` };
}
