import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type FastifyInstance, type FastifyReply } from 'fastify';
import { LRUCache } from 'lru-cache';
import { isKnownTag, type SignedInRequest } from '#libs/shell/nest';

const TAG_CHARACTERS = 27;

/** Answers whose content is remembered at once. */
const REMEMBERED = 10_000;
/** More than one content was sent under a tag. */
const VARIED = null;

/**
 * Answers 304 to who has what would be sent already (RFC 9110 section 13.1.2). What caches may keep gets a tag of its content.
 * What a command may be based on has its revision for a tag, which its route sends; what such an answer says of days and of what
 * the person may do changes with the time, too: there it is 304 only while all that this process has sent to the person under the
 * tag is what it would send now.
 */
export function answerNotModified(fastify: FastifyInstance): void {
  const sent = new LRUCache<string, { readonly content: string | typeof VARIED }>({ max: REMEMBERED });
  const isTheSame = (key: string, content: string): boolean => {
    const before = sent.get(key);
    if (before?.content === content) return true;
    sent.set(key, { content: before === undefined ? content : VARIED });
    return false;
  };
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200) return done(null, payload);
    if (!reply.hasHeader('etag') && typeof payload === 'string' && mayBeKept(reply)) {
      void reply.header('etag', tagOf(payload));
    }
    const tag = reply.getHeader('etag');
    if (typeof tag !== 'string') return done(null, payload);
    const known = request.headers['if-none-match'];
    const [path] = request.url.split('?', 1);
    const key = JSON.stringify([(request as SignedInRequest).actor?.person, path, tag]);
    const mayBeOther = A_REVISION.test(tag) && typeof payload === 'string' && !isTheSame(key, tagOf(payload));
    if (mayBeOther || !isKnownTag(known, tag)) return done(null, payload);
    if (payload instanceof Readable) payload.destroy();
    void reply.status(304).removeHeader('content-type').removeHeader('content-length');
    done(null, null);
  });
}

const A_REVISION = /^"\d+"$/;

function mayBeKept(reply: FastifyReply): boolean {
  const control = reply.getHeader('cache-control');
  return typeof control === 'string' && !control.includes('no-store');
}

/** Weak: the same content is the same, however it is encoded on its way. */
function tagOf(content: string): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, TAG_CHARACTERS)}"`;
}
