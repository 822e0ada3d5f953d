import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type FastifyInstance, type FastifyReply } from 'fastify';

const TAG_CHARACTERS = 27;

/**
 * Answers 304 to who has what would be sent already (RFC 9110 section 13.1.2). What caches may keep gets a tag of its content;
 * what a command may be based on has its revision for one, which its route sends.
 */
export function answerNotModified(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200) return done(null, payload);
    if (!reply.hasHeader('etag') && typeof payload === 'string' && mayBeKept(reply)) {
      void reply.header('etag', tagOf(payload));
    }
    const tag = reply.getHeader('etag');
    const known = request.headers['if-none-match'];
    if (typeof tag !== 'string' || known === undefined || !names(known, tag)) return done(null, payload);
    if (payload instanceof Readable) payload.destroy();
    void reply.status(304).removeHeader('content-type').removeHeader('content-length');
    done(null, null);
  });
}

function mayBeKept(reply: FastifyReply): boolean {
  const control = reply.getHeader('cache-control');
  return typeof control === 'string' && !control.includes('no-store');
}

/** Weak: the same content is the same, however it is encoded on its way. */
function tagOf(content: string): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, TAG_CHARACTERS)}"`;
}

/** Compared weakly, as the section asks. */
function names(known: string, tag: string): boolean {
  if (known.trim() === '*') return true;
  const tags: readonly string[] = known.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((each) => opaque(each) === opaque(tag));
}

const opaque = (tag: string): string => tag.replace(/^W\//, '');
