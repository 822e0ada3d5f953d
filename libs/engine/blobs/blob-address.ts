/** Where contents are kept outside of the data directory. */
export interface BlobAddress {
  readonly bucket: string;
  /** Put before every digest, without a slash at its ends; empty for no prefix. */
  readonly prefix: string;
  /** Of a server that is S3-compatible; null: that of Amazon in the region. */
  readonly endpoint: string | null;
  readonly region: string;
  /** Null: found as the SDK does, in the environment or from the machine. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
}

export const BLOB_ADDRESS_RULE =
  's3://BUCKET[/PREFIX][?region=…], or http(s)://[KEY:SECRET@]HOST[:PORT]/BUCKET[/PREFIX][?region=…]';

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const DEFAULT_REGION = 'us-east-1';

/** Null where the text is not such an address. */
export function blobAddressOf(text: string): BlobAddress | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const region = url.searchParams.get('region') ?? DEFAULT_REGION;
  const parts = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const { username, password } = url;
  const credentials =
    username === ''
      ? null
      : { accessKeyId: decodeURIComponent(username), secretAccessKey: decodeURIComponent(password) };
  if (url.protocol === 's3:') {
    const bucket = url.hostname;
    if (!BUCKET.test(bucket)) return null;
    return { bucket, prefix: parts.join('/'), endpoint: null, region, credentials };
  }
  const [bucket, ...prefix] = parts;
  if (!['http:', 'https:'].includes(url.protocol) || bucket === undefined || !BUCKET.test(bucket))
    return null;
  return {
    bucket,
    prefix: prefix.join('/'),
    endpoint: `${url.protocol}//${url.host}`,
    region,
    credentials,
  };
}
