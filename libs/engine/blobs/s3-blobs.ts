import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type * as Sdk from '@aws-sdk/client-s3';
import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { type BlobAddress } from './blob-address.js';
import {
  BlobMissing,
  type BlobStore,
  type ByteRange,
  DIGEST,
  type Digest,
  type KeptBlob,
} from './blob-store.js';

/** Longest that the server of the contents may take to begin an answer. */
const ANSWER_MS = 10_000;

/** Contents as objects of a bucket, each under its digest. The library is loaded when it is first used. */
export class S3Blobs implements BlobStore {
  private opened: Promise<{ readonly sdk: typeof Sdk; readonly client: Sdk.S3Client }> | null = null;

  constructor(private readonly address: BlobAddress) {}

  async keep(file: string, sha256: Digest): Promise<void> {
    const { size } = await stat(file);
    await this.ask(async ({ sdk, client }) => {
      const Body = createReadStream(file);
      try {
        await client.send(
          new sdk.PutObjectCommand({
            ...this.at(sha256),
            Body,
            ContentLength: size,
            // The server compares what it got with the digest.
            ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
          }),
        );
      } finally {
        Body.destroy();
      }
    });
  }

  async find(sha256: Digest): Promise<KeptBlob | null> {
    return this.ask(async ({ sdk, client }) => {
      try {
        const found = await client.send(new sdk.HeadObjectCommand(this.at(sha256)));
        return { sha256, bytes: found.ContentLength ?? 0, keptAt: found.LastModified?.getTime() ?? 0 };
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      }
    });
  }

  async read(sha256: Digest, range?: ByteRange): Promise<Readable> {
    return this.ask(async ({ sdk, client }) => {
      try {
        const found = await client.send(
          new sdk.GetObjectCommand({
            ...this.at(sha256),
            ...(range && { Range: `bytes=${range.first}-${range.last}` }),
          }),
        );
        if (found.Body instanceof Readable) return found.Body;
        throw new StoreUnavailable('files', 'the object store sent no content');
      } catch (error) {
        throw isAbsent(error) ? new BlobMissing(sha256) : error;
      }
    });
  }

  async *all(): AsyncIterable<KeptBlob> {
    const { sdk, client } = await this.client();
    const { bucket: Bucket, prefix } = this.address;
    const Prefix = prefix === '' ? '' : `${prefix}/`;
    let ContinuationToken: string | undefined;
    do {
      const asked = { Bucket, Prefix, ...(ContinuationToken !== undefined && { ContinuationToken }) };
      const page = await this.ask(() => client.send(new sdk.ListObjectsV2Command(asked)));
      for (const { Key = '', Size = 0, LastModified } of page.Contents ?? []) {
        const sha256 = Key.slice(Prefix.length);
        if (DIGEST.test(sha256)) yield { sha256, bytes: Size, keptAt: LastModified?.getTime() ?? 0 };
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  async removeOlder(sha256: Digest, before: number): Promise<boolean> {
    const found = await this.find(sha256);
    if (found === null || found.keptAt >= before) return false;
    await this.ask(({ sdk, client }) => client.send(new sdk.DeleteObjectCommand(this.at(sha256))));
    return true;
  }

  private at(sha256: Digest) {
    const { bucket: Bucket, prefix } = this.address;
    return { Bucket, Key: prefix === '' ? sha256 : `${prefix}/${sha256}` };
  }

  private client(): NonNullable<S3Blobs['opened']> {
    const { endpoint, region, credentials } = this.address;
    this.opened ??= import('@aws-sdk/client-s3').then((sdk) => ({
      sdk,
      client: new sdk.S3Client({
        region,
        maxAttempts: 3,
        requestHandler: { requestTimeout: ANSWER_MS, connectionTimeout: ANSWER_MS },
        ...(endpoint !== null && { endpoint, forcePathStyle: true }),
        ...(credentials !== null && { credentials }),
      }),
    }));
    return this.opened;
  }

  private async ask<Answer>(
    work: (opened: { readonly sdk: typeof Sdk; readonly client: Sdk.S3Client }) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await work(await this.client());
    } catch (error) {
      if (error instanceof BlobMissing || error instanceof StoreUnavailable) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new StoreUnavailable('files', `object store: ${reason}`, { cause: error });
    }
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && ['NotFound', 'NoSuchKey'].includes(error.name);
